import type { Request } from 'express';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import type { ServiceConfig } from '../config/config.js';
import type { Caller } from './caller.js';
import { internalCaller } from './internal-callers.js';
import { Problem } from './problem.js';

/** Claims that say for whom a bound role acts; each is a code or several. */
const CODE_CLAIMS = ['carrier', 'partner', 'consultant', 'funder'] as const;

/** Checks the bearer token against the issuer's public keys, and its roles against those that the operation lists. */
export function bearerCheck(config: ServiceConfig): (request: Request, roles: readonly string[]) => Promise<boolean> {
  const keys = createRemoteJWKSet(new URL(config.AUTH_JWKS_URL), { cooldownDuration: 1000 });
  return async (request, roles) => {
    try {
      request.caller = await callerOf(request, roles);
      return true;
    } catch (error) {
      if (error instanceof Problem) request.tokenRefusal = error;
      throw error;
    }
  };

  async function callerOf(request: Request, roles: readonly string[]): Promise<Caller> {
    return admitted(await bearerOf(request), roles);
  }

  async function bearerOf(request: Request): Promise<Caller> {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!token) throw unauthorized('send a bearer token in the Authorization header');
    const internal = internalCaller(token);
    if (internal) return internal;
    let payload: JWTPayload;
    try {
      ({ payload } = await jwtVerify(token, keys, { issuer: config.AUTH_ISSUER, audience: config.AUTH_AUDIENCE }));
    } catch (error) {
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) {
        throw new Problem(503, 'keys-unavailable', "The issuer's keys cannot be had now", {
          detail: 'try again in a moment',
        });
      }
      throw unauthorized(becauseOf(error));
    }
    return toCaller(payload);
  }
}

function admitted(caller: Caller, roles: readonly string[]): Caller {
  if (roles.some((role) => caller.roles.includes(role))) return caller;
  throw new Problem(403, 'role-not-allowed', 'Not for this role', {
    detail: `this needs one of the roles ${roles.join(', ')}; the token has ${caller.roles.join(', ') || 'none'}`,
  });
}

function toCaller(payload: JWTPayload): Caller {
  return {
    subject: payload.sub ?? 'unknown',
    roles: strings(payload['roles']),
    codes: Object.fromEntries(CODE_CLAIMS.map((claim) => [claim, strings(payload[claim])])),
  };
}

function strings(claim: unknown): string[] {
  const all: unknown[] = Array.isArray(claim) ? claim : [claim];
  return all.filter((one): one is string => typeof one === 'string');
}

/** Why a token is not taken, and what to do. */
function becauseOf(error: Error): string {
  if (error instanceof errors.JWTExpired) {
    const { exp } = error.payload;
    return `the token expired${typeof exp === 'number' ? ` at ${new Date(exp * 1000).toISOString()}` : ''}: ask for a new one`;
  }
  return error.message;
}

function unauthorized(detail: string): Problem {
  return new Problem(401, 'unauthorized', 'No valid token', { detail });
}
