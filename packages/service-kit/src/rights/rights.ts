import type { ApiDocument } from '@gpect/contracts/api-documents';
import { BOUND_ROLES, type BoundRole } from '@gpect/contracts/bound-roles';
import { own as ownOf } from '@gpect/domain-values/records';
import type { Caller } from '../http/caller.js';
import { Problem } from '../http/problem.js';
import { roleNotAllowed } from '../http/role-not-allowed.js';
import { type Asked, askedOf, type Owned, type Owners, type Ownership, type Said } from './ownership.js';
import { namedIn, outside, placesOf } from './programmes.js';

const isBound = (role: string): role is BoundRole => Object.hasOwn(BOUND_ROLES, role);

/** Whether one of the caller's roles that the operation admits sees everything: State, Region, operations, evaluators. */
export function seesAll(caller: Caller, admitted: readonly string[]): boolean {
  return caller.roles.some((role) => admitted.includes(role) && !isBound(role));
}

/** Whether the caller may do what the operation does to a thing of these owners. Pure. */
export function mayAct(caller: Caller, admitted: readonly string[], owners: Owners): boolean {
  if (seesAll(caller, admitted)) return true;
  return caller.roles.some((role) => {
    if (!admitted.includes(role) || !isBound(role)) return false;
    const theirs = owners[BOUND_ROLES[role]] ?? [];
    return codesOf(caller, role).some((code) => theirs.includes(code));
  });
}

/** The codes under which a caller acts in a role, one or several; none where it has not that role. */
export function codesOf(caller: Caller, role: BoundRole): readonly string[] {
  return caller.roles.includes(role) ? (caller.codes[role] ?? []) : [];
}

/** What the contract says of an operation's rights. */
export interface Operation {
  readonly operationId?: string;
  readonly 'x-own'?: string;
  /**
   * Which programmes it touches: places of the request (`path/programme`), or a word. `own`: the thing of `x-own` tells;
   * `overseen`: it tells, and whose it is needs no claim; `all`: every one, and whose it is needs no claim; `listed`: what is
   * answered is chosen by them; `shared`: none. A contract that says nothing touches all of them.
   */
  readonly 'x-programme'?: readonly string[];
  readonly security?: readonly { readonly bearer?: readonly string[] }[];
}

export const admittedTo = (operation: Operation): readonly string[] => operation.security?.[0]?.bearer ?? [];

/**
 * Who may do what, as the contract says and the service knows. One decision for every endpoint: requests, lines of files, and
 * events that become requests.
 */
export class Rights {
  readonly #operations: ReadonlyMap<string, Operation>;

  constructor(
    document: ApiDocument,
    private readonly ownership: Ownership,
  ) {
    this.#operations = operationsOf(document);
  }

  /** An operation of the contract. A name that it has not is a fault of ours. */
  operation(operationId: string): Operation {
    const found = this.#operations.get(operationId);
    if (!found) throw new Error(`the contract has no operation "${operationId}"`);
    return found;
  }

  /** How an operation knows whose the thing is; undefined where it is everybody's or nobody's. */
  ownedBy(operation: Operation): Owned | undefined {
    const name = operation['x-own'];
    if (!name || name === 'everyone' || name === 'link') return undefined;
    const owned = ownOf(this.ownership, name);
    if (!owned) throw new Error(`the contract binds an operation to "${name}"; the service does not say whose that is`);
    return owned;
  }

  /** What of a request is decided on. */
  asked(operation: Operation, said: Said): Asked {
    const owned = this.ownedBy(operation);
    return Object.freeze({ ...(owned ? askedOf(owned, said) : {}), ...namedIn(operation['x-programme'], said) });
  }

  /** The names of a query that are decided on: routes have them from the grant. */
  decidedInQuery(operation: Operation): ReadonlySet<string> {
    const named = placesOf(operation['x-programme']).flatMap(({ place, name }) => (place === 'query' ? [name] : []));
    return new Set([...(this.ownedBy(operation)?.by.query ?? []), ...named]);
  }

  /** Why a caller may not do what an operation does; undefined where it may. */
  async refusal(caller: Caller, operation: Operation, asked: Asked): Promise<Problem | undefined> {
    const admitted = admittedTo(operation);
    if (!admitted.some((role) => caller.roles.includes(role))) return roleNotAllowed(caller, admitted);
    const free = seesAll(caller, admitted);
    const stated = operation['x-programme'] ?? ['all'];
    const far = outsideOfNamed(caller, stated, asked, free);
    if (far) return far;
    const owned = this.ownedBy(operation);
    const told = stated.includes('own') || (free && stated.includes('overseen'));
    if (!owned || (free && !told)) return undefined;
    const owners = await owned.of(asked);
    if (!owners) return undefined;
    const each = [owners].flat();
    if (!each.every((of) => mayAct(caller, admitted, of))) return notYours(caller);
    return told ? outside(caller, programmesOf(each)) : undefined;
  }
}

const programmesOf = (owners: readonly Owners[]): string[] => owners.flatMap(({ programmes = [] }) => programmes);

/** Why the programmes that a request names, or all of them, are not the caller's. */
function outsideOfNamed(caller: Caller, stated: readonly string[], asked: Asked, free: boolean): Problem | undefined {
  const places = placesOf(stated);
  if (places.length > 0)
    return outside(
      caller,
      places.flatMap(({ name }) => [ownOf(asked, name) ?? []].flat().map(String)),
    );
  if (stated.includes('all')) return free ? outside(caller, ['*']) : undefined;
  return stated.includes('listed') || stated.includes('own') ? outside(caller, []) : undefined;
}

function operationsOf({ paths }: ApiDocument): Map<string, Operation> {
  const all = Object.values(paths).flatMap((methods) => Object.values(methods) as Operation[]);
  return new Map(all.flatMap((o) => (o.operationId ? [[o.operationId, o] as const] : [])));
}

function notYours(caller: Caller): Problem {
  return new Problem(403, 'not-yours', 'This belongs to others', {
    detail: `${inRoles(caller).join('; ') || 'the caller'} has no part in it; ask the State or the Region, or send the token of who has`,
    french: `${inRoles(caller).join(' ; ') || 'vous'}\u00a0: cela n’est pas à vous ; demandez à l’État ou à la Région, ou envoyez le jeton de qui en a la charge`,
  });
}

/** As whom a caller acts: its bound roles with their codes. */
export function inRoles({ roles, codes }: Caller): string[] {
  return roles.filter(isBound).map((role) => `${role} ${codes[role]?.join(', ') || '(the token names none)'}`);
}
