/** How much of a measure a cell has, and on what it rests. */
export interface Stat {
  /** In the unit of the measure: a count, or euro cents. */
  readonly value: number;
  /** Distinct firms behind it; 0 for what no firm stands behind, as workshops. */
  readonly firms: number;
  /** The largest amount of one firm, without its sign. */
  readonly largest: number;
}

/** One cell of a table: where it stands, and what it holds. */
export interface Cell {
  /** By dimension; '' where the firms of this cell have no value of it. */
  readonly at: Readonly<Record<string, string>>;
  readonly of: ReadonlyMap<string, Stat>;
}
