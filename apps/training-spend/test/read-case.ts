import { createReadStream, readFileSync, statSync } from 'node:fs';
import { type FileBytes, openTable } from '@gpect/tabular-files/open-table';
import { FileUnreadable } from '@gpect/tabular-files/unreadable';
import { bindSpend } from '../src/dialect/bind-columns.js';
import { completed, type Dialect, type WrittenDialect } from '../src/dialect/dialect.js';
import {
  type DecidedLines,
  decideLines,
  type KeyedReading,
  type ReadingFile,
  readLines,
} from '../src/spend-file/decide-lines.js';
import { remarksOf, withNoticed } from '../src/spend-file/file-remarks.js';
import { NOT_BEGUN } from '../src/spend-file/file-store.js';
import { FileReading, NOTHING_SEEN, remarksOfSeen, type Seen } from '../src/spend-line/file-reading.js';
import type { LineDocument } from '../src/spend-line/kept-line.js';
import { TableReader } from '../src/spend-line/table-reader.js';
import { readThrough } from '../src/spend-line/whole-file.js';

/** What the case files are read by, at every endpoint. */
export const CASE_DIALECT = JSON.parse(
  readFileSync(new URL('case-dialect.json', import.meta.url), 'utf8'),
) as WrittenDialect;

/** What a file is to the product before anything is kept: each of its lines as it was read, and what they became. */
export interface ReadTable {
  /** Why the file as a whole was refused. */
  readonly code?: string;
  /** What was said for it. */
  readonly detail?: string;
  readonly readings: readonly KeyedReading[];
  readonly decided?: DecidedLines;
  readonly remarks: readonly string[];
  readonly totals: Seen['totals'];
  readonly said: readonly string[];
  /** Under which its refused lines are given back, and with which separator. */
  readonly headings?: readonly string[];
  readonly delimiter?: string;
}

const FILE: ReadingFile = {
  id: 'p/f/x',
  differing: 'refuse',
  columnOf: () => ({ column: 'Référence', at: 0 }),
};
const REFUSED: ReadTable = { readings: [], remarks: [], totals: NOTHING_SEEN.totals, said: [] };

/** What becomes of a file, by the product's own way: opened, bound, read and decided. */
export async function readTable(
  file: FileBytes,
  written: WrittenDialect,
  known: ReadonlyMap<string, LineDocument> = new Map(),
): Promise<ReadTable> {
  const dialect: Dialect = completed(written);
  try {
    const table = await openTable(file, dialect);
    try {
      const bound = bindSpend(table, dialect);
      if (!bound.ok) return { ...REFUSED, code: bound.fault.code, detail: bound.fault.said.fr };
      const dated = await readThrough(table, bound.value, dialect, '2026-11-25');
      if (!dated.ok) return { ...REFUSED, code: dated.fault.code, detail: dated.fault.said.fr };
      const readings: KeyedReading[] = [];
      const whole = new FileReading();
      for (const { at, binding } of dated.value.parts) {
        const reader = new TableReader(dialect, binding, table, '2026-11-25', whole);
        for await (const rows of table.rows(at)) {
          const below = rows.filter((row) => row.line > binding.until);
          readings.push(...readLines(below, reader, FILE));
        }
      }
      const decided = decideLines(readings, known, FILE);
      const remarks = withNoticed(NOT_BEGUN.remarks, decided, 0, whole.seen);
      return {
        readings,
        decided,
        remarks: remarksOf({ noted: dated.value.remarks, remarks }).map(({ code }) => code),
        totals: whole.seen.totals,
        said: remarksOfSeen(whole.seen).map(({ said }) => said.fr),
        headings: bound.value.headings,
        ...(table.delimiter ? { delimiter: table.delimiter } : {}),
      };
    } finally {
      table.close();
    }
  } catch (error) {
    if (error instanceof FileUnreadable) return { ...REFUSED, code: error.code, detail: error.said.fr };
    throw error;
  }
}

export interface CaseResult {
  readonly code?: string;
  readonly detail?: string;
  readonly accepted: readonly {
    readonly reference: string;
    readonly siret: string;
    readonly cents: number;
    readonly paidOn: string;
  }[];
  readonly refused: Readonly<Record<string, string>>;
  /** What is said of each refused line. */
  readonly details: readonly string[];
  readonly remarks: readonly string[];
  /** What is said of totals and headings. */
  readonly said: readonly string[];
  readonly totals: number;
}

/** The same of a file on disk, as its funder would look at it. */
export async function readCase(path: string, written: WrittenDialect = CASE_DIALECT): Promise<CaseResult> {
  const { size } = statSync(path);
  const file = { size, open: () => createReadStream(path), path: async () => path };
  const { code, detail, decided, remarks, said } = await readTable(file, written);
  const accepted = [...(decided?.writes.values() ?? [])].flatMap(({ after }) =>
    after.entries.map(({ content }) => ({
      reference: after._id.slice(4),
      siret: content.siret,
      cents: content.amountCents,
      paidOn: content.paidOn,
    })),
  );
  return {
    ...(code ? { code } : {}),
    ...(detail ? { detail } : {}),
    accepted,
    refused: Object.fromEntries((decided?.refusals ?? []).map(({ line, reason }) => [line, reason])),
    details: (decided?.refusals ?? []).map(({ detail: of }) => of),
    remarks,
    said,
    totals: decided?.counts.total ?? 0,
  };
}
