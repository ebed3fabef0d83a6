import type { Request, RequestHandler } from 'express';
import { Grant } from './grant.js';
import type { Said } from './ownership.js';
import type { Operation, Rights } from './rights.js';

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

/** Refuses with 403 who is admitted by role but asks about what belongs to others. Runs once the request is valid. */
export function rightsGuard(rights: Rights): RequestHandler {
  return async (request, _response, next) => {
    const { caller } = request;
    const operation = (request as Matched).openapi?.schema;
    if (!caller || !operation) return next();
    const asked = rights.asked(operation, saidBy(request));
    const refusal = await rights.refusal(caller, operation, asked);
    if (refusal) throw refusal;
    request.grant = new Grant(rights, caller, operation, asked);
    next();
  };
}
