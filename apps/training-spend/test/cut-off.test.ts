import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { csvOf, HEADINGS, outcomesOf, payment, readerIn } from './clerk-files.js';

/** A file whose transfer broke off, and days that another program wrote: what is left looks whole. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-cut-off-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);
const above = [payment('R0001', '1234,56'), payment('R0002', '2345,67 €')];
const inOrder = (order: readonly number[], rows: readonly (readonly string[])[]) =>
  csvOf(rows.map((row) => order.map((at) => row[at] ?? '')));
const DAY_LAST = [0, 1, 3, 4, 2];
const REFERENCE_LAST = [1, 2, 3, 4, 0];

describe('a last line that ends within a cell, where the lines above have more of it, is refused', () => {
  test.each<[string, Buffer]>([
    ['12 of 1234,56', csvOf([HEADINGS, ...above, payment('R0003', '12')])],
    ['1234,5', csvOf([HEADINGS, ...above, payment('R0003', '1234,5')])],
    [
      'cells behind it',
      csvOf([[...HEADINGS, 'Libellé'], ...above.map((row) => [...row, 'x']), payment('R0003', '12')]),
    ],
    ['a year of two digits', inOrder(DAY_LAST, [HEADINGS, ...above, payment('R0003', '1,00', '15/03/20')])],
    ['a reference', inOrder(REFERENCE_LAST, [HEADINGS, ...above, payment('R00', '1,00')])],
  ])('%s', async (_what, bytes) => {
    expect(outcomesOf(await read(bytes))).toEqual([[123_456, 234_567], ['line_cut']]);
  });
  test.each<[string, Buffer]>([
    ['a line end behind it', Buffer.concat([csvOf([HEADINGS, ...above, payment('R0003', '12')]), Buffer.from('\r\n')])],
    ['whole euros above it too', csvOf([HEADINGS, ...above, payment('R3', '100'), payment('R4', '12')])],
    ['one line above it', csvOf([HEADINGS, payment('R1', '10,00'), payment('R2', '12')])],
    ['its unit at its end', csvOf([HEADINGS, ...above, payment('R0003', '12 €')])],
    ['as many digits', csvOf([HEADINGS, ...above, payment('R0003', '12,00')])],
    [
      'references of several lengths',
      inOrder(REFERENCE_LAST, [HEADINGS, ...above, payment('R12', '1,00'), payment('R3', '1,00')]),
    ],
    ['its total', csvOf([HEADINGS, ...above, ['Total', '', '', '', '3580']])],
  ])('but for %s', async (_what, bytes) => {
    expect(outcomesOf(await read(bytes))[1]).toEqual([]);
  });
});

describe('days without zeros beside sure days with them were written by another program', () => {
  const days = (...of: string[]) => csvOf([HEADINGS, ...of.map((day, i) => payment(`R${i}`, '10,00', day))]);
  test('and may be exchanged', async () => {
    const { accepted, refused } = await read(days('15/03/2012', '4/3/2012', '28/03/2012', '5/3/2012', '10/11/2012'));
    expect([accepted.map(({ paidOn }) => paidOn), Object.values(refused)]).toEqual([
      ['2012-03-15', '2012-03-28'],
      ['date_ambiguous', 'date_ambiguous', 'date_ambiguous'],
    ]);
  });
  test.each([
    [['15/03/2012', '4/3/2012', '28/3/2012', '5/3/2012']],
    [['15/03/2012', '04/03/2012', '28/03/2012', '5/3/2012', '6/3/2012']],
    [['15/03/2012', '28/03/2012', '5/3/2012']],
    [['15/3/2012', '28/3/2012', '5/3/2012', '4/3/2012']],
  ])('but %j are of a hand', async (of) => {
    expect(outcomesOf(await read(days(...of)))[1]).toEqual([]);
  });
});
