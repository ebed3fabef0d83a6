import { addDays, addMonths, type CalendarDate, monthOf } from '@gpect/domain-values/calendar';
import type { DisclosureRule } from '@gpect/domain-values/disclosure';

/**
 * Whether figures are to be released again: by day, by the Monday of a week, by the first of a month or of a quarter. One that
 * was missed is made up for on the next day. Days in Paris.
 */
export function isDue(today: CalendarDate, last: CalendarDate, every: DisclosureRule['every']): boolean {
  return last < periodOf(today, every);
}

/** The first day of the period that a day is in. */
function periodOf(day: CalendarDate, every: DisclosureRule['every']): CalendarDate {
  if (every === 'DAY') return day;
  if (every === 'WEEK') return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
  const month = monthOf(day);
  if (every === 'MONTH') return `${month}-01`;
  return `${addMonths(month, -((Number(month.slice(5, 7)) - 1) % 3))}-01`;
}
