import { shapesOf } from '@gpect/reference-data/shapes';
import { basinsMap } from '../src/basins-map.js';
import { distribution } from '../src/distribution.js';
import type { Drawing } from '../src/drawing.js';
import { effects } from '../src/effects.js';
import { funnel } from '../src/funnel.js';
import { objectives } from '../src/objectives.js';
import { participation } from '../src/participation.js';
import { platforms } from '../src/platforms.js';

export const NAME = 'Wałęsa & <fils>';
const shapes = shapesOf(['lille', 'calaisis']);
if (!shapes) throw new Error('the shapes of Nord and Pas-de-Calais are part of reference-data');

const counts = [677, 580, 493, 460];
const labels = ['détectées', 'repérées pour le dispositif', NAME, 'accompagnées'];
const effect = { n: 120, before: 0.325, after: 0.8417, difference: 0.5167, low: 0.406, high: 0.6104 };
const masked = { n: null, before: null, after: null, difference: null, low: null, high: null };

/** Each drawing with a number that is masked, and a name that is no markup. */
export const ALL: Record<string, () => Drawing> = {
  funnel: () =>
    funnel(
      labels.map((label, i) => ({
        label,
        count: i === 2 ? null : (counts[i] ?? 0),
        lost: i === 1 ? '25 non éligibles' : '',
      })),
      'Parcours',
      'fr',
    ),
  objectives: () =>
    objectives(
      [
        { label: NAME, achieved: 36, target: 34 },
        { label: 'Lens', achieved: null, target: 40 },
        { label: 'Lille', achieved: 78 },
      ],
      'Objectifs',
      { achieved: 'Adhérentes', target: 'Objectif' },
      'fr',
    ),
  effects: () =>
    effects(
      [
        { label: NAME, ...effect },
        { label: 'climat', ...masked },
      ],
      'Effets',
      'fr',
    ),
  map: () =>
    basinsMap(
      [
        { code: 'lille', label: NAME, count: 38 },
        { code: 'calaisis', label: 'Calaisis', count: null },
      ],
      shapes,
      { title: 'Carte', counted: 'Entreprises' },
      'fr',
    ),
  participation: () =>
    participation(
      {
        rows: [NAME, 'Plan'],
        columns: ['dirigeant', 'salariés'],
        cells: [
          [627, 1424],
          [null, 0],
        ],
      },
      { title: 'Participation', rows: 'Étape', counted: 'séances' },
      'fr',
    ),
  distribution: () =>
    distribution(
      [
        { label: NAME, count: 124, tone: 'light' },
        { label: 'stables', count: null },
        { label: 'en hausse', count: 336, tone: 'dark' },
      ],
      { title: 'Évolution', classes: 'Sens', counted: 'Entreprises' },
      'fr',
    ),
  platforms: () =>
    platforms(
      [
        { label: NAME, from: '2010-01-04', seen: [{ on: '2011-03-01', alive: true }] },
        { label: 'CRPDC', from: '2009-05-01', ended: '2012-03-01', seen: [{ on: '2012-03-01', alive: false }] },
      ],
      { title: 'Plateformes', from: '2007-09-01', to: '2013-12-31' },
      'fr',
    ),
};
