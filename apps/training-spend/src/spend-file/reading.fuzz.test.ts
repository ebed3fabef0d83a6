import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { openTable } from '@gpect/tabular-files/open-table';
import { FileUnreadable } from '@gpect/tabular-files/unreadable';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { bindColumns } from '../dialect/bind-columns.js';
import { completed } from '../dialect/dialect.js';
import { LineReader } from '../spend-line/read-line.js';
import { decideLines, type ReadingFile, readLines } from './decide-lines.js';
import { imbalance } from './outcomes.js';

/**
 * The oracle shares no code with the reader: lines are made as plain values, written down by the rules below (check digits
 * by INSEE's definition, digits by string arithmetic), and must come back as the values that they were made from.
 */

const luhn = (digits: string): number =>
  [...digits]
    .reverse()
    .reduce((sum, c, i) => sum + (i % 2 === 0 ? Number(c) : ([0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(c)] ?? 0)), 0) % 10;
const withCheckDigit = (body: string) => body + ((10 - luhn(`${body}0`)) % 10);
const siretOf = (siren: number, nic: number) =>
  withCheckDigit(withCheckDigit(String(siren).padStart(8, '0')) + String(nic).padStart(4, '0'));

const EURO = ['', ' €', '\u00a0€', ' EUR'];
const SPACES = ['', ' ', '\u00a0', '\u202f'];
const grouped = (digits: string, mark: string) => digits.replace(/\B(?=(\d{3})+$)/g, mark);

interface Style {
  readonly decimal: ',' | '.';
  readonly date: 'french' | 'iso';
  readonly delimiter: string;
  readonly encoding: 'utf-8' | 'windows-1252' | 'iso-8859-15' | 'utf-16le' | 'utf-16be';
  readonly bom: boolean;
  readonly lineEnd: string;
  readonly gzip: boolean;
  readonly order: readonly number[];
}

const style: fc.Arbitrary<Style> = fc.record({
  decimal: fc.constantFrom(',', '.'),
  date: fc.constantFrom('french', 'iso'),
  delimiter: fc.constantFrom(';', ',', '\t', '|'),
  encoding: fc.constantFrom('utf-8', 'windows-1252', 'iso-8859-15', 'utf-16le', 'utf-16be'),
  bom: fc.boolean(),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  gzip: fc.boolean(),
  order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
});

const line = fc.record({
  n: fc.nat(1e6),
  siren: fc.integer({ min: 1, max: 99_999_999 }),
  nic: fc.integer({ min: 1, max: 9999 }),
  cents: fc.integer({ min: -99_999_999_99, max: 99_999_999_99 }),
  day: fc.integer({ min: 0, max: 4000 }),
  scheme: fc.constantFrom('Plan de formation', 'DIF', 'Période pro'),
  company: fc.string({
    unit: fc.constantFrom('a', 'é', 'ç', ' ', '"', ';', ',', '\t', '|', '\n', '\r\n', '=', '-', 'Œ'),
    maxLength: 12,
  }),
  spaces: fc.constantFrom(...SPACES),
  euro: fc.constantFrom(...EURO),
  sign: fc.constantFrom('-', '()'),
  spacedSiret: fc.boolean(),
  bad: fc.option(
    fc.constantFrom('siret_invalid', 'siret_digits_lost', 'amount_unreadable', 'date_unreadable', 'scheme_unknown'),
    { nil: undefined, freq: 6 },
  ),
});
type Line = typeof line extends fc.Arbitrary<infer T> ? T : never;

const CODES: Readonly<Record<string, string>> = {
  'Plan de formation': 'PLAN',
  DIF: 'DIF',
  'Période pro': 'PERIODE_PRO',
};
const HEADINGS = ['Réf', 'SIRET', 'Société', 'Date', 'Dispositif', 'Montant'];

function dayOf(offset: number): [string, string, string] {
  const [year = '', month = '', day = ''] = new Date(Date.UTC(2008, 0, 1 + offset))
    .toISOString()
    .slice(0, 10)
    .split('-');
  return [year, month, day];
}

function amountText({ cents, spaces, euro, sign }: Line, decimal: string): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  const text = `${grouped(digits.slice(0, -2), spaces)}${decimal}${digits.slice(-2)}`;
  if (cents >= 0) return text + euro;
  return sign === '-' ? `-${text}${euro}` : `(${text})${euro}`;
}

function cellsOf(l: Line, { decimal, date }: Style): string[] {
  const siret = siretOf(l.siren, l.nic);
  const [year, month, day] = dayOf(l.day);
  const wrong = siret.slice(0, -1) + ((Number(siret.at(-1)) + 1) % 10);
  const written =
    l.bad === 'siret_invalid' ? wrong : l.bad === 'siret_digits_lost' ? `${siret[0]},${siret.slice(1, 3)}E+13` : siret;
  const spaced =
    l.spacedSiret && l.bad !== 'siret_digits_lost'
      ? written.replace(/^(\d{3})(\d{3})(\d{3})/, '$1 $2\u00a0$3 ')
      : written;
  return [
    `R${l.n}`,
    spaced,
    l.company,
    l.bad === 'date_unreadable'
      ? date === 'french'
        ? `31/02/${year}`
        : `${year}-02-31`
      : date === 'french'
        ? `${day}/${month}/${year}`
        : `${year}-${month}-${day}`,
    l.bad === 'scheme_unknown' ? '???' : l.scheme,
    l.bad === 'amount_unreadable' ? 'n/c' : amountText(l, decimal),
  ];
}

