import { A_DAY, readDate } from '@gpect/domain-values/calendar';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A day of a request: `YYYY-MM-DD`, which the calendar has. What it is in Paris is said by who sends it: an instant is none. */
export const DAY_FORMAT = {
  type: 'string' as const,
  validate: (text: string) => DAY.test(text) && readDate(text, 'iso').ok,
};

/** The validator's sentence, with what to do where it is about a day. */
export function dayDetail(message: string): string {
  if (message !== 'must match format "date"') return message;
  return `must be ${A_DAY}, written yyyy-mm-dd; of an instant, give the day that it has in Paris`;
}
