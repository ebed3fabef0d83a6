import { SCHEMES } from '@gpect/reference-data/schemes';
import { nameKey } from '@gpect/tabular-files/name-key';
import { expect, test } from '@jest/globals';
import { schemeNamed } from './scheme-named.js';

test('a name is that of one scheme', () => {
  const names = SCHEMES.flatMap((scheme) => scheme.names.map(nameKey));
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  ['D.I.F.', 'DIF'],
  ['PÉRIODE PRO', 'PERIODE_PRO'],
  ["Contrat d'apprentissage", 'APPRENTISSAGE'],
  ['FNE-Formation', 'FNE_FORMATION'],
  ['Période de reconversion', 'PERIODE_RECONVERSION'],
  ['autre', undefined],
])('%s is %s', (written, code) => {
  expect(schemeNamed(written)).toBe(code);
});
