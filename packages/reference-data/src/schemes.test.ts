import { expect, test } from '@jest/globals';
import { SCHEMES, schemeLabel, schemeOf, wasPayable } from './schemes.js';

const payable = (code: string, day: string) => {
  const scheme = schemeOf(code);
  return scheme && wasPayable(scheme, day);
};

test('codes are codes, each once, periods are in order, and every scheme has its law', () => {
  expect(new Set(SCHEMES.map((s) => s.code)).size).toBe(SCHEMES.length);
  for (const { code, paidFrom, paidUntil = '9999-12-31', source } of SCHEMES) {
    expect(code).toMatch(/^[A-Z][A-Z0-9_]{0,29}$/);
    expect(paidFrom < paidUntil).toBe(true);
    expect(source).toMatch(/[Ll]oi|Code du travail|Plan de relance/);
  }
});

test('what took the place of a scheme is in the register, and begins before the other was last paid', () => {
  const ended = SCHEMES.filter((s) => s.followedBy);
  expect(ended.map((s) => s.code).sort()).toEqual(['DIF', 'PERIODE_PRO', 'PLAN', 'PRO_A', 'TRANSCO']);
  for (const { followedBy = '', paidUntil = '' } of ended)
    expect((schemeOf(followedBy)?.paidFrom ?? '9999') <= paidUntil).toBe(true);
});

test.each<[string, string, string]>([
  ['CPF', '2014-12-31', '2015-01-01'],
  ['APPRENTISSAGE', '2019-12-31', '2020-01-01'],
  ['AFEST', '2018-12-31', '2019-01-01'],
  ['PERIODE_RECONVERSION', '2025-12-31', '2026-01-01'],
])('%s cannot be paid on %s, and can on %s', (code, before, first) => {
  expect([payable(code, before), payable(code, first)]).toEqual([false, true]);
});

test.each<[string, string, string]>([
  ['DIF', '2021-12-31', '2022-01-01'],
  ['PRO_A', '2028-12-31', '2029-01-01'],
  ['TRANSCO', '2028-12-31', '2029-01-01'],
])('%s is last paid on %s, not on %s', (code, last, after) => {
  expect([payable(code, last), payable(code, after)]).toEqual([true, false]);
});

test('a label is that of the register; a code that it does not know is told as it is', () => {
  expect([schemeLabel('CPF', 'fr'), schemeLabel('PRO_A', 'en'), schemeLabel('BONUS', 'fr')]).toEqual([
    'Compte personnel de formation',
    'Retraining or promotion by block release (Pro-A)',
    'BONUS',
  ]);
});
