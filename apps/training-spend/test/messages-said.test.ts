import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { bindColumns } from '../src/dialect/bind-columns.js';
import { completed } from '../src/dialect/dialect.js';
import { FileReading } from '../src/spend-line/file-reading.js';
import { TableReader } from '../src/spend-line/table-reader.js';
import { csvOf, HEADINGS, outcomesOf, payment, readerIn, SIRET, xlsxOf } from './clerk-files.js';
import { CASE_DIALECT } from './read-case.js';

/** What a clerk is told names what is there, and what to do; and what a clerk may write is read. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-said-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);

describe('a day that cannot be read is told for what it is', () => {
  test.each([
    ['15 mars 2012', /n’est pas écrit en chiffres.*31\/12\/2012/],
    ['mars 15, 2012', /n’est pas écrit en chiffres/],
    ['31/12/2999', /l’année n’est pas entre 1900 et 2199/],
    ['20120315', /ne sont pas séparés/],
    ['41000', /compte les jours.*format Date/],
    ['', /la cellule est vide/],
    ['31/02/2012', /n’est pas un jour du calendrier/],
  ])('%s', async (day, said) => {
    const { refused, details } = await read(csvOf([HEADINGS, payment('R1', '10,00', day)]));
    expect([Object.values(refused), details[0]]).toEqual([['date_unreadable'], expect.stringMatching(said)]);
  });
});

test('a SIRET that a spreadsheet rounded is told as such, also where its comma cuts it', async () => {
  const row = (siret: string) => ['R1', siret, '15/03/2012', 'DIF', '10'];
  const whole = await read(csvOf([HEADINGS, row('3,29E+13')]));
  expect(Object.values(whole.refused)).toEqual(['siret_digits_lost']);
  const cut = await read(csvOf([HEADINGS, row('3,29E+13')], ','));
  expect([Object.values(cut.refused), cut.details[0]]).toEqual([['cells_count'], expect.stringMatching(/arrondi/)]);
});

test.each(['Femmes (F)', 'Fait à Lille', 'Soit 35,88 € TTC'])(
  'a line of one text is no list that lost its quotation marks: %s',
  async (text) => {
    for (const line of [[text], [text, '', '']]) {
      const { refused, details } = await read(csvOf([HEADINGS, payment('R1', '10,00'), line]));
      expect([refused, details[0]]).toEqual([{ 3: 'cells_count' }, expect.stringMatching(/rien si c’est un titre/)]);
      expect(details[0]).not.toContain('guillemets');
    }
  },
);

test('a note tells what to do where it is about something else, and of lines below only where there may be some', async () => {
  for (const [note, code] of [
    ['Montants en k€', 'amount_unit'],
    ['Montants TTC', 'amount_ttc'],
  ] as const) {
    const foot = await read(csvOf([HEADINGS, payment('R1', '10,00'), [note]]));
    expect([foot.code, foot.detail]).toEqual([code, expect.stringMatching(/ne parle pas des montants, ôtez-la$/)]);
    expect(foot.detail).not.toMatch(/dessous|suivent/);
  }
});

test('lines in quotation marks as a whole are told as such, not as missing columns', async () => {
  const rows = [HEADINGS, payment('R1', '10,00')].map((cells) => [`"${cells.join(';')}"`]);
  expect((await read(csvOf(rows))).code).toBe('lines_quoted');
});

describe('what is wrong is said as a clerk would write it', () => {
  const ofNumber = (number: string, format: string) =>
    xlsxOf([HEADINGS, [...payment('R1', '').slice(0, 4), { number, format }]]);
  test.each<[string, Buffer, RegExp]>([
    [
      'the mark of the cents',
      csvOf([HEADINGS, payment('R1', '1500.00')]),
      /séparés par « \. », et le dialecte dit « , »/,
    ],
    ['a number of a sheet', ofNumber('1234.5', '0.0" k€"'), /1234,5 k€/],
    ['a number in brackets', ofNumber('1', '(#,##0)'), /montre \(1\),/],
    [
      'the first day of a scheme',
      csvOf([HEADINGS, payment('R1', '1,00', '01/01/2004')]),
      /que du 07\/05\/2004 au 31\//,
    ],
    ['a day to come', csvOf([HEADINGS, payment('R1', '1,00', '31/12/2150')]), /^le 31\/12\/2150/],
    [
      'a column without a heading',
      csvOf([
        [...HEADINGS, ''],
        [...payment('R1', '1,00'), 'Annulé'],
      ]),
      /la colonne « F »/,
    ],
  ])('%s', async (_what, file, said) => {
    expect((await read(file)).details[0]?.replaceAll('\u00a0', ' ')).toMatch(said);
  });
  test.each([
    ['Montants en k€', 'amount_unit'],
    ['Paiements TTC', 'amount_ttc'],
  ])('the name of a sheet, which is no line: %s', (name, code) => {
    const head = [{ line: 1, cells: HEADINGS }];
    const bound = bindColumns(head, completed(CASE_DIALECT), { name, isOnlySheet: false });
    expect(!bound.ok && [bound.fault.code, bound.fault.said.fr]).toEqual([
      code,
      expect.stringMatching(new RegExp(`^la feuille s’appelle «\u00a0${name}\u00a0»`)),
    ]);
  });
  test('the name of a sheet by which its lines are none of payments', () => {
    const dialect = completed(CASE_DIALECT);
    const bound = bindColumns([{ line: 1, cells: HEADINGS }], dialect, { name: 'Annulés', isOnlySheet: false });
    if (!bound.ok) throw new Error(bound.fault.code);
    const reader = new TableReader(dialect, bound.value, { format: 'xlsx' }, '2026-11-25', new FileReading());
    const result = reader.read({ line: 2, cells: payment('R1', '10,00') })?.result;
    expect(result && !result.ok && result.fault.said.fr).toMatch(/^la feuille s’appelle «\u00a0Annulés\u00a0»/);
  });
});

describe('one thing is told as one', () => {
  test('one total', async () => {
    const { said } = await read(csvOf([HEADINGS, payment('R1', '10,00'), ['Total', '', '', '', '10,00']]));
    expect(said[0]).toMatch(/^1 ligne de total a été mise de côté et ne compte pas ; 1 est égale/);
  });
  test('two totals', async () => {
    const total = ['Total', '', '', '', '10,00'];
    const { said } = await read(csvOf([HEADINGS, payment('R1', '10,00'), total, total]));
    expect(said[0]).toMatch(/^2 lignes de total ont été mises de côté et ne comptent pas ; 2 sont égales/);
  });
});

describe('a sheet that goes on without headings', () => {
  const first = [HEADINGS, payment('R1', '10,00')];
  test('is told with what to do', async () => {
    const days = [
      { number: SIRET, format: '0' },
      { number: '41001', format: 'dd/mm/yyyy' },
    ];
    for (const goesOn of [payment('R2', '20,00'), ['R2', ...days, 'DIF', { number: '20', format: '0.00' }]])
      expect((await read(xlsxOf(first, [goesOn]))).remarks).toEqual(['sheet_without_headings']);
  });
  test('is not what any other sheet is', async () => {
    expect((await read(xlsxOf(first, [['Bonjour'], ['12 lignes suivent']]))).remarks).toEqual([
      'sheet_without_columns',
    ]);
  });
});

describe('what clerks write is read', () => {
  test.each([
    ['10,-', 1000],
    ['10.-', 1000],
    ['10,-- €', 1000],
    ['1.234,-', 123_400],
    ['-10,-', -1000],
    ['1 234,5€', 123_450],
    ['1\u00ad0,00', 1000],
  ])('the amount %s', async (amount, cents) => {
    expect(outcomesOf(await read(csvOf([HEADINGS, payment('R1', amount)])))).toEqual([[cents], []]);
  });
  test.each([['15.03.12'], ['15-03-12']])('the day %s', async (day) => {
    expect((await read(csvOf([HEADINGS, payment('R1', '10,00', day)]))).accepted[0]?.paidOn).toBe('2012-03-15');
  });
  test.each([
    'n° SIRET',
    'N° Siret établissement',
    'SI\u00adRET',
    '"N°\nSIRET"',
    'Numéro de SIRET',
    "SIRET de l'entreprise",
  ])('the heading %j', async (heading) => {
    const headings = [HEADINGS[0] ?? '', heading, ...HEADINGS.slice(2)];
    expect(outcomesOf(await read(csvOf([headings, payment('R1', '10,00')])))).toEqual([[1000], []]);
  });
});

test('a workbook whose lines stand whole in its first column is told as such', async () => {
  const lines = [HEADINGS, payment('R1', '10,00')].map((cells) => [cells.join(';')]);
  expect((await read(xlsxOf(lines))).code).toBe('lines_in_one_cell');
});
