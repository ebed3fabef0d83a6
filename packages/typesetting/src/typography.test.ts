import { expect, test } from '@jest/globals';
import { typeset } from './typography.js';

test.each([
  [
    "l'effectif : 12 345 entreprises ; « oui » !",
    'l’effectif\u00a0: 12\u202f345\u00a0entreprises\u202f; «\u00a0oui\u00a0»\u202f!',
  ],
  ['Est-ce vrai?', 'Est-ce vrai\u202f?'],
  ['84,2 % et 10 €', '84,2\u202f% et 10\u202f€'],
  ['à 10:30, https://exemple.fr', 'à 10:30, https://exemple.fr'],
  ['le 4 janvier 2010', 'le 4\u00a0janvier 2010'],
  ['Wałęsa', 'Wałęsa'],
])('%s, as it is printed in France', (plain, printed) => {
  expect(typeset(plain, 'fr')).toBe(printed);
  expect(typeset(typeset(plain, 'fr'), 'fr')).toBe(printed);
});

test('English has no spaces before its signs', () => {
  expect(typeset("the firm's: yes", 'en')).toBe('the firm’s: yes');
});
