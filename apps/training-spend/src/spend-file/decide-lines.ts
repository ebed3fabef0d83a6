import { inProgramme } from '@gpect/domain-values/identifiers';
import type { Refusal } from '@gpect/service-kit/aggregate/aggregate';
import type { Said } from '@gpect/tabular-files/messages';
import { type Row, textOf } from '@gpect/tabular-files/table';
import { AlikeButForZeros } from '../spend-line/alike-but-for-zeros.js';
import { identityOf, keptAs, type LineDocument, type LineWrite } from '../spend-line/line-store.js';
import type { LineFault, Reading } from '../spend-line/read-line.js';
import { decideKnown, type Settlement } from '../spend-line/spend-line.js';
import { type Counts, type Fates, NO_COUNTS, NO_FATES, NO_TOTALS, type Totals } from './fates.js';
import type { ReferencedChange } from './spend-file.js';

/** A line as it was read, with the key under which it is known. */
export interface KeyedReading {
  readonly row: Row;
  /** Where it stands within its sheet, where several are read. */
  readonly place?: Said;
  readonly reading: Reading;
  readonly id: string | undefined;
  /** Its cells as texts that the same door reads as it read them, should it be refused. */
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
  readonly cents: Fates;
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
  readonly programme: string;
  readonly funder: string;
  readonly shortId: string;
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
export function readLines(
  rows: readonly Row[],
  reader: LineByLine,
  { programme, funder }: ReadingFile,
): KeyedReading[] {
  const prefix = inProgramme(programme, funder, '');
  const readings: KeyedReading[] = [];
  for (const row of rows) {
    const reading = reader.read(row);
    if (!reading) continue;
    const id = reading.result.ok ? prefix + reading.result.value.reference : undefined;
    readings.push(new LineRead(reading.row ?? row, reading, id, reader));
  }
  return readings;
}

/** Decides line after line, each on what the ones before have made of it. Pure. */
export function decideLines(
  readings: readonly KeyedReading[],
  known: ReadonlyMap<string, LineDocument>,
  file: ReadingFile,
): DecidedLines {
  const counts: Record<keyof Counts, number> = { ...NO_COUNTS };
  const cents: Record<keyof Fates, number> = { ...NO_FATES };
  const totals = { ...NO_TOTALS };
  const writes = new Map<string, LineWrite>();
  const changes: ReferencedChange[] = [];
  const refusals: RefusedLine[] = [];
  const settled: (Settlement & { reference: string })[] = [];
  const alike = new AlikeButForZeros(known.keys());
  let siretRestored = 0;
  let rounded = 0;
  let cutShort = 0;
  let quotesMended = 0;
  let repeatedHere = 0;
  for (const one of readings) {
    const { row, place, id, reading } = one;
    const { result, amountCents } = reading;
    totals.lines++;
    if (reading.total) {
      counts.total++;
      continue;
    }
    if (amountCents === undefined) totals.unreadableAmounts++;
    else totals.cents += amountCents;
    if (reading.noticed.rounded) rounded++;
    if (reading.noticed.cutShort) cutShort++;
    if (reading.noticed.quotesMended) quotesMended++;
    const refuse = ({ column, value, reason, said }: LineFault) => {
      refusals.push({
        line: row.line,
        column,
        value,
        reason,
        detail: (place?.fr ?? '') + said.fr,
        detailEn: (place?.en ?? '') + said.en,
        cells: one.toMend(),
      });
      counts.refused++;
      cents.refused += amountCents ?? 0;
    };
    if (!result.ok || id === undefined) {
      if (!result.ok) refuse(result.fault);
      continue;
    }
    const { kind, content } = result.value;
    const standing = (key: string) => writes.get(key)?.after ?? known.get(key);
    const origin = { file: file.shortId, line: row.line };
    const saying = { kind, content, origin, differing: file.differing };
    const own = standing(id);
    const decision = decideKnown(own, alike.of(id, standing), saying);
    if (!decision.ok) {
      refuse(faultOf(decision.fault, row, file));
      continue;
    }
    const { fate, line, changes: made, settled: settles, key = id } = decision.value;
    const written = writes.get(key);
    const before = standing(key);
    // What was said of it goes on under the reference that it was said with.
    const reference = before ? identityOf(before).reference : result.value.reference;
    if (fate === 'repeated' && before?.entries.some((e) => e.origins[0]?.file === file.shortId)) repeatedHere++;
    counts[fate]++;
    cents[fate] += content.amountCents;
    if (content.siretRestored) siretRestored++;
    const after = keptAs(key, before, line);
    if (after !== before) {
      writes.set(key, { before: written ? written.before : before, after });
      alike.add(key);
    }
    for (const change of made) changes.push({ reference, change });
    for (const settlement of settles) settled.push({ reference, ...settlement });
  }
  return {
    counts,
    cents,
    totals,
    siretRestored,
    rounded,
    cutShort,
    quotesMended,
    repeatedHere,
    writes,
    changes,
    refusals,
    settled,
  };
}

function faultOf(refusal: Refusal & { readonly said?: Said }, row: Row, { columnOf }: ReadingFile): LineFault {
  const { code, detail, field, said = { fr: detail, en: detail } } = refusal;
  const { column, at } = columnOf(field);
  return { column, value: textOf(row.cells[at]), reason: code, said };
}
