import { expect, test } from '@jest/globals';
import { formatEuros, readCents } from './cents.js';

test.each([
  ['1\u00a0538,07 €', ',', 153807],
  ['1\u202f538,07\u00a0€', ',', 153807],
  ['2472,80', ',', 247280],
  ['280.60', '.', 28060],
  ['280.6', '.', 28060],
  ['90071992547', ',', 9007199254700],
  ['0,29', ',', 29],
  ['-12,50', ',', -1250],
] as const)('reads %s with decimal mark %s', (typed, mark, cents) => {
  expect(readCents(typed, mark)).toEqual({ ok: true, value: cents });
});

test.each([
  ['n/c', ','],
  ['', ','],
  ['1.538,07', ','],
  ['1,538', '.'],
  ['12,345', ','],
  ['1e3', '.'],
] as const)('refuses %p with decimal mark %s', (typed, mark) => {
  expect(readCents(typed, mark)).toEqual({ ok: false, fault: 'amount_unreadable' });
});

test('writes euros for French readers', () => {
  expect(formatEuros(2160415207)).toBe('21\u202f604\u202f152,07\u00a0€');
  expect(formatEuros(-5)).toBe('-0,05\u00a0€');
});
