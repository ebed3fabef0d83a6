import type { Request } from 'express';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import type { ServiceConfig } from '../config/config.js';
import { Problem } from './problem.js';

/** Who asks, as the token says. */
export interface Caller {
  readonly subject: string;
  readonly roles: readonly string[];
  /** By role, the codes of the carrier, partner, consultants or funder that it acts for. */
  readonly codes: Readonly<Record<string, readonly string[]>>;
}

/** Claims that say for whom a bound role acts; each is a code or several. */
const CODE_CLAIMS = ['carrier', 'partner', 'consultant', 'funder'] as const;

declare global {
  namespace Express {
    interface Request {
      caller?: Caller;
      /** Why the token was refused, whole: the validator that asks passes only its title on. */
      tokenRefusal?: Problem;
    }
  }
}

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
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!token) throw unauthorized('send a bearer token in the Authorization header');
    let payload: JWTPayload;
    try {
      ({ payload } = await jwtVerify(token, keys, { issuer: config.AUTH_ISSUER, audience: config.AUTH_AUDIENCE }));
    } catch (error) {
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) {
        throw new Problem(503, 'keys-unavailable', "The issuer's keys cannot be had now", {
          detail: 'try again in a moment',
        });
      }
      throw unauthorized(error.message);
    }
    const caller = toCaller(payload);
    if (!roles.some((role) => caller.roles.includes(role))) {
      throw new Problem(403, 'role-not-allowed', 'Not for this role', {
        detail: `this needs one of the roles ${roles.join(', ')}; the token has ${caller.roles.join(', ') || 'none'}`,
      });
    }
    return caller;
  }
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

function unauthorized(detail: string): Problem {
  return new Problem(401, 'unauthorized', 'No valid token', { detail });
}
