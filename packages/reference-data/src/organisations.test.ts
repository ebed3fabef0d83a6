import { expect, test } from '@jest/globals';
import { ORGANISATIONS, organisationLabel, organisationOf } from './organisations.js';

const on = (day: string, kind: string) =>
  ORGANISATIONS.filter((o) => o.kind === kind && o.from <= day && (!o.until || day <= o.until));

test('the eleven OPCO follow the OPCA', () => {
  expect([on('2019-04-01', 'OPCO').length, on('2019-04-01', 'OPCA').length]).toEqual([11, 0]);
  expect([on('2013-06-01', 'OPCA').length, on('2018-06-01', 'OPCA').length]).toEqual([17, 17]);
  for (const { from, until = '9999-12-31' } of ORGANISATIONS) expect(from < until).toBe(true);
});

test('every OPCA says who took over its firms, and in the end that is an OPCO', () => {
  for (const { code, kind, until = '9999', followedBy = [] } of ORGANISATIONS) {
    expect({ code, follows: followedBy.length > 0 }).toEqual({ code, follows: kind === 'OPCA' });
    for (const next of followedBy) {
      const heir = organisationOf(next);
      expect({ code, goesOn: (heir?.until ?? '9999') > until }).toEqual({ code, goesOn: true });
      expect(heir?.kind === 'OPCO' || (heir?.followedBy ?? []).length > 0).toBe(true);
    }
  }
  const reached = new Set(on('2018-06-01', 'OPCA').flatMap((o) => o.followedBy ?? []));
  const kept = on('2018-06-01', 'OPCO').map((o) => o.code);
  expect([...reached, ...kept].sort()).toEqual(
    on('2019-04-01', 'OPCO')
      .map((o) => o.code)
      .sort(),
  );
});

test('of the OPCA of before 2012 those are known whose firms went to one of 2012', () => {
  expect(
    ['forthac', 'plastifaf', 'habitat-formation', 'auvicom'].map((code) => organisationOf(code)?.followedBy),
  ).toEqual([['opcalia'], ['opca-defi'], ['uniformation'], ['opcalia']]);
  expect(on('2010-06-01', 'OPCA').length).toBeGreaterThan(35);
});

test.each([
  ['faf-sab', ['constructys']],
  ['opca-tp', ['constructys']],
  ['formahp', ['opca-pl']],
  ['opcad', ['opcalim', 'agefos-pme']],
  ['opcams', ['opcalia', 'agefos-pme', 'opca-3plus']],
  ['opca-transports', ['opca-ts']],
  ['opcareg', ['opcalia']],
  ['promofaf', ['unifaf']],
])('%s was followed by %s', (code, heirs) => {
  expect(organisationOf(code)?.followedBy).toEqual(heirs);
});

test('a label is the name with what it is; a code that the register does not know is told as it is', () => {
  expect(['akto', 'opco-2i', 'agefos-pme', 'opca-a', 'constructor'].map(organisationLabel)).toEqual([
    'AKTO (OPCO)',
    'OPCO 2i',
    'AGEFOS PME (OPCA)',
    'opca-a',
    'constructor',
  ]);
});
