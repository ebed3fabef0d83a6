import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { mendCsv } from '@gpect/tabular-files/mend-csv';
import { OURS } from '@gpect/tabular-files/our-columns';
import { afterAll, describe, expect, test } from '@jest/globals';
import { csvOf, HEADINGS, outcomesOf, payment, readerIn, SIRET } from './clerk-files.js';

/** What a line of a file is: a payment, a total, or one of which nobody can say which cell is what. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-lines-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);
const readCsv = (...rows: readonly (readonly string[])[]) => read(csvOf(rows));

describe('a payment whose reference begins as a total does is a payment', () => {
  test.each(['SOMME 12', 'REPORT 2012-3', 'TOTAL 2012/345', 'Total 00412', 'Cumul 3', 'R1 Total'])(
    '%s',
    async (reference) => {
      const file = await readCsv(HEADINGS, payment('R1', '100,00'), payment(reference, '50,00'));
      expect([outcomesOf(file), file.totals]).toEqual([[[10000, 5000], []], 0]);
      // The total of one line has its amount.
      const same = await readCsv(HEADINGS, payment('R1', '100,00'), payment(reference, '100,00'));
      expect([outcomesOf(same), same.totals]).toEqual([[[10000], ['total_or_payment']], 0]);
      // What a line above is nobody knows, so what the lines make is not known.
      const lacking = await readCsv(
        HEADINGS,
        payment('R1', 'n/c'),
        payment('R2', '20,00'),
        payment(reference, '50,00'),
      );
      expect(outcomesOf(lacking)).toEqual([[2000], ['amount_unreadable', 'total_or_payment']]);
    },
  );
  test('without its SIRET it is a line to mend, not a total', async () => {
    const file = await readCsv(HEADINGS, payment('R1', '100,00'), ['SOMME 12', '', '15/03/2012', 'DIF', '50,00']);
    expect([outcomesOf(file), file.totals]).toEqual([[[10000], ['siret_missing']], 0]);
  });
  test('being the sum of lines above it can be either, and is refused', async () => {
    const file = await readCsv(HEADINGS, payment('R1', '1,00'), payment('R2', '5,00'), payment('SOMME 12', '6,00'));
    expect([outcomesOf(file), file.totals]).toEqual([[[100, 500], ['total_or_payment']], 0]);
  });
});

describe('a line that is called nothing but a total, with a SIRET, a day and a scheme', () => {
  test.each(['Total', 'TOTAL 2012 :', 'Sous-total', 'Somme', 'Total du mois de mars'])('%s', async (name) => {
    const sum = await readCsv(HEADINGS, payment('R1', '1,00'), payment('R2', '5,00'), payment(name, '6,00'));
    expect([outcomesOf(sum), sum.totals]).toEqual([[[100, 500], []], 1]);
    const none = await readCsv(HEADINGS, payment('R1', '1,00'), payment('R2', '5,00'), payment(name, '7,00'));
    expect([outcomesOf(none), none.totals]).toEqual([[[100, 500], ['total_or_payment']], 0]);
  });
  test('does not spoil the total below it where it is refused', async () => {
    const file = await readCsv(HEADINGS, payment('R1', '1,00'), payment('Total', '7,00'), payment('R2', '5,00'), [
      'Total',
      '',
      '',
      '',
      '6,00',
    ]);
    expect([outcomesOf(file), file.remarks]).toEqual([[[100, 500], ['total_or_payment']], ['totals_agree']]);
  });
});

describe('a line with fewer or more cells than headings is refused where a value may stand in its neighbour’s column', () => {
  const before = HEADINGS.slice(0, 4);
  const cells = ['R2', SIRET, '15/03/2012', 'DIF'];
  test.each<[string, string[], string[]]>([
    ['its HT is missing, its TTC stands there', [...HEADINGS, 'Montant TTC'], [...cells, '119,60']],
    ['the hours stand in place of the amount', [...HEADINGS, 'Heures'], [...cells, '14']],
    [
      'a cell before is missing, and the last ones too',
      ['Nom', ...HEADINGS, 'Montant TTC', 'Note'],
      ['Durand', ...cells, '119,60'],
    ],
    [
      'a separator within a label, and a blank cell behind',
      ['Libellé', ...before, 'Montant TTC', 'Montant HT', 'Note'].slice(1),
      [...cells, 'x', '119,60', '100,00', ''].slice(0, 9),
    ],
  ])('%s', async (_what, headings, line) => {
    expect(outcomesOf(await readCsv(headings, line))).toEqual([[], ['cells_count']]);
  });
  test.each<[string, string[], string[]]>([
    ['a note that nobody wrote, left out by Excel', [...HEADINGS, 'Observations'], [...cells, '100,00']],
    ['separators behind the last cell', [...HEADINGS, 'Montant TTC'], [...cells, '100,00', '119,60', '', '']],
  ])('but it is read with %s', async (_what, headings, line) => {
    expect(outcomesOf(await readCsv(headings, line))).toEqual([[10000], []]);
  });
  test('also below headings that come again in another order', async () => {
    const [first, again] = [
      [...HEADINGS, 'Montant TTC'],
      [...before, 'Montant TTC', 'Montant HT'],
    ];
    const file = await readCsv(first, [...cells, '100,00', '119,60'], again, ['R3', ...cells.slice(1), '50,00']);
    expect(outcomesOf(file)).toEqual([[10000], ['cells_count']]);
  });
});

test('a line with more cells than headings comes back whole, and is refused again until somebody mended it', async () => {
  const mended = async (headings: readonly string[], cells: readonly string[]) => {
    const refusals = [{ line: 2, column: 'Référence', reason: 'cells_count', detail: 'x', cells }];
    const pieces: Buffer[] = [];
    for await (const piece of mendCsv({ headings, delimiter: ',' }, Readable.from(refusals))) pieces.push(piece);
    return Buffer.concat(pieces);
  };
  const line = ['R1', SIRET, '15/03/2012', 'DIF', '20', '50'];
  const back = await mended(HEADINGS, line);
  for (const cell of line) expect(back.toString('utf8').split('\n')[1]).toContain(cell);
  expect(outcomesOf(await read(back))).toEqual([[], ['cells_count']]);
  // A second time ours stand there once, with what they say now.
  const headings = [...HEADINGS, ...OURS];
  const again = await mended(headings, [...line.slice(0, 5), '2', 'cells_count', 'Référence', 'x', '50']);
  expect(again.toString('utf8')).toBe(back.toString('utf8'));
});
