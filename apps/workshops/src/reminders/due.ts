import type { CalendarDate } from '@gpect/domain-values/calendar';
import { addDays } from '@gpect/domain-values/calendar';

/** Days before a workshop on which those who are expected are reminded. */
export const DAYS_BEFORE = [7, 1] as const;

/** Which reminder of a workshop is due on a day: the last of those whose day has come, from a week before to the eve. Pure. */
export function dueReminder(plannedOn: CalendarDate, today: CalendarDate): number | undefined {
  if (plannedOn <= today) return undefined;
  return DAYS_BEFORE.findLast((days) => addDays(plannedOn, -days) <= today);
}
