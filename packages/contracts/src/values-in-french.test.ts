import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { valuesOf } from './event-contracts.js';
import { VALUES_IN_FRENCH } from './values-in-french.js';

const NAMES = ['Stage', 'Theme', 'Participant', 'Trend'] as const;
const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const labelsOf = (name: (typeof NAMES)[number]) => Object.values(VALUES_IN_FRENCH[name]).map(([label]) => label);

test.each(NAMES)('every %s has a French name, in their order, and no word means two', (name) => {
  expect(Object.keys(VALUES_IN_FRENCH[name])).toEqual(valuesOf(name));
  const words = Object.values(VALUES_IN_FRENCH[name]).flat();
  expect(new Set(words).size).toBe(words.length);
});

test('themes are called as the contracts call them, stages as the glossary does', () => {
  expect(read('../events/common.schema.json')).toContain(`Thème de travail (${labelsOf('Theme').join(', ')}).`);
  expect(read('../../../docs/glossary.md')).toContain(`| ${labelsOf('Stage').join(', ')} |`);
});
