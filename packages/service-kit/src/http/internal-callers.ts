import { randomBytes } from 'node:crypto';
import type { Caller } from './caller.js';

/**
 * Callers of requests that are made inside this process, for a partner whose event was read. Each request has a token of
 * its own that is known here alone, for as long as it lasts; none can be had from outside.
 */
const callers = new Map<string, Caller>();

export async function asCaller<T>(caller: Caller, work: (token: string) => Promise<T>): Promise<T> {
  const token = randomBytes(32).toString('base64url');
  callers.set(token, caller);
  try {
    return await work(token);
  } finally {
    callers.delete(token);
  }
}

export const internalCaller = (token: string): Caller | undefined => callers.get(token);
