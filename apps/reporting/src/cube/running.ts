/** After every day. */
export const FOR_EVER = 99_999_999;

/** What a unit says of a measure on a day. */
export interface Said {
  readonly measure: number;
  /** yyyymmdd. */
  readonly day: number;
  readonly amount: number;
  readonly theme: string | null;
}

/** With what the unit makes of the measure from that day on (`total`), and the day on which it makes something else. */
export interface Running extends Said {
  readonly until: number;
  readonly total: number;
}

/**
 * What one unit says, each with the sum up to there: what it makes of a measure as of any day is then one row of it, and not
 * a sum of many. Of several of one day the last holds, and the others hold on no day (`until` is their own).
 */
export function running(said: readonly Said[]): Running[] {
  const inOrder = [...said].sort((a, b) => a.measure - b.measure || a.day - b.day);
  let total = 0;
  return inOrder.map(({ measure, day, amount, theme }, i) => {
    const [before, after] = [inOrder[i - 1], inOrder[i + 1]];
    total = before?.measure === measure ? total + amount : amount;
    return { measure, day, amount, theme, total, until: after?.measure === measure ? after.day : FOR_EVER };
  });
}
