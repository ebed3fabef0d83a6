import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { suppress, suppressed } from './suppress.js';
import { isSensitive, type Relation, type Rule, saysTooMuch, type Variable } from './variable.js';

const rule: Rule = { leastFirms: 3, largestShare: 0.85 };
const count = (id: string, value: number, more: Partial<Variable> = {}): Variable => ({
  id,
  value,
  firms: value,
  largest: Math.min(value, 1),
  isAmount: false,
  told: true,
  cost: 1 + value / 1000,
  ...more,
});
const money = (id: string, value: number, firms: number, largest: number, more: Partial<Variable> = {}) =>
  count(id, value, { firms, largest, isAmount: true, ...more });
const sum = (total: string, ...parts: string[]): Relation => ({ total, parts, disjoint: true });
const masked = (variables: Variable[], ...relations: Relation[]) => [...suppressed(variables, relations, rule)].sort();

describe('a number by itself', () => {
  test.each([
    ['of nobody is told', count('n', 0), false],
    ['of two firms is a secret', count('n', 2), true],
    ['of three firms is told', count('n', 3), false],
    ['of which one firm makes 85 % is told', money('n', 10_000, 3, 8_500), false],
    ['of which one firm makes more is a secret', money('n', 10_000, 3, 8_501), true],
    ['that comes to nothing, of two firms, is a secret', money('n', 0, 2, 5), true],
    ['of many firms, less than nothing, is told', money('n', -900, 9, 100), false],
  ])('%s', (_what, one, secret) => {
    expect(saysTooMuch(one, one.isAmount, rule)).toBe(secret);
    expect(masked([one])).toEqual(secret ? ['n'] : []);
  });
});

describe('a sum', () => {
  test('with one secret part takes its cheapest other part with it', () => {
    const parts = [count('a', 2), count('b', 40), count('c', 5), count('d', 0)];
    expect(masked([...parts, count('t', 47, { cost: 99 })], sum('t', 'a', 'b', 'c', 'd'))).toEqual(['a', 'c']);
  });

  test('is masked itself where its only part is', () => {
    expect(masked([count('a', 2), count('t', 2)], sum('t', 'a'))).toEqual(['a', 't']);
  });

  test('of two secrets that are one firm each is a secret as well: a third part goes with them', () => {
    const parts = [count('a', 1), count('b', 1), count('c', 9)];
    expect(masked([...parts, count('t', 11, { cost: 99 })], sum('t', 'a', 'b', 'c'))).toEqual(['a', 'b', 'c']);
  });

  test('of 1 000 000 beside 10 is the 1 000 000: a part that weighs goes with them', () => {
    const parts = [
      money('a', 1_000_000, 2, 900_000),
      money('b', 10, 1, 10),
      money('c', 800_000, 9, 100_000, { cost: 1 }),
    ];
    const total = money('t', 1_800_010, 12, 900_000, { cost: 99 });
    expect(masked([...parts, total], sum('t', 'a', 'b', 'c'))).toEqual(['a', 'b', 'c']);
  });

  test('of parts behind which the same firms may stand counts them once', () => {
    const parts = [count('a', 2), count('b', 2), count('c', 7)];
    const total = count('t', 11, { cost: 99 });
    expect(masked([...parts, total], { total: 't', parts: ['a', 'b', 'c'], disjoint: false })).toEqual(['a', 'b', 'c']);
    expect(masked([...parts, total], sum('t', 'a', 'b', 'c'))).toEqual(['a', 'b']);
  });
});

describe('what is never told', () => {
  const untold = (id: string, value: number) => count(id, value, { told: false });

  test('enrolled less accompanied is two firms: the cheaper figure is masked', () => {
    const figures = [count('enrolled', 10, { cost: 3 }), count('accompanied', 8, { cost: 2 }), count('abandoned', 0)];
    const relation = sum('enrolled', 'accompanied', 'abandoned', '~underway');
    expect(masked([...figures, untold('~underway', 2)], relation)).toEqual(['accompanied']);
  });

  test('may be derived where many firms stand behind it', () => {
    const figures = [count('enrolled', 10), count('accompanied', 5), untold('~underway', 5)];
    expect(masked(figures, sum('enrolled', 'accompanied', '~underway'))).toEqual([]);
  });

  test('hides a secret beside it, unless another table gives it', () => {
    const cells = [count('t', 12, { cost: 99 }), count('a', 2), count('b', 5), untold('none', 5)];
    const split = [count('u', 5, { cost: 9 })];
    expect(masked(cells, sum('t', 'a', 'b', 'none'))).toEqual(['a']);
    expect(masked([...cells, ...split], sum('t', 'a', 'b', 'none'), sum('none', 'u'))).toEqual(['a', 'b']);
  });
});

test('a second cell that another table would tell is hidden there as well', () => {
  // By basin: x (2 firms) and y; by basin and size, y again in full.
  const cells = [
    count('t', 9, { cost: 99 }),
    count('x', 2, { cost: 9 }),
    count('y', 7, { cost: 9 }),
    count('y small', 4),
    count('y large', 3),
  ];
  const found = masked(cells, sum('t', 'x', 'y'), sum('y', 'y small', 'y large'));
  expect(found).toEqual(['x', 'y', 'y large']);
});

