import type { BOUND_ROLES, BoundRole } from '@gpect/contracts/bound-roles';
import { own } from '@gpect/domain-values/records';

type OwnersByRole = { readonly [R in BoundRole as (typeof BOUND_ROLES)[R]]?: readonly string[] };

/** Whose a thing is: the codes of those who may act on it beside State and Region. */
export interface Owners extends OwnersByRole {
  /** The programmes that it belongs to, where the operation says that the thing tells them (`x-programme`). */
  readonly programmes?: readonly string[];
}

/** Where what is asked about stands. */
type Place = 'path' | 'query' | 'body' | 'header';

/** What a request, a line of a file or an event says: each by its name, as the contract read it. */
export type Said = Readonly<Partial<Record<Place, Readonly<Record<string, unknown>>>>>;

/** What rights decide on, by name. */
export type Asked = Readonly<Record<string, unknown>>;

type Answer = Owners | readonly Owners[] | undefined;

/** Whose the thing is that an operation names in `x-own`: what of the request tells it, and nothing else, and how. */
export interface Owned {
  readonly by: Readonly<Partial<Record<Place, readonly string[]>>>;
  readonly of: (asked: Asked) => Answer | Promise<Answer>;
}

/** By the name that an operation gives in `x-own`. */
export type Ownership = Readonly<Record<string, Owned>>;

/**
 * @param by the names that decide, where they stand. Those of the query the routes get from the grant alone.
 * @param of owners of each of the things that are touched, all of which the caller must have part in; undefined where such
 *   a thing is not known (the route says so itself)
 */
export function owned<const N extends string>(
  by: Readonly<Partial<Record<Place, readonly N[]>>>,
  of: (asked: Readonly<Record<N, unknown>>) => Answer | Promise<Answer>,
): Owned {
  // It is given what it names.
  return { by, of: of as Owned['of'] };
}

/** Of what was said, what is decided on. */
export function askedOf({ by }: Owned, said: Said): Asked {
  const named = Object.entries(by).flatMap(([place, names]) =>
    names.map((name) => [name, own(own(said, place) ?? {}, name)] as const),
  );
  return Object.freeze(Object.fromEntries(named));
}
