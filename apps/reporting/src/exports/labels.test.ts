import { SCHEMES } from '@gpect/reference-data/schemes';
import { expect, test } from '@jest/globals';
import { labelOf, partLabel } from './labels.js';

test('every scheme of the register is printed by its label, in both languages', () => {
  for (const { code } of SCHEMES)
    for (const language of ['fr', 'en'] as const) expect(labelOf('SCHEMES', code, language)).not.toBe(code);
  expect(labelOf('SCHEMES', 'CPF', 'fr')).toBe('Compte personnel de formation');
});

test('a funder of the register is printed by its name; what no register knows, by its code', () => {
  expect(labelOf('FUNDERS', 'akto', 'fr')).toBe('AKTO (OPCO)');
  expect([labelOf('FUNDERS', 'opca-a', 'fr'), labelOf('SCHEMES', 'BONUS', 'fr')]).toEqual(['opca-a', 'BONUS']);
});

test('a part of a figure is printed by the label of its kind of partner, or as it was told', () => {
  expect(['OPCO', 'CAMPUS_DES_METIERS', 'CPF'].map((part) => partLabel(part, 'fr'))).toEqual([
    'opérateur de compétences (OPCO)',
    'CAMPUS_DES_METIERS',
    'Compte personnel de formation',
  ]);
});
