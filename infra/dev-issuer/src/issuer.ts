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

/** The key's name: whoever checks a token sees by it, and by the claim `development`, what it is for. */
export const KEY_ID = 'development';

const codesIn = (asked: Codes): string[] => CODE_CLAIMS.flatMap((claim) => asked[claim] ?? []);

/** What an access token says beside who it is of: its roles, for whom they act, the programmes. */
export function claimsOf(asked: Omit<TokenRequest, 'subject'>) {
  const { roles, programmes = ['*'] } = asked;
  const codes = Object.fromEntries(CODE_CLAIMS.flatMap((claim) => (asked[claim] ? [[claim, asked[claim]]] : [])));
  return { roles, programmes, ...codes, development: true };
}

/** Signs tokens for development: the same claims as the real issuer's, with a key of its own. Never for production. */
export class DevIssuer {
  private constructor(
    readonly issuer: string,
    readonly audience: string,
    private readonly key: CryptoKey,
    /** The same key, private part and all, for the provider where people sign in. */
    readonly jwk: JWK,
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
    const kept = JSON.parse(readFileSync(keyFile, 'utf8')) as JWK;
    const key = (await importJWK(kept, 'ES256')) as CryptoKey;
    return new DevIssuer(issuer, audience, key, { ...kept, alg: 'ES256', kid: KEY_ID, use: 'sig' });
  }

  async token({ subject, ...asked }: TokenRequest): Promise<string> {
    const { roles, ...claims } = claimsOf(asked);
    return new SignJWT({ roles, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: KEY_ID })
      .setIssuer(this.issuer)
      .setAudience(this.audience)
      .setSubject(subject ?? [...new Set([...roles, ...codesIn(asked)])].join('+'))
      .setIssuedAt()
      .setExpirationTime(`${LIFETIME_SECONDS}s`)
      .sign(this.key);
  }
}
