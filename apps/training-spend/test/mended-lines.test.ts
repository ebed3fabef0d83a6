import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { mendCsv } from '@gpect/tabular-files/mend-csv';
import { afterAll, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { completed, type WrittenDialect } from '../src/dialect/dialect.js';
import { merging, odsOf, struckThrough, type Written, xlsxOf } from './clerk-files.js';
import { CASE_DIALECT, readTable } from './read-case.js';

/**
 * Whatever a file of spend was written with and whatever its dialect: a refused line comes back in a form that the same endpoint
 * reads as it was, is refused again until it is mended, and once its one cell is mended is taken for what it was to say.
 */

const dir = mkdtempSync(join(tmpdir(), 'gpect-mended-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const FIELDS = ['reference', 'siret', 'paidOn', 'scheme', 'amount', 'hours'] as const;
type Field = (typeof FIELDS)[number];
const HEADINGS: Readonly<Record<Field, string>> = {
  reference: 'Référence',
  siret: 'SIRET',
  paidOn: 'Date de paiement',
  scheme: 'Dispositif',
  amount: 'Montant HT',
  hours: 'Heures',
};
const COLUMNS = Object.fromEntries(FIELDS.map((field) => [field, [HEADINGS[field]]])) as WrittenDialect['columns'];
const SIRETS = ['55208131706650', '00001002500013'];

/** What a cell is to say, as a text of its dialect and as a spreadsheet keeps it. */
interface Right {
  readonly text: string;
  readonly kept: Kept;
}
type Kept = string | { readonly day: string } | { readonly number: string; readonly format: string } | Fault;
type Fault = { readonly fault: 'error' | 'formula' };

const percent: Kept = { number: '0.5', format: '0%' };
const scaled: Kept = { number: '12000', format: '0,' };
const aDay: Kept = { day: '2012-03-04' };
const error: Kept = { fault: 'error' };
const formula: Kept = { fault: 'formula' };
/** What stands in a cell and says nothing that its column holds. */
const WRONG: Readonly<Record<Field, readonly Kept[]>> = {
  reference: ['', 'n.c.', '1,2E+15', percent, aDay, error, formula, { number: '1234567890123450', format: '0' }],
  siret: ['', '123', percent, aDay, error, formula, { number: '12', format: '0' }],
  paidOn: ['', 'mars 2012', '31/02/2012', percent, error, formula, { number: '41000', format: 'mmm-yy' }],
  scheme: ['', 'Inconnu', percent, aDay, error, formula],
  amount: ['', 'n.c.', percent, scaled, aDay, error, formula, { number: '0.5', format: '[h]:mm' }],
  hours: ['n.c.', percent, scaled, aDay, error, formula],
};

interface Payment {
  readonly cents: number;
  readonly day: string;
  readonly siret: string;
  readonly hours: number | undefined;
  readonly spoilt?: { readonly field: Field; readonly kept: Kept };
}
const payment: fc.Arbitrary<Payment> = fc.record(
  {
    cents: fc.oneof(
      fc.integer({ min: -5_000_000, max: 5_000_000 }),
      fc.integer({ min: 0, max: 50_000 }).map((k) => k * 100),
    ),
    day: fc.integer({ min: 0, max: 360 }).map((n) => new Date(Date.UTC(2012, 0, 1 + n)).toISOString().slice(0, 10)),
    siret: fc.constantFrom(...SIRETS),
    hours: fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined }),
    spoilt: fc
      .constantFrom(...FIELDS)
      .chain((field) => fc.constantFrom(...WRONG[field]).map((kept) => ({ field, kept }))),
  },
  { requiredKeys: ['cents', 'day', 'siret', 'hours'] },
) as fc.Arbitrary<Payment>;

interface Drawn {
  readonly format: 'csv' | 'xlsx' | 'ods';
  readonly threeDecimals: boolean;
  readonly delimiter: ';' | ',' | '\t';
  readonly declared: Pick<WrittenDialect, 'decimal' | 'decimals' | 'dates' | 'leadingZerosLost' | 'unit' | 'delimiter'>;
  readonly payments: readonly Payment[];
}
const anyFile: fc.Arbitrary<Drawn> = fc.record({
  format: fc.constantFrom('csv' as const, 'xlsx' as const, 'ods' as const),
  threeDecimals: fc.boolean(),
  delimiter: fc.constantFrom(';' as const, ',' as const, '\t' as const),
  declared: fc.record(
    {
      decimal: fc.constantFrom(',' as const, '.' as const, 'auto' as const),
      dates: fc.constantFrom<WrittenDialect['dates']>(
        ['french'],
        ['american'],
        ['iso'],
        ['excel'],
        ['french', 'iso'],
        ['iso', 'french'],
      ),
      leadingZerosLost: fc.boolean(),
      unit: fc.constant('kEUR' as const),
    },
    { requiredKeys: ['decimal', 'dates'] },
  ) as fc.Arbitrary<Drawn['declared']>,
  payments: fc.array(payment, { minLength: 1, maxLength: 6 }),
});

/** Three decimals are read where the dialect declares them. */
const drawn = anyFile.map((draw): Drawn => {
  const { threeDecimals, declared } = draw;
  const three = threeDecimals && declared.decimal !== 'auto' && !declared.unit;
  return { ...draw, threeDecimals: three, declared: { ...declared, ...(three ? { decimals: 3 } : {}) } };
});

function rightOf(field: Field, at: number, paid: Payment, { declared, threeDecimals }: Drawn): Right {
  const mark = declared.decimal === '.' ? '.' : ',';
  const digits = declared.unit === 'kEUR' ? 5 : threeDecimals ? 3 : 2;
  const whole = String(Math.abs(paid.cents)).padStart(digits === 5 ? 6 : 3, '0');
  const shift = digits === 5 ? 5 : 2;
  const number = `${paid.cents < 0 ? '-' : ''}${whole.slice(0, -shift)}.${whole.slice(-shift)}`;
  if (field === 'reference') return { text: `R-${at}`, kept: `R-${at}` };
  if (field === 'siret') return { text: paid.siret, kept: { number: paid.siret.replace(/^0+/, ''), format: '0' } };
  if (field === 'paidOn') return { text: dayIn(paid.day, declared.dates?.[0] ?? 'iso'), kept: { day: paid.day } };
  if (field === 'scheme') return { text: 'DIF', kept: 'DIF' };
  if (field === 'hours') {
    const hours = paid.hours === undefined ? '' : String(paid.hours);
    return { text: hours, kept: hours === '' ? '' : { number: hours, format: '0' } };
  }
  return { text: number.replace('.', mark) + (digits === 3 ? '0' : ''), kept: { number, format: '0.00###' } };
}

function dayIn(day: string, format: string): string {
  const [year, month, date] = day.split('-');
  if (format === 'excel') return String((Date.parse(day) - Date.parse('1899-12-30')) / 86_400_000);
  return format === 'french' ? `${date}/${month}/${year}` : format === 'american' ? `${month}/${date}/${year}` : day;
}

/** Text alone, as a CSV shows what a spreadsheet keeps. */
const shown = (kept: Kept): string => (typeof kept === 'string' ? kept : '#N/A');

function csvOf(rows: readonly (readonly string[])[], delimiter: string): Buffer {
  const quoted = (text: string) => (/[;,\t"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return Buffer.from(rows.map((row) => row.map(quoted).join(delimiter)).join('\r\n'));
}

function inXlsx(kept: Kept, at: string): Written {
  if (typeof kept === 'string') return kept;
  if ('number' in kept) return kept;
  if ('day' in kept) return { number: dayIn(kept.day, 'excel'), format: 'dd/mm/yyyy' };
  return { xml: kept.fault === 'error' ? `<c r="${at}" t="e"><v>#N/A</v></c>` : `<c r="${at}"><f>A1</f></c>` };
}

function inOds(kept: Kept): Written {
  const cell = (attributes: string, text: string) => ({
    xml: `<table:table-cell ${attributes}><text:p>${text}</text:p></table:table-cell>`,
  });
  if (typeof kept === 'string') return kept;
  if ('day' in kept) return cell(`office:value-type="date" office:date-value="${kept.day}"`, kept.day);
  if ('number' in kept) {
    // Other formats are made of styles there; what they show is a text here.
    if (!/^0(?:%|\.00###)?$/.test(kept.format)) return '#N/A';
    const type = kept.format === '0%' ? 'percentage' : 'float';
    return cell(
      `office:value-type="${type}" office:value="${kept.number}"`,
      kept.format === '0%' ? '50 %' : kept.number,
    );
  }
  if (kept.fault === 'error') return cell('table:formula="of:=A1" office:value-type="string"', '#N/A');
  return { xml: '<table:table-cell table:formula="of:=A1"/>' };
}

function fileOf(draw: Drawn): Buffer {
  const headings = FIELDS.map((field) => HEADINGS[field]);
  const rows = draw.payments.map((paid, at) =>
    FIELDS.map((field): Right => {
      const spoilt = paid.spoilt?.field === field ? paid.spoilt.kept : undefined;
      return spoilt === undefined ? rightOf(field, at, paid, draw) : { text: shown(spoilt), kept: spoilt };
    }),
  );
  if (draw.format === 'csv')
    return csvOf([headings, ...rows.map((row) => row.map(({ text }) => text))], draw.delimiter);
  if (draw.format === 'ods') return odsOf([headings, ...rows.map((row) => row.map(({ kept }) => inOds(kept)))]);
  const letters = 'ABCDEF';
  return xlsxOf([headings, ...rows.map((row, y) => row.map(({ kept }, x) => inXlsx(kept, `${letters[x]}${y + 2}`)))]);
}

async function sent(bytes: Buffer, dialect: WrittenDialect) {
  const path = join(dir, 'file');
  writeFileSync(path, bytes);
  const file = {
    size: bytes.length,
    open: () => Readable.from([bytes], { objectMode: false }),
    path: async () => path,
  };
  const { code, detail, decided, headings = [], delimiter } = await readTable(file, dialect);
  const refusals = decided?.refusals ?? [];
  const pieces: Buffer[] = [];
  const written = { headings, ...(delimiter ? { delimiter } : {}) };
  for await (const piece of mendCsv(written, Readable.from(refusals), completed(dialect))) pieces.push(piece);
  const taken = [...(decided?.writes.values() ?? [])].flatMap(({ after }) =>
    after.entries.map(({ content: { siretRestored: _, ...content } }) => [after._id, content] as const),
  );
  return { code, detail, refusals, taken, toMend: Buffer.concat(pieces) };
}

test('a refused line is read again as it was, whatever the file and the dialect, and is right once it is mended', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async (draw) => {
      const dialect: WrittenDialect = { ...CASE_DIALECT, ...draw.declared, columns: COLUMNS };
      // Thousands that a format hides are what thousands of euros are meant to be.
      fc.pre(
        !(draw.declared.unit && draw.payments.some(({ spoilt: of }) => of?.field === 'amount' && of.kept === scaled)),
      );
      const spoilt = draw.payments.flatMap((paid, at) => (paid.spoilt ? [{ paid, at, field: paid.spoilt.field }] : []));
      const first = await sent(fileOf(draw), dialect);
      fc.pre(first.code === undefined || first.code === 'no_lines');
      expect(first.refusals.map(({ column }) => column)).toEqual(spoilt.map(({ field }) => HEADINGS[field]));
      if (spoilt.length === 0) return;
      const again = await sent(first.toMend, dialect);
      expect([again.code, again.detail]).toEqual([undefined, undefined]);
      expect(again.refusals.map(({ column }) => column)).toEqual(first.refusals.map(({ column }) => column));
      expect(again.taken).toEqual([]);
      const head = first.toMend.toString().split('\r\n')[0] ?? '';
      const delimiter = [';', ',', '\t'].find((mark) => head.includes(`SIRET${mark}`)) ?? ';';
      const [names = [], ...rows] = parse(first.toMend, {
        bom: true,
        delimiter,
        relax_column_count: true,
      }) as string[][];
      for (const [i, { paid, at, field }] of spoilt.entries())
        (rows[i] ?? [])[names.indexOf(HEADINGS[field])] = rightOf(field, at, paid, {
          ...draw,
          threeDecimals: false,
        }).text;
      const mended = await sent(csvOf([names, ...rows], delimiter), dialect);
      expect(mended.refusals.map(({ detail }) => detail)).toEqual([]);
      const right = draw.payments.map((paid, at) => [
        `p/f/R-${at}`,
        {
          siret: paid.siret,
          paidOn: paid.day,
          scheme: 'DIF',
          amountCents: paid.cents,
          ...(paid.hours === undefined ? {} : { hours: paid.hours }),
        },
      ]);
      expect(new Map([...first.taken, ...mended.taken])).toEqual(new Map(right as never));
    }),
    { numRuns: Number(process.env['GPECT_FUZZ_MENDED_LINES'] ?? 400) },
  );
}, 240_000);

test.each([
  ['keeps its signs', false, 'Ł-1', ['p/f/Ł-1']],
  ['is refused until its signs are back, where a copy in Windows-1252 lost them', true, 'Ł-1', ['signs_lost']],
  ['is taken with the question mark that it had', true, 'L?1', ['p/f/L?1']],
])('a refused line %s, whatever encoding its dialect declares', async (_what, savedByExcel, reference, wanted) => {
  for (const encoding of ['auto', 'windows-1252', 'iso-8859-15'] as const) {
    const dialect: WrittenDialect = { ...CASE_DIALECT, columns: COLUMNS, decimal: ',' };
    const headings = FIELDS.map((field) => HEADINGS[field]);
    const first = await sent(
      csvOf([headings, [reference, SIRETS[0] ?? '', '31/02/2012', 'DIF', '10,00', '']], ';'),
      dialect,
    );
    const mended = first.toMend.toString('utf8').replace('31/02/2012', '15/03/2012');
    const bytes = savedByExcel ? iconv.encode(mended.slice(1), 'windows-1252') : Buffer.from(mended);
    const again = await sent(bytes, { ...dialect, encoding });
    expect([again.code, again.taken.map(([id]) => id).concat(again.refusals.map(({ reason }) => reason))]).toEqual([
      undefined,
      wanted,
    ]);
    if (again.refusals.length > 0) expect((await sent(again.toMend, dialect)).taken).toEqual([]);
  }
});

test('what a sheet alone says of a line, struck through or below a merged cell, is refused again where it comes back as text', async () => {
  const dialect: WrittenDialect = { ...CASE_DIALECT, columns: COLUMNS };
  const paid = (reference: string, amount = '10,00') => [reference, SIRETS[0] ?? '', '15/03/2012', 'DIF', amount, '7'];
  const headings = FIELDS.map((field) => HEADINGS[field]);
  const rows = [headings, struckThrough(paid('R1')), paid('R2'), paid('R3', ''), ['', ...paid('R2').slice(1)]];
  const first = await sent(xlsxOf(merging(rows, 'E3:E4', 'A4:A5')), dialect);
  expect(first.refusals.map(({ reason }) => reason)).toEqual(['line_struck', 'cell_merged', 'cell_merged']);
  const again = await sent(first.toMend, dialect);
  expect([again.taken, again.refusals.length]).toEqual([[], 3]);
});

test('a day whose file alone says where its year stands comes back with the whole year', async () => {
  const dialect: WrittenDialect = { ...CASE_DIALECT, columns: COLUMNS };
  const headings = FIELDS.map((field) => HEADINGS[field]);
  const rows = [
    headings,
    ['R1', SIRETS[0] ?? '', '31/03/12', 'DIF', '10,00', ''],
    ['R2', '', '05/03/12', 'DIF', '10,00', ''],
  ];
  const first = await sent(csvOf(rows, ','), dialect);
  expect(first.refusals.map(({ reason }) => reason)).toEqual(['siret_missing']);
  const mended = first.toMend.toString('utf8').replace('R2,', `R2,${SIRETS[0]}`);
  expect((await sent(Buffer.from(mended), dialect)).taken.map(([, { paidOn }]) => paidOn)).toEqual(['2012-03-05']);
});
