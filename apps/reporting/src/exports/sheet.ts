/** What every export is made of: a titled table. Amounts are in euros; null is masked by statistical secrecy. */
export interface Sheet {
  /** Of the first one: what the whole document is, of which part and which release. */
  readonly of?: readonly string[];
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly SheetCell[])[];
  /** How its numbers are written. */
  readonly numbers?: 'euros' | 'shares';
  readonly notes?: readonly string[];
}

/** How a masked number is written: the sign of INSEE's tables. */
export const MASKED = 's';

export type SheetCell = string | number | null;
