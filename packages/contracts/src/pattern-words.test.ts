import { readdirSync, readFileSync } from 'node:fs';
import { OTHER_FORM, patternInWords } from '@gpect/domain-values/pattern-words';
import { expect, test } from '@jest/globals';

const GENERATED = new URL('../generated/', import.meta.url);

function patternsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { pattern } = schema as { pattern?: unknown };
  return [...(typeof pattern === 'string' ? [pattern] : []), ...Object.values(schema).flatMap(patternsIn)];
}

const files = ['asyncapi.json', ...readdirSync(new URL('openapi/', GENERATED)).map((name) => `openapi/${name}`)];
const patterns = [
  ...new Set(files.flatMap((name) => patternsIn(JSON.parse(readFileSync(new URL(name, GENERATED), 'utf8'))))),
];

test('whatever pattern of a contract is not kept, its sender is told in words what is expected, and no regular expression', () => {
  expect(patterns.length).toBeGreaterThan(20);
  const told = patterns.map((pattern) => [pattern, patternInWords(`must match pattern "${pattern}"`)]);
  expect(told.filter(([, words]) => words === undefined || words === OTHER_FORM)).toEqual([]);
  expect(told.filter(([, words]) => /[\^[\]{}\\]|\(\?/.test(words ?? ''))).toEqual([]);
  expect(patternInWords('must match pattern "^x+$"')).toBe(OTHER_FORM);
});
