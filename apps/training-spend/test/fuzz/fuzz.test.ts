import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import { CASE_DIALECT, type ReadTable, readTable } from '../read-case.js';
import { Dice, type Meant } from './meant.js';
import { randomTable, type WrittenTable } from './random-table.js';

/**
 * Tables of known meaning, in habits drawn at random, against an oracle of its own. The long campaign:
 * `GPECT_FUZZ_TABLES=30000 npm test -w apps/training-spend -- test/fuzz`; a fault names the seed of its table, and
 * `GPECT_FUZZ_SEED` sees it again.
 */
const TABLES = Number(process.env['GPECT_FUZZ_TABLES'] ?? 700);
const SEED = Number(process.env['GPECT_FUZZ_SEED'] ?? 14);

const dir = mkdtempSync(join(tmpdir(), 'gpect-fuzz-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function read(bytes: Buffer, { form, decimal }: WrittenTable): Promise<ReadTable> {
  const path = join(dir, 'file');
  if (form !== 'text') writeFileSync(path, bytes);
  const open = () => Readable.from([bytes], { objectMode: false });
  return readTable({ size: bytes.length, open, path: async () => path }, { ...CASE_DIALECT, decimal });
}

/** What a line says, as far as it moves money. */
const said = ({ siret, paidOn, cents }: Pick<Meant, 'siret' | 'paidOn' | 'cents'>) =>
  `${siret} ${paidOn} ${cents === 0 ? 0 : cents}`;

function taken({ readings }: ReadTable): string[] {
  return readings.flatMap(({ reading: { result, total } }) =>
    result.ok && !total ? [said({ ...result.value.content, cents: result.value.content.amountCents })] : [],
  );
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);

/** Why what came in is not what has an outcome, added up here from the lines themselves. */
function balance({ decided, readings }: ReadTable): string | undefined {
  if (!decided) return undefined;
  const paid = readings.filter(({ reading: { total } }) => !total);
  const cameIn = sumOf(paid.map(({ reading: { amountCents = 0 } }) => amountCents));
  const unreadable = paid.filter(({ reading: { amountCents } }) => amountCents === undefined).length;
  const became = sumOf(Object.values(decided.cents));
  const lines = sumOf(Object.values(decided.counts));
  const { totals } = decided;
  const isRight =
    readings.length === lines &&
    cameIn === became &&
    totals.lines === lines &&
    totals.cents === cameIn &&
    totals.unreadableAmounts === unreadable;
  return isRight ? undefined : JSON.stringify({ cameIn, became, lines, totals, counts: decided.counts });
}

/** Takes out of what was taken what the table says; what is left was said by nobody. */
function saidByNobody(file: ReadTable, lines: readonly Meant[]): string[] {
  const left = lines.map(said);
  return taken(file).filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** What a table found that differs from what it means. */
function faultsOf(table: WrittenTable, file: ReadTable): unknown[] {
  if (file.code) return [`refused: ${file.code}`];
  const faults: unknown[] = [];
  if (file.readings.length !== table.lines.length)
    faults.push(`${table.lines.length} lines were written, ${file.readings.length} read`);
  for (const [i, meant] of table.lines.entries()) {
    const found = file.readings[i]?.reading;
    const result = found?.result;
    const became = found?.total ? 'total' : result?.ok ? 'taken' : result?.fault.reason;
    const right =
      typeof meant.outcome === 'string'
        ? became === meant.outcome
        : meant.outcome.includes(became ?? '') && became !== undefined;
    const same =
      !result?.ok ||
      became !== 'taken' ||
      (said({ ...result.value.content, cents: result.value.content.amountCents }) === said(meant) &&
        result.value.reference === meant.reference);
    // Whole euros before two digits are an amount that the comma cut, where it separates the columns.
    const cut = table.delimiter === ',' && meant.outcome === 'taken' && became === 'amount_split';
    const doubted =
      (meant.mayDoubt && became === 'total_or_payment') ||
      // In a sheet, texts that are days beside days of its own make these doubtful.
      (table.form !== 'text' && became === 'date_ambiguous') ||
      // Whole euros at the very end of a text, where all others have cents: the file may have broken off there.
      (table.form === 'text' && became === 'line_cut' && meant === table.lines.at(-1));
    if (!(right && same) && !cut && !doubted) faults.push({ meant, became, result });
  }
  const { agreeing, differing } = file.totals;
  const doubts = table.lines.some(({ mayDoubt }) => mayDoubt);
  if ((!doubts && agreeing < table.agreeing) || agreeing + differing !== table.agreeing + table.differing)
    faults.push({ totals: file.totals, meant: [table.agreeing, table.differing] });
  const unbalanced = balance(file);
  if (unbalanced) faults.push(unbalanced);
  // An amount that the comma between the columns cut, or the end of the file, is one that cannot be read.
  const hasCut = file.readings.some(
    ({ reading: { result } }) => !result.ok && ['amount_split', 'line_cut'].includes(result.fault.reason),
  );
  if (!doubts && !hasCut && file.decided?.totals.cents !== table.cents)
    faults.push({ written: table.cents, totals: file.decided?.totals });
  return faults;
}

const shown = (seed: number, table: WrittenTable, bytes: Buffer, faults: unknown) => ({
  seed,
  faults,
  form: table.form,
  decimal: table.decimal,
  text: bytes.toString('latin1').slice(0, 3000),
});

async function campaign(
  offset: number,
  one: (table: WrittenTable, dice: Dice) => Promise<{ bytes: Buffer; faults: unknown[] }>,
  { tables = TABLES, forms }: { tables?: number; forms?: readonly WrittenTable['form'][] } = {},
): Promise<{ wrong: unknown[]; lines: number }> {
  const wrong: unknown[] = [];
  let lines = 0;
  for (let i = 0; i < tables && wrong.length < 5; i++) {
    const seed = SEED * 1_000_003 + offset * 100_000_007 + i;
    const dice = new Dice(seed);
    const table = randomTable(dice, forms);
    lines += table.lines.length;
    const { bytes, faults } = await one(table, dice);
    if (faults.length > 0) wrong.push(shown(seed, table, bytes, faults));
  }
  if (process.env['GPECT_FUZZ_TABLES']) process.stdout.write(`  ${tables} tables, ${lines} lines\n`);
  return { wrong, lines };
}

const TEXTS = { forms: ['text'] } as const;
/** Each is read twice, by a thread of its own. */
const WORKBOOKS = Math.ceil(TABLES / 15);
/** Every line as it was read, with why it is refused. */
const linesSaid = ({ readings }: ReadTable) =>
  readings.map(({ row: { line }, reading: { result, total, amountCents } }) => ({
    line,
    total,
    amountCents,
    said: result.ok ? result.value : [result.fault.reason, result.fault.value],
  }));

const LONG = 60_000 + TABLES * 100;

describe('tables in habits drawn at random', () => {
  test(
    'become what they mean, line by line and to the cent',
    async () => {
      const { wrong } = await campaign(0, async (table) => ({
        bytes: table.bytes,
        faults: faultsOf(table, await read(table.bytes, table)),
      }));
      expect(wrong).toEqual([]);
    },
    LONG,
  );

  test(
    'with bytes damaged anywhere: a line that was not hit is right or refused, and sums agree',
    async () => {
      const { wrong } = await campaign(
        1,
        async (table, dice) => {
          const { bytes, hit } = damaged(table, dice);
          const file = await read(bytes, table);
          const left = saidByNobody(file, table.lines);
          const unbalanced = balance(file);
          return {
            bytes,
            faults: [...(left.length > hit ? [{ left, hit }] : []), ...(unbalanced ? [unbalanced] : [])],
          };
        },
        TEXTS,
      );
      expect(wrong).toEqual([]);
    },
    LONG,
  );

  test(
    'with quotation marks lost or added, and line ends changed: whatever is taken was said, and no more often',
    async () => {
      const { wrong } = await campaign(
        2,
        async (table, dice) => {
          const bytes = misquoted(table, dice);
          const file = await read(bytes, table);
          const left = saidByNobody(file, table.lines);
          const unbalanced = balance(file);
          return { bytes, faults: [...left, ...(unbalanced ? [unbalanced] : [])] };
        },
        TEXTS,
      );
      expect(wrong).toEqual([]);
    },
    LONG,
  );

  test(
    'as workbooks with bytes damaged anywhere: refused, or read to the same',
    async () => {
      const ended = { refused: 0, same: 0 };
      const { wrong } = await campaign(
        3,
        async (table, dice) => {
          const whole = await read(table.bytes, table);
          const { bytes } = damaged(table, dice);
          const file = await read(bytes, table);
          ended[file.code ? 'refused' : 'same']++;
          if (file.code) return { bytes, faults: [] };
          const [was, is] = [linesSaid(whole), linesSaid(file)];
          return { bytes, faults: isDeepStrictEqual(is, was) ? [] : [{ was, is }] };
        },
        { tables: WORKBOOKS, forms: ['xlsx', 'ods'] },
      );
      expect(wrong).toEqual([]);
      // A campaign that damages nothing, or nothing but what is looked at first, shows nothing.
      expect(ended.refused).toBeGreaterThan(WORKBOOKS / 2);
    },
    LONG,
  );
});

/** Some bytes replaced, put in or taken out; how many rows they touch, the one behind a lost line end included. */
function damaged({ bytes, spans }: WrittenTable, dice: Dice): { bytes: Buffer; hit: number } {
  const touched = new Set<number>();
  // From the end to the beginning, so that places stay what they are.
  const places = Array.from({ length: 1 + dice.below(4) }, () => dice.below(bytes.length + 1)).sort((a, b) => b - a);
  let result = bytes;
  for (const at of places) {
    const cut = dice.of([0, 0, 1, 1, 2, 5]);
    const put = Buffer.from(
      Array.from({ length: dice.below(3) }, () =>
        dice.of([0x22, 0x3b, 0x2c, 0x0a, 0x0d, 0x20, 0xe9, 0xa0, 0x31, 0x09, dice.below(256)]),
      ),
    );
    for (const [row, { from, until }] of spans.entries()) {
      if (until < at - 2 || from > at + cut + 2) continue;
      touched.add(row);
      touched.add(row + 1);
    }
    result = Buffer.concat([result.subarray(0, at), put, result.subarray(at + cut)]);
  }
  return { bytes: result, hit: touched.size };
}

/** Quotation marks taken out or put in, and line ends exchanged; only signs that say nothing are touched. */
function misquoted({ bytes }: WrittenTable, dice: Dice): Buffer {
  const wide = bytes[0] === 0xff || bytes[0] === 0xfe;
  if (wide) return bytes;
  let text = bytes.toString('latin1');
  for (let n = 1 + dice.below(3); n > 0; n--) {
    const marks = [...text.matchAll(/"/g)].map(({ index }) => index);
    const ends = [...text.matchAll(/\r\n|\n|\r/g)];
    if (marks.length > 0 && dice.chance(0.5)) {
      const at = dice.of(marks);
      text = text.slice(0, at) + text.slice(at + 1);
    } else if (dice.chance(0.6)) {
      const at = dice.below(text.length + 1);
      text = `${text.slice(0, at)}"${text.slice(at)}`;
    } else if (ends.length > 0) {
      const { index, 0: end } = dice.of(ends);
      text = text.slice(0, index) + dice.of(['\n', '\r\n', '\r']) + text.slice(index + end.length);
    }
  }
  return Buffer.from(text, 'latin1');
}
