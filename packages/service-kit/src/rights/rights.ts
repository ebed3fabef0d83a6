import { own as ownOf } from '@gpect/domain-values/records';
import type { Request, RequestHandler } from 'express';
import type { Caller } from '../http/caller.js';
import { Problem } from '../http/problem.js';

/** Whose a thing is: the codes of those who may act on it beside State and Region. */
export interface Owners {
  readonly carriers?: readonly string[];
  readonly partners?: readonly string[];
  readonly consultants?: readonly string[];
  readonly funders?: readonly string[];
}

/** What a request asks about; its path is read by the contract, before any route. */
export interface Asked {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
  header(name: string): string | undefined;
}

/** Who owns what a request is about; undefined where that thing is not known (the route says so itself). */
export type OwnersOf = (asked: Asked) => Owners | undefined | Promise<Owners | undefined>;

/** By the name that an operation gives in `x-own`. */
export type Ownership = Readonly<Record<string, OwnersOf>>;

/** The roles that see only what is theirs, with the claim of their token and where their code must stand. */
const BOUND = {
  carrier: 'carriers',
  partner: 'partners',
  consultant: 'consultants',
  funder: 'funders',
} as const satisfies Record<string, keyof Owners>;

type BoundRole = keyof typeof BOUND;

const isBound = (role: string): role is BoundRole => Object.hasOwn(BOUND, role);

/** Whether one of the caller's roles that the operation admits sees everything: State, Region, operations, evaluators. */
export function seesAll(caller: Caller, admitted: readonly string[]): boolean {
  return caller.roles.some((role) => admitted.includes(role) && !isBound(role));
}

/** Whether the caller may do what the operation does to a thing of these owners. Pure. */
export function mayAct(caller: Caller, admitted: readonly string[], owners: Owners): boolean {
  if (seesAll(caller, admitted)) return true;
  return caller.roles.some((role) => {
    if (!admitted.includes(role) || !isBound(role)) return false;
    const theirs = owners[BOUND[role]] ?? [];
    return codesOf(caller, role).some((code) => theirs.includes(code));
  });
}

/** The codes under which a caller acts in a role (several for a consultants' firm); none where it has not that role. */
export function codesOf(caller: Caller, role: BoundRole): readonly string[] {
  return caller.roles.includes(role) ? (caller.codes[role] ?? []) : [];
}

interface Operation {
  readonly 'x-own'?: string;
  readonly security?: readonly { readonly bearer?: readonly string[] }[];
}

/** What the contract found in the request. */
interface Matched {
  readonly openapi?: { readonly schema?: Operation; readonly pathParams?: Readonly<Record<string, string>> };
}

function askedBy(request: Request): Asked {
  const params = (request as Matched).openapi?.pathParams ?? {};
  return { params, query: request.query, body: request.body ?? {}, header: (name) => request.get(name) };
}

/** Refuses with 403 who is admitted by role but asks about what belongs to others. Runs once the request is valid. */
export function rightsGuard(ownership: Ownership): RequestHandler {
  return async (request, _response, next) => {
    const { caller } = request;
    const operation = (request as Matched).openapi?.schema;
    const own = operation?.['x-own'];
    if (!caller || !own || own === 'everyone') return next();
    const admitted = operation.security?.[0]?.bearer ?? [];
    if (seesAll(caller, admitted)) return next();
    const ownersOf = ownOf(ownership, own);
    if (!ownersOf)
      throw new Error(`the contract binds an operation to "${own}"; the service does not say whose that is`);
    const owners = await ownersOf(askedBy(request));
    if (owners && !mayAct(caller, admitted, owners)) throw notYours(caller);
    next();
  };
}

function notYours({ roles, codes }: Caller): Problem {
  const as = roles.filter(isBound).map((role) => `${role} ${codes[role]?.join(', ') ?? '(the token names none)'}`);
  return new Problem(403, 'not-yours', 'This belongs to others', {
    detail: `${as.join('; ')} has no part in it; ask the State or the Region, or send the token of who has`,
  });
}
