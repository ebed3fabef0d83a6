import { expect, test } from '@jest/globals';
import { madeBilan, NAMES } from '../../test/bilan.js';
import { saidOf } from './report/cover.js';
import { nameOfValue } from './value-names.js';
import { toldIn } from './words.js';

test.each([
  ['basin', 'lille', 'Lille'],
  ['action', 'b', 'Lens-Liévin'],
  ['section', 'C', 'Industrie manufacturière'],
  ['theme', 'skills', 'compétences'],
  ['origin', 'MAISON_EMPLOI', "maison de l'emploi"],
  ['region', '32', 'Hauts-de-France'],
  ['year', '2010', '2010'],
  ['basin', 'nulle-part', 'nulle-part'],
  ['region', '', 'Sans valeur'],
])('%s %s is called %s', (dimension, code, name) => {
  expect(nameOfValue(dimension, code, NAMES, 'fr')).toBe(name);
});

test('the cover says in words of which part the bilan is', () => {
  const bilan = { ...madeBilan(), scope: { theme: 'skills', region: '32', asOf: '2011-12-31' } };
  expect(saidOf(toldIn(bilan, NAMES, 'fr'))).toEqual([
    'Du 1er septembre 2007 au 31 décembre 2013',
    'Thème : compétences',
    'Région : Hauts-de-France',
    'Situation au 31 décembre 2011',
  ]);
});
