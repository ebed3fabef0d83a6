import { createRemoteJWKSet, errors } from 'jose';
import { connectionFault } from '../config/start-fault.js';
import type { HealthPart } from '../health/health.js';

/** A key that is not known is looked for again, but not more often, whatever tokens come. */
const LOOK_AGAIN_MS = 5000;

/** The issuer's public keys, as jose keeps them. */
export type IssuerKeys = ReturnType<typeof createRemoteJWKSet>;

export function issuerKeys(url: string): IssuerKeys {
  return createRemoteJWKSet(new URL(url), { cooldownDuration: LOOK_AGAIN_MS });
}

/** Whether tokens can be checked: nobody but the health of a service gets in without keys. Never rejects. */
export async function keysHealth(keys: IssuerKeys): Promise<HealthPart> {
  try {
    if (!keys.fresh) await keys.reload();
  } catch (error) {
    return { state: 'failed', detail: `no token can be checked: ${faultOfKeys(error)}` };
  }
  if (keys.jwks()?.keys.length === 0)
    return { state: 'failed', detail: 'no token can be checked: what AUTH_JWKS_URL names holds no key' };
  return { state: 'ok', detail: "the issuer's keys are there" };
}

function faultOfKeys(error: unknown): string {
  if (error instanceof errors.JWKSTimeout) return 'what AUTH_JWKS_URL names does not answer';
  if (error instanceof errors.JOSEError)
    return 'what AUTH_JWKS_URL names answers, but not with the keys of an issuer (JWKS)';
  const fault = connectionFault(error);
  return `what AUTH_JWKS_URL names cannot be reached${fault ? `: ${fault.reason}` : ''}`;
}
