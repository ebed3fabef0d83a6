/** How much of a measure a cell has, and on what it rests. */
export interface Stat {
  readonly value: number;
  /** Firms behind it, each once. */
  readonly firms: number;
  /** The largest that one firm makes of it, without its sign. */
  readonly largest: number;
}

/** What counts in one place. */
export interface Cell {
  /** Value by dimension; '' where there is none. */
  readonly at: Readonly<Record<string, string>>;
  readonly of: ReadonlyMap<string, Stat>;
}

/** What is asked of the cube; all of one question is of one instant. */
export interface Question {
  /** Which programmes; all where nothing is said. */
  readonly programmes?: readonly string[];
  /** The dimensions to cut by; none gives one cell. */
  readonly by: readonly string[];
  readonly where?: Readonly<Record<string, string>>;
  /** A day in the field up to which facts count. */
  readonly asOf?: string | undefined;
  /** Measures; `spend:*` is `spend` with all its parts. All where nothing is said. */
  readonly measures?: readonly string[] | undefined;
  /** A remainder for each of these: what is left of a total without its parts. */
  readonly rests?: readonly Rest[];
}

/** `measure` is what is left of `total` without `parts`, firm by firm. */
export interface Rest {
  readonly measure: string;
  readonly total: string;
  readonly parts: readonly string[];
}

/** What counts: a firm (or a workshop, which is no firm) in one programme, where it stands, and what it says. */
export interface Unit {
  readonly id: string;
  readonly programme: string;
  /** Known by this in every programme; absent where it is no firm. */
  readonly firm?: string;
  /** Whether another unit of its programme is of the same firm. */
  readonly isFirmOfSeveral?: boolean;
  /** Values by dimension. */
  readonly place: Readonly<Record<string, readonly string[]>>;
  readonly facts: readonly (readonly [measure: string, day: string, amount: number, theme?: string | undefined])[];
  /** Numbers and days by which it is looked up. */
  readonly marks?: Readonly<Record<string, number>>;
}
