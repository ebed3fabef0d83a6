import { expect, test } from '@jest/globals';
import { isNaf, nafSection, readNaf } from './naf.js';

test('knows the subclasses of NAF rev. 2 and nothing else', () => {
  expect(isNaf('25.62B')).toBe(true);
  expect(isNaf('25.62')).toBe(false);
  expect(isNaf('99.99X')).toBe(false);
});

test.each([
  ['01.11Z', 'A'],
  ['25.62B', 'C'],
  ['35.11Z', 'D'],
  ['43.99C', 'F'],
  ['49.41A', 'H'],
  ['96.02A', 'S'],
  ['99.00Z', 'U'],
  ['25.62', undefined],
])('%s is of section %s', (naf, section) => {
  expect(nafSection(naf)).toBe(section);
});

test.each([
  ['2229A', '22.29A'],
  ['22.29a', '22.29A'],
  ['22 29\u00a0A', '22.29A'],
  ['22-29A', '22.29A'],
  ['222A', undefined],
  ['9999X', undefined],
  ['', undefined],
])('%s is read as %s', (written, naf) => {
  expect(readNaf(written)).toBe(naf);
});
