import { isDeepStrictEqual } from 'node:util';
import { schemeOf } from '@gpect/reference-data/schemes';
import { dayOfText } from '@gpect/tabular-files/cells';
import { textToMend, unread } from '@gpect/tabular-files/mend-text';
import { type Cell, type Row, type Table, textOf } from '@gpect/tabular-files/table';
import type { SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect, Field } from '../dialect/dialect.js';
import { type LineFault, LineReader, type Reading } from './read-line.js';

const SIRET_DIGITS = 14;
const SIRET = '55208131706650';

/**
 * Writes refused lines as texts that the same endpoint, by the same dialect, reads as it read them. Each text is tried by a reader
 * that knows nothing of the file that they stood in: the file of refused lines is text, and has other lines around them.
 */
export class LinesToMend {
  readonly #alone: LineReader;
  /** Reads a cell with all that its file tells of it. */
  readonly #inFile: LineReader;
  readonly #fields: ReadonlyMap<number, Field>;
  /** A line that is right, in which each cell is tried. */
  readonly #right: readonly string[];

  constructor(
    private readonly dialect: Dialect,
    private readonly binding: SpendBinding,
    private readonly table: Pick<Table, 'format' | 'delimiter'>,
    today: string,
  ) {
    const written = dialect.delimiter === 'auto' ? (table.delimiter ?? ';') : dialect.delimiter;
    const asText = { format: 'csv', encoding: 'utf-8', delimiter: written } as const;
    this.#alone = new LineReader(dialect, byItself(binding), asText, today);
    this.#inFile = new LineReader(dialect, binding, asText, today);
    this.#fields = new Map(Object.entries(binding.at).map(([field, i]) => [i, field as Field]));
    const right = rightLine(dialect);
    this.#right = binding.headings.map((_, i) => right[this.#fields.get(i) ?? 'hours'] ?? '');
  }

  texts({ cells, line }: Row, { result, amountCents, heads }: Reading): string[] {
    if (heads) return cells.map(textOf);
    const { length } = this.binding.headings;
    const ofText = this.table.format === 'csv';
    // A line of text whose cells cannot be told apart is given back as it stands; notes beside the table of a sheet are none of it.
    const shifted = ofText && !result.ok && cells.length !== length;
    const texts = (ofText ? cells : cells.slice(0, length)).map((cell, i) => {
      const field = this.#fields.get(i);
      if (field === undefined || shifted) return textOf(cell);
      if (field === 'amount') return this.#amount(cell, i, amountCents);
      // Days are what the other days of their file tell; a text of any other column is read the same everywhere.
      if (isText(cell) && field !== 'paidOn') return textOf(cell);
      const read = this.#tried(this.#inFile, i, cell);
      const readsTheSame = (text: string) => isDeepStrictEqual(this.#tried(this.#alone, i, text), read);
      return textToMend(cell, this.#formsOf(cell), readsTheSame);
    });
    if (result.ok || this.#saysItself(result.fault, { line, cells: this.#padded(texts) })) return texts;
    const at = Math.max(0, this.binding.headings.indexOf(result.fault.column));
    return texts.map((text, i) => (i === at ? unread(text) : text));
  }

  /** Whether a line is refused for the same by its cells alone; what its file told against it is not told by them. */
  #saysItself({ reason, column }: LineFault, row: Row): boolean {
    const { result, otherwise } = this.#alone.read(row);
    const own = otherwise?.result ?? result;
    return !own.ok && own.fault.reason === reason && own.fault.column === column;
  }

  /** The amount as it was read of this line in its file; one that was not read is not read of its text either. */
  #amount(cell: Cell, at: number, cents: number | undefined): string {
    const forms = cents === undefined ? [] : [this.#written(cents)];
    return textToMend(cell, forms, (text) => this.#alone.read(this.#line(at, text)).amountCents === cents);
  }

  /** What is read of a cell on a line that is right otherwise. */
  #tried(reader: LineReader, at: number, cell: Cell): unknown {
    const { result } = reader.read(this.#line(at, cell));
    return result.ok
      ? { ...result.value, content: { ...result.value.content, siretRestored: true } }
      : result.fault.reason;
  }

  #line(at: number, cell: Cell): Row {
    return { line: 0, cells: this.#right.map((text, i) => (i === at ? cell : text)) };
  }

  #padded(texts: readonly string[]): readonly string[] {
    const lacking = this.binding.headings.slice(texts.length).map(() => '');
    return [...texts, ...lacking];
  }

  /** Other texts that a cell may be given back as; a day of text whose year its file alone told, with the whole year. */
  #formsOf(cell: Cell): string[] {
    const { dates } = this.dialect;
    if (typeof cell !== 'object') {
      const day = dayOfText(textOf(cell), dates, this.binding.yearIsLast);
      return day.ok ? dates.map((format) => dayIn(day.value, format)) : [];
    }
    if ('date' in cell) return dates.map((format) => dayIn(cell.date, format));
    return 'number' in cell ? [cell.number, cell.number.padStart(SIRET_DIGITS, '0')] : [];
  }

  /** Cents as the dialect writes them; of three decimals nobody could say whether they are thousands. */
  #written(cents: number): string {
    const digits = this.dialect.unit === 'kEUR' ? 5 : 2;
    const padded = String(Math.abs(cents)).padStart(digits + 1, '0');
    const mark = this.dialect.decimal === '.' ? '.' : ',';
    return `${cents < 0 ? '-' : ''}${padded.slice(0, -digits)}${mark}${padded.slice(-digits)}`;
  }
}

/** Columns as they are bound in a file of which nothing else is known. */
function byItself(binding: SpendBinding): SpendBinding {
  const { doubts: _, yearIsLast: __, since1904: ___, ofOther: ____, section: _____, ...bare } = binding;
  return { ...bare, kinds: [], amounts: [], mayBeCut: false };
}

const isText = (cell: Cell): boolean => typeof cell === 'string';

/** A value of each field that its dialect reads. */
function rightLine({ dates, schemes, operations, decimal }: Dialect): Partial<Record<Field, string>> {
  const [label = '', code] = Object.entries(schemes)[0] ?? [];
  const from = schemeOf(code ?? '')?.paidFrom ?? '2010-01-15';
  return {
    reference: 'R1',
    siret: SIRET,
    paidOn: dayIn(from, dates[0] ?? 'iso'),
    scheme: label,
    amount: decimal === '.' ? '10.00' : '10,00',
    operation: Object.keys(operations ?? {})[0] ?? '',
  };
}

/** A day as a format writes it. */
function dayIn(day: string, format: Dialect['dates'][number]): string {
  const [year = '', month = '', date = ''] = day.split('-');
  if (format === 'french') return `${date}/${month}/${year}`;
  if (format === 'american') return `${month}/${date}/${year}`;
  return format === 'excel' ? String(Math.round((Date.parse(day) - Date.parse('1899-12-30')) / 86_400_000)) : day;
}
