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

/** Windows by the days of agreement and of completion, by the one rule that there is (`spendWindows`); of few months for many firms. */
export class WindowsOfFirms {
  readonly #known = new Map<string, Windows | undefined>();

  days(enrolledOn: string, completedOn: string): Windows | undefined {
    const key = `${enrolledOn.slice(0, 7)} ${completedOn.slice(0, 7)}`;
    if (!this.#known.has(key)) this.#known.set(key, windowsOf(enrolledOn, completedOn));
    return this.#known.get(key);
  }
}

function windowsOf(enrolledOn: string, completedOn: string): Windows | undefined {
  const windows = spendWindows(enrolledOn, completedOn);
  if (!windows) return undefined;
  const span = ({ from, until }: { readonly from: string; readonly until: string }) => ({
    from: monthNumber(from),
    until: monthNumber(until),
  });
  return { before: span(windows.before), after: span(windows.after) };
}

/** What a firm spends, month by month, in cents; each month by its own price where one is given. */
export class MonthlySpend {
  readonly #months: readonly number[];
  /** Of all months before; one more than there are months. */
  readonly #sums: readonly number[];

  constructor({ said }: Pick<FirmSaid, 'said'>, priceOf: (month: number) => number = () => 1) {
    const months: number[] = [];
    const sums = [0];
    let sum = 0;
    // Days come in their order.
    for (const [day, cents] of said.get('spend') ?? []) {
      const month = monthNumber(day);
      sum += cents / priceOf(month);
      if (month === months.at(-1)) sums[months.length] = sum;
      else sums[months.push(month)] = sum;
    }
    this.#months = months;
    this.#sums = sums;
  }

  within({ from, until }: MonthSpan): number {
    return this.#before(until) - this.#before(from);
  }

  /** The sum of all months before one. */
  #before(month: number): number {
    let [low, high] = [0, this.#months.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#months[middle] as number) < month) low = middle + 1;
      else high = middle;
    }
    return this.#sums[low] as number;
  }
}
