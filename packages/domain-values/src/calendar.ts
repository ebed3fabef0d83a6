import { Temporal } from 'temporal-polyfill';
import { fail, ok, type Result } from './result.js';

/** A calendar date `YYYY-MM-DD` (Europe/Paris), compared as a string. */
export type CalendarDate = string;
/** A calendar month `YYYY-MM`, compared as a string. */
export type Month = string;

/** Reads `dd/mm/yyyy` (french) or `yyyy-mm-dd` (iso). A day that the calendar does not have (31/02) is a fault. */
export function readDate(raw: string, format: 'french' | 'iso'): Result<CalendarDate, 'date_unreadable'> {
  const match =
    format === 'french'
      ? /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/.exec(raw.trim())
      : /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/.exec(raw.trim());
  if (!match?.groups) return fail('date_unreadable');
  const [year, month, day] = [match.groups['year'], match.groups['month'], match.groups['day']].map(Number);
  try {
    return ok(
      Temporal.PlainDate.from({ year: year ?? 0, month: month ?? 0, day: day ?? 0 }, { overflow: 'reject' }).toString(),
    );
  } catch {
    return fail('date_unreadable');
  }
}

/** Today in Paris, the programme's calendar. */
export function todayInParis(now: Date): CalendarDate {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO('Europe/Paris')
    .toPlainDate()
    .toString();
}

export function monthOf(date: CalendarDate): Month {
  return date.slice(0, 7);
}

export function addMonths(month: Month, count: number): Month {
  return Temporal.PlainYearMonth.from(month).add({ months: count }).toString();
}
