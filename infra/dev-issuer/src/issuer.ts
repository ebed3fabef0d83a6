import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';

export const ROLES = [
  'state',
  'region',
  'carrier',
  'partner',
  'consultant',
  'funder',
  'evaluator',
  'operations',
] as const;
export type Role = (typeof ROLES)[number];

export const LIFETIME_SECONDS = 12 * 3600;

/** For whom a bound role acts: a code, or several. */
export const CODE_CLAIMS = ['carrier', 'partner', 'consultant', 'funder'] as const;
type Codes = Partial<Record<(typeof CODE_CLAIMS)[number], string | readonly string[]>>;

export interface TokenRequest extends Codes {
  readonly roles: readonly Role[];
  readonly subject?: string;
  /** The programmes that it is bound to; all of them where nothing is said, as fits a stack for trying things. */
  readonly programmes?: string | readonly string[];
}

/** Signs tokens for development: the same claims as the real issuer's, with a key of its own. Never for production. */
export class DevIssuer {
  private constructor(
    readonly issuer: string,
    readonly audience: string,
    private readonly key: CryptoKey,
    readonly jwks: { readonly keys: readonly JWK[] },
  ) {}

  /** Takes the key that is kept in `keyFile`, or makes one: tokens stay valid when the issuer is started again. */
  static async open({
    issuer,
    audience,
    keyFile,
  }: {
    issuer: string;
    audience: string;
    keyFile: string;
  }): Promise<DevIssuer> {
    if (!existsSync(keyFile)) {
      const { privateKey } = await generateKeyPair('ES256', { extractable: true });
      mkdirSync(dirname(keyFile), { recursive: true });
      writeFileSync(keyFile, JSON.stringify(await exportJWK(privateKey)), { mode: 0o600 });
    }
    const { d: secret, ...publicPart } = JSON.parse(readFileSync(keyFile, 'utf8')) as JWK;
    const common = { alg: 'ES256', kid: 'development', use: 'sig' };
    const key = (await importJWK({ ...publicPart, ...(secret ? { d: secret } : {}) }, 'ES256')) as CryptoKey;
    return new DevIssuer(issuer, audience, key, { keys: [{ ...publicPart, ...common }] });
  }

  async token({ roles, subject, programmes = ['*'], ...codes }: TokenRequest): Promise<string> {
    // Whoever checks a token sees by the claim, and by the key's name, that it is for development.
    return new SignJWT({ roles, programmes, ...codes, development: true })
      .setProtectedHeader({ alg: 'ES256', kid: 'development' })
      .setIssuer(this.issuer)
      .setAudience(this.audience)
      .setSubject(subject ?? [...new Set([...roles, ...Object.values(codes).flat()])].join('+'))
      .setIssuedAt()
      .setExpirationTime(`${LIFETIME_SECONDS}s`)
      .sign(this.key);
  }
}
