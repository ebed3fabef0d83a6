import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readCase } from './read-case.js';

/**
 * One small file for each habit that somebody really has, and what a careful clerk would want of it: the sum taken, or
 * why the file or its lines are refused (`right.json` beside the files says it in words, and leaves some of it open).
 */
const folder = new URL('cases/', import.meta.url).pathname;

/** Cents taken, then what is refused: the code of the file, or the code of each line by its number. */
type Right = readonly [cents: number, refused?: string | Readonly<Record<number, string>>, remarks?: readonly string[]];
const AMOUNT = 'amount_unreadable';
const DATE = 'date_unreadable';

const RIGHT: Readonly<Record<string, Right>> = {
  'a01-us-thousands.csv': [0, { 2: 'amount_ambiguous', 3: 'amount_ambiguous', 4: 'amount_ambiguous' }],
  'a03-u202f-eur.csv': [370368],
  'a04-trailing-minus.csv': [-139401],
  // Other amounts of the file cannot be thousands, so 12,340 is 12.34.
  'a05-three-decimals.csv': [1234, { 2: AMOUNT, 4: AMOUNT, 5: AMOUNT }],
  'a06-nc.csv': [0, Object.fromEntries([2, 3, 4, 5, 6, 7, 8, 9].map((line) => [line, AMOUNT]))],
  'd01-dates.csv': [
    // Line 9 is an instant with its offset: the day in Paris (a careful clerk's own reading; right.json would refuse it).
    30000,
    { 2: DATE, 3: DATE, 4: 'date_ambiguous', 5: DATE, 6: DATE, 8: DATE, 10: DATE, 12: DATE },
  ],
  'e01-cr-only.csv': [20000],
  'e02-macroman.csv': [0, 'encoding_ambiguous'],
  'e02b-macroman-plain-headings.csv': [0, 'encoding_ambiguous'],
  'e04-stray-latin1.csv': [20000, {}, ['bytes_in_other_encoding']],
  'e05-nul.csv': [0, 'binary_given'],
  'e06-utf16le.csv': [10000],
  'e07-zero.csv': [0, 'file_empty'],
  'e08-mixed-eol.csv': [30000],
  'e10-ctrl-z.csv': [10000],
  'e11-jan.csv': [10000],
  'e12-feb-cumulated-stray-byte.csv': [15000, {}, ['bytes_in_other_encoding']],
  'h01-header-trailing.csv': [20000],
  'h02-lines-trailing.csv': [20000],
  'h03-excel-drops-trailing.csv': [200000, {}, ['columns_unread']],
  'h04-title-comma.csv': [20000],
  'h06-two-headers.csv': [10000],
  'h07-duplicate.csv': [0, 'columns_ambiguous'],
  'h08-sep.csv': [10000],
  'h09-blank-columns.csv': [10000],
  'h10-nfd.csv': [10000],
  'h11-units.csv': [0, 'amount_unit'],
  'h12-k-heading.csv': [0, 'amount_unit'],
  'h13-ttc.csv': [10000, {}, ['column_replaced', 'columns_unread']],
  'h15-heading-alone-usual.csv': [0, 'columns_missing'],
  'm01-refused-with-line-break.csv': [10000, { 4: 'siret_missing' }, ['columns_unread']],
  'o01-repeated-million.ods': [10000],
  'q01-cut-quote.csv': [60000, {}, ['columns_unread']],
  'q02-inch.csv': [60000, {}, ['columns_unread']],
  'q03-tab-in-quotes.tsv': [20000, {}, ['columns_unread']],
  'q04-bom-quotes.csv': [10000],
  'r01-slash.csv': [20000],
  'r03-total.csv': [20000, {}, ['totals_agree']],
  // The second is the first to the letter, which is told in the report (lines_repeated); the third is refused.
  'r02-same-dossier.csv': [10000, { 4: 'reference_differs' }],
  's01-siret-forms.csv': [70000, { 4: 'siret_digits_lost', 9: 'siret_invalid', 10: 'siren_given' }],
  'x01-three-sheets.xlsx': [60000, {}, ['sheets_read']],
  'x03-1904.xlsx': [10000],
  'x04-formula-no-cache.xlsx': [10000, { 2: 'formula_without_value', 4: 'formula_without_value' }],
  'x05-computed.xlsx': [33333 + 30 + 247280],
  'x06-percent.xlsx': [0, { 2: AMOUNT }],
  'x08-merged.xlsx': [10000, { 3: 'siret_missing', 4: 'siret_missing' }],
  'x09-filtered.xlsx': [60000, {}, ['rows_hidden']],
  'x10-siret-number.xlsx': [30000],
  // It has its strings in its cells and lacks nothing.
  'x11-no-sharedstrings.xlsx': [10000],
  'x12-entities.xlsx': [0, 'sheet_broken'],
  'x15-serial-no-style.xlsx': [0, { 2: DATE }],
  'x18-password.xlsx': [0, 'password_given'],
  'x20-hidden-sheet.xlsx': [10000, {}, ['sheet_hidden']],
  'x21-title.xlsx': [10000],
  'z01-macosx.zip': [10000],
  'z02-gz-named.csv': [10000],
  'z05-html.xls': [0, 'html_given'],
  'z07.fods': [0, 'flat_ods_given'],
  'z08.xls': [0, 'old_excel_given'],
};

