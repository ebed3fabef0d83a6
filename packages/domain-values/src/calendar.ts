import { Temporal } from 'temporal-polyfill';
import { fail, ok, type Result } from './result.js';

/** A calendar date `YYYY-MM-DD` (Europe/Paris), compared as a string. */
export type CalendarDate = string;
/** A calendar month `YYYY-MM`, compared as a string. */
export type Month = string;

/** How a source writes its days; `american` is month first, `excel` the days since 1899-12-30 (a spreadsheet's serial). */
export type DateFormat = 'french' | 'iso' | 'american' | 'excel';

/**
 * A time of day behind a date. What happened is known by its day, so it is dropped; with an offset (RFC 3339) it is an
 * instant, which has its day in Paris.
 */
const TIME = String.raw`(?:(?:[Tt]| +)(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,]\d+)?)?( ?(?:[Zz]|[+-]\d{2}(?::?\d{2})?))?)?`;
const NUMERIC = String.raw`(\d{1,2})([/.\- \u00a0\u202f])(\d{1,2})\2(\d{4}|\d{2})`;
const PATTERNS = {
  french: new RegExp(`^${NUMERIC}${TIME}$`),
  american: new RegExp(`^${NUMERIC}${TIME}$`),
  iso: new RegExp(String.raw`^(\d{4})([/.\- \u00a0\u202f])(\d{1,2})\2(\d{1,2})${TIME}$`),
} as const;

/** A year outside of these is a slip of the pen. */
export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2199;

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
  const [, first = '', , second = '', third = '', ...time] = match;
  if (format === 'iso') return dayOf([first, second, third], time);
  return dayOf(format === 'french' ? [third, second, first] : [third, first, second], time);
}

function readSerial(text: string): Result<CalendarDate, 'date_unreadable'> {
  const days = /^\d{5}(?:[.,]\d+)?$/.test(text) ? Number(text.slice(0, 5)) : 0;
  if (days < FIRST_SERIAL || days > LAST_SERIAL) return fail('date_unreadable');
  return ok(Temporal.PlainDate.from('1899-12-30').add({ days }).toString());
}

type Texts = readonly (string | undefined)[];
interface Written {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The day that is written, or that an instant has in Paris. */
function dayOf([year = '', month = '', day = '']: Texts, time: Texts): Result<CalendarDate, 'date_unreadable'> {
  const century = year.length === 4 ? 0 : Number(year) >= 69 ? 1900 : 2000;
  const written = { year: century + Number(year), month: Number(month), day: Number(day) };
  if (time[0] === undefined) return plainDay(written);
  try {
    const inParis = dayInParis(Temporal.PlainDate.from(written, { overflow: 'reject' }), time);
    if (!inParis || inParis.year < FIRST_YEAR || inParis.year > LAST_YEAR) return fail('date_unreadable');
    return ok(inParis.toString());
  } catch {
    // A day, an hour or an offset that there is not.
    return fail('date_unreadable');
  }
}

/** A day alone, as nearly all are written: looked at by arithmetic, since files hold millions of them. */
function plainDay({ year, month, day }: Written): Result<CalendarDate, 'date_unreadable'> {
  if (year < FIRST_YEAR || year > LAST_YEAR) return fail('date_unreadable');
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return fail('date_unreadable');
  return ok(`${year}-${twoDigits(month)}-${twoDigits(day)}`);
}

const twoDigits = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** @throws RangeError where there is no such time (24:00 is 00:00 of the day behind, and is to be written so) */
function dayInParis(
  date: Temporal.PlainDate,
  [hour = '', minute = '', second = '0', offset]: Texts,
): Temporal.PlainDate | undefined {
  const leap = second === '60';
  const clock = { hour: Number(hour), minute: Number(minute), second: leap ? 59 : Number(second) };
  const time = Temporal.PlainTime.from(clock, { overflow: 'reject' });
  if (offset === undefined) return leap ? undefined : date;
  const zone = /[Zz]/.test(offset) ? 'UTC' : offset.trim().replace(/^([+-]\d{2})$/, '$1:00');
  const instant = date.toZonedDateTime({ timeZone: zone, plainTime: time });
  if (leap && !endsItsMonth(instant.withTimeZone('UTC'))) return undefined;
  return instant.withTimeZone('Europe/Paris').toPlainDate();
}

/** A second is added to the last minute of a month, in UTC. */
function endsItsMonth({ day, daysInMonth, hour, minute }: Temporal.ZonedDateTime): boolean {
  return day === daysInMonth && hour === 23 && minute === 59;
}

/** What is to be written where no day could be read, as every endpoint says it. */
export const A_DAY = `a day that the calendar has, from ${FIRST_YEAR} to ${LAST_YEAR}`;
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

/** A day as French readers expect it: `07/05/2004`. */
export function inFrench(date: CalendarDate): string {
  return date.split('-').reverse().join('/');
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

/** Whole days from one day to another; less than nothing where the second is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}

export function addMonths(month: Month, count: number): Month {
  return Temporal.PlainYearMonth.from(month).add({ months: count }).toString();
}
