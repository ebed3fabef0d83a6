import { measureOf } from './grouping.js';
import { type Interval, narrow } from './intervals.js';
import { systemOfTables } from './lattice.js';
import type { LatticeInputs } from './lattice-inputs.js';
import { baseOf, leftOpen, rounded } from './rounding.js';
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
  const byId = new Map(variables.map((variable) => [variable.id, variable]));
  // What is below nothing somewhere (credits, what is left of a year) may be so anywhere.
  const signed = new Set(variables.filter(({ value }) => value < 0).map(({ id }) => measureOf(id)));
  const secrets = variables.filter(
    (v) => saysTooMuch(v, v.isAmount, rule) || (isOfWhole(v.id) && isSensitive(v, rule)),
  );
  for (let tries = 0; tries < TRIES; tries++) {
    const intervals = new Map(variables.map((v) => [v.id, intervalOf(v, manners.get(v.id) ?? MASKED, rule, signed)]));
    const isWhole = narrow(intervals, relations);
    const pinned = secrets.filter((secret) => isPinned(secret, intervals.get(secret.id) as Interval, rule));
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
  // The programme as a whole is told as it is, but for what has changed by few firms since it was told before.
  return isOfWhole(variable.id) && !isSensitive(variable, rule) ? EXACT : roundedBy(variable);
}

const roundedBy = (variable: Variable): Manner => ({ how: 'rounded', base: baseOf(variable, variable.isAmount) });

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

function isPinned(variable: Variable, { low, high }: Interval, rule: Rule): boolean {
  const { value, changes = [] } = variable;
  const ownPart = saysTooMuch(variable, variable.isAmount, rule) ? Math.abs(value) : 0;
  // What has changed by few firms may be known but for what those make of it.
  const secret = Math.max(ownPart, ...changes.map(({ largest }) => largest));
  return high - low < Math.max(1, LEAST_WIDTH * secret);
}

/**
 * Masks the cheapest number by which one is pinned: of the relations that say so, or where those hold nothing that is told, of
 * those by which their own numbers are known.
 * @returns whether one was
 */
function widen(secret: Variable, { intervals, relations, byId, manners }: Known): boolean {
  const seen = new Set([secret.id]);
  const wholeNear = (ids: Iterable<string>) => [...ids].filter(isOfWhole).map((id) => byId.get(id) as Variable);
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
    if (isOfWhole(secret.id) && coarsen(wholeNear(next), manners)) return true;
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
    manners.set(cheapest.id, how === 'exact' ? roundedBy(cheapest) : MASKED);
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
