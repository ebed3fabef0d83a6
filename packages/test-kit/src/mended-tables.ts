import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import xlsx from 'xlsx';
import type { HabitColumn } from './table-habits.js';

/** What an endpoint says of a file. */
interface Said {
  readonly code?: string;
  readonly detail?: string;
  readonly asks: readonly object[];
  readonly report?: {
    readonly refusals: readonly { readonly line: number; readonly column: string; readonly reason: string }[];
  };
  readonly toMend?: Buffer;
}
type Channel = (bytes: Buffer) => Promise<Said>;

/** A cell as a program keeps it. */
type Kept =
  | string
  | number
  | Date
  | { readonly percent: number }
  | { readonly scaled: number }
  | { readonly error: number };
/** A line: what it is to say, and the cell that spoils it, if one does. */
interface Line {
  readonly right: readonly string[];
  readonly spoilt?: { readonly at: number; readonly cell: Kept };
}
interface Drawn {
  readonly format: 'csv' | 'xlsx' | 'ods';
  readonly delimiter: ';' | ',' | '\t';
  readonly lines: readonly Line[];
  /** The order of the columns, and the one below headings that come again, with a column that nobody reads. */
  readonly order: readonly number[];
  readonly again?: { readonly before: number; readonly order: readonly number[]; readonly note: number };
}

const SIRETS = ['00001002500013', '55208131706650', '35600000000048'];
const NOTE = 'Observations';
/** What stands in a cell and says nothing that its column holds. */
const WRONG: Readonly<Record<NonNullable<HabitColumn['holds']> | 'text', readonly Kept[]>> = {
  siret: ['', '123', 'n;c.', { percent: 0.5 }, { error: 0x2a }, new Date('2010-02-01T12:00:00Z')],
  day: ['', '31/02/2010', 'n;c.', 'mars "10"', { percent: 0.5 }, { error: 0x17 }],
  number: [
    '',
    'n;c.',
    '1,234',
    { percent: 0.5 },
    { scaled: 12_000 },
    { error: 0x0f },
    new Date('2010-02-01T12:00:00Z'),
  ],
  id: ['', '1,2E+15', { percent: 0.5 }, { error: 0x2a }, new Date('2010-02-01T12:00:00Z'), 1_234_567_890_123_450],
  text: ['', 'x'.repeat(5000), { error: 0x2a }],
};

/** A line of a kind of file, right or spoilt in one of its cells. */
function lineOf(columns: readonly HabitColumn[], spoils: readonly number[]): fc.Arbitrary<Line> {
  const right = fc.tuple(
    ...columns.map(({ holds, value }) => {
      if (holds === 'siret') return fc.constantFrom(...SIRETS);
      return fc.constant(value);
    }),
  );
  const spoilt = fc.constantFrom(...spoils).chain((at) => {
    const wrong = WRONG[columns[at]?.holds ?? 'text'];
    return fc.constantFrom(...wrong).map((cell) => ({ at, cell }));
  });
  return fc.record({ right, spoilt }, { requiredKeys: ['right'] }) as fc.Arbitrary<Line>;
}

function tableOf(columns: readonly HabitColumn[], spoils: readonly number[]): fc.Arbitrary<Drawn> {
  const places = [...columns.keys()];
  const order = fc.shuffledSubarray(places, { minLength: places.length });
  return fc.record(
    {
      format: fc.constantFrom('csv' as const, 'xlsx' as const, 'ods' as const),
      delimiter: fc.constantFrom(';' as const, ',' as const, '\t' as const),
      lines: fc.array(lineOf(columns, spoils), { minLength: 1, maxLength: 6 }),
      order,
      again: fc.record({ before: fc.nat({ max: 5 }), order, note: fc.nat({ max: places.length }) }),
    },
    { requiredKeys: ['format', 'delimiter', 'lines', 'order'] },
  ) as fc.Arbitrary<Drawn>;
}

/** Text alone, as a CSV shows what a spreadsheet keeps and a text cannot say. */
const shown = (cell: Kept): string => (typeof cell === 'string' ? cell : '#N/A');

/** As a spreadsheet keeps what a column holds. */
function native({ holds }: HabitColumn, value: string): Kept {
  if (holds === 'day') return new Date(`${value}T12:00:00Z`);
  return holds === 'siret' || holds === 'number' ? Number(value) : value;
}

