import type { BoundTable } from '@gpect/tabular-files/bind-table';
import type { Remark } from '@gpect/tabular-files/remarks';
import type { Table } from '@gpect/tabular-files/table';
import { fileRemark, type SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect } from '../dialect/dialect.js';
import { DecidingLines, type KeyedReading, type RefusedLine } from '../spend-file/decide-lines.js';
import { readingFileOf, readingsOf } from '../spend-file/file-readings.js';
import { remarksOf, withNoticed } from '../spend-file/file-remarks.js';
import type { FileDocument } from '../spend-file/file-store.js';
import type { Counts } from '../spend-file/outcomes.js';
import { ownOutcomes, ownRefusals } from '../spend-file/settlements.js';
import { fileIdOf } from '../spend-line/file-id.js';
import { NOTHING_SEEN } from '../spend-line/file-reading.js';
import type { Content } from '../spend-line/spend-line.js';

/** How many lines are held against each other: each is in memory until the end. */
export const MOST_DECIDED = 50_000;

/** A line as it would be taken, after the lines above it. */
export interface DecidedLine {
  readonly one: KeyedReading;
  readonly outcome: keyof Counts;
  readonly refusal?: RefusedLine;
}

export interface DecidedFile {
  /** The first lines. */
  readonly shown: readonly DecidedLine[];
  readonly lines: number;
  readonly remarks: readonly Remark[];
}

/** A preview keeps nothing: this names no programme and no file. */
const PREVIEWED = fileIdOf('preview', 'preview', 'preview');

/**
 * What would become of the lines of a file where nothing is known but the file itself, and what its report would remark.
 * @param closed how many of these payments are later than the closing of their establishment
 */
export async function decideFile(
  table: Table,
  bound: BoundTable<SpendBinding>,
  dialect: Dialect,
  most: number,
  closed: (payments: readonly Content[]) => Promise<number>,
): Promise<DecidedFile> {
  const file = readingFileOf(PREVIEWED, bound, dialect);
  const together = new DecidingLines(file);
  const shown: DecidedLine[] = [];
  let remarks: FileDocument['remarks'] = { siretRestored: 0, establishmentClosed: 0, seen: NOTHING_SEEN };
  let [lines, last] = [0, 0];
  for await (const { readings, seen } of readingsOf(table, bound, dialect, file)) {
    const isTogether = lines < MOST_DECIDED;
    const deciding = isTogether ? together : new DecidingLines(file);
    const outcomes = deciding.decide(readings, new Map());
    for (const [i, one] of readings.slice(0, most - shown.length).entries())
      shown.push({ one, outcome: outcomes[i] ?? 'refused' });
    const contents = readings.flatMap(({ reading: { result } }) => (result.ok ? [result.value.content] : []));
    remarks = withNoticed(remarks, isTogether ? NOTHING_NOTICED : deciding, await closed(contents), seen);
    lines += readings.length;
    if (isTogether) last = readings.at(-1)?.row.line ?? last;
  }
  remarks = withNoticed(remarks, together, 0, remarks.seen ?? NOTHING_SEEN);
  const settled = ownOutcomes(together.settled, file.id);
  const refusals = new Map(ownRefusals(together, file.id).map((refusal) => [refusal.line, refusal]));
  const cut = lines > MOST_DECIDED ? [fileRemark('preview_cut', { line: last })] : [];
  return {
    shown: shown.map(({ one, outcome }) => {
      const { line } = one.row;
      const refusal = refusals.get(line);
      return { one, outcome: settled.get(line) ?? outcome, ...(refusal ? { refusal } : {}) };
    }),
    lines,
    remarks: [...remarksOf({ noted: bound.remarks, remarks }), ...cut],
  };
}

const NOTHING_NOTICED = { siretRestored: 0, rounded: 0, cutShort: 0, quotesMended: 0, repeatedHere: 0 };
