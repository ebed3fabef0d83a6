import { givenAway } from './audit.js';
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
  let withheld = false;
  for (let away = givenAway(masking, mostSteps); ; away = givenAway(masking, mostSteps)) {
    if (!away) withheld = true;
    const more = away ? hideOneEach(masking, away) : withholdAll(masking);
    if (more === 0 || withheld) break;
    settle(masking);
  }
  const masked = masking.system.variables.filter((_, place) => masking.masked[place] === 1).map(({ id }) => id);
  return { masked: new Set(masked), withheld };
}

/** For each that is given away, one more number near it; those that one of them may have mended wait for the next look. */
function hideOneEach(masking: Masking, away: readonly (readonly number[])[]): number {
  const { equationsOf } = masking.system;
  const touched = new Set<number>();
  let hidden = 0;
  for (const places of away) {
    const near = [...new Set(places.flatMap((place) => equationsOf[place] as readonly number[]))];
    if (near.some((e) => touched.has(e))) continue;
    const place = nearestMaskable(masking, near);
    if (place === undefined) continue;
    masking.mask(place);
    hidden++;
    for (const e of [...near, ...(equationsOf[place] as readonly number[])]) touched.add(e);
  }
  return hidden;
}

/** Masks all that hangs together with something hidden: where nothing of it is told, nothing of it can be derived. */
function withholdAll(masking: Masking): number {
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
  return seen.size;
}
