import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { type AddressRules, hostOf, mayReach, unfitAddress } from './addresses.js';
import { lookupFor, NotAllowed, type Resolve } from './resolve.js';
import { retryAfterMs } from './retry-after.js';

/** What became of a delivery. `failure` is one of our own words: it tells nobody what stands in which network. */
export type Delivered =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly failure: string;
      /** Whether this very event was refused, nothing can be delivered now, it may be either, or nothing ever again. */
      readonly concerns: 'EVENT' | 'WEBHOOK' | 'EITHER' | 'EVER';
      readonly retryAfterMs?: number;
    };

export const NOT_REACHED = 'could not be reached';
export const NO_ANSWER = 'did not answer in time';

/** Answers of 4xx that a receiver gives when something is wrong with itself, and some receivers to an event. */
const OF_EITHER = new Set([401, 403, 404, 405, 407, 408, 425]);
const TOO_MANY = 429;
const GONE = 410;

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends one event: a connection of its own, no redirect followed, nothing read of an answer beyond its head. */
export async function post(
  { url: text, headers, body }: Post,
  rules: AddressRules,
  resolve: Resolve,
  timeoutMs: number,
  onRefused: (why: string) => void = () => undefined,
): Promise<Delivered> {
  const unfit = unfitAddress(text, rules);
  const url = unfit === undefined ? new URL(text) : undefined;
  const host = url ? hostOf(url) : '';
  // A host that is an address is never looked up by a socket.
  if (!url || (isIP(host) > 0 && !mayReach(host, host, rules))) {
    onRefused(unfit ?? 'the address is not allowed');
    return unreached;
  }
  let sending = false;
  const answer = await new Promise<{ readonly response: IncomingMessage } | { readonly error: Error }>((done) => {
    const begin: typeof httpRequest = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const sent: ClientRequest = begin(url, {
      method: 'POST',
      agent: false,
      lookup: lookupFor(rules, resolve),
      signal: AbortSignal.timeout(timeoutMs),
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' },
    });
    sent.once('socket', (socket) => {
      socket.once('connect', () => {
        const { remoteAddress = '' } = socket;
        if (!mayReach(remoteAddress.replace(/^::ffff:(?=\d+\.)/i, ''), host, rules)) sent.destroy(new NotAllowed(host));
      });
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        sending = true;
      });
    });
    sent.once('response', (response) => done({ response }));
    // `101 Switching Protocols`, which was not asked for, is an answer like any other.
    sent.once('upgrade', (response, socket) => {
      socket.destroy();
      done({ response });
    });
    sent.on('error', (error) => done({ error }));
    // However a connection ends, an answer is given: the partner's line waits for it.
    sent.once('close', () => done({ error: new Error('the connection ended without an answer') }));
    sent.end(body);
  });
  if ('error' in answer) {
    const { error } = answer;
    if (error instanceof NotAllowed) onRefused('the host is not one that webhooks are sent to');
    const timedOut = error.name === 'AbortError' || error.name === 'TimeoutError';
    if (!sending) return unreached;
    // What was sent may be what it met its end by.
    return { ok: false, failure: timedOut ? NO_ANSWER : NOT_REACHED, concerns: 'EITHER' };
  }
  // An answer's body is nobody's business here, and may have no end.
  const { response } = answer;
  response.on('error', () => undefined);
  response.destroy();
  return readAnswer(response.statusCode ?? 0, response.headers['retry-after'], Date.now());
}

const unreached: Delivered = { ok: false, failure: NOT_REACHED, concerns: 'WEBHOOK' };

/** What an answer says. Pure. */
export function readAnswer(status: number, retryAfter: string | undefined, now: number): Delivered {
  if (status >= 200 && status < 300) return { ok: true };
  const failure = `answered ${status}`;
  if (status === GONE) return { ok: false, failure, concerns: 'EVER' };
  const refused = status >= 400 && status < 500 && status !== TOO_MANY && !OF_EITHER.has(status);
  if (refused) return { ok: false, failure, concerns: 'EVENT' };
  const wait = retryAfterMs(retryAfter, now);
  if (wait !== undefined) return { ok: false, failure, concerns: 'WEBHOOK', retryAfterMs: wait };
  return { ok: false, failure, concerns: status === TOO_MANY ? 'WEBHOOK' : 'EITHER' };
}