function gridOf(columns: readonly HabitColumn[], { format, lines, order, again }: Drawn): Kept[][] {
  const grid: Kept[][] = [order.map((i) => columns[i]?.heading ?? '')];
  let now: { order: readonly number[]; note?: number } = { order };
  lines.forEach(({ right, spoilt }, at) => {
    const under = (cells: Kept[], note: string) => {
      if (now.note !== undefined) cells.splice(now.note, 0, note);
      return cells;
    };
    if (again?.before === at) {
      now = again;
      grid.push(
        under(
          again.order.map((i) => columns[i]?.heading ?? ''),
          NOTE,
        ),
      );
    }
    const cell = (i: number): Kept => {
      if (spoilt?.at === i) return spoilt.cell;
      const column = columns[i];
      return column && format !== 'csv' ? native(column, right[i] ?? '') : (right[i] ?? '');
    };
    grid.push(under(now.order.map(cell), `vu ${at}`));
  });
  return grid;
}

function written(
  grid: readonly (readonly Kept[])[],
  { format, delimiter }: Pick<Drawn, 'format' | 'delimiter'>,
): Buffer {
  if (format === 'csv') {
    const quoted = (text: string) => (/[;,\t"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    return Buffer.from(grid.map((row) => row.map((c) => quoted(shown(c))).join(delimiter)).join('\r\n'));
  }
  const sheet = xlsx.utils.aoa_to_sheet(
    grid.map((row) =>
      row.map((c): unknown => {
        if (typeof c !== 'object' || c instanceof Date) return c === '' ? null : c;
        // OpenDocument is written without such formats: there they are shown.
        if (format === 'ods') return shown(c);
        if ('percent' in c) return { t: 'n', v: c.percent, z: '0%' };
        return 'scaled' in c ? { t: 'n', v: c.scaled, z: '0,' } : { t: 'e', v: c.error };
      }),
    ) as never[][],
    { cellDates: true },
  );
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(book, sheet, 'Feuil1');
  return xlsx.write(book, { type: 'buffer', bookType: format, cellDates: true }) as Buffer;
}

const sorted = (asks: readonly object[]) => asks.map((ask) => JSON.stringify(ask)).sort();

/** Reads a file of refused lines by a reader that is not the product's. */
function parsed(bytes: Buffer): string[][] {
  const text = bytes.toString('utf8');
  const [head = ''] = text.split('\r\n');
  const delimiter = [';', ',', '\t'].sort((a, b) => head.split(b).length - head.split(a).length)[0] ?? ';';
  return parse(bytes, { bom: true, delimiter, relax_column_count: true });
}

/**
 * Any table of a kind of file, in any format and order, with any of its lines spoilt: what is refused stands under its own
 * headings, is refused again as long as nobody mends it, and once its one cell is mended says what it was to say.
 */
export async function refusedLinesComeBack(
  columns: readonly HabitColumn[],
  read: Channel,
  { runs = 60, seed, mayBeEmpty = [] }: { runs?: number; seed?: number; mayBeEmpty?: readonly string[] } = {},
): Promise<void> {
  const spoils = [...columns.keys()].filter((i) => !mayBeEmpty.includes(columns[i]?.name ?? ''));
  const headings = columns.map((c) => c.heading);
  await fc.assert(
    fc.asyncProperty(tableOf(columns, spoils), async (drawn) => {
      const wanted = await read(
        written([headings, ...drawn.lines.map(({ right }) => [...right])], { format: 'csv', delimiter: ';' }),
      );
      const first = await read(written(gridOf(columns, drawn), drawn));
      const spoilt = drawn.lines.flatMap((line) => (line.spoilt ? [{ ...line, spoilt: line.spoilt }] : []));
      const refusals = (said: Said) => said.report?.refusals.map(({ column, reason }) => `${column} ${reason}`);
      same(first.code, undefined, first.detail);
      same(
        first.report?.refusals.map(({ column }) => column),
        spoilt.map(({ spoilt: { at } }) => headings[at]),
      );
      if (spoilt.length === 0) return;
      const toMend = first.toMend ?? Buffer.alloc(0);
      const again = await read(toMend);
      same(again.code, undefined, again.detail);
      same(
        again.report?.refusals.map(({ column }) => column),
        first.report?.refusals.map(({ column }) => column),
      );
      same(again.asks, []);
      same(refusals(await read(again.toMend ?? Buffer.alloc(0))), refusals(again));
      const [names = [], ...rows] = parsed(toMend);
      for (const [
        i,
        {
          spoilt: { at },
          right,
        },
      ] of spoilt.entries()) {
        const cells = rows[i] ?? [];
        cells[names.indexOf(headings[at] ?? '')] = right[at] ?? '';
      }
      const mended = await read(written([names, ...rows], { format: 'csv', delimiter: ';' }));
      same(mended.report?.refusals, []);
      same(sorted([...first.asks, ...mended.asks]), sorted(wanted.asks));
    }),
    { numRuns: runs, ...(seed === undefined ? {} : { seed }) },
  );
}

function same(got: unknown, wanted: unknown, why = ''): void {
  const [a, b] = [JSON.stringify(got), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${why}\n got   ${a}\n wanted ${b}`);
}
