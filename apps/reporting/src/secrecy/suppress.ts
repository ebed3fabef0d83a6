import { givenAway } from './audit.js';
import { breakDerivations } from './break-derivation.js';
import { derivationOf, derivationsOf } from './derivations.js';
import { MOST_STEPS } from './eliminate.js';
import { Masking } from './masking.js';
import { equationsAround, nearestMaskable } from './nearest.js';
import { settle } from './settle.js';
import { membersOf, systemOf } from './system.js';
import { isNothing, type Relation, type Rule, type Variable } from './variable.js';

/** How many equations around a number are looked at first for what hides it, and at most. */
const NEAR = 400;
const NEAR_MOST = 200_000;

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
  const { places } = masking.system;
  const masked = variables
    .filter((one) => one.told && !isNothing(one) && masking.masked[places.get(one.id) as number] === 1)
    .map(({ id }) => id);
  return { masked: new Set(masked), withheld: !away };
}

/**
 * For each that is given away, masks what hides it; those near it, which that may have mended, wait for the next look.
 * False where nothing was masked.
 */
export function hideEach(masking: Masking, away: readonly (readonly number[])[], mostSteps: number): boolean {
  const derivations = derivationsOf(masking, away, mostSteps);
  if (derivations && breakDerivations(masking, derivations).length > 0) return true;
  return hideOneByOne(masking, away, mostSteps);
}

/** The same for each by itself; those near what was masked, which that may have mended, wait for the next look. */
function hideOneByOne(masking: Masking, away: readonly (readonly number[])[], mostSteps: number): boolean {
  const { equationsOf, equations } = masking.system;
  const touched = new Set<number>();
  let hidden = false;
  for (const target of away) {
    const own = target.flatMap((place) => equationsOf[place] as readonly number[]);
    if (own.some((e) => touched.has(e))) continue;
    let masked: readonly number[] = [];
    for (let most = NEAR; masked.length === 0 && most < NEAR_MOST; most *= 8) {
      const near = equationsAround(masking, target, most);
      const derivation = derivationOf(masking, target, { near, mostSteps });
      if (derivation) masked = breakDerivations(masking, derivation);
      if (near.size === equations.length) break;
    }
    if (masked.length === 0) masked = maskNearest(masking, own);
    if (masked.length > 0) hidden = true;
    for (const place of [...target, ...masked]) for (const e of equationsOf[place] as readonly number[]) touched.add(e);
  }
  return hidden;
}

function maskNearest(masking: Masking, equations: readonly number[]): readonly number[] {
  const place = nearestMaskable(masking, equations);
  if (place === undefined) return [];
  masking.mask(place);
  return [place];
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