function write(lines: readonly Line[], s: Style): Buffer {
  const quote = (cell: string) =>
    /["\r\n]/.test(cell) || cell.includes(s.delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const rows = [HEADINGS, ...lines.map((l) => cellsOf(l, s))].map((cells) =>
    s.order.map((at) => quote(cells[at] ?? '')).join(s.delimiter),
  );
  // The narrow no-break space is in Unicode alone.
  const text = rows.join(s.lineEnd) + s.lineEnd;
  const narrow = s.encoding.startsWith('utf') ? text : text.replaceAll('\u202f', '\u00a0');
  const bytes = iconv.encode(s.bom && s.encoding.startsWith('utf') ? `\ufeff${narrow}` : narrow, s.encoding);
  return s.gzip ? gzipSync(bytes) : bytes;
}

const fileBytes = (bytes: Buffer, piece = 50_000) => ({
  size: bytes.length,
  open: () =>
    Readable.from(
      (function* () {
        for (let i = 0; i < bytes.length; i += piece) yield bytes.subarray(i, i + piece);
      })(),
      { objectMode: false },
    ),
  path: async () => {
    throw new FileUnreadable('archive_broken', { why: 'no disk here' });
  },
});

function dialectFor({ decimal, date, delimiter, encoding }: Style, declare: boolean) {
  return completed({
    decimal,
    dates: [date],
    ...(declare ? { delimiter, encoding } : {}),
    columns: { reference: ['Réf'], siret: ['SIRET'], paidOn: ['Date'], scheme: ['Dispositif'], amount: ['Montant'] },
    schemes: CODES,
  } as Parameters<typeof completed>[0]);
}

const file: ReadingFile = {
  id: 'p/f/x',
  differing: 'refuse',
  columnOf: () => ({ column: 'Réf', at: 0 }),
};

/** Everything that a file says, by the product's own way: opened, bound, read and decided. */
async function readAll(bytes: Buffer, dialect: ReturnType<typeof completed>, piece?: number) {
  const table = await openTable(fileBytes(bytes, piece), dialect);
  const binding = bindColumns(table.parts[0]?.head ?? [], dialect);
  if (!binding.ok) return { unbound: binding.fault.code };
  const reader = new LineReader(dialect, binding.value, table, '2026-11-23');
  const readings = [];
  for await (const rows of table.rows(0))
    readings.push(
      ...readLines(
        rows.filter((r) => r.line > binding.value.until),
        reader,
        file,
      ),
    );
  table.close();
  return { readings };
}

let tried = 0;
describe('reading, against an independent oracle', () => {
  test('what was written comes back, to the cent and to the line, whatever way it was written', async () => {
    await fc.assert(
      fc.asyncProperty(
        style,
        fc.array(line, { minLength: 1, maxLength: 25, size: 'max' }),
        fc.boolean(),
        fc.integer({ min: 1, max: 300 }),
        async (s, lines, declare, piece) => {
          tried += lines.length;
          const { readings } = await readAll(write(lines, s), dialectFor(s, declare && !s.bom), piece);
          const read = readings?.map(({ reading: { result, amountCents } }) => [
            result.ok ? { ...result.value, kind: undefined } : result.fault.reason,
            amountCents,
          ]);
          const expected = lines.map((l) => {
            const [year, month, day] = dayOf(l.day);
            const content = {
              siret: siretOf(l.siren, l.nic),
              paidOn: `${year}-${month}-${day}`,
              scheme: CODES[l.scheme],
              amountCents: l.cents === 0 ? 0 : l.cents,
            };
            return [
              l.bad ?? { reference: `R${l.n}`, kind: undefined, content },
              l.bad === 'amount_unreadable' ? undefined : content.amountCents,
            ];
          });
          expect(read).toEqual(expected);
        },
      ),
      { numRuns: 1000 },
    );
    expect(tried).toBeGreaterThan(10_000);
  }, 120_000);

  test('damaged in any way it is read or refused with a code, and every line read has one outcome', async () => {
    const damage = fc.array(fc.record({ at: fc.nat(20_000), cut: fc.nat(60), put: fc.uint8Array({ maxLength: 6 }) }), {
      minLength: 1,
      maxLength: 6,
    });
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(style, fc.array(line, { minLength: 1, maxLength: 20 }), damage, async (s, lines, damages) => {
        let bytes = write(lines, s);
        for (const { at, cut, put } of damages) {
          const from = at % (bytes.length + 1);
          bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + cut)]);
        }
        try {
          const { readings } = await readAll(bytes, dialectFor(s, false));
          if (!readings) return;
          const { totals, counts, cents } = decideLines(readings, new Map(), file);
          expect([imbalance(totals, counts, cents), totals.lines]).toEqual([undefined, readings.length]);
        } catch (error) {
          if (!(error instanceof FileUnreadable)) throw error;
          refused++;
        }
      }),
      { numRuns: 3000 },
    );
    expect(refused).toBeGreaterThan(10);
  }, 120_000);

  test('bytes of any kind are read or refused, never more', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), style, async (bytes, s) => {
        try {
          await readAll(Buffer.from(bytes), dialectFor(s, false));
        } catch (error) {
          if (!(error instanceof FileUnreadable)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
  }, 120_000);
});
