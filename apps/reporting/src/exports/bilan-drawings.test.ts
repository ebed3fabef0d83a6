import { expect, test } from '@jest/globals';
import { madeBilan, NAMES } from '../../test/bilan.js';
import { bilanDrawings } from './bilan-drawings.js';

const named = (secrecy: 'none' | 'applied', mapped: string) => {
  const drawings = bilanDrawings(madeBilan(secrecy), NAMES, 'fr', mapped);
  return (name: string) => drawings.find((drawing) => drawing.name === name);
};

test('the drawings of the document, each with its words, its table and what is noted below it', () => {
  const drawing = named('none', 'accompanied');
  const funnel = drawing('funnel');
  expect(funnel?.rows.map(([, count]) => count)).toEqual(['677', '580', '493', '460']);
  expect(funnel?.head).toEqual(['Étape', 'Entreprises', 'Part de l’étape précédente']);
  expect(funnel?.svg).toMatch(/^<svg role="img"/);
  expect(funnel?.notes).toEqual([expect.stringContaining('part de l’étape précédente')]);
  for (const name of ['objectives', 'effects', 'platforms', 'basins-map']) expect(drawing(name)?.svg).toContain('<svg');
});

test('basins by the figure that is asked for, once, under its name; a masked one is written s', () => {
  const names = bilanDrawings(madeBilan(), NAMES, 'fr', 'sessions').map(({ name }) => name);
  expect(names.filter((name) => name === 'basins-map')).toHaveLength(1);
  const map = named('none', 'sessions')('basins-map');
  expect(map?.title).toContain(', par bassin d’emploi');
  expect(map?.rows).toEqual([
    ['Lille', '4\u202f652'],
    ['Calaisis', '4\u202f652'],
  ]);
  expect(named('applied', 'accompanied')('basins-map')?.rows).toEqual([
    ['Lille', '460'],
    ['Calaisis', 's'],
  ]);
});
