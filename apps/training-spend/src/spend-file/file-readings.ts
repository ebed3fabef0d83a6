import { setImmediate as turn } from 'node:timers/promises';
import { todayInParis } from '@gpect/domain-values/calendar';
import { type BoundPart, type BoundTable, placeOf, underHeadings } from '@gpect/tabular-files/bind-table';
import { type Table, textOf } from '@gpect/tabular-files/table';
import type { SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect, Field } from '../dialect/dialect.js';
import { FileReading, type Seen } from '../spend-line/file-reading.js';
import { TableReader } from '../spend-line/table-reader.js';
import { type KeyedReading, type ReadingFile, readLines } from './decide-lines.js';

/** Lines that are looked up and decided together: their rows are in memory no longer. */
const SLICE = 500;

/** What the lines of a file are decided by, under the headings that it has. */
export function readingFileOf(
  id: string,
  { parts, headings }: BoundTable<SpendBinding>,
  { differing }: Dialect,
): ReadingFile {
  return {
    id,
    differing,
    columnOf: (field) => {
      const first = parts[0]?.binding;
      const heading = first?.headings[first.at[field as Field] ?? first.at.reference ?? 0] ?? '';
      return { column: heading, at: Math.max(0, headings.indexOf(heading)) };
    },
  };
}

/**
 * The lines below the headings as they are read, some at a time, but for the first so many that have their outcome already.
 * These are read too where a file goes on: what totals below are compared with is known from the beginning alone.
 */
export async function* readingsOf(
  table: Table,
  bound: BoundTable<SpendBinding>,
  dialect: Dialect,
  of: ReadingFile,
  done = 0,
): AsyncGenerator<{ readings: KeyedReading[]; seen: Seen }> {
  let skip = done;
  let readings: KeyedReading[] = [];
  const file = new FileReading();
  for (const part of bound.parts) {
    const { until } = part.binding;
    const reader = new TableReader(dialect, part.binding, table, todayInParis(new Date()), file);
    for await (const batch of table.rows(part.at)) {
      const rows = batch[0] && batch[0].line > until ? batch : batch.filter((r) => r.line > until);
      // Read as they come, a batch at a time, so that the commit under way is not kept waiting for the whole chunk.
      const read = readLines(rows, reader, of);
      const fresh = skip > 0 ? read.slice(skip) : read;
      skip -= read.length - fresh.length;
      readings.push(...inPlace(fresh, part, bound));
      await turn();
      if (readings.length < SLICE) continue;
      yield { readings, seen: file.seen };
      readings = [];
    }
  }
  if (readings.length > 0) yield { readings, seen: file.seen };
}

/** Where several sheets are read, each line says where it stands, and its cells stand under the headings of all. */
function inPlace(readings: KeyedReading[], part: BoundPart, { parts, headings }: BoundTable): KeyedReading[] {
  if (parts.length === 1) return readings;
  return readings.map((reading) => ({
    ...reading,
    row: { ...reading.row, cells: underHeadings(reading.row.cells, part, headings) },
    toMend: () => underHeadings(reading.toMend(), part, headings).map(textOf),
    place: placeOf(reading.row, part),
  }));
}
