import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { mendCsv } from '@gpect/tabular-files/mend-csv';
import { openTable } from '@gpect/tabular-files/open-table';
import { type Row, textOf } from '@gpect/tabular-files/table';
import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import type { FileDocument, RefusalDocument } from '../src/spend-file/file-store.js';
import { ENGLISH, FRENCH, type Locale, savedByDoubleClick, shownOf } from './double-click.js';

/** Whatever was refused comes back the same: any table, any refusals, as it is given and as Excel saves it in between. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-mend-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Signs that make CSV hard; those of Windows-1252 alone, so that a copy in it can hold them. */
const cell = fc
  .string({
    unit: fc.constantFrom(
      ...[
        'a',
        'É',
        'Œ',
        '€',
        '1',
        '0',
        ' ',
        '"',
        ';',
        ',',
        '\t',
        '|',
        '\n',
        '\r',
        '\r\n',
        '=',
        '+',
        '-',
        '@',
        "'",
        '.',
        '(',
        '\u00a0',
      ],
    ),
    maxLength: 10,
  })
  // What a cell says is its text without the blanks at its ends; a file of refused lines holds what was said.
  .map((text) => textOf(text));
const table = fc
  .integer({ min: 2, max: 6 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));

const headingsFor = (width: number) =>
  Array.from({ length: width }, (_, i) => `Colonne ${String.fromCharCode(65 + i)}`);

async function mendFile(cells: readonly (readonly string[])[], delimiter: ';' | ',') {
  const headings = headingsFor(cells[0]?.length ?? 0);
  const refusals = cells.map((own, i) => ({
    line: i + 2,
    column: 'Colonne A',
    reason: 'missing',
    detail: 'la cellule est vide\u00a0: remplissez-la',
    cells: own,
  })) as unknown as RefusalDocument[];
  const pieces: Buffer[] = [];
  const file = { headings } as unknown as FileDocument;
  for await (const piece of mendCsv(file, Readable.from(refusals), { delimiter })) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function readBack(bytes: Buffer, width: number): Promise<string[][]> {
  const path = join(dir, 'mend.csv');
  writeFileSync(path, bytes);
  const open = () => Readable.from([bytes], { objectMode: false });
  const opened = await openTable(
    { size: bytes.length, open, path: async () => path },
    { encoding: 'auto', delimiter: 'auto' },
  );
  const rows: Row[] = [];
  for await (const some of opened.rows(0)) rows.push(...some);
  opened.close();
  return rows.slice(1).map((row) => Array.from({ length: width }, (_, i) => textOf(row.cells[i])));
}

/** As Excel for Windows saves a CSV that it opened: Windows-1252, a semicolon, quotation marks only where needed, no byte-order mark. */
function savedByExcel(bytes: Buffer): Buffer {
  return iconv.encode(iconv.decode(bytes, 'utf-8', { stripBOM: true }), 'windows-1252');
}

const { GPECT_FUZZ_MENDED = 2000 } = process.env;

test.each([
  ['as it is given', (bytes: Buffer) => bytes],
  ['saved by Excel as Windows-1252', savedByExcel],
])(
  'what was refused comes back the same, %s',
  async (_how, between) => {
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom(';' as const, ',' as const), async (cells, delimiter) => {
        const bytes = between(await mendFile(cells, delimiter));
        expect(await readBack(bytes, cells[0]?.length ?? 0)).toEqual(cells);
      }),
      { numRuns: Number(GPECT_FUZZ_MENDED) },
    );
  },
  Math.max(120_000, Number(GPECT_FUZZ_MENDED) * 60),
);

/** What a spreadsheet takes for a number, a day, a formula: what clerks' systems number things by, and what they pay. */
const changed = fc.oneof(
  fc.constantFrom(
    ...['000102', '55210001800027', '0552100018', '1E5', '2,5e-3', '1E+05', '3-4', '12/05', '12/05/2012', '2012-03-12'],
    ...[
      'TRUE',
      'vrai',
      '=1+1',
      '="x"',
      '+33 3 20',
      '-5',
      '@x',
      '- suite',
      '+5',
      '(50)',
      '50 %',
      '100,00',
      '1 234,50 €',
    ],
    ...[
      'MARS1',
      'DEC12',
      '1 mai',
      'janv-12',
      '12 mars 2012',
      '12:30',
      '1/2',
      '.5',
      '1.50',
      '1,234',
      "'5",
      "'=1",
      '€ 12',
    ],
    ...[
      '2012/00345',
      '06/2012',
      '12:30 PM',
      '1 2',
      '5 F',
      '1234567890123456789',
      '0',
      '12',
      '99999999999',
      '100000000000',
    ],
  ),
  fc.stringMatching(/^[+\-(]?\d{1,16}[.,/: -]?\d{0,4}[.,/: -]?\d{0,4}[)%E]?\d?$/),
  cell,
);
const changeable = fc.integer({ min: 2, max: 6 }).chain((width) =>
  fc.array(
    fc.array(
      changed.map((text) => textOf(text)),
      { minLength: width, maxLength: width },
    ),
    {
      minLength: 1,
      maxLength: 8,
    },
  ),
);

