import type { Refusal } from '@gpect/service-kit/aggregate/aggregate';
import type { Said } from '@gpect/tabular-files/messages';
import { type Row, textOf } from '@gpect/tabular-files/table';
import { AlikeButForZeros } from '../spend-line/alike-but-for-zeros.js';
import { isIn, ofFunder, originIn } from '../spend-line/file-id.js';
import { identityOf, keptAs, type LineDocument, type LineWrite } from '../spend-line/kept-line.js';
import type { LineFault, Reading } from '../spend-line/read-line.js';
import { decideKnown, type Settlement } from '../spend-line/spend-line.js';
import { type Counts, NO_COUNTS, NO_OUTCOMES, NO_TOTALS, type Outcomes, type Totals } from './outcomes.js';
import type { ReferencedChange } from './spend-file.js';

/** A line as it was read, with the key under which it is known. */
export interface KeyedReading {
  readonly row: Row;
  /** Where it stands within its sheet, where several are read. */
  readonly place?: Said;
  readonly reading: Reading;
  readonly id: string | undefined;
  /** Its cells as texts that the same endpoint reads as it read them, should it be refused. */
  toMend(): readonly string[];
}

class LineRead implements KeyedReading {
  constructor(
    readonly row: Row,
    readonly reading: Reading,
    readonly id: string | undefined,
    private readonly reader: LineByLine,
  ) {}

  toMend(): readonly string[] {
    return this.reader.toMend?.(this.row, this.reading) ?? this.row.cells.map(textOf);
  }
}

export interface RefusedLine {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
  readonly detail: string;
  readonly detailEn: string;
  readonly cells: readonly string[];
}

/** What became of some lines of a file: everything that one transaction writes. */
export interface DecidedLines {
  readonly counts: Counts;
  readonly cents: Outcomes;
  readonly totals: Totals;
  readonly siretRestored: number;
  readonly rounded: number;
  readonly cutShort: number;
  readonly quotesMended: number;
  /** Lines that repeat another of the same file to the letter: two payments under one reference, or one written twice. */
  readonly repeatedHere: number;
  readonly writes: ReadonlyMap<string, LineWrite>;
  readonly changes: readonly ReferencedChange[];
  readonly refusals: readonly RefusedLine[];
  readonly settled: readonly (Settlement & { readonly reference: string })[];
}

export interface ReadingFile {
  readonly id: string;
  readonly differing: 'refuse' | 'correct';
  /** Heading of the column of a field, where a decision refuses a line for it. */
  readonly columnOf: (field: string | undefined) => { column: string; at: number };
}

/** What reads lines, and writes those that are refused. */
interface LineByLine {
  read(row: Row): (Reading & { readonly row?: Row }) | undefined;
  toMend?(row: Row, reading: Reading): readonly string[];
}

/** The lines among some rows, as they are read. */
export function readLines(rows: readonly Row[], reader: LineByLine, file: ReadingFile): KeyedReading[] {
  const prefix = ofFunder(file.id);
  const readings: KeyedReading[] = [];
  for (const row of rows) {
    const reading = reader.read(row);
    if (!reading) continue;
    const id = reading.result.ok ? prefix + reading.result.value.reference : undefined;
    readings.push(new LineRead(reading.row ?? row, reading, id, reader));
  }
  return readings;
}

/** Decides some lines, each on what the ones before have made of it. Pure. */
export function decideLines(
  readings: readonly KeyedReading[],
  known: ReadonlyMap<string, LineDocument>,
  file: ReadingFile,
): DecidedLines {
  const lines = new DecidingLines(file);
  lines.decide(readings, known);
  return lines;
}

/**
 * The lines of one transaction, decided as they come: a line that is decided needs its row no more, so that few rows are
 * in memory at a time. Each is decided on what the ones before have made of it.
 */
