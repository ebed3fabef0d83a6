import type { JsonFault } from '@gpect/domain-values/json-text';
import { Problem } from './problem.js';
import type { Title } from './titles.js';

/** Bytes of a JSON body at the most. */
export const MOST_BYTES = 1_048_576;

const TITLES: Readonly<Record<JsonFault['kind'], readonly [code: string, title: Title]>> = {
  'not-utf-8': ['not-utf-8', 'The body is not UTF-8'],
  'not-json': ['malformed', 'The body is not JSON'],
  unfit: ['json-unfit', 'The body holds what is not taken'],
};

/** @param at where the body stands in what was sent, a JSON pointer */
export function problemOfJson({ kind, pointer, detail, french }: JsonFault, at = ''): Problem {
  const [code, title] = TITLES[kind];
  return new Problem(400, code, title, { detail, french, errors: [{ pointer: `${at}${pointer}`, detail, french }] });
}
