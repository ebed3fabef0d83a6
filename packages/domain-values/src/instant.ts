/** RFC 3339, as CloudEvents wants it, to the nanosecond at most. */
const INSTANT = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:[Zz]|[+-](\d{2}):(\d{2}))$/;

/** Milliseconds since 1970 of an instant in RFC 3339; undefined where it is none, as on the 30th of February. Pure. */
export function readInstant(text: string): number | undefined {
  const parts = INSTANT.exec(text);
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ahead = 0, minutesAhead = 0] = parts
    .slice(1)
    .map((digits) => Number(digits ?? 0));
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  const inCalendar = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days;
  const inDay = hour <= 23 && minute <= 59 && second <= 59 && ahead <= 23 && minutesAhead <= 59;
  if (!inCalendar || !inDay) return undefined;
  const instant = Date.parse(text.replace(' ', 'T').toUpperCase());
  return Number.isNaN(instant) ? undefined : instant;
}
