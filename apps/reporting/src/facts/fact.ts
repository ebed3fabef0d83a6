/**
 * So much of a measure, on a day in the field. A measure is a figure's id, or that and a part (`spend:funder:opca-a` is the
 * part `opca-a` of `spend:funder`); one that begins with `~` is what subtraction of others gives: it is told to nobody.
 */
export type Fact = readonly [measure: string, day: string, amount: number, theme?: string | undefined];

/** Before any day: of what was told without one, where nothing bounds it. */
export const ALWAYS = '0001-01-01';