test('the same payment has one reference, whatever the encoding of the lines beside it', async () => {
  const [january, february] = [
    await readCase(`${folder}e11-jan.csv`),
    await readCase(`${folder}e12-feb-cumulated-stray-byte.csv`),
  ];
  expect(january.accepted[0]).toEqual(february.accepted[0]);
  expect(february.accepted.map(({ reference }) => reference)).toEqual(['DÉ-1', 'R2é']);
});

describe('a file of a habit is read as a careful clerk would want', () => {
  test.each(readdirSync(folder).filter((name) => name !== 'right.json'))('%s', async (name) => {
    const [cents, refused = {}, remarks = []] = RIGHT[name] ?? [0];
    const read = await readCase(folder + name);
    expect({
      cents: read.accepted.reduce((sum, line) => sum + line.cents, 0),
      refused: read.code ?? read.refused,
      remarks: read.remarks,
    }).toEqual({ cents, refused, remarks });
  });
});

describe('days that are month first by the evidence of the file', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gpect-days-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const read = async (days: readonly string[]) => {
    const lines = days.map((day, i) => `R${i};55208131706650;${day};DIF;10,00`);
    const path = join(dir, 'days.csv');
    writeFileSync(path, ['Référence;SIRET;Date de paiement;Dispositif;Montant HT', ...lines].join('\r\n'));
    const { code, accepted, refused } = await readCase(path);
    return code ?? [accepted.length, Object.keys(refused).length];
  };
  const many = Array.from({ length: 200 }, () => '03/04/2012');
  test('refuse the file, however late the evidence comes', async () => {
    expect(await read(['03/04/2012', '03/15/2012'])).toBe('dates_differ');
    expect(await read([...many, '03/15/2012'])).toBe('dates_differ');
  });
  const dayFirst = Array.from({ length: 100 }, () => '15/03/2012');
  test('one slip among days that are day first is that line alone', async () => {
    expect(await read([...dayFirst, ...many, '03/15/2012'])).toEqual([300, 1]);
    expect(await read(many)).toEqual([200, 0]);
  });
  test('days of both orders refuse the file: those with two meanings cannot be read', async () => {
    expect(await read([...many, '03/15/2012', '15/03/2012'])).toBe('dates_differ');
    expect(await read(['15/03/2012', '16/03/2012', '03/16/2012', '03/17/2012', '03/04/2012'])).toBe('dates_differ');
  });
  test('a year of two digits that comes first refuses the file, by a day that has not come otherwise', async () => {
    expect(await read(['12/03/15', '12/03/31', '13/03/12'])).toBe('dates_differ');
    expect(await read(['12/03/15', '99/03/31'])).toBe('dates_differ');
    expect(await read(['13/03/15', '31/03/15'])).toEqual([2, 0]);
  });
});
