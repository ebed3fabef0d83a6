import type { Recoding } from './recoding.js';
import type { Cell } from './slice.js';

/** A slice of a release: how firms are said in it, and its classes. */
export interface KeptSlice {
  readonly slice: string;
  readonly recoding: Recoding;
  /** Firms of which there is no row, to so many as are alike. */
  readonly leftOut: number;
  readonly classes: readonly KeptClass[];
}

export interface KeptClass {
  readonly at: Readonly<Record<string, string>>;
  /** Of the release that its rows are of. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** The release of which its rows are, where that is an older one. */
  readonly of?: string;
  /** Marks of its firms by these columns: the next release is held against them. */
  readonly behind: string;
}

/** Cells of some columns in the order of others; null for a column that was not there. */
export function inOrder(of: readonly string[], by: readonly string[]): (cells: readonly Cell[]) => Cell[] {
  const places = by.map((column) => of.indexOf(column));
  return (cells) => places.map((place) => cells[place] ?? null);
}
