import { givenAway } from './audit.js';
import { Breaker } from './break-derivation.js';
import { derivationsOf } from './derivations.js';
import { MOST_STEPS } from './eliminate.js';
import { Masking } from './masking.js';
import { nearestMaskable } from './nearest.js';
import { settle } from './settle.js';
import { membersOf, systemOf } from './system.js';
import type { Relation, Rule, Variable } from './variable.js';

export interface Suppression {
  /** The ids of what is masked. */
  readonly masked: Set<string>;
  /** True where the equations were too many to be sure: all that hangs together with a secret is masked then. */
  readonly withheld: boolean;
}

/** The ids of what is masked: see {@link suppress}. */
export function suppressed(variables: readonly Variable[], relations: readonly Relation[], rule: Rule): Set<string> {
  return suppress(variables, relations, rule).masked;
}

/**
 * Masks secrets, and then as little else as it finds cheap, until no secret and nothing that is masked can be derived from
 * what is told. The same for the same input in any order.
 * @throws Error where a relation names a variable that is not there, or two have one id.
 */
export function suppress(
  variables: readonly Variable[],
  relations: readonly Relation[],
  rule: Rule,
  { mostSteps = MOST_STEPS } = {},
): Suppression {
  const masking = new Masking(systemOf(variables, relations, rule));
  settle(masking);
  let away = givenAway(masking, mostSteps);
  while (away && hideEach(masking, away, mostSteps)) {
    settle(masking);
    away = givenAway(masking, mostSteps);
  }
  if (!away) withholdAll(masking);
  const masked = masking.system.variables.filter((_, place) => masking.masked[place] === 1).map(({ id }) => id);
  return { masked: new Set(masked), withheld: !away };
}

/**
 * For each that is given away, masks what hides it; those near it, which that may have mended, wait for the next look.
 * False where nothing was masked.
 */
export function hideEach(masking: Masking, away: readonly (readonly number[])[], mostSteps: number): boolean {
  const alone = away.filter((places) => places.length === 1).map(([place]) => place as number);
  const derivations = alone.length > 0 ? derivationsOf(masking, mostSteps) : undefined;
  if (derivations) {
    const breaker = new Breaker(masking, derivations);
    for (const place of alone) breaker.break(place);
    if (breaker.masked.size > 0) return true;
  }
  return hideByNearest(masking, away);
}

function hideByNearest(masking: Masking, away: readonly (readonly number[])[]): boolean {
  const { equationsOf } = masking.system;
  const touched = new Set<number>();
  let hidden = false;
  for (const places of away) {
    const near = [...new Set(places.flatMap((place) => equationsOf[place] as readonly number[]))];
    if (near.some((e) => touched.has(e))) continue;
    const place = nearestMaskable(masking, near);
    if (place === undefined) continue;
    masking.mask(place);
    hidden = true;
    for (const e of [...near, ...(equationsOf[place] as readonly number[])]) touched.add(e);
  }
  return hidden;
}

/** Masks all that hangs together with something hidden: where nothing of it is told, nothing of it can be derived. */
function withholdAll(masking: Masking): void {
  const { variables, equations, equationsOf } = masking.system;
  const open = [...variables.keys()].filter((place) => masking.isHidden(place));
  const seen = new Set(open);
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    masking.mask(place);
    for (const e of equationsOf[place] as readonly number[])
      for (const member of membersOf(equations[e] as (typeof equations)[number]))
        if (!seen.has(member)) {
          seen.add(member);
          open.push(member);
        }
  }
}
