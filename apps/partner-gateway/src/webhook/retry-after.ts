/** No receiver makes us wait longer, nor come back at once. */
const [LEAST_MS, MOST_MS] = [1000, 24 * 3_600_000];
/** The three forms of HTTP dates (RFC 9110, 5.6.7), which `Date.parse` reads; the third says no zone and means GMT. */
const IMF_FIXDATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const RFC_850 = /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/;
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/** How long a receiver asks us to wait (seconds, or a date); undefined where it says nothing that can be read. Pure. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : httpDate(text, now) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, LEAST_MS), MOST_MS);
}

/** NaN where it is no date of HTTP. */
function httpDate(text: string, now: number): number {
  if (IMF_FIXDATE.test(text)) return Date.parse(text);
  if (ASCTIME.test(text)) return Date.parse(`${text} GMT`);
  return RFC_850.test(text) ? inThisCentury(Date.parse(text), now) : Number.NaN;
}

/** A year of two digits is the one that is at most 50 years from now; Date.parse takes those from 50 on for 1950 on. */
function inThisCentury(parsed: number, now: number): number {
  const date = new Date(parsed);
  const year = date.getUTCFullYear();
  const thisYear = new Date(now).getUTCFullYear();
  const nearest = year + 100 * Math.round((thisYear - year) / 100);
  return date.setUTCFullYear(nearest);
}
