import { spendWindows } from '@gpect/domain-values/spend-windows';
import type { FirmSaid } from '../cube/firms.js';

/** Months of year 0; `until` is the first that is no longer inside. */
export interface MonthSpan {
  readonly from: number;
  readonly until: number;
}

/** Both windows in which a firm's spend is compared. */
export interface Windows {
  readonly before: MonthSpan;
  readonly after: MonthSpan;
}

/** The number of the month of a day or of a month. */
export const monthNumber = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

export const yearOfMonth = (month: number): number => Math.floor(month / 12);

/** The day on which a firm did something that it does once. */
export const dayOf = ({ said }: Pick<FirmSaid, 'said'>, measure: string): string | undefined =>
  said.get(measure)?.[0]?.[0];

/** Windows by the days of agreement and of completion, by the one rule that there is (`spendWindows`). */
export function windowsOf(enrolledOn: string, completedOn: string): Windows | undefined {
  const windows = spendWindows(enrolledOn, completedOn);
  if (!windows) return undefined;
  const span = ({ from, until }: { from: string; until: string }) => ({
    from: monthNumber(from),
    until: monthNumber(until),
  });
  return { before: span(windows.before), after: span(windows.after) };
}

/** What of a firm's spend is within some months, in cents; each month by its own price where one is given. */
export function spendWithin(
  { said }: Pick<FirmSaid, 'said'>,
  { from, until }: MonthSpan,
  priceOf: (month: number) => number = () => 1,
): number {
  let sum = 0;
  for (const [day, cents] of said.get('spend') ?? []) {
    const month = monthNumber(day);
    if (month >= from && month < until) sum += cents / priceOf(month);
  }
  return sum;
}
