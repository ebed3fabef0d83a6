import type { Request, RequestHandler } from 'express';
import { Problem } from '../http/problem.js';
import { Grant } from './grant.js';
import type { Asked, Said } from './ownership.js';
import { admittedTo, type Operation, type Rights } from './rights.js';

/** What the contract found in the request. */
interface Matched {
  readonly openapi?: { readonly schema?: Operation; readonly pathParams?: Readonly<Record<string, string>> };
}

function saidBy(request: Request): Said {
  return {
    path: (request as Matched).openapi?.pathParams ?? {},
    query: request.query,
    body: request.body ?? {},
    header: request.headers,
  };
}

/**
 * Refuses with 403 who is admitted by role but asks about what belongs to others. Runs once the request is valid. Behind it a
 * request says one thing to everybody: its path is what the contract read, and what of its query was decided on is in the
 * grant and nowhere else.
 */
export function rightsGuard(rights: Rights): RequestHandler {
  return async (request, _response, next) => {
    const { caller } = request;
    const operation = (request as Matched).openapi?.schema;
    if (!operation) throw new Problem(404, 'not-found', 'Not found', { detail: 'the contract has no such operation' });
    const said = saidBy(request);
    const decided = rights.decidedInQuery(operation);
    if (caller) {
      const asked = rights.asked(operation, said);
      const refusal = await rights.refusal(caller, operation, asked);
      if (refusal) throw refusal;
      request.grant = new Grant(rights, caller, operation, asked, only(asked, decided));
    } else if (admittedTo(operation).length > 0) throw new Error('the contract lets nobody in without a token');
    narrow(request, said, decided);
    next();
  };
}

/** What was said under these names; a name under which nothing was said is left out. */
function only(asked: Asked, names: ReadonlySet<string>): Asked {
  return Object.freeze(
    Object.fromEntries(Object.entries(asked).filter(([name, said]) => names.has(name) && said !== undefined)),
  );
}

function narrow(request: Request, { path, query = {} }: Said, decided: ReadonlySet<string>): void {
  const params = Object.freeze({ ...path });
  // Express reads the path once more for each route; it stays what was decided on.
  Object.defineProperty(request, 'params', { get: () => params, set: () => undefined, enumerable: true });
  const rest = Object.fromEntries(Object.entries(query).filter(([name]) => !decided.has(name)));
  Object.defineProperty(request, 'query', { value: Object.freeze(rest), writable: false });
  const body: unknown = request.body;
  if (typeof body === 'object' && body !== null && !Buffer.isBuffer(body)) Object.freeze(body);
}
