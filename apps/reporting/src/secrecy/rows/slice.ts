/** A cell of a released row; null where nothing is known, or it is left out so that no firm is known by it. */
export type Cell = string | null;

/** What one source knows of firms, as rows that may be released. Rows of two slices cannot be joined. */
export interface Slice {
  readonly id: string;
  /** Names of its columns, in the order of cells. */
  readonly columns: readonly string[];
  readonly records: readonly SliceRecord[];
  /** What of tables its rows show. */
  readonly shows: readonly Shown[];
}

export interface SliceRecord {
  /** Told to nobody. */
  readonly firm: string;
  /** Codes of the dimensions by which it may be recognised; '' where it has none. */
  readonly at: Readonly<Record<string, string>>;
  /** By column. */
  readonly cells: readonly Cell[];
}

/** A number of tables of which rows show a part. */
export interface Shown {
  readonly measure: string;
  /** What a row with these cells adds to it: of a count exactly, else at least; null where its cells do not say. */
  of(cells: readonly Cell[]): number | null;
  readonly isCount: boolean;
  /** Whether firms of which there is no row in any class add to it as well. */
  readonly isOfOthersToo: boolean;
}

/** What is kept secret in rows: how many firms are alike, and how rare a value may be among them. */
export interface RowRule {
  /** Firms that share what they may be recognised by, at least. */
  readonly alike: number;
  /** Rows of a class that share a value that is told, at least. */
  readonly leastFirms: number;
  /** The most that one value may make of the rows of a class, 0 to 1. */
  readonly largestShare: number;
}

/** Firms that share what they may be recognised by. */
export interface RowClass {
  /** Recoded codes by dimension, of the dimensions that are told. */
  readonly at: Readonly<Record<string, string>>;
  /** The records of all its firms, told or not. */
  readonly records: readonly SliceRecord[];
  /** The rows that are told; none where the class has too few firms. */
  readonly rows: readonly (readonly Cell[])[];
}
