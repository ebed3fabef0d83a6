import { IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Writable } from 'node:stream';
import type { Joined } from '../aggregate/command-runner.js';
import type { Caller } from './caller.js';

/** Who makes a request inside this process, and with whom its command commits. */
export interface Internal {
  readonly caller: Caller;
  readonly together: Joined;
  /** Told of a command that is decided, with its answer, before it is committed; gives what its transaction is told. */
  decided(body: object): unknown;
}

/** Requests that were made by `askInProcess`: nothing that comes by a socket can be among them. */
const internals = new WeakMap<object, Internal>();

export const internalOf = (request: object): Internal | undefined => internals.get(request);

/** Makes of a request one of this process. */
export function makeInternal(request: object, internal: Internal): void {
  internals.set(request, internal);
}

export interface InProcessRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
  readonly internal: Internal;
}

/** Only its address is asked for, and whether it is open: each request has its own. */
const here = (): Socket => Object.defineProperty(new Socket(), 'remoteAddress', { value: '127.0.0.1' });

/**
 * A POST to the service's own application, by no socket: the same checks, rights, audit and answers as any request, without
 * the cost of the network. Request and response are Node's own, since Express builds on their prototypes.
 */
export async function askInProcess(
  app: RequestListener,
  { path, headers, body, internal }: InProcessRequest,
): Promise<{ status: number; body: unknown }> {
  const text = Buffer.from(JSON.stringify(body));
  const request = new IncomingMessage(here());
  request.method = 'POST';
  request.url = path;
  request.httpVersion = '1.1';
  // A caller is known by `internal`; the contract asks that there be a token.
  const all = {
    authorization: 'Bearer in-process',
    ...headers,
    host: 'in-process',
    'content-type': 'application/json',
    'content-length': String(text.length),
  };
  Object.assign(request.headers, all);
  request.rawHeaders = Object.entries(all).flat();
  makeInternal(request, internal);
  const response = new ServerResponse(request);
  let answer = '';
  const { end } = response;
  response.end = ((chunk?: unknown, ...more: never[]) => {
    if (typeof chunk === 'string' || Buffer.isBuffer(chunk)) answer = chunk.toString();
    return (end as (...all: unknown[]) => typeof response).call(response, chunk, ...more);
  }) as typeof response.end;
  // What is written goes nowhere: the answer was taken above.
  response.assignSocket(new Writable({ write: (_chunk, _encoding, done) => done() }) as Socket);
  const finished = new Promise<void>((resolve, reject) => {
    response.once('finish', resolve);
    response.once('close', () => reject(new Error(`${path}: not answered`)));
  });
  app(request, response);
  // Nothing of it is missing: else it counts as broken off once it is read.
  request.complete = true;
  request.push(text);
  request.push(null);
  await finished;
  return { status: response.statusCode, body: answer === '' ? null : JSON.parse(answer) };
}
