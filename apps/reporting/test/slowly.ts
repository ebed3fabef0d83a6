import type { Cell, Question, Rest, Stat, Unit } from '../src/cube/cell.js';
import type { Shape } from '../src/cube/schema.js';
import { ALWAYS } from '../src/facts/fact.js';

type Kinds = ReadonlyMap<string, string>;
type Fact = Unit['facts'][number];
/** What one unit makes of a measure. */
type Share = { readonly unit: Unit; amount: number };

/** The answer of a cube, all facts one by one. */
export function slowly(units: readonly Unit[], question: Question, { dimensions }: Pick<Shape, 'dimensions'>): Cell[] {
  const kinds: Kinds = new Map(dimensions.map(({ name, of }) => [name, of]));
  const { programmes, by, rests = [], measures } = question;
  const cells = new Map<string, { at: Record<string, string>; of: Map<string, Map<string, Share>> }>();
  for (const unit of units) {
    if (programmes && !programmes.includes(unit.programme)) continue;
    for (const fact of unit.facts.filter((f) => isAsked(unit, f, question, kinds)))
      for (const at of placesOf(unit, fact, by, kinds))
        for (const [measure, amount] of withRests(fact, rests)) {
          if (measures && !measure.startsWith('~rest') && !isOf(measure, measures)) continue;
          const key = JSON.stringify(Object.values(at));
          const cell = cells.get(key) ?? { at, of: new Map<string, Map<string, Share>>() };
          cells.set(key, cell);
          const shares = cell.of.get(measure) ?? new Map<string, Share>();
          cell.of.set(measure, shares);
          const share = shares.get(unit.id) ?? { unit, amount: 0 };
          shares.set(unit.id, share);
          share.amount += amount;
        }
  }
  return [...cells]
    .map(([key, { at, of }]) => ({ key, at, of: statsOf(of) }))
    .filter(({ of }) => of.size > 0)
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ at, of }) => ({ at, of }));
}

/** A cell for each of several values that a unit has; one of none where it has none. */
function placesOf(unit: Unit, [, day, , theme]: Fact, by: readonly string[], kinds: Kinds): Record<string, string>[] {
  return by.reduce<Record<string, string>[]>(
    (ats, name) => {
      const values =
        kinds.get(name) === 'fact' ? [name === 'year' ? yearOf(day) : (theme ?? '')] : valuesOf(unit, name);
      const those = kinds.get(name) === 'firm' ? values.slice(0, 1) : values;
      return ats.flatMap((at) => (those.length > 0 ? those : ['']).map((value) => ({ ...at, [name]: value })));
    },
    [{}],
  );
}

/** None of what was told without a day. */
const yearOf = (day: string): string => (day === ALWAYS ? '' : day.slice(0, 4));

const valuesOf = (unit: Unit, name: string): readonly string[] =>
  name === 'programme' ? [unit.programme] : (unit.place[name] ?? []);

function isAsked(unit: Unit, [, day, amount, theme]: Fact, { where = {}, asOf }: Question, kinds: Kinds): boolean {
  if (amount === 0 || (asOf && day > asOf)) return false;
  return Object.entries(where).every(([name, value]) => {
    if (kinds.get(name) !== 'fact') return valuesOf(unit, name).includes(value);
    return (name === 'year' ? yearOf(day) : theme) === value;
  });
}

function withRests([measure, , amount]: Fact, rests: readonly Rest[]): (readonly [string, number])[] {
  return [
    [measure, amount] as const,
    ...rests.flatMap((rest) => [
      ...(rest.total === measure ? [[rest.measure, amount] as const] : []),
      ...rest.parts.filter((part) => part === measure).map(() => [rest.measure, -amount] as const),
    ]),
  ];
}

const isOf = (measure: string, asked: readonly string[]): boolean =>
  asked.some(
    (one) => one === measure || (one.endsWith(':*') && measure.replace('~', '').split(':')[0] === one.slice(0, -2)),
  );

function statsOf(of: ReadonlyMap<string, ReadonlyMap<string, Share>>): Map<string, Stat> {
  return new Map(
    [...of].flatMap(([measure, shares]): [string, Stat][] => {
      // Of a remainder, units that have nothing left are not there.
      const all = [...shares.values()].filter(({ amount }) => !measure.startsWith('~rest') || amount !== 0);
      if (all.length === 0) return [];
      const firms = new Set(all.flatMap(({ unit }) => (unit.firm === undefined ? [] : [unit.firm])));
      const value = all.reduce((sum, { amount }) => sum + amount, 0);
      return [[measure, { value, firms: firms.size, largest: Math.max(...all.map((s) => Math.abs(s.amount))) }]];
    }),
  );
}

/** Cells as they are compared: measures in the order of their names. */
export const compared = (cells: readonly Cell[]) =>
  cells.map(({ at, of }) => ({ at, of: [...of].sort(([a], [b]) => (a < b ? -1 : 1)) }));
