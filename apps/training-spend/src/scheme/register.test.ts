import { nameKey } from '@gpect/tabular-files/name-key';
import { expect, test } from '@jest/globals';
import { isOrganisation, REGISTER, schemeNamed, schemeOf, wasPayable } from './register.js';

test('codes are codes, names name one scheme, and periods are in order', () => {
  const names = REGISTER.schemes.flatMap((scheme) => scheme.names.map(nameKey));
  expect(new Set(names).size).toBe(names.length);
  for (const { code, paidFrom, paidUntil = '9999-12-31' } of REGISTER.schemes) {
    expect(code).toMatch(/^[A-Z][A-Z0-9_]{0,29}$/);
    expect(paidFrom < paidUntil).toBe(true);
  }
  for (const { from, until = '9999-12-31' } of REGISTER.organisations) expect(from < until).toBe(true);
});

test('the eleven OPCO follow the OPCA', () => {
  const on = (day: string, kind: string) =>
    REGISTER.organisations.filter((o) => o.kind === kind && o.from <= day && (!o.until || day <= o.until)).length;
  expect([on('2019-04-01', 'OPCO'), on('2019-04-01', 'OPCA'), on('2012-06-01', 'OPCA') > 10]).toEqual([11, 0, true]);
  expect([isOrganisation('akto'), isOrganisation('constructor')]).toEqual([true, false]);
});

test('a scheme is payable within its days alone', () => {
  const payable = (code: string, day: string) => {
    const scheme = schemeOf(code);
    return scheme && wasPayable(scheme, day);
  };
  expect([payable('CPF', '2014-12-31'), payable('CPF', '2015-01-01')]).toEqual([false, true]);
  expect([payable('DIF', '2021-12-31'), payable('DIF', '2022-01-01')]).toEqual([true, false]);
  expect([schemeNamed('D.I.F.'), schemeNamed('PÉRIODE PRO'), schemeNamed('autre')]).toEqual([
    'DIF',
    'PERIODE_PRO',
    undefined,
  ]);
});