export class DecidingLines implements DecidedLines {
  readonly counts: Record<keyof Counts, number> = { ...NO_COUNTS };
  readonly cents: Record<keyof Outcomes, number> = { ...NO_OUTCOMES };
  readonly totals: { -readonly [Total in keyof Totals]: Totals[Total] } = { ...NO_TOTALS };
  readonly writes = new Map<string, LineWrite>();
  readonly changes: ReferencedChange[] = [];
  readonly refusals: RefusedLine[] = [];
  readonly settled: (Settlement & { reference: string })[] = [];
  siretRestored = 0;
  rounded = 0;
  cutShort = 0;
  quotesMended = 0;
  repeatedHere = 0;
  readonly #alike = new AlikeButForZeros([]);

  constructor(private readonly file: ReadingFile) {}

  /**
   * @param known what was known of these lines, and of those that may be one of them, before this transaction
   * @returns what became of each line, in their order
   */
  decide(readings: readonly KeyedReading[], known: ReadonlyMap<string, LineDocument>): (keyof Counts)[] {
    for (const key of known.keys()) this.#alike.add(key);
    const standing = (key: string) => this.writes.get(key)?.after ?? known.get(key);
    return readings.map((one) => this.#decide(one, standing));
  }

  #decide(one: KeyedReading, standing: (key: string) => LineDocument | undefined): keyof Counts {
    const { id, reading } = one;
    const { result, amountCents } = reading;
    this.totals.lines++;
    if (reading.total) {
      this.counts.total++;
      return 'total';
    }
    if (amountCents === undefined) this.totals.unreadableAmounts++;
    else this.totals.cents += amountCents;
    if (reading.noticed.rounded) this.rounded++;
    if (reading.noticed.cutShort) this.cutShort++;
    if (reading.noticed.quotesMended) this.quotesMended++;
    if (!result.ok) return this.#refuse(one, result.fault);
    // What was read has its key.
    if (id === undefined) throw new Error(`line ${one.row.line} has no key`);
    const { kind, content } = result.value;
    const origin = originIn(this.file.id, one.row.line);
    const saying = { kind, content, origin, differing: this.file.differing };
    const decision = decideKnown(saying, standing(id), this.#alike.of(id, standing));
    if (!decision.ok) {
      return this.#refuse(one, faultOf(decision.fault, one.row, this.file));
    }
    const { outcome, line, changes, settled, key = id } = decision.value;
    const before = standing(key);
    // What was said of it goes on under the reference that it was said with.
    const reference = before ? identityOf(before).reference : result.value.reference;
    if (outcome === 'repeated' && before?.entries.some((e) => isIn(this.file.id, e.origins[0]))) this.repeatedHere++;
    this.counts[outcome]++;
    this.cents[outcome] += content.amountCents;
    if (content.siretRestored) this.siretRestored++;
    const after = keptAs(key, before, line);
    if (after !== before) {
      const written = this.writes.get(key);
      this.writes.set(key, { before: written ? written.before : before, after });
      this.#alike.add(key);
    }
    for (const change of changes) this.changes.push({ reference, change });
    for (const settlement of settled) this.settled.push({ reference, ...settlement });
    return outcome;
  }

  #refuse(one: KeyedReading, { column, value, reason, said }: LineFault): 'refused' {
    const { row, place, reading } = one;
    this.refusals.push({
      line: row.line,
      column,
      value,
      reason,
      detail: (place?.fr ?? '') + said.fr,
      detailEn: (place?.en ?? '') + said.en,
      cells: one.toMend(),
    });
    this.counts.refused++;
    this.cents.refused += reading.amountCents ?? 0;
    return 'refused';
  }
}

function faultOf(refusal: Refusal & { readonly said?: Said }, row: Row, { columnOf }: ReadingFile): LineFault {
  const { code, detail, field, said = { fr: detail, en: detail } } = refusal;
  const { column, at } = columnOf(field);
  return { column, value: textOf(row.cells[at]), reason: code, said };
}
