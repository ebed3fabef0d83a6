import type { Remark } from '@gpect/tabular-files/remarks';
import { fileRemark } from '../dialect/bind-columns.js';
import type { NoteOfAmounts } from '../dialect/note-of-amounts.js';
import type { UnknownTitles } from '../dialect/sections.js';
import { NO_TOTAL_LINES, remarksOfTotals, TotalLines, type TotalsSeen } from './total-lines.js';

/** What was seen of a file beyond its single lines, from its beginning to where it was read. */
export interface Seen {
  readonly totals: TotalsSeen;
  /** Lines that repeat the headings, as a page break or a second table does. */
  readonly headings: { readonly count: number; readonly line: number };
  /** Titles that say nothing which is known, above lines that were read. */
  readonly titles?: UnknownTitles;
}
export const NOTHING_SEEN: Seen = { totals: NO_TOTAL_LINES, headings: { count: 0, line: 0 } };

/** What the parts of one file have in common while it is read. */
export class FileReading {
  readonly totals = new TotalLines();
  /** The same of payments alone: what stands between two totals may be a tax that is added. */
  readonly paid = new TotalLines();
  /** The first total that is what the lines above make, and says that they are in another unit or hold their tax. */
  noteOfTotal: (NoteOfAmounts & { readonly line: number }) | undefined;
  #headings = NOTHING_SEEN.headings;
  #titles: UnknownTitles | undefined;

  get seen(): Seen {
    const titles = this.#titles;
    return { totals: this.totals.seen, headings: this.#headings, ...(titles ? { titles } : {}) };
  }

  /** Another table begins. */
  begin(): void {
    this.totals.begin();
    this.paid.begin();
  }

  unknownTitle(line: number, title: string): void {
    this.#titles = { line, title, ...this.#titles, count: (this.#titles?.count ?? 0) + 1 };
  }

  headingsAgain(line: number): void {
    this.#headings = { count: this.#headings.count + 1, line: this.#headings.line || line };
  }
}

/** What is said of a file for what was seen of it. */
export function remarksOfSeen({ totals, headings, titles }: Seen): Remark[] {
  return [
    ...(titles ? [fileRemark('title_unknown', { ...titles })] : []),
    ...(headings.count > 0 ? [fileRemark('headings_repeated', { count: headings.count, line: headings.line })] : []),
    ...remarksOfTotals(totals),
  ];
}
