/** Codes as people count: sizes and years by the number that they begin with (50-99 before 100-249), the rest by their letters. */
export const inOrder = (a: string, b: string): number =>
  Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1);
