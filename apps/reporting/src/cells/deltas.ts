import { own } from '@gpect/domain-values/records';
import { isAmount } from '../indicators/indicators.js';
import { type CellKey, cellsOf } from './dimensions.js';
import type { CellDocument } from './documents.js';
import { type Fact, factKey } from './measures.js';
import { type Tops, withTop } from './tops.js';
import { countedFacts, type FactsOf, type Unit } from './unit.js';

/** How much of an amount one unit makes in a cell, before and now. */
interface TopChange {
  readonly unit: string;
  readonly before: number;
  readonly now: number;
}

/** What changes in one cell. */
export interface CellDelta {
  readonly key: CellKey;
  /** What is taken back and what is added, by `factKey`. */
  readonly facts: Map<string, number>;
  /** By amount of money. */
  readonly tops: Map<string, TopChange[]>;
}

type SignedFacts = ReadonlyMap<string, number>;

export type Deltas = Map<string, CellDelta>;

/** Adds to `deltas` what one unit changes in its cells: all it said before is taken back, all it says now is added. */
export function addUnit<Data>(
  deltas: Deltas,
  id: string,
  before: Unit<Data> | undefined,
  now: Unit<Data> | undefined,
  factsOf: FactsOf<Data>,
): void {
  const [old, next] = [countedFacts(before, factsOf), countedFacts(now, factsOf)];
  const [left, entered] = [cellsById(before), cellsById(now)];
  // Where the place is the same, only what changed is written.
  const same = left.size === entered.size && [...left.keys()].every((cell) => entered.has(cell));
  const net = same ? netOf(old, next) : undefined;
  const [oldAmounts, nextAmounts] = [amountsOf(old), amountsOf(next)];
  for (const [cell, key] of new Map([...left, ...entered])) {
    const [was, is] = [left.has(cell), entered.has(cell)];
    const delta: CellDelta = deltas.get(cell) ?? { key, facts: new Map(), tops: new Map() };
    deltas.set(cell, delta);
    for (const [fact, amount] of net ?? netOf(was ? old : [], is ? next : [])) add(delta.facts, fact, amount);
    for (const measure of new Set([...oldAmounts.keys(), ...nextAmounts.keys()])) {
      const changes = delta.tops.get(measure) ?? [];
      delta.tops.set(measure, changes);
      const [from, to] = [was ? (oldAmounts.get(measure) ?? 0) : 0, is ? (nextAmounts.get(measure) ?? 0) : 0];
      if (from !== to) changes.push({ unit: id, before: from, now: to });
    }
  }
}

function cellsById(unit: Unit<unknown> | undefined): Map<string, CellKey> {
  return new Map((unit ? cellsOf(unit.place) : []).map((key) => [key.id, key]));
}

/** What is said now and was not, or no longer is: signed, without what stayed. */
function netOf(old: readonly Fact[], next: readonly Fact[]): SignedFacts {
  const net = new Map<string, number>();
  for (const [measure, day, amount] of old) add(net, factKey(measure, day), -amount);
  for (const [measure, day, amount] of next) add(net, factKey(measure, day), amount);
  for (const [key, amount] of net) if (amount === 0) net.delete(key);
  return net;
}

function add(facts: Map<string, number>, key: string, amount: number): void {
  facts.set(key, (facts.get(key) ?? 0) + amount);
}

/** The amounts of money of a unit, by figure. */
function amountsOf(facts: readonly Fact[]): Map<string, number> {
  const amounts = new Map<string, number>();
  for (const [measure, , amount] of facts)
    if (isAmount(measure)) amounts.set(measure, (amounts.get(measure) ?? 0) + amount);
  return amounts;
}

/** Where a cell keeps how many units make something of an amount: those among which the tops are the first. */
export const contributors = (measure: string): string => `+${measure}`;

/** By how much the contributors of each amount change. */
export function contributorsChange({ tops }: CellDelta): Record<string, number> {
  return Object.fromEntries(
    [...tops].map(([measure, changes]) => [
      contributors(measure),
      changes.reduce((sum, { before, now }) => sum + (now > 0 ? 1 : 0) - (before > 0 ? 1 : 0), 0),
    ]),
  );
}

/** The tops of a cell after a delta; undefined for an amount whose tops must be looked up. */
export function topsAfter(
  cell: Pick<CellDocument, 'all' | 'tops'> | undefined,
  delta: CellDelta,
): Map<string, Tops | undefined> {
  const after = new Map<string, Tops | undefined>();
  for (const [measure, changes] of delta.tops) {
    let tops: Tops | undefined = own(cell?.tops, measure) ?? [];
    let units = own(cell?.all, contributors(measure)) ?? 0;
    for (const { unit, before, now } of changes) {
      const others: number = units - (before > 0 ? 1 : 0);
      units = others + (now > 0 ? 1 : 0);
      tops = tops && withTop(tops, unit, now, others);
    }
    after.set(measure, tops);
  }
  return after;
}
