import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipOf } from '@gpect/tabular-files/zip-fixture';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { WrittenDialect } from '../src/dialect/dialect.js';
import { csvOf, HEADINGS, payment, previewerIn, readerIn, xlsxOf } from './clerk-files.js';
import { CASE_DIALECT } from './read-case.js';

/** A day is never another one: the whole file is looked at, and days that its others make doubtful refuse their lines. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-days-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);
const preview = previewerIn(dir);
const days = (...of: readonly string[]) => csvOf([HEADINGS, ...of.map((day, i) => payment(`R${i}`, '10,00', day))]);
const many = (count: number, day: string) => Array.from({ length: count }, () => day);

describe('days of another order among those of a file', () => {
  test.each([
    ['one, behind a thousand that say day first', [...many(1000, '25/03/2012'), '03/04/2012', '03/25/2012'], 1000],
    ['three of a hundred', [...many(97, '25/03/2012'), '03/25/2012', '03/26/2012', '03/04/2012'], 97],
    ['one that says day first, among those that say month first', ['25/03/2012', ...many(50, '03/25/2012')], 1],
  ])('refuse those with two meanings: %s', async (_what, of, taken) => {
    const { accepted, refused } = await read(days(...of));
    expect([accepted.length, Object.keys(refused).length]).toEqual([taken, of.length - taken]);
    expect(new Set(accepted.map(({ paidOn }) => paidOn))).toEqual(new Set(['2012-03-25']));
  });
  test('a day that is the same either way, and one with its year first, have one meaning', async () => {
    const { accepted, refused } = await read(
      days('25/03/2012', '03/25/2012', '04/04/2012', '2012-04-03', '03/04/2012'),
    );
    expect(accepted.map(({ paidOn }) => paidOn)).toEqual(['2012-03-25', '2012-04-04', '2012-04-03']);
    expect(refused).toEqual({ 3: 'date_unreadable', 6: 'date_ambiguous' });
  });
  test('refuse the file where all of them say so, however far down the first is', async () => {
    expect((await read(days(...many(6000, '03/04/2012'), '03/25/2012'))).code).toBe('dates_differ');
    expect((await read(days(...many(6000, '2012-04-03'), '03/25/2012'))).code).toBe('dates_differ');
  });
});

describe('days of two meanings in a file that says their order', () => {
  const called = (heading: string, ...of: readonly string[]) =>
    csvOf([HEADINGS.with(2, heading), ...of.map((day, i) => payment(`R${i}`, '10,00', day))]);
  const noted = (...above: readonly (readonly string[])[]) =>
    csvOf([...above, HEADINGS, payment('R1', '10,00', '03/04/2012')]);
  const below = (...under: readonly string[]) => csvOf([HEADINGS, under, payment('R1', '10,00', '03/04/2012')]);
  const AMERICAN = { dates: ['american', 'iso'] } satisfies { dates: WrittenDialect['dates'] };
  const MONTH_FIRST: readonly (readonly [string, Buffer])[] = [
    ['a heading', called('Date de paiement (mm/jj/aaaa)', '03/04/2012')],
    ['a heading in capitals', called('Date de paiement (MM/JJ/AAAA)', '03/04/2012')],
    ['a heading in English', called('Date de paiement (mm/dd/yyyy)', '03/04/2012')],
    ['a heading with points and short years', called('Date de paiement (mm.jj.aa)', '03.04.2012')],
    ['a heading in words', called('Date de paiement (mois/jour/année)', '03/04/2012')],
    ['a heading that names the country', called('Date de paiement (US)', '03/04/2012')],
    ['a line above', noted(['Dates au format MM/JJ/AAAA'])],
    ['words above', noted(['Extraction du 15', 'dates au format américain'])],
    ['a line of units', below('', '', '(mm/jj/aaaa)', '', '(€)')],
    ['a note at the foot', csvOf([HEADINGS, payment('R1', '10,00', '03/04/2012'), ['Dates : mm/jj/aaaa']])],
    [
      'headings that come again',
      csvOf([HEADINGS, payment('R1', '1,00', '03/04/2012'), HEADINGS.with(2, 'Date de paiement (mm/jj/aaaa)')]),
    ],
    ['another sheet', xlsxOf([HEADINGS, payment('R1', '10,00', '03/04/2012')], [['Les dates sont en mm/jj/aaaa.']])],
  ];
  test.each(MONTH_FIRST)(
    'refuse the file where it says month first and its dialect day first: %s',
    async (_what, file) => {
      const names = ['Date de paiement', 'Date de paiement (US)', 'Date de paiement (mois/jour/année)'];
      const columns = { ...CASE_DIALECT.columns, paidOn: names };
      expect((await read(file, { columns })).code).toBe('dates_differ');
      expect((await read(file, { ...AMERICAN, columns })).accepted[0]?.paidOn).toBe('2012-03-04');
    },
  );
  test('refuse the file where it says day first and its dialect month first', async () => {
    const file = called('Date de paiement (jj/mm/aaaa)', '03/04/2012');
    expect((await read(file, AMERICAN)).code).toBe('dates_differ');
    expect((await read(file)).accepted[0]?.paidOn).toBe('2012-04-03');
  });
  test.each([
    [
      'another column says so of itself',
      csvOf([[...HEADINGS, 'Saisie (mm/jj/aaaa)'], payment('R1', '1,00', '03/04/2012')]),
    ],
    ['its days have one meaning', called('Date de paiement (mm/jj/aaaa)', '25/04/2012', '2012-04-03')],
    ['a note says that the year comes first', noted(['Dates au format AAAA-MM-JJ'])],
    [
      'its own heading says day first',
      csvOf([
        ['Dates : mm/jj/aaaa'],
        HEADINGS.with(2, 'Date de paiement (jj/mm/aaaa)'),
        payment('R1', '1,00', '03/04/2012'),
      ]),
    ],
  ])('are read as the dialect says where %s', async (_what, file) => {
    expect((await read(file)).accepted.length).toBeGreaterThan(0);
  });
  test('are proposed month first', async () => {
    const previewed = await preview(called('Date de paiement (mm/jj/aaaa)', '03/04/2012'));
    expect([previewed.dialect.dates, previewed.lines[0]?.read]).toEqual([
      ['american', 'iso'],
      expect.objectContaining({ paidOn: '2012-03-04' }),
    ]);
  });
});

describe('years of two digits', () => {
  test('are read where the file itself says that the day comes first', async () => {
    const { accepted, refused } = await read(days('31/03/12', '05/03/12', '05.03.12', '03/04/2012'));
    expect([accepted.map(({ paidOn }) => paidOn), refused]).toEqual([
      ['2012-03-31', '2012-03-05', '2012-03-05', '2012-04-03'],
      {},
    ]);
    const american = { dates: ['american'] as 'american'[] };
    expect((await read(days('03/31/12', '05/03/12'), american)).accepted.map(({ paidOn }) => paidOn)).toEqual([
      '2012-03-31',
      '2012-05-03',
    ]);
  });
  test.each([
    ['nothing is said', ['05/03/12', '06/03/12'], 2],
    ['years of four digits alone say it', ['31/03/2012', '05/03/12'], 1],
    ['the year may come first in what says it', ['25/03/12', '05/03/12'], 1],
    ['another says that the year comes first', ['31/03/12', '12/03/31', '05/03/12'], 2],
    ['another says that the month comes first', ['31/03/12', '03/31/2012', '05/03/12'], 2],
  ])('are refused where %s', async (_what, of, refused) => {
    const file = await read(days(...of));
    expect(Object.values(file.refused)).toHaveLength(refused);
    expect(Object.values(file.refused)).toContain('date_ambiguous');
  });
});

describe('a sheet whose text a spreadsheet of another country took for its own days', () => {
  const date = (serial: number) => ({ number: String(serial), format: 'dd/mm/yyyy' });
  const sheet = (...of: readonly (string | { number: string; format: string })[]) =>
    xlsxOf([
      HEADINGS,
      ...of.map((day, i) => {
        const [reference = '', siret = '', , scheme = '', amount = ''] = payment(`R${i}`, '10,00');
        return [reference, siret, day, scheme, amount];
      }),
    ]);
  // 41002 is 3 April 2012, 40976 8 March, 40995 27 March, 41003 4 April.
  test.each([
    ['month first, as the dialect says', { dates: ['american', 'iso'] }, '03/25/2012'],
    ['day first, as the dialect says', { dates: ['french', 'iso'] }, '25/03/2012'],
  ] as const)('refuses the days that may be exchanged: text %s', async (_what, { dates }, text) => {
    const dialect = { dates: [...dates] };
    const { accepted, refused } = await read(sheet(text, date(41002), date(40976), date(41003)), dialect);
    expect(accepted.map(({ paidOn }) => paidOn)).toEqual(['2012-03-25', '2012-04-04']);
    expect(Object.values(refused)).toEqual(['date_ambiguous', 'date_ambiguous']);
    const sure = await read(sheet(text, date(41002), date(40995)), dialect);
    expect([sure.accepted.length, sure.refused]).toEqual([3, {}]);
  });
  test('days of the sheet alone are what they are', async () => {
    expect((await read(sheet(date(41002), date(40976)))).accepted.map(({ paidOn }) => paidOn)).toEqual([
      '2012-04-03',
      '2012-03-08',
    ]);
  });
});

test.each(['39540', '39540.5'])(
  'a bare number of days %s counts from 1904 on where its workbook does',
  async (serial) => {
    const cells = payment('R1', '10,00').map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`);
    cells[2] = `<c><v>${serial}</v></c>`;
    const head = HEADINGS.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('');
    const book = (since1904: boolean) =>
      zipOf(
        Object.fromEntries(
          Object.entries({
            'xl/workbook.xml': `<workbook xmlns:r="r"><workbookPr${since1904 ? ' date1904="1"' : ''}/><sheets><sheet name="F" r:id="r1"/></sheets></workbook>`,
            'xl/_rels/workbook.xml.rels':
              '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            'xl/worksheets/sheet1.xml': `<worksheet><sheetData><row>${head}</row><row>${cells.join('')}</row></sheetData></worksheet>`,
          }).map(([name, text]) => [name, Buffer.from(text)]),
        ),
      );
    const dates = { dates: ['excel'] } as const;
    const dialect = { dates: [...dates.dates] };
    expect((await read(book(true), dialect)).accepted[0]?.paidOn).toBe('2012-04-03');
    expect((await read(book(false), dialect)).accepted[0]?.paidOn).toBe('2008-04-02');
  },
);
