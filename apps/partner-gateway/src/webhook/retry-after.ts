/** No receiver makes us wait longer, nor come back at once. */
const [LEAST_MS, MOST_MS] = [1000, 24 * 3_600_000];
/** IMF-fixdate, the one form of HTTP dates that is made today (RFC 9110, 5.6.7). */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** How long a receiver asks us to wait (seconds, or a date); undefined where it says nothing that can be read. Pure. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : HTTP_DATE.test(text) ? Date.parse(text) - now : Number.NaN;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, LEAST_MS), MOST_MS);
}
