import type { WrittenDialect } from '../src/dialect/dialect.js';
import { type CaseResult } from './read-case.js';
/** Small files as clerks and their programs write them. */
export declare const SIRET = '55208131706650';
export declare const HEADINGS: string[];
export declare const payment: (reference: string, amount: string, day?: string) => string[];
/** A cell: its text, a number in a format (a format code of Excel), or XML of its own. */
export type Written =
  | string
  | {
      readonly number: string;
      readonly format: string;
    }
  | {
      readonly xml: string;
    };
type Rows = readonly (readonly Written[])[];
export declare function csvOf(rows: readonly (readonly string[])[], delimiter?: string): Buffer;
export declare function xlsxOf(...sheets: readonly Rows[]): Buffer;
/** `style` is what stands within the data style `N` of the cell style `c`, which cells of their own XML can name. */
export declare function odsOf(rows: Rows, style?: string): Buffer;
/** A number of a sheet of OpenDocument in the style of `odsOf`. */
export declare const odsNumber: (value: string) => {
  xml: string;
};
/** Reads small files in a folder, each by the product's own way. */
export declare function readerIn(
  folder: string,
): (bytes: Buffer, dialect?: Partial<WrittenDialect>) => Promise<CaseResult>;
/** What was taken of a file in cents, or why it is refused as a whole; and why lines are refused. */
export declare function fateOf({ code, accepted, refused }: CaseResult): [taken: string | number[], refused: string[]];
