/** What a figure can be cut by. A year is the year in the field of what is counted, and is read from the cells themselves. */
export const DIMENSIONS = ['action', 'basin', 'carrier', 'section', 'size'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Where a unit stands: one value a dimension, but for the carriers of its action, who may be several. */
export interface Place {
  readonly programme: string;
  readonly action?: string;
  readonly basin?: string;
  readonly carrier?: readonly string[];
  readonly section?: string;
  readonly size?: string;
}

export type At = Readonly<Partial<Record<Dimension, string>>>;

/** Every set of dimensions that has cells: none (the programme), each one, and any two. */
export const GROUPINGS: readonly (readonly Dimension[])[] = [
  [],
  ...DIMENSIONS.map((d) => [d]),
  ...DIMENSIONS.flatMap((d, i) => DIMENSIONS.slice(i + 1).map((e) => [d, e])),
];

/** `basin+size`; the order in which they are asked does not matter. */
export function groupingOf(dimensions: readonly Dimension[]): string {
  return DIMENSIONS.filter((d) => dimensions.includes(d)).join('+');
}

export interface CellKey {
  readonly id: string;
  readonly programme: string;
  readonly by: string;
  readonly at: At;
}

export function cellKey(programme: string, at: At): CellKey {
  const by = groupingOf(Object.keys(at) as Dimension[]);
  const values = DIMENSIONS.flatMap((d) => at[d] ?? []);
  return { id: [programme, by, ...values].join('|'), programme, by, at };
}

/** The cells in which a unit of this place counts. */
export function cellsOf(place: Place, groupings: readonly (readonly Dimension[])[] = GROUPINGS): CellKey[] {
  return groupings.flatMap((dimensions) => {
    let ats: At[] = [{}];
    for (const dimension of dimensions) {
      const value = place[dimension];
      const values = value === undefined ? [] : typeof value === 'string' ? [value] : [...new Set(value)];
      ats = ats.flatMap((at) => values.map((v) => ({ ...at, [dimension]: v })));
    }
    return ats.map((at) => cellKey(place.programme, at));
  });
}
