import { SCHEMES } from '@gpect/reference-data/schemes';
import { expect, test } from '@jest/globals';
import { labelOf } from './labels.js';

test('every scheme of the register is printed by its label, in both languages', () => {
  for (const { code } of SCHEMES)
    for (const language of ['fr', 'en'] as const) expect(labelOf('SCHEMES', code, language)).not.toBe(code);
  expect(labelOf('SCHEMES', 'CPF', 'fr')).toBe('Compte personnel de formation');
});

test('a funder of the register is printed by its name; what no register knows, by its code', () => {
  expect(labelOf('FUNDERS', 'akto', 'fr')).toBe('AKTO (OPCO)');
  expect([labelOf('FUNDERS', 'opca-a', 'fr'), labelOf('SCHEMES', 'BONUS', 'fr')]).toEqual(['opca-a', 'BONUS']);
});
