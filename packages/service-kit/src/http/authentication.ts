import type { Request } from 'express';
import { errors, type JWTVerifyResult } from 'jose';
import type { ServiceConfig } from '../config/config.js';
import type { Caller } from './caller.js';
import { internalOf } from './in-process.js';
import type { IssuerKeys } from './issuer-keys.js';
import { Problem } from './problem.js';
import { roleNotAllowed } from './role-not-allowed.js';
import { ClaimUnreadable, callerIn, instantOf } from './token-claims.js';
import { tokenVerifier } from './verified-tokens.js';

type AuthConfig = Pick<ServiceConfig, 'AUTH_ISSUER' | 'AUTH_AUDIENCE' | 'AUTH_MAX_TOKEN_AGE' | 'DEVELOPMENT'>;

/** Keys in pairs alone: who checks a token must not be able to make one. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
/** How far the issuer's clock may differ from ours. */
const CLOCK_TOLERANCE_SECONDS = 30;

/** What keeps us from having the issuer's keys: no fault of the token. */
const NO_KEYS: readonly string[] = [
  errors.JOSEError.code,
  errors.JWKSTimeout.code,
  errors.JWKSInvalid.code,
  errors.JWKInvalid.code,
];

/** Checks the bearer token against the issuer's public keys, and its roles against those that the operation lists. */
export function bearerCheck(
  config: AuthConfig,
  keys: IssuerKeys,
): (request: Request, roles: readonly string[]) => Promise<boolean> {
  const verify = tokenVerifier(keys, {
    issuer: config.AUTH_ISSUER,
    audience: config.AUTH_AUDIENCE.split(',').map((audience) => audience.trim()),
    algorithms: ALGORITHMS,
    requiredClaims: ['sub', 'exp', 'iat'],
    maxTokenAge: config.AUTH_MAX_TOKEN_AGE,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
  });
  return async (request, roles) => {
    try {
      const caller = await bearerOf(request);
      request.caller = caller;
      requireRole(caller, roles);
      return true;
    } catch (error) {
      if (error instanceof Problem) request.tokenRefusal = error;
      throw error;
    }
  };

  async function bearerOf(request: Request): Promise<Caller> {
    const internal = internalOf(request);
    if (internal) return internal.caller;
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!token)
      throw unauthorized(
        'send a bearer token in the Authorization header',
        'envoyez un jeton dans l’en-tête Authorization\u00a0: Bearer …',
      );
    try {
      const { payload, protectedHeader } = await verified(token);
      return callerIn(payload, protectedHeader, config.DEVELOPMENT);
    } catch (error) {
      if (error instanceof ClaimUnreadable)
        throw unauthorized(error.message, `le jeton n’est pas lisible (${error.french})\u00a0: demandez-en un autre`);
      throw error;
    }
  }

  async function verified(token: string): Promise<JWTVerifyResult> {
    try {
      return await verify(token);
    } catch (error) {
      if (!(error instanceof errors.JOSEError) || NO_KEYS.includes(error.code))
        throw new Problem(503, 'keys-unavailable', "The issuer's keys cannot be had now", {
          detail: 'try again in a moment',
          french: 'les clés de qui donne les jetons ne répondent pas\u00a0: réessayez dans un instant',
        });
      throw unauthorized(...becauseOf(error));
    }
  }
}

function requireRole(caller: Caller, roles: readonly string[]): void {
  if (roles.some((role) => caller.roles.includes(role))) return;
  throw roleNotAllowed(caller, roles);
}

/** Why a token is not taken, and what to do. */
function becauseOf(error: Error): [english: string, french: string] {
  if (error instanceof errors.JWTExpired) {
    const at = instantOf(error.payload.exp);
    return [
      `the token expired${at ? ` at ${at}` : ''}: ask for a new one`,
      `le jeton a expiré${at ? ` le ${at}` : ''}\u00a0: demandez-en un nouveau`,
    ];
  }
  const why = error instanceof errors.JOSEError ? inFrench(error) : undefined;
  return [error.message, `le jeton n’est pas admis${why ? ` (${why})` : ''}\u00a0: demandez-en un autre`];
}

/** Why a token is refused, by the library's code. */
function inFrench(error: errors.JOSEError): string | undefined {
  if (error instanceof errors.JWTClaimValidationFailed)
    return `«\u00a0${error.claim}\u00a0» ${error.reason === 'missing' ? 'y manque' : 'n’y a pas la valeur attendue'}`;
  return FRENCH_OF_CODE.get(error.code);
}

const FRENCH_OF_CODE: ReadonlyMap<string, string> = new Map([
  ['ERR_JWS_INVALID', 'ce n’est pas un jeton signé (JWT)'],
  ['ERR_JWT_INVALID', 'ce n’est pas un jeton signé (JWT)'],
  ['ERR_JWS_SIGNATURE_VERIFICATION_FAILED', 'sa signature n’est pas la bonne'],
  ['ERR_JOSE_ALG_NOT_ALLOWED', 'il n’est pas signé d’une façon admise'],
  ['ERR_JOSE_NOT_SUPPORTED', 'il n’est pas signé d’une façon admise'],
  ['ERR_JWKS_NO_MATCHING_KEY', 'sa clé n’est pas de celles de qui donne les jetons'],
]);

function unauthorized(detail: string, french: string): Problem {
  return new Problem(401, 'unauthorized', 'No valid token', { detail, french });
}
