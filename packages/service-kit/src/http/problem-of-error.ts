import { pointerTo, stepsOf } from '@gpect/domain-values/json-pointer';
import { patternInWords } from '@gpect/domain-values/pattern-words';
import { own } from '@gpect/domain-values/records';
import type { Request } from 'express';
import { isOfBrokers } from '../kafka/kafka-fault.js';
import { isDiskFull, isTransient } from '../mongo/transaction.js';
import { dayDetail } from './day-format.js';
import { MOST_BYTES } from './json-problem.js';
import { Problem, type ProblemFault } from './problem.js';

const TITLES: Readonly<Record<number, string>> = {
  400: 'Malformed request',
  401: 'No valid token',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  413: 'Too large',
  415: 'Media type not supported',
};

/** An error of the contract's validator, of Express or of its parser of bodies. */
interface HttpError {
  readonly status?: number;
  readonly type?: string;
  readonly path?: string;
  readonly message?: string;
  readonly errors?: readonly { readonly path?: string; readonly message: string }[];
  readonly limit?: number;
  readonly length?: number;
}

/** What went wrong with a request, as problem details. */
export function problemOfError(error: unknown, request: Request): Problem {
  if (error instanceof Problem) return error;
  if (isDiskFull(error))
    return new Problem(507, 'disk-full', 'There is no room to keep it', {
      detail: 'nothing was done; operations are told: send it again later, with the same Idempotency-Key',
    });
  if (isTransient(error))
    return new Problem(503, 'try-again', 'The database cannot be reached now', {
      detail: 'nothing was done; send it again with the same Idempotency-Key',
    });
  if (isOfBrokers(error))
    return new Problem(503, 'try-again', 'The brokers do not answer now', {
      detail: 'nothing was done; send it again in a moment',
    });
  const { status, message, errors = [], limit = MOST_BYTES, length } = error as HttpError;
  if (typeof status !== 'number' || status >= 500)
    return new Problem(500, 'internal', 'Something went wrong on our side');
  const faults = errors.map(
    ({ path, message: detail }): ProblemFault => ({
      ...placeOf(path, request.body),
      detail: patternInWords(detail) ?? dayDetail(detail),
    }),
  );
  const said = detailOf(status, request) ?? (status === 413 ? tooLarge(limit, length) : message);
  const more = { ...(said ? { detail: said } : {}), ...(faults.length > 0 ? { errors: faults } : {}) };
  return new Problem(status, status === 400 ? 'malformed' : `http-${status}`, TITLES[status] ?? 'Refused', more);
}

function tooLarge(limit: number, length: number | undefined): string {
  return `the body has ${length === undefined ? 'more' : `${length} bytes, more`} than the ${limit} bytes that are taken: send less at once`;
}

interface Matched {
  readonly openapi?: { readonly schema?: { readonly requestBody?: { readonly content?: object } } };
}

/** Of a media type that is not taken: those that are. */
function detailOf(status: number, request: Request): string | undefined {
  const taken = Object.keys((request as Matched).openapi?.schema?.requestBody?.content ?? {});
  if (status !== 415 || taken.length === 0) return undefined;
  const said = request.headers['content-type'];
  return `${said ? `Content-Type is ${said.slice(0, 100)}` : 'there is no Content-Type'}; this takes ${taken.join(', ')}`;
}

const PLACES: ReadonlyMap<string, 'query' | 'header' | 'path'> = new Map([
  ['query', 'query'],
  ['headers', 'header'],
  ['params', 'path'],
] as const);

/** Where the validator found a fault: a pointer into the body, or a parameter. */
function placeOf(path: string | undefined, body: unknown): Omit<ProblemFault, 'detail'> {
  const [root = '', ...steps] = (path ?? '').split('/').slice(1);
  if (root === 'body') return { pointer: pointerOf(steps, body) };
  const place = PLACES.get(root);
  return place && steps.length > 0 ? { in: place, parameter: stepsOf(`/${steps.join('/')}`).join('/') } : {};
}

/** The validator puts the name of a field that should not be there behind its path as it is, slashes and all. */
function pointerOf(steps: readonly string[], body: unknown): string {
  let at = body;
  for (const [i, step] of steps.entries()) {
    const [name = ''] = stepsOf(`/${step}`);
    const isInside = typeof at === 'object' && at !== null;
    const rest = steps.slice(i).join('/');
    if (isInside && !Object.hasOwn(at as object, name) && Object.hasOwn(at as object, rest))
      return pointerTo(...stepsOf(`/${steps.slice(0, i).join('/')}`).filter(() => i > 0), rest);
    at = isInside ? own(at as Record<string, unknown>, name) : undefined;
  }
  return steps.map((step) => `/${step}`).join('');
}
