import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Cell, Question, Unit } from './cell.js';
import { Cube } from './cube.js';

const SHAPE = {
  dimensions: [
    { name: 'basin', of: 'firm' },
    { name: 'carrier', of: 'firm, several' },
    { name: 'year', of: 'fact' },
    { name: 'theme', of: 'fact' },
    { name: 'programme', of: 'firm' },
  ],
  marks: [],
} as const;
const DIMENSIONS = SHAPE.dimensions.map(({ name }) => name);
const DAYS = ['2010-01-01', '2010-01-02', '2010-12-31', '2011-05-05', '2013-01-01'];
const THEMES = [undefined, 'HR', 'EXPORT'];

const fact = fc.tuple(
  fc.constantFrom('sessions', 'spend', 'spend:a'),
  fc.constantFrom(...DAYS),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(...THEMES),
);
const said = fc.record({
  programme: fc.constantFrom('p', 'q'),
  isFirm: fc.boolean(),
  basin: fc.subarray(['lille', 'lens'], { maxLength: 1 }),
  carrier: fc.subarray(['c', 'd']),
  facts: fc.array(fact, { minLength: 3, maxLength: 12 }),
});
const units = fc.array(said, { minLength: 2, maxLength: 8 }).map((all) =>
  all.map(
    ({ programme, isFirm, facts, ...place }, i): Unit => ({
      id: `u${i}`,
      programme,
      ...(isFirm ? { firm: `f${i}` } : {}),
      place: { ...place, programme: [programme] },
      facts,
    }),
  ),
);
const WITHIN: readonly Record<string, string>[] = [
  {},
  { basin: 'lille' },
  { carrier: 'c' },
  { basin: 'lens', carrier: 'd' },
  { year: '2010' },
  { theme: 'HR' },
  { basin: 'lille', theme: 'EXPORT', year: '2011' },
];
const question: fc.Arbitrary<Omit<Question, 'by'>> = fc.record({
  programmes: fc.subarray(['p', 'q'], { minLength: 1 }),
  where: fc.constantFrom(...WITHIN),
  asOf: fc.constantFrom(undefined, ...DAYS, '2009-01-01', '2012-06-06'),
  measures: fc.constantFrom(undefined, ['spend'], ['spend:*']),
});

const cuts = fc.uniqueArray(fc.oneof(fc.subarray(['basin', 'carrier', 'programme']), fc.subarray([...DIMENSIONS])), {
  minLength: 1,
  maxLength: 3,
  selector: (cut) => cut.join(),
});

/** A unit's values of a dimension, for one of its facts; '' where it has none. */
function valuesOf(
  name: string,
  { programme, place }: Unit,
  [, day, , theme]: Unit['facts'][number],
): readonly string[] {
  if (name === 'programme') return [programme];
  if (name === 'year') return [day.slice(0, 4)];
  if (name === 'theme') return [theme ?? ''];
  const values = place[name] ?? [];
  return values.length > 0 ? values : [''];
}

/** The same by adding up, one fact after the other. */
function addedUp(all: readonly Unit[], { programmes = [], by, where = {}, asOf, measures }: Question): Cell[] {
  const cells = new Map<string, Map<string, Map<Unit, number>>>();
  for (const unit of all.filter(({ programme }) => programmes.includes(programme)))
    for (const fact of unit.facts) {
      const [measure, day, amount] = fact;
      const isMeant = measures?.[0]?.endsWith(':*')
        ? measure.startsWith('spend')
        : !measures || measures.includes(measure);
      const isThere = Object.entries(where).every(([name, value]) => valuesOf(name, unit, fact).includes(value));
      if (amount === 0 || !isMeant || !isThere || (asOf && day > asOf)) continue;
      const places = by.reduce<string[][]>(
        (some, name) => some.flatMap((at) => valuesOf(name, unit, fact).map((value) => [...at, value])),
        [[]],
      );
      for (const at of places) {
        const cell = cells.get(JSON.stringify(at)) ?? new Map<string, Map<Unit, number>>();
        cells.set(JSON.stringify(at), cell);
        const amounts = cell.get(measure) ?? new Map<Unit, number>();
        cell.set(measure, amounts);
        amounts.set(unit, (amounts.get(unit) ?? 0) + amount);
      }
    }
  return [...cells].sort().map(([key, of]) => ({
    at: Object.fromEntries((JSON.parse(key) as string[]).map((value, i) => [by[i] ?? '', value])),
    of: new Map(
      [...of].map(([measure, amounts]) => [
        measure,
        {
          value: [...amounts.values()].reduce((sum, amount) => sum + amount, 0),
          firms: [...amounts.keys()].filter(({ firm }) => firm !== undefined).length,
          largest: Math.max(...[...amounts.values()].map(Math.abs)),
        },
      ]),
    ),
  }));
}

const comparable = (cells: readonly Cell[]) => cells.map(({ at, of }) => ({ at, of: [...of].sort() }));

test('questions of any cuts, within anything, as of any day, are answered as if all facts were added up', async () => {
  const cube = await Cube.create(SHAPE);
  let before: readonly Unit[] = [];
  try {
    await fc.assert(
      fc.asyncProperty(units, question, cuts, async (all, asked, asCut) => {
        await cube.replace(
          before.map(({ id }) => id),
          all,
        );
        before = all;
        const answers = await cube.askCuts(asked, asCut);
        expect(answers.map(comparable)).toEqual(asCut.map((by) => comparable(addedUp(all, { ...asked, by }))));
      }),
      { numRuns: 150 },
    );
  } finally {
    cube.close();
  }
});

test('units that others took the place of count no more, however many there are', async () => {
  const cube = await Cube.create(SHAPE);
  const of = (amount: number) =>
    Array.from({ length: 3000 }, (_, i): Unit => {
      const theme = THEMES[(i * amount) % 3];
      return { id: `u${i}`, programme: 'p', firm: `f${i}`, place: {}, facts: [['spend', '2010-01-01', amount, theme]] };
    });
  try {
    await cube.replace([], of(1));
    const now = of(2);
    await cube.replace(
      now.map(({ id }) => id),
      now,
    );
    const asked: Question = { programmes: ['p'], by: ['theme'] };
    expect(comparable(await cube.ask(asked))).toEqual(comparable(addedUp(now, asked)));
  } finally {
    cube.close();
  }
});
