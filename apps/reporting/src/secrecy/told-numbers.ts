import { isOfWhole } from './grouping.js';
import { type Interval, narrow } from './intervals.js';
import { CARRIED, EXACT, isPinned, MARGIN, MASKED, type Manner, roundedBy } from './known.js';
import type { LatticeInputs } from './lattice-inputs.js';
import { knownByThemselves, systemFor } from './system.js';
import { isNothing, saysTooMuch, type Variable } from './variable.js';
import { isVeiled } from './veiled.js';
import { maskMeasures, widen } from './widen.js';

/** How often masks are added until nothing is pinned. */
const TRIES = 60;

/**
 * How each number of the tables is told, all of them together: what rests on too few firms not at all, what is of the whole
 * programme exactly where that gives nothing away, all else rounded; and no number that must not be known can be narrowed
 * to one value, or to a tenth of it on either side, by all the others. The same for the same numbers in any order.
 * @returns by id of the variable (`variableId`)
 * @throws Error where numbers that must sum do not, or secrets cannot be hidden: nothing may be released then
 */
export function decided(inputs: LatticeInputs): ReadonlyMap<string, Manner> {
  const { rule } = inputs;
  const system = systemFor(inputs);
  const { variables, measures, sums, of, secrets } = system;
  const manners = variables.map((variable) => firstManner(variable, inputs));
  for (let tries = 0; tries < TRIES; tries++) {
    const intervals = knownByThemselves(system, (place) => manners[place] as Manner, rule);
    const isWhole = narrow(intervals, sums, of);
    const pinned = secrets.filter((place) => isPinned(variables[place] as Variable, intervals[place] as Interval));
    // Bounds that were not followed to the end are wider than a reader may make them.
    if (!isWhole) break;
    const known = { variables, measures, intervals, sums, manners };
    if (pinned.length === 0) {
      // Several sums together may say a little more than each of them: some more is left open.
      const close = secrets.filter((at) => isPinned(variables[at] as Variable, intervals[at] as Interval, MARGIN));
      if (tries < TRIES / 2 && close.filter((secret) => widen(secret, known, false)).length > 0) continue;
      return new Map(variables.map(({ id }, place) => [id, manners[place] as Manner]));
    }
    const widened = pinned.filter((secret) => widen(secret, known));
    // Where single masks do not help, all that is told of these measures goes.
    if (widened.length === 0 || tries > TRIES / 2)
      maskMeasures(new Set(pinned.map((place) => measures[place] as string)), known);
  }
  throw new Error('numbers of few firms cannot be hidden among these tables: nothing is released');
}

function firstManner(variable: Variable, { rule, carried, veil }: LatticeInputs): Manner {
  const before = carried?.get(variable.id);
  if (before?.told === null) return MASKED;
  if (isNothing(variable)) return variable.told && !isOfWhole(variable) && isVeiled(veil, variable.id) ? MASKED : EXACT;
  if (before && !before.isSame) return CARRIED;
  if (!variable.told || saysTooMuch(variable, variable.isAmount, rule)) return MASKED;
  // What is the same is told as it was; the programme as a whole is told as it is.
  const isExact = before ? before.told?.[0] === variable.value : isOfWhole(variable);
  return isExact ? EXACT : roundedBy(variable);
}
