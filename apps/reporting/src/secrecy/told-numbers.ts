import { measureOf } from './grouping.js';
import { type Interval, narrow } from './intervals.js';
import { systemOfTables } from './lattice.js';
import type { LatticeInputs } from './lattice-inputs.js';
import { baseOf, leftOpen, rounded } from './rounding.js';
import { suppress } from './suppress.js';
import { isNothing, isSensitive, type Relation, type Rule, saysTooMuch, type Variable } from './variable.js';
import { isVeiled } from './veiled.js';

/** How a number is told: as it is, rounded, or not at all. */
export type Manner =
  | { readonly how: 'exact' }
  | { readonly how: 'rounded'; readonly base: number }
  | { readonly how: 'masked' };

export interface Decided {
  /** By id of the variable (`variableId`). */
  readonly manners: ReadonlyMap<string, Manner>;
  /** Whether all was held against each other to the end. */
  readonly isWhole: boolean;
}

const MASKED: Manner = { how: 'masked' };
const EXACT: Manner = { how: 'exact' };
/** How often masks are added until nothing is pinned. */
const TRIES = 60;
/** A number that must not be known lies in an interval of at least this share of it. */
const LEAST_WIDTH = 0.2;

/**
 * How each number of the tables is told, all of them together: what rests on too few firms not at all, what is of the whole
 * programme exactly where that gives nothing away, all else rounded; and no number that must not be known can be narrowed
 * to one value, or to a tenth of it on either side, by all the others.
 */
export function decided(inputs: LatticeInputs): Decided {
  const { variables, relations } = systemOfTables(inputs);
  const { rule } = inputs;
  const manners = new Map(variables.map((variable) => [variable.id, firstManner(variable, rule)]));
  for (const [id, manner] of ofTheWhole(variables, relations, rule)) manners.set(id, manner);
  const byId = new Map(variables.map((variable) => [variable.id, variable]));
  // What is below nothing somewhere (credits, what is left of a year) may be so anywhere.
  const signed = new Set(variables.filter(({ value }) => value < 0).map(({ id }) => measureOf(id)));
  const secrets = variables.filter((variable) => saysTooMuch(variable, variable.isAmount, rule));
  for (let tries = 0; tries < TRIES; tries++) {
    const intervals = new Map(variables.map((v) => [v.id, intervalOf(v, manners.get(v.id) ?? MASKED, rule, signed)]));
    const isWhole = narrow(intervals, relations);
    const pinned = secrets.filter((secret) => isPinned(secret, intervals.get(secret.id) as Interval));
    if (pinned.length === 0) return { manners, isWhole };
    const known = { intervals, relations, byId, manners };
    const widened = pinned.filter((secret) => widen(secret, known));
    // Where single masks do not help, all that is told of these measures goes.
    if (widened.length === 0 || tries > TRIES / 2) maskMeasures(new Set(pinned.map(({ id }) => measureOf(id))), known);
  }
  throw new Error('numbers of few firms cannot be hidden among these tables: nothing is released');
}

function maskMeasures(measures: ReadonlySet<string>, { relations, byId, manners }: Known): void {
  const near = relations.filter(({ total, parts }) => [total, ...parts].some((id) => measures.has(measureOf(id))));
  for (const id of near.flatMap(({ total, parts }) => [total, ...parts])) {
    const variable = byId.get(id);
    if (variable?.told && !isNothing(variable)) manners.set(id, MASKED);
  }
}

function firstManner(variable: Variable, rule: Rule): Manner {
  if (isNothing(variable)) return variable.told && !isOfWhole(variable.id) && isVeiled(variable.id) ? MASKED : EXACT;
  if (!variable.told || saysTooMuch(variable, variable.isAmount, rule)) return MASKED;
  return { how: 'rounded', base: baseOf(variable, variable.isAmount) };
}

