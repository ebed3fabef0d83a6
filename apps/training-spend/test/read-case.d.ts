import { type FileBytes } from '@gpect/tabular-files/open-table';
import { type WrittenDialect } from '../src/dialect/dialect.js';
import { type DecidedLines, type KeyedReading } from '../src/spend-file/decide-lines.js';
import { type Seen } from '../src/spend-line/table-reader.js';
export declare const CASE_DIALECT: WrittenDialect;
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
}
/** What becomes of a file, by the product's own way: opened, bound, read and decided. */
export declare function readTable(file: FileBytes, written: WrittenDialect): Promise<ReadTable>;
export interface CaseResult {
  readonly code?: string;
  readonly detail?: string;
  readonly accepted: readonly {
    readonly reference: string;
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
export declare function readCase(path: string, written?: WrittenDialect): Promise<CaseResult>;
