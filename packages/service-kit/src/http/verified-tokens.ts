import { createHash } from 'node:crypto';
import { type JWTVerifyGetKey, type JWTVerifyOptions, type JWTVerifyResult, jwtVerify } from 'jose';

interface Verified {
  readonly result: JWTVerifyResult;
  readonly key: unknown;
  /** ms since 1970; from then on it is verified anew, and most likely refused. */
  readonly until: number;
}

/** Tokens that are remembered; beyond it those that were verified longest ago are verified anew. */
const MOST = 1000;

/**
 * Verifies tokens, the signature of each once: a system sends the same one with a thousand requests. What was verified holds
 * as long as the token does, and as long as the issuer's keys (read anew in their time) still give the key that signed it. Tokens
 * are known by their hash: nothing here can be used as one.
 */
export function tokenVerifier(
  keys: JWTVerifyGetKey,
  options: JWTVerifyOptions & { readonly maxTokenAge: number },
  most = MOST,
): (token: string) => Promise<JWTVerifyResult> {
  const known = new Map<string, Verified>();
  return async (token) => {
    const id = createHash('sha256').update(token).digest('base64');
    const before = known.get(id);
    if (before && Date.now() < before.until && (await keyOf(before.result)) === before.key) return before.result;
    known.delete(id);
    let key: unknown;
    const result = await jwtVerify(
      token,
      async (header, jws) => {
        const found = await keys(header, jws);
        key = found;
        return found;
      },
      options,
    );
    const { exp = 0, iat = 0 } = result.payload;
    known.set(id, { result, key, until: Math.min(exp, iat + options.maxTokenAge) * 1000 });
    for (const oldest of known.keys()) {
      if (known.size <= most) break;
      known.delete(oldest);
    }
    return result;
  };

  /** The key that would be looked for now; nothing where there is none any more. */
  async function keyOf({ protectedHeader }: JWTVerifyResult): Promise<unknown> {
    try {
      return await keys(protectedHeader, { payload: '', signature: '' });
    } catch {
      return undefined;
    }
  }
}