test('a cross in which every row and column hides two, and all together give one away, is masked on', () => {
  // Rows 1 and 2 less columns 1 and 2 leave the cell at 1,3 alone.
  const hidden = new Set(['11', '12', '13', '21', '22', '33', '34', '43', '44']);
  const cells = [1, 2, 3, 4].flatMap((r) => [1, 2, 3, 4].map((c) => `${r}${c}`));
  const line = (name: string, pick: (cell: string) => boolean) => sum(name, ...cells.filter(pick));
  const relations = [1, 2, 3, 4].flatMap((n) => [
    line(`row${n}`, (cell) => cell[0] === `${n}`),
    line(`column${n}`, (cell) => cell[1] === `${n}`),
  ]);
  const variables = [
    ...cells.map((id) => count(id, hidden.has(id) ? 2 : 9)),
    ...relations.map(({ total, parts }) =>
      count(
        total,
        parts.map((p) => (hidden.has(p) ? 2 : 9)).reduce((a, b) => a + b, 0),
        { cost: 99 },
      ),
    ),
  ];
  const found = suppressed(variables, relations, rule);
  expect([...hidden].filter((id) => !found.has(id))).toEqual([]);
  expect(found.size).toBeGreaterThan(hidden.size);
});

describe('two releases', () => {
  const since = (value: number, firms: number, largest = value, unknown?: boolean) => ({
    changes: [{ since: 'march', value, firms, largest, ...(unknown ? { unknown } : {}) }],
  });

  test('of which the difference is one payment: the later number is masked', () => {
    expect(masked([money('spend', 50_000, 9, 8_000, since(1_234, 1))])).toEqual(['spend']);
  });

  test('of which the difference is nothing, or of three firms, are both told', () => {
    expect(masked([money('a', 50_000, 9, 8_000, since(0, 0)), count('b', 9, since(3, 3, 1))])).toEqual([]);
  });

  test('a number that was masked then has no difference', () => {
    expect(masked([money('spend', 50_000, 9, 8_000, since(1_234, 1, 1_234, true))])).toEqual([]);
  });

  test('a number that was masked and has not changed stays masked', () => {
    expect(masked([count('a', 9, { stays: true })])).toEqual(['a']);
  });

  test('what is masked together is no secret by its difference either', () => {
    // a and b hide each other; that of the two one firm paid is seen in the total, but for c, of which it cannot be told.
    const cells = [
      money('a', 900, 2, 500, since(100, 1)),
      money('b', 900, 3, 500),
      money('c', 5_000, 9, 900, since(900, 4, 300)),
      money('t', 6_800, 14, 900, { cost: 99, ...since(1_000, 5, 300) }),
    ];
    expect(masked(cells, sum('t', 'a', 'b', 'c'))).toEqual(['a', 'b', 'c']);
  });
});

test('the order in which variables and relations come changes nothing', () => {
  const firm = fc.record({ row: fc.nat(3), column: fc.nat(3), amount: fc.integer({ min: 1, max: 1000 }) });
  fc.assert(
    fc.property(fc.array(firm, { maxLength: 40 }), fc.integer(), (firms, seed) => {
      const { variables, relations } = crossOf(firms);
      const once = suppressed(variables, relations, rule);
      const [first, ...rest] = variables;
      const turned = first ? [...rest.reverse(), first] : [];
      const parts = (relation: Relation) => ({ ...relation, parts: [...relation.parts].reverse() });
      const again = suppressed(turned, (seed % 2 ? [...relations].reverse() : relations).map(parts), rule);
      expect([...again].sort()).toEqual([...once].sort());
    }),
    { numRuns: 200 },
  );
});

test('where the equations are too many, all that hangs together with a secret is masked, and that is said', () => {
  const firms = Array.from({ length: 32 }, (_, i) => ({ row: i % 4, column: (i >> 2) % 4, amount: i + 9 }));
  const { variables, relations } = crossOf(firms);
  const apart = [count('apart', 9), count('apart too', 9)];
  const { masked: found, withheld } = suppress(
    [...variables, ...apart],
    [...relations, sum('apart', 'apart too')],
    rule,
    {
      mostSteps: -1,
    },
  );
  expect(withheld).toBe(true);
  const there = variables.filter((v) => v.firms > 0);
  expect(there.some((v) => isSensitive(v, rule))).toBe(true);
  expect(there.filter((v) => !found.has(v.id))).toEqual([]);
  expect(found.has('apart')).toBe(false);
});

/** The amounts of firms, by row, by column, by both and in all. */
function crossOf(firms: { row: number; column: number; amount: number }[]) {
  const of = (id: string, cost: number, some: typeof firms) =>
    money(
      id,
      some.reduce((total, { amount }) => total + amount, 0),
      some.length,
      Math.max(0, ...some.map(({ amount }) => amount)),
      { cost },
    );
  const four = [0, 1, 2, 3];
  const variables = [
    of('t', 99, firms),
    ...four.flatMap((n) => [
      of(
        `row ${n}`,
        9,
        firms.filter(({ row }) => row === n),
      ),
      of(
        `column ${n}`,
        9,
        firms.filter(({ column }) => column === n),
      ),
      ...four.map((c) =>
        of(
          `cell ${n} ${c}`,
          1,
          firms.filter(({ row, column }) => row === n && column === c),
        ),
      ),
    ]),
  ];
  const relations = [
    sum('t', ...four.map((n) => `row ${n}`)),
    sum('t', ...four.map((n) => `column ${n}`)),
    ...four.flatMap((n) => [
      sum(`row ${n}`, ...four.map((c) => `cell ${n} ${c}`)),
      sum(`column ${n}`, ...four.map((r) => `cell ${r} ${n}`)),
    ]),
  ];
  return { variables, relations };
}
