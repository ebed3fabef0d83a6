import type { Schema } from './schema.js';

/** Texts of the kinds that contracts ask for, to fill in what no example says; of each kind two. */
const SAMPLES = [
  ...['alpha', 'beta', 'ALPHA', 'BETA', 'a', 'b-2', '09:30', '22:45', '59350', '62041', '25.62B', '10.13A'],
  ...['2010-03-12', '2011-11-30', '2010-03-12T09:30:00.000Z', '2011-11-30T22:45:00.000Z', '2010-03', '2011-11'],
  ...['00001002500013', '00001003300025', 'QWxwaGE=', 'QmV0YQ==', 'a'.repeat(64), 'b'.repeat(64)],
  ...['https://a.example/a', 'https://b.example/b'],
];
/** Years before and after. */
const YEARS = Array.from({ length: 21 }, (_, i) => i - 10);
const DATE = /^(\d{4})-(\d{2})(?:-(\d{2}))?/;
/** A code that is not longer has its kind in its first two characters (subclass of NAF, commune). */
const SHORT = 8;
const HUNDRED = Array.from({ length: 100 }, (_, i) => String(i).padStart(2, '0'));

/** The first text of its kind; undefined where none is known. */
export const someText = (schema: Schema): string | undefined => SAMPLES.find((text) => isText(schema, text));

/** Other texts that a schema takes: two of its kind; of a date other years and days, of a short code every other beginning. */
export function otherTexts(schema: Schema, value: string): string[] {
  const alike = SAMPLES.filter((text) => isText(schema, text)).slice(0, 2);
  const all = DATE.test(value) ? otherDates(value) : [...alike, ...otherBeginnings(schema, value)];
  return [...new Set(all)].filter((text) => text !== value && isText(schema, text));
}

function otherDates(value: string): string[] {
  const [, year = '', month = '', day] = DATE.exec(value) ?? [];
  const rest = value.slice(day === undefined ? 7 : 10);
  const written = (y: string, m: string, d: string | undefined) => `${y}-${m}${d === undefined ? '' : `-${d}`}${rest}`;
  const shifted = YEARS.map((by) => written(String(Number(year) + by), month, day === '29' ? '28' : day));
  const ends = [written(year, '01', day && '01'), written(year, '12', day && '31'), written(year, month, day && '01')];
  // Another day in Paris than in UTC.
  const late = rest === '' ? [] : [`${year}-${month}-${day}T23:30:00.000Z`];
  return [...shifted, ...ends, ...late];
}

function otherBeginnings({ pattern }: Schema, value: string): string[] {
  const isCode = pattern !== undefined && value.length < SHORT && /^\d\d/.test(value);
  return isCode ? [...HUNDRED, '2A', '2B'].map((two) => two + value.slice(2)) : [];
}

function isText({ pattern, format, minLength = 0, maxLength = Infinity }: Schema, text: string): boolean {
  if (text.length < minLength || text.length > maxLength) return false;
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(text)) return false;
  return format === undefined || (FORMATS[format]?.(text) ?? false);
}

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  date: (text) => /^\d{4}-\d{2}-\d{2}$/.test(text),
  'date-time': (text) => /^\d{4}-\d{2}-\d{2}T/.test(text),
  uri: (text) => URL.canParse(text),
};
