import { Temporal } from 'temporal-polyfill';
import { fail, ok, type Result } from './result.js';

/** A calendar date `YYYY-MM-DD` (Europe/Paris), compared as a string. */
export type CalendarDate = string;
/** A calendar month `YYYY-MM`, compared as a string. */
export type Month = string;

/** How a source writes its days; `american` is month first, `excel` the days since 1899-12-30 (a spreadsheet's serial). */
export type DateFormat = 'french' | 'iso' | 'american' | 'excel';

/** A time of day behind a date is dropped: what happened is known by its day. */
const TIME = String.raw`(?:[T ]\d{1,2}[:h]\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?`;
const NUMERIC = String.raw`(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})`;
const PATTERNS = {
  french: new RegExp(`^${NUMERIC}${TIME}$`),
  american: new RegExp(`^${NUMERIC}${TIME}$`),
  iso: new RegExp(String.raw`^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})${TIME}$`),
} as const;

/** Serials from 1950-01-01 to 2099-12-31: a smaller or larger number is something else. */
const FIRST_SERIAL = 18_264;
const LAST_SERIAL = 73_050;

/**
 * Reads a day in one format. A day that the calendar does not have (31/02) is a fault. Two-digit years by POSIX's rule:
 * 69 to 99 are of the last century, 00 to 68 of this one.
 */
export function readDate(raw: string, format: DateFormat): Result<CalendarDate, 'date_unreadable'> {
  const text = raw.trim();
  if (format === 'excel') return readSerial(text);
  const match = PATTERNS[format].exec(text);
  if (!match) return fail('date_unreadable');
  const [, first = '', , second = '', third = ''] = match;
  if (format === 'iso') return dateOf(first, second, third);
  return format === 'french' ? dateOf(third, second, first) : dateOf(third, first, second);
}

function readSerial(text: string): Result<CalendarDate, 'date_unreadable'> {
  const days = /^\d{5}(?:[.,]\d+)?$/.test(text) ? Number(text.slice(0, 5)) : 0;
  if (days < FIRST_SERIAL || days > LAST_SERIAL) return fail('date_unreadable');
  return ok(Temporal.PlainDate.from('1899-12-30').add({ days }).toString());
}

function dateOf(year: string, month: string, day: string): Result<CalendarDate, 'date_unreadable'> {
  const century = year.length === 4 ? 0 : Number(year) >= 69 ? 1900 : 2000;
  try {
    return ok(
      Temporal.PlainDate.from(
        { year: century + Number(year), month: Number(month), day: Number(day) },
        { overflow: 'reject' },
      ).toString(),
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

/** The instant of a day and a time of day (`HH:MM`) in Paris; midnight where none is given. */
export function instantInParis(date: CalendarDate, time = '00:00'): Date {
  const { epochMilliseconds } = Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime('Europe/Paris');
  return new Date(epochMilliseconds);
}

/** The later of two days. */
export function later(a: CalendarDate, b: CalendarDate): CalendarDate {
  return [a, b].sort()[1] as CalendarDate;
}

export function monthOf(date: CalendarDate): Month {
  return date.slice(0, 7);
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

export function addMonths(month: Month, count: number): Month {
  return Temporal.PlainYearMonth.from(month).add({ months: count }).toString();
}