/** What is of the programme as a whole is exact, but for what would give something away by subtraction, or since a release before. */
function ofTheWhole(variables: readonly Variable[], relations: readonly Relation[], rule: Rule): [string, Manner][] {
  const whole = variables.filter(({ id }) => isOfWhole(id));
  const ids = new Set(whole.map(({ id }) => id));
  const among = relations.filter(({ total, parts }) => [total, ...parts].every((id) => ids.has(id)));
  const { masked } = suppress(whole, among, rule);
  return whole
    .filter((variable) => variable.told && !saysTooMuch(variable, variable.isAmount, rule) && !isNothing(variable))
    .filter((variable) => !masked.has(variable.id) && !isSensitive(variable, rule))
    .map(({ id }) => [id, EXACT]);
}

function intervalOf(variable: Variable, manner: Manner, rule: Rule, signed: ReadonlySet<string>): Interval {
  const { id, value, firms, isAmount } = variable;
  const lowest = signed.has(measureOf(id)) ? Number.NEGATIVE_INFINITY : 0;
  if (manner.how === 'exact') return { low: value, high: value };
  const countsFirms = !isAmount && value === firms;
  // What is masked may be of few firms, hide a number of few, or be nothing.
  if (manner.how === 'masked') return { low: lowest, high: Number.POSITIVE_INFINITY };
  const [low, high] = leftOpen(rounded(value, manner.base), manner.base);
  return { low: Math.max(low, countsFirms ? rule.leastFirms : low), high };
}

function isPinned({ value }: Variable, { low, high }: Interval): boolean {
  return high - low < Math.max(1, LEAST_WIDTH * Math.abs(value));
}

/**
 * Masks the cheapest number by which one is pinned: of the relations that say so, or where those hold nothing that is told, of
 * those by which their own numbers are known.
 * @returns whether one was
 */
function widen(secret: Variable, { intervals, relations, byId, manners }: Known): boolean {
  const seen = new Set([secret.id]);
  let near = [secret.id];
  while (near.length > 0) {
    const next = near
      .flatMap((id) => {
        const { byLow, byHigh } = intervals.get(id) as Interval;
        return [byLow, byHigh].flatMap((i) => (i === undefined ? [] : [relations[i] as Relation]));
      })
      .flatMap(({ total, parts }) => [total, ...parts])
      .filter((id) => !seen.has(id));
    for (const id of next) seen.add(id);
    const [cheapest] = [...new Set(next)]
      .map((id) => byId.get(id) as Variable)
      .filter((variable) => variable.told && !isNothing(variable) && manners.get(variable.id)?.how !== 'masked')
      .filter(({ id }) => !isOfWhole(id))
      .sort((a, b) => a.cost - b.cost || (a.id < b.id ? -1 : 1));
    if (cheapest) {
      manners.set(cheapest.id, MASKED);
      return true;
    }
    near = next;
  }
  return coarsen(
    [...seen].map((id) => byId.get(id) as Variable).filter(({ id }) => isOfWhole(id)),
    manners,
  );
}

/** Of numbers of the whole programme the cheapest is rounded, or masked where all are rounded. @returns whether one was */
function coarsen(whole: readonly Variable[], manners: Map<string, Manner>): boolean {
  for (const how of ['exact', 'rounded']) {
    const [cheapest] = whole
      .filter((variable) => variable.told && !isNothing(variable) && manners.get(variable.id)?.how === how)
      .sort((a, b) => a.cost - b.cost || (a.id < b.id ? -1 : 1));
    if (!cheapest) continue;
    manners.set(cheapest.id, how === 'exact' ? { how: 'rounded', base: baseOf(cheapest, cheapest.isAmount) } : MASKED);
    return true;
  }
  return false;
}

/** Whether a number is of the programme as a whole: the last to be masked for another's sake. */
const isOfWhole = (id: string): boolean => id.startsWith('["",');

interface Known {
  readonly manners: Map<string, Manner>;
  readonly intervals: ReadonlyMap<string, Interval>;
  readonly relations: readonly Relation[];
  readonly byId: ReadonlyMap<string, Variable>;
}
