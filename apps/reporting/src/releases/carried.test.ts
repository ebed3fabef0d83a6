import { describe, expect, test } from '@jest/globals';
import type { Cell, Stat } from '../cube/cell.js';
import { carriedOf, daysIn } from './carried.js';
import { type ReleaseAsked, releasedTables } from './make.js';

const rule = { leastFirms: 3, largestShare: 0.85, every: 'MONTH' } as const;
const stat = (value: number, firms: number, largest = value): Stat => ({ value, firms, largest });
const cell = (at: Cell['at'], of: Record<string, Stat>): Cell => ({ at, of: new Map(Object.entries(of)) });
const asked = (
  lille: Record<string, Stat>,
  calais: Record<string, Stat>,
  more: Partial<ReleaseAsked> = {},
): ReleaseAsked => {
  const sum = (name: string) => {
    const [a, b] = [lille[name] ?? stat(0, 0), calais[name] ?? stat(0, 0)];
    return stat(a.value + b.value, a.firms + b.firms, Math.max(a.largest, b.largest));
  };
  const whole = Object.fromEntries(Object.keys({ ...lille, ...calais }).map((name) => [name, sum(name)]));
  return {
    tables: new Map([
      ['', [cell({}, whole)]],
      ['basin', [cell({ basin: 'calais' }, calais), cell({ basin: 'lille' }, lille)]],
    ]),
    measures: Object.keys(whole),
    actions: [],
    rule,
    veil: 'a key',
    ...more,
  };
};
const told = (released: ReturnType<typeof releasedTables>, grouping: string, at: string, measure: string) =>
  new Map(released.tables.get(grouping)?.find((c) => (c.at['basin'] ?? '') === at)?.of).get(measure);

const first = releasedTables(asked({ enrolled: stat(20, 20, 1) }, { enrolled: stat(30, 30, 1) }));
const changes = (lille: Stat, whole: Stat) =>
  new Map([
    [
      '2026-01-01',
      new Map([
        ['', [cell({}, { enrolled: whole })]],
        ['basin', [cell({ basin: 'lille' }, { enrolled: lille })]],
      ]),
    ],
  ]);
const again = (more: number) =>
  releasedTables(
    asked(
      { enrolled: stat(20 + more, 20 + more, 1) },
      { enrolled: stat(30, 30, 1) },
      {
        before: {
          date: '2026-01-01',
          tables: first.tables,
          changesSince: changes(stat(more, more, 1), stat(more, more, 1)),
        },
      },
    ),
  );

describe('a number that is told a second time', () => {
  test('is the programme’s own exactly, and rounded in a table', () => {
    expect(told(first, '', '', 'enrolled')).toEqual([50, 50]);
    expect(told(first, 'basin', 'lille', 'enrolled')).toEqual([20, 20]);
  });

  test.each([1, 2])('stays as it was where %i firms more stand behind it, and says of which day it is', (more) => {
    const second = again(more);
    expect(told(second, '', '', 'enrolled')).toEqual([50, 50, '2026-01-01']);
    expect(told(second, 'basin', 'lille', 'enrolled')).toEqual([20, 20, '2026-01-01']);
    expect([...daysIn(second.tables, '2026-02-01')].sort()).toEqual(['2026-01-01', '2026-02-01']);
  });

  test('is told anew once three firms more do', () => {
    expect(told(again(3), '', '', 'enrolled')).toEqual([53, 53]);
    expect(told(again(3), 'basin', 'lille', 'enrolled')).toEqual([25, 25]);
  });
});

test('an amount that changed by one firm’s payment stays as it was, of three with none above the share not', () => {
  const before = {
    date: '2026-01-01',
    tables: new Map([['', [{ at: {}, of: [['spend', [9_000_000, 10]] as const] }]]]),
  };
  const with_ = (change: Stat) =>
    carriedOf(
      { ...before, changesSince: new Map([['2026-01-01', new Map([['', [cell({}, { spend: change })]]])]]) },
      rule,
      () => true,
    );
  expect([...with_(stat(400_000, 1)).values()]).toEqual([{ told: [9_000_000, 10, '2026-01-01'], isSame: false }]);
  expect([...with_(stat(400_000, 5, 390_000)).values()]).toHaveLength(1);
  expect([...with_(stat(400_000, 5, 100_000)).values()]).toEqual([]);
});
