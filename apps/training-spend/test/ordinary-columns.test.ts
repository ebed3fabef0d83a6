import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OURS } from '@gpect/tabular-files/our-columns';
import { NO_PAYMENT, ORDINARY, VOID } from '@gpect/test-kit/ordinary-columns';
import { afterAll, expect, test } from '@jest/globals';
import { csvOf, HEADINGS, outcomesOf, payment, readerIn } from './clerk-files.js';

/** Columns and cells of ordinary French files pass untouched, and such as mislead never count: through the whole chain. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-ordinary-columns-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);
const withColumn = (heading: string, ...words: string[]) =>
  csvOf([[...HEADINGS, heading], ...words.map((word, i) => [...payment(`R${i}`, '10,00'), word])]);

test('no payment is refused for an ordinary word of a column that is not read', async () => {
  const refused: unknown[] = [];
  for (const [heading, word] of ORDINARY) {
    const [taken, why] = outcomesOf(await read(withColumn(heading, word)));
    if (why.length > 0 || taken.length !== 1 || typeof taken === 'string') refused.push([heading, word, taken, why]);
  }
  expect(refused).toEqual([]);
}, 120_000);

test('no payment is counted that its line takes back, denies or foresees', async () => {
  const counted: unknown[] = [];
  for (const [heading, word] of [...VOID, ...NO_PAYMENT]) {
    const [taken, why] = outcomesOf(await read(withColumn(heading, word)));
    if (taken.length > 0 || why.length !== 1) counted.push([heading, word, taken, why]);
  }
  expect(counted).toEqual([]);
}, 120_000);

test('a status that says nowhere in its file what was paid is told, and refuses no line', async () => {
  const { accepted, remarks } = await read(withColumn('Statut', 'Cadre', 'Employé'));
  expect([accepted.length, remarks]).toEqual([2, expect.arrayContaining(['status_of_other'])]);
});

test('one that says so on any of its lines says so on all of them', async () => {
  const lines = Array.from({ length: 50 }, () => 'Accepté');
  const { accepted, refused } = await read(withColumn('Statut', ...lines, 'Payé'));
  expect([accepted.length, new Set(Object.values(refused))]).toEqual([1, new Set(['status_unknown'])]);
});

test('lines that were refused for their status and come back alone are still refused', async () => {
  const file = csvOf([
    [...HEADINGS, 'Statut', OURS[0] ?? ''],
    [...payment('R1', '10,00'), 'Accepté', '2'],
  ]);
  expect(outcomesOf(await read(file))).toEqual([[], ['status_unknown']]);
});
