import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { BesideTables } from '../secrecy/rows/beside-tables.js';
import type { KeptSlice } from '../secrecy/rows/kept-slice.js';
import type { Slice, SliceRecord } from '../secrecy/rows/slice.js';
import { releasedRows } from './rows.js';

const rule = { leastFirms: 3, largestShare: 0.85, every: 'MONTH' } as const;
const key = 'a key';
/** Tables beside which everything may be told. */
const NOTHING_SECRET = { openNothing: () => true } as unknown as BesideTables;

const record = (n: number, section: string, cell: string): SliceRecord => ({
  firm: String(n).padStart(4, '0'),
  at: { section, size: '10-49', region: '32', wave: '2008', origin: 'OPCA' },
  cells: [cell],
});
const sliceOf = (records: readonly SliceRecord[], columns = ['answer']): Slice => ({
  id: 'survey',
  columns,
  records,
  shows: [],
});
const cell = (n: number) => (n % 2 === 0 ? 'YES' : 'NO');
const firms = (count: number, section: string, from = 0) =>
  Array.from({ length: count }, (_, i) => record(from + i, section, cell(i)));
const made = (slice: Slice, date?: string, kept: readonly KeptSlice[] = []) =>
  releasedRows({ slices: [slice], rule, key, before: date === undefined ? undefined : { date, kept } }, NOTHING_SECRET);

test('the recoding that tells most is taken, of those by which rows and tables together open nothing', () => {
  const slice = sliceOf([...firms(20, 'C'), ...firms(20, 'G', 100)]);
  const [all] = made(slice);
  expect(all?.classes.map(({ at, rows }) => [at['section'], rows.length])).toEqual([
    ['C', 20],
    ['G', 20],
  ]);
  const onlyCoarse = {
    openNothing: ([one]: { recoding: Record<string, number> }[]) => (one?.recoding['section'] ?? 0) > 0,
  } as unknown as BesideTables;
  const [coarse] = releasedRows({ slices: [slice], rule, key }, onlyCoarse);
  expect(coarse?.classes.map(({ at }) => at['section'])).toEqual(['BE', 'GI']);
  const nothing = { openNothing: () => false } as unknown as BesideTables;
  expect(releasedRows({ slices: [slice], rule, key }, nothing)).toEqual([]);
});

test('as many firms are alike as the programme says, and never fewer than a number stands on', () => {
  const slice = sliceOf(firms(23, 'C'));
  const rowsBy = (more: { leastFirms?: number; leastAlike?: number }) =>
    releasedRows({ slices: [slice], rule: { ...rule, ...more }, key }, NOTHING_SECRET)[0]?.classes[0]?.rows.length;
  expect([{}, { leastAlike: 7 }, { leastFirms: 6 }, { leastFirms: 6, leastAlike: 4 }].map(rowsBy)).toEqual([
    20, 21, 16, 18,
  ]);
});

test('a class of which few firms have changed stays as it was told, with its release; it is told anew once enough have', () => {
  const before = firms(20, 'C');
  const kept = made(sliceOf(before));
  const changed = (count: number) => before.map((one, i) => (i < count ? { ...one, cells: [cell(i + 1)] } : one));
  const [few] = made(sliceOf(changed(4)), '2026-11-01', kept);
  expect(few?.classes[0]).toEqual({ ...kept[0]?.classes[0], of: '2026-11-01' });
  // Held against the day of which it is, not against the release before.
  const [later] = made(sliceOf(changed(5)), '2026-12-01', few ? [few] : []);
  expect(later?.classes[0]?.of).toBeUndefined();
  expect(later?.classes[0]?.rows).not.toEqual(kept[0]?.classes[0]?.rows);
});

test('what few firms have changed between two releases is in the rows of none, however they change', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('C', 'G', 'Q'), fc.constantFrom('YES', 'NO', 'NONE')), {
        minLength: 5,
        maxLength: 60,
      }),
      fc.array(fc.tuple(fc.nat(59), fc.constantFrom('YES', 'NO', 'NONE')), { maxLength: 4 }),
      (all, changes) => {
        const then = all.map(([section, answer], i) => record(i, section, answer));
        const now = then.map((one, i) => {
          const change = changes.findLast(([at]) => at === i);
          return change ? { ...one, cells: [change[1]] } : one;
        });
        const kept = made(sliceOf(then));
        const rowsOf = (slices: readonly KeptSlice[]) => slices.flatMap((one) => one.classes.map(({ rows }) => rows));
        expect(rowsOf(made(sliceOf(now), '2026-11-01', kept))).toEqual(rowsOf(kept));
      },
    ),
    { seed: 17, numRuns: 200 },
  );
});

test('another recoding is taken only once enough firms have changed in every class', () => {
  const small = made(sliceOf(firms(12, 'C')));
  expect(small[0]?.classes.map(({ at }) => at['section'])).toEqual(['C']);
  const mixed = [...firms(4, 'C'), ...firms(8, 'E', 100)];
  const coarse = made(sliceOf(mixed));
  expect(coarse[0]?.classes.map(({ at }) => at['section'])).not.toContain('C');
  const [still] = made(sliceOf([...mixed, ...firms(4, 'C', 200)]), '2026-11-01', coarse);
  expect(still?.recoding).toEqual(coarse[0]?.recoding);
  const [finer] = made(sliceOf([...mixed, ...firms(21, 'C', 200), ...firms(22, 'E', 300)]), '2026-11-01', coarse);
  expect(finer?.classes.map(({ at }) => at['section'])).toEqual(['C', 'E']);
});

test('a column that came since is empty in the rows of before', () => {
  const before = firms(20, 'C');
  const kept = made(sliceOf(before));
  const more = before.map((one, i) => ({ ...one, cells: [cell(i + 1), ...one.cells] }));
  const [now] = made(sliceOf(more, ['newer', 'answer']), '2026-11-01', kept);
  expect(now?.classes[0]).toMatchObject({ columns: ['answer'], of: '2026-11-01' });
});
