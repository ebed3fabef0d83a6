import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { alike, keyOf } from './alike.js';
import { recodings } from './recoding.js';
import type { RowRule, SliceRecord } from './slice.js';

const RULE: RowRule = { alike: 5, leastFirms: 3, largestShare: 0.85 };
const ALL_RECODINGS = recodings();
const rank = (firm: string) => firm;

const anyRecords = fc
  .array(
    fc.record({
      section: fc.constantFrom('C', 'F', 'G', 'H', 'Q', ''),
      size: fc.constantFrom('0-9', '10-49', '50-99', '250+'),
      wave: fc.constantFrom('2008', '2010'),
      cells: fc.tuple(
        fc.constantFrom('yes', 'no', null),
        fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        fc.constant('always'),
      ),
    }),
    { maxLength: 120 },
  )
  .map((records) =>
    records.map(({ cells, ...at }, i): SliceRecord => ({ firm: String(i).padStart(4, '0'), at, cells })),
  );
const anyRecoding = fc.constantFrom(...ALL_RECODINGS.map(([recoding]) => recoding));
const SEED = { seed: 17, numRuns: 300 };

test('there is a recoding that tells every dimension as it is, one that tells none, and each is told once', () => {
  const precisions = ALL_RECODINGS.map(([, precision]) => precision);
  expect([Math.max(...precisions), Math.min(...precisions)]).toEqual([1, 0]);
  expect(new Set(ALL_RECODINGS.map(([recoding]) => JSON.stringify(recoding))).size).toBe(ALL_RECODINGS.length);
});

test('every class that is told has at least so many firms, in a multiple of so many rows, and each firm is in one class', () => {
  fc.assert(
    fc.property(anyRecords, anyRecoding, (records, recoding) => {
      const classes = alike({ records }, recoding, RULE, rank);
      expect(classes.flatMap((one) => one.records.map(({ firm }) => firm)).sort()).toEqual(
        records.map(({ firm }) => firm),
      );
      for (const { rows, records: of } of classes) {
        expect(rows.length).toBe(of.length < 5 ? 0 : of.length - (of.length % 5));
      }
    }),
    SEED,
  );
});

test('in a class each value that is told stands in enough rows, and none in nearly all; what is left out is of enough, too', () => {
  fc.assert(
    fc.property(anyRecords, anyRecoding, (records, recoding) => {
      for (const { rows } of alike({ records }, recoding, RULE, rank))
        for (const column of [0, 1, 2]) {
          const counts = new Map<string | null, number>();
          for (const row of rows) counts.set(row[column] ?? null, (counts.get(row[column] ?? null) ?? 0) + 1);
          for (const [value, count] of counts) {
            expect(count).toBeGreaterThanOrEqual(RULE.leastFirms);
            if (value !== null) expect(count).toBeLessThanOrEqual(RULE.largestShare * rows.length);
          }
        }
    }),
    SEED,
  );
});

test('a row that is told is one of its class, but for what is left out, and its order is not that of the records', () => {
  fc.assert(
    fc.property(anyRecords, anyRecoding, (records, recoding) => {
      const classes = alike({ records }, recoding, RULE, rank);
      expect(alike({ records: [...records].reverse() }, recoding, RULE, rank).map(({ rows }) => rows)).toEqual(
        classes.map(({ rows }) => rows),
      );
      for (const { rows, records: of } of classes) {
        const left = of.map(({ cells }) => cells);
        for (const row of rows) {
          const at = left.findIndex((cells) => row.every((cell, i) => cell === null || cell === cells[i]));
          expect(at).toBeGreaterThanOrEqual(0);
        }
      }
    }),
    SEED,
  );
});

test('a coarser recoding never parts firms that a finer one has together', () => {
  fc.assert(
    fc.property(anyRecords, anyRecoding, (records, recoding) => {
      const coarser = { ...recoding, size: 2, section: 3 };
      const fine = alike({ records }, recoding, RULE, rank);
      const coarse = alike({ records }, coarser, RULE, rank);
      const classOf = new Map(coarse.flatMap((one) => one.records.map(({ firm }) => [firm, keyOf(one.at)])));
      for (const { records: of } of fine) expect(new Set(of.map(({ firm }) => classOf.get(firm))).size).toBe(1);
    }),
    SEED,
  );
});
