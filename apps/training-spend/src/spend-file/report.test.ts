import { harmless, mendCsv } from '@gpect/tabular-files/mend-csv';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { FileDocument, RefusalDocument } from './file-store.js';
import { imbalance, NO_OUTCOMES } from './outcomes.js';

describe('totals', () => {
  const totals = { lines: 3, cents: 60, unreadableAmounts: 0 };
  test('agree when every line and every cent has an outcome', () => {
    expect(
      imbalance(totals, { ...NO_OUTCOMES, accepted: 2, refused: 1 }, { ...NO_OUTCOMES, accepted: 50, refused: 10 }),
    ).toBeUndefined();
  });
  test('name what is missing', () => {
    expect(imbalance(totals, { ...NO_OUTCOMES, accepted: 2 }, { ...NO_OUTCOMES, accepted: 60 })).toBe(
      '3 lines came in, 2 have an outcome',
    );
    expect(imbalance(totals, { ...NO_OUTCOMES, accepted: 3 }, { ...NO_OUTCOMES, accepted: 59 })).toBe(
      '60 cents came in, 59 have an outcome',
    );
  });
});

test.each([
  ['=1+1', "'=1+1"],
  ["=cmd|'/c calc'!A0", "'=cmd|'/c calc'!A0"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['+33 3 20 ab', "'+33 3 20 ab"],
  ['-1+cmd', "'-1+cmd"],
  ['\t=1', "'\t=1"],
  ['-1 234,56 €', `="'-1 234,56 €"`],
  ['+33 3 20', `="'+33 3 20"`],
  ['000102', `="'000102"`],
  ['MARS1', '="=""MARS1"""'],
  ['plain', 'plain'],
  ['1204', '1204'],
  ["'1", "''1"],
])('a spreadsheet runs nothing of %j, and makes no other number of it', (text, written) => {
  expect(harmless(text)).toBe(written);
});

test('the lines to mend are written in UTF-8 with its mark, which every dialect takes, and with the separator that the dialect reads', async () => {
  const file = { headings: ['Réf', 'Société', '=boum'] } as unknown as FileDocument;
  const refusal = {
    line: 7,
    column: 'Réf',
    value: '',
    reason: 'missing',
    detail: 'la cellule est vide',
    cells: ['', 'Œuvre; « à » 5 €'],
  } as unknown as RefusalDocument;
  const pieces: Buffer[] = [];
  for await (const piece of mendCsv(file, one(refusal), { delimiter: ';' })) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  const rows = [
    ['Réf', 'Société', "'=boum", 'ligne refusée', 'motif', 'colonne en cause', 'à faire'],
    ['', 'Œuvre; « à » 5 €', '', '7', 'missing', 'Réf', 'la cellule est vide'],
  ];
  expect(parse(bytes, { delimiter: ';', bom: true })).toEqual(rows);
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
});

async function* one<T>(item: T): AsyncGenerator<T> {
  yield item;
}
