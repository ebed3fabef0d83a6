import { sayable } from '@gpect/domain-values/text';

/** Escapes and characters of which one in a page keeps PHP, Ruby and others from reading any of it. */
const SUSPECT = /\\u(?:d[89a-f]|fff|fd[de]|00[0189])|\\[bf]|[\u007f-\u009f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]/i;

/**
 * JSON that every partner reads. What is written today holds no such text, but the services' topics are kept for ever, and an
 * event of before is told with what cannot be told made visible: `\ud800` as six characters.
 */
export function readable(json: string): string {
  if (!SUSPECT.test(json)) return json;
  return JSON.stringify(JSON.parse(json), (_name, value: unknown) => {
    if (typeof value === 'string') return sayable(value);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [sayable(name), one]));
  });
}