test.each<[string, string, Locale, number]>([
  ['French', 'once', FRENCH, 1],
  ['English', 'once', ENGLISH, 1],
  ['French', 'twice', FRENCH, 2],
  ['English', 'twice', ENGLISH, 2],
])(
  'what was refused comes back the same, opened by a double click in a %s spreadsheet and saved, %s',
  async (_of, _times, locale, times) => {
    await fc.assert(
      fc.asyncProperty(changeable, fc.constantFrom(';' as const, ',' as const), async (cells, delimiter) => {
        let bytes = savedByDoubleClick(await mendFile(cells, delimiter), delimiter, locale);
        for (let time = 1; time < times; time++) bytes = savedByDoubleClick(bytes, ';', locale);
        expect(await readBack(bytes, cells[0]?.length ?? 0)).toEqual(cells);
      }),
      { numRuns: Number(GPECT_FUZZ_MENDED) },
    );
  },
  240_000,
);

test('such a spreadsheet would have changed what it opened', () => {
  const texts = ['000102', '55210001800027', '1E5', '3-4', '12/05', 'true', '=1+1', '+5', '100,00'];
  expect(texts.map((text) => shownOf(text, FRENCH))).toEqual([
    '102',
    '5,52100E+13',
    '1,00E+05',
    '03-mois4',
    '12-mois5',
    'VRAI',
    '#NOM?',
    '5',
    '100',
  ]);
});

/** How LibreOffice opens a CSV in UTF-8 with a semicolon: what a clerk leaves as it is, or sets in its dialog. */
const OPENED: Readonly<Record<string, string>> = {
  'columns as text': `CSV:59,34,76,1,${Array.from({ length: 12 }, (_, i) => `${i + 1}/2`).join('/')}`,
  'columns left as they are': 'CSV:59,34,76,1',
  'special numbers, in French': 'CSV:59,34,76,1,,1036,false,true',
  'special numbers and formulas, in French': 'CSV:59,34,76,1,,1036,false,true,false,false,false,-1,true',
  'special numbers and formulas, in English': 'CSV:59,34,76,1,,1033,false,true,false,false,false,-1,true',
};

function savedByLibreOffice(files: readonly Buffer[], filter: string): Buffer[] {
  const folder = mkdtempSync(join(dir, 'lo-'));
  const names = files.map((bytes, i) => {
    writeFileSync(join(folder, `lo${i}.csv`), bytes);
    return join(folder, `lo${i}.csv`);
  });
  const { status, stderr } = spawnSync(
    soffice,
    [
      `-env:UserInstallation=file://${join(dir, 'profile')}`,
      '--headless',
      `--infilter=${filter}`,
      ...['--convert-to', 'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true'],
      ...['--outdir', join(folder, 'saved'), ...names],
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return files.map((_, i) => readFileSync(join(folder, 'saved', `lo${i}.csv`)));
}

const own = fileURLToPath(new URL('../../../.local/tools/libreoffice/soffice', import.meta.url));
const soffice = existsSync(own) ? own : 'soffice';
const hasLibreOffice = spawnSync(soffice, ['--version']).status === 0;
const ofLibreOffice = hasLibreOffice ? test : test.skip;
const seed = Number(process.env['MEND_SEED'] ?? 14);
/** It writes line ends within a cell its own way. */
const sameLineEnds = (rows: string[][]) => rows.map((row) => row.map((text) => textOf(text.replace(/[\r\n]+/g, '\n'))));

ofLibreOffice.each(Object.entries(OPENED))(
  `what was refused comes back the same, saved by LibreOffice: %s${hasLibreOffice ? '' : ' (not on this machine: npm run libreoffice)'}`,
  async (_how, filter) => {
    const tables = [
      ...fc.sample(table, { numRuns: 60, seed }),
      // Whatever a spreadsheet would take for a number, a day or a formula.
      ...fc.sample(changeable, { numRuns: 60, seed }),
    ];
    const files = await Promise.all(tables.map((cells) => mendFile(cells, ';')));
    for (const [i, bytes] of savedByLibreOffice(files, filter).entries())
      expect(sameLineEnds(await readBack(bytes, tables[i]?.[0]?.length ?? 0))).toEqual(sameLineEnds(tables[i] ?? []));
  },
  240_000,
);

ofLibreOffice('such an opening changes what no file of refused lines holds', () => {
  const [saved] = savedByLibreOffice([Buffer.from('a;b\r\n000102;1E5\r\n')], OPENED['columns left as they are'] ?? '');
  expect(String(saved)).toMatch(/^a;b\s+102;1\.00E\+05/);
});
