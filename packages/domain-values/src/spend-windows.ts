import { addMonths, type CalendarDate, type Month, monthOf } from './calendar.js';

/** Whole calendar months; `until` is the first month that is no longer inside. */
export interface MonthWindow {
  readonly from: Month;
  readonly until: Month;
}

/** The rule of `spendWindows`, in words. */
export const WINDOW_RULE =
  'before: the 12 calendar months that end before the month of enrolment; after: the 12 calendar months that follow the month of completion; accompanied firms alone';

/** The months in which an accompanied firm's spend is compared (WINDOW_RULE); none for a firm that did not complete. */
export function spendWindows(
  enrolledOn: CalendarDate | undefined,
  completedOn: CalendarDate | undefined,
): { before: MonthWindow; after: MonthWindow } | undefined {
  if (!enrolledOn || !completedOn) return undefined;
  const enrolled = monthOf(enrolledOn);
  const end = addMonths(monthOf(completedOn), 1);
  return {
    before: { from: addMonths(enrolled, -12), until: enrolled },
    after: { from: end, until: addMonths(end, 12) },
  };
}

export function isWithin(month: Month, { from, until }: MonthWindow): boolean {
  return month >= from && month < until;
}
