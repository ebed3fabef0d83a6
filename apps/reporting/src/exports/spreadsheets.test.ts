import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTable } from '@gpect/tabular-files/open-table';
import type { Cell } from '@gpect/tabular-files/table';
import { afterAll, describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { madeBilan, NAMES } from '../../test/bilan.js';
import { bilanSheets } from './bilan-sheets.js';
import { csvOf } from './csv.js';
import { odsOf } from './ods.js';
import { euros, linesIn, nameOfSheet, points, type Sheet } from './sheet.js';
import { written } from './written.js';
import { xlsxOf } from './xlsx.js';

const dir = mkdtempSync(join(tmpdir(), 'gpect-sheets-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const sheets: Sheet[] = [
  {
    of: ['Bilan : Wałęsa & fils <SA>', '1er septembre 2007 – 31 décembre 2013'],
    title: 'Effets dans les entreprises',
    head: ['Question', 'Entreprises', 'Après (%)', 'Écart (points)', 'Euros', 'Le'],
    rows: [
      ['=1+1', 12000, { value: 0.8417, as: 'share' }, points(-0.0512), euros(-123456), { day: '2010-01-04' }],
      ['@cmd', null, null, points(0.5167), euros(100), ''],
    ],
    notes: ['s : masqué par le secret statistique'],
  },
  { title: 'Une autre : table / [2]', head: ['A', 'B'], rows: [['Nord\nPas-de-Calais', 0]] },
];

/** What our own reader, which was written for files of others, finds in a workbook. */
async function read(bytes: Buffer, name: string) {
  const path = join(dir, name);
  writeFileSync(path, bytes);
  const file = { size: bytes.length, open: () => createReadStream(path), path: async () => path };
  const table = await openTable(file, { encoding: 'auto', delimiter: 'auto' });
  try {
    const parts: Record<string, Cell[][]> = {};
    for (const [at, part] of table.parts.entries()) {
      const rows: Cell[][] = [];
      for await (const some of table.rows(at)) rows.push(...some.map(({ cells }) => [...cells]));
      parts[part.name ?? ''] = rows;
    }
    return parts;
  } finally {
    table.close();
  }
}

/** What every object has a member of. */
const MEMBERS = Object.getOwnPropertyNames(Object.prototype);

test('a workbook holds names that every object has a member of', async () => {
  const rows = MEMBERS.map((name) => [name, 1]);
  const book = await xlsxOf([{ of: MEMBERS.slice(0, 2), title: 'Plateformes', head: ['Nom', 'N'], rows }]);
  const [cells = []] = Object.values(await read(book, 'members.xlsx'));
  const names = cells.map(([name]) => String(name).replace('\u2060', ''));
  expect(names.filter((name) => MEMBERS.includes(name))).toEqual([...MEMBERS.slice(0, 2), ...MEMBERS]);
});

describe.each([
  ['xlsx', async () => xlsxOf(sheets)],
  ['ods', async () => odsOf(sheets)],
])('%s', (format, written) => {
  test('holds texts as texts, numbers as numbers with their formats, days as days', async () => {
    const parts = await read(await written(), `read.${format}`);
    expect(Object.keys(parts)).toEqual(['1 Effets dans les entreprises', '2 Une autre table 2']);
    const [effects = [], other = []] = Object.values(parts);
    expect(effects[0]).toEqual(['Bilan : Wałęsa & fils <SA>']);
    expect(effects[3]).toEqual(['Question', 'Entreprises', 'Après (%)', 'Écart (points)', 'Euros', 'Le']);
    expect(effects[4]).toMatchObject([
      '=1+1',
      { number: '12000' },
      { kind: 'percent', shown: expect.stringMatching(/^84[,.]/) },
      { number: '-5.12' },
      { number: '-1234.56' },
      { date: '2010-01-04' },
    ]);
    expect(effects[5]?.slice(0, 4)).toMatchObject(['@cmd', 's', 's', { number: '51.67' }]);
    expect(other.at(-1)).toMatchObject([expect.stringMatching(/^Nord\sPas-de-Calais$/), { number: '0' }]);
  });
});

const wideSheet: Sheet = {
  title: 'Par bassin',
  head: ['Bassin', ...'ABCDEFG'],
  rows: [['Lille', 1, 2, 3, 4, 5, 6, 7]],
  notes: ['Une note qui est plus longue que la première colonne. '.repeat(9)],
};

/** Of a workbook, the file that is called so. */
const fileIn = (bytes: Buffer, path: string): string => strFromU8(unzipSync(bytes)[path] ?? new Uint8Array());

test('a workbook prints as wide as a page, keeps the first column of a wide table, and its notes are as wide as it', async () => {
  const xlsx = await xlsxOf([...sheets, wideSheet]);
  const [narrow, wide] = [fileIn(xlsx, 'xl/worksheets/sheet1.xml'), fileIn(xlsx, 'xl/worksheets/sheet3.xml')];
  for (const sheet of [narrow, wide]) {
    expect(sheet).toMatch(/<worksheet[^>]*><sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr>/);
    expect(sheet).toMatch(/<pageSetup [^>]*fitToWidth="1" fitToHeight="0"/);
  }
  expect(wide).toContain('<mergeCell ref="A5:H5"/>');
  expect(wide).toMatch(/<pane [^>]*xSplit="1"/);
  expect(narrow).not.toContain(`xSplit="1"`);
  const ods = odsOf([...sheets, wideSheet]);
  expect(fileIn(ods, 'styles.xml')).toContain('style:scale-to-X="1" style:scale-to-Y="0"');
  expect(fileIn(ods, 'content.xml')).toContain('table:number-columns-spanned="8"');
  expect(fileIn(ods, 'content.xml').match(/<table:table-header-rows>/g)).toHaveLength(3);
  expect(fileIn(ods, 'settings.xml').match(/HorizontalSplitPosition/g)).toHaveLength(1);
  expect([linesIn('', 9), linesIn('neuf mots', 9), linesIn('dix lettres', 9), linesIn('a\nb', 9)]).toEqual([
    1, 1, 2, 2,
  ]);
});

test.each(['fr', 'en'] as const)(
  'every column and every sheet of a bilan is named in %s, each sheet by a name of its own',
  (language) => {
    for (const secrecy of ['none', 'applied'] as const) {
      const all = bilanSheets(madeBilan(secrecy), NAMES, language).filter(({ rows }) => rows.length > 0);
      for (const { title, head } of all)
        expect([title, head.every((name) => name.trim() !== '')]).toEqual([title, true]);
      const names = all.map(({ title }, index) => nameOfSheet(title, index));
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[^\\/?*[\]:']{3,31}$/);
      for (const name of names) expect(name).not.toMatch(/\s{2}/);
    }
  },
);

const own = fileURLToPath(new URL('../../../../.local/tools/libreoffice/soffice', import.meta.url));
const soffice = existsSync(own) ? own : 'soffice';
const hasLibreOffice = spawnSync(soffice, ['--version']).status === 0;

(hasLibreOffice ? test : test.skip).each(['xlsx', 'ods', 'csv'])(
  `%s is shown by LibreOffice as it is meant${hasLibreOffice ? '' : ' (not on this machine: npm run libreoffice)'}`,
  async (format) => {
    const bytes = format === 'csv' ? csvOf(sheets, 'fr') : format === 'xlsx' ? await xlsxOf(sheets) : odsOf(sheets);
    const path = join(dir, `shown.${format}`);
    writeFileSync(path, bytes);
    const { status, stderr } = spawnSync(
      soffice,
      [
        `-env:UserInstallation=file://${join(dir, 'profile')}`,
        '--headless',
        // UTF-8, French: 59 is the semicolon, 1036 the language that numbers are read in.
        ...(format === 'csv' ? ['--infilter=Text - txt - csv (StarCalc):59,34,76,1,,1036'] : []),
        // As shown, with formulas as what they come to.
        ...['--convert-to', 'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true'],
        ...['--outdir', join(dir, format), path],
      ],
      { encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([0, expect.anything()]);
    const shown = readFileSync(join(dir, format, 'shown.csv'), 'utf8').replaceAll('\u202f', ' ');
    // Its own words are English here; what counts is that a formula is none, and a sign is kept.
    const line = shown.split('\n').find((text) => text.includes('=1+1'));
    expect(line).toMatch(
      format === 'csv' ? /^'=1\+1;12000;84[,.]2;-5[,.]1;-1234[,.]56;/ : /^=1\+1;12,?000;84\.2%;-5\.1;/,
    );
    expect(shown).toMatch(/'?@cmd;s;s;\+?51[.,]7;/);
  },
  120_000,
);

describe('CSV', () => {
  const csv = csvOf(sheets, 'fr').toString('utf8');
  test('is for a French spreadsheet: its mark, semicolons, decimal commas, days as they are written in France', () => {
    expect(csv.startsWith('\uFEFF')).toBe(true);
    expect(csv).toContain("'=1+1;12000;84,2;-5,1;-1234,56;04/01/2010\r\n");
    expect(csvOf(sheets, 'en').toString('utf8')).toContain("'=1+1,12000,84.2,-5.1,-1234.56,2010-01-04\r\n");
  });
  test('has no apostrophe before a number below nothing, be it a number or a text', () => {
    const of = (cell: string | number) => csvOf([{ title: 't', head: ['h'], rows: [[cell]] }], 'fr').toString('utf8');
    for (const number of [-3, '-3,5', '+51,7', '-1234.56']) expect(of(number)).not.toContain("'");
    for (const text of ['-3+cmd|x', '+A1', '=SUM(A1)', '\t=1', '\n=1', '＝1', '-', '-3 points'])
      expect(of(text)).toContain("'");
  });
  test.each([0.84548, 0.8455, 0.845501, 0.0625, -0.10049, 0.00049])('rounds %d as the report does', (value) => {
    for (const as of ['share', 'change'] as const) {
      const of = csvOf([{ title: 't', head: ['h'], rows: [[{ value, as }]] }], 'en').toString('utf8');
      const report = written({ value, as }, 'en').replace('%', '').replace('+', '').replace('\u2212', '-');
      expect(of.split('\r\n').at(-2)).toBe(report);
    }
  });
  test('writes what is masked as s and never as nothing', () => {
    expect(csv).toContain("'@cmd;s;s;51,7;1,00;\r\n");
  });
});
