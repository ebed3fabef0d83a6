/** What every export is made of: a titled table. Amounts are in euros; null is masked by statistical secrecy. */
export interface Sheet {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly SheetCell[])[];
  /** How its numbers are written. */
  readonly numbers?: 'euros' | 'shares';
  readonly notes?: readonly string[];
}

export type SheetCell = string | number | null;
