import { shapesOf } from '@gpect/reference-data/shapes';
import { describe, expect, test } from '@jest/globals';
import { SaxesParser } from 'saxes';
import { basinsMap } from './basins-map.js';
import { distribution } from './distribution.js';
import type { Drawing } from './drawing.js';
import { effects } from './effects.js';
import { funnel } from './funnel.js';
import { roundedUp } from './numbers.js';
import { objectives } from './objectives.js';
import { participation } from './participation.js';
import { platforms } from './platforms.js';

const NAME = 'Wałęsa & <fils>';
const shapes = shapesOf(['lille', 'calaisis']);
if (!shapes) throw new Error('the shapes of Nord and Pas-de-Calais are part of reference-data');

const counts = [677, 580, 493, 460];
const labels = ['détectées', 'repérées pour le dispositif', NAME, 'accompagnées'];
const effect = { n: 120, before: 0.325, after: 0.8417, difference: 0.5167, low: 0.406, high: 0.6104 };
const masked = { n: null, before: null, after: null, difference: null, low: null, high: null };

/** Each drawing with a number that is masked, and a name that is no markup. */
const ALL: Record<string, () => Drawing> = {
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

/** Its elements with their attributes, and its texts; throws where it is no XML. */
function parsed(svg: string) {
  const tags: { name: string; attributes: Record<string, string> }[] = [];
  const texts: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => tags.push({ name, attributes: attributes as Record<string, string> }));
  parser.on('text', (text) => texts.push(text));
  parser.write(svg).close();
  return { tags, texts: texts.join('\n') };
}

describe.each(Object.entries(ALL))('%s', (kind, draw) => {
  const drawing = draw();
  const { tags, texts } = parsed(drawing.svg);

  test('is named, described, and the same as a table', () => {
    const [svg] = tags;
    expect(svg?.attributes['role']).toBe('img');
    const ids = (svg?.attributes['aria-labelledby'] ?? '').split(' ');
    expect(ids.map((id) => tags.find(({ attributes }) => attributes['id'] === id)?.name)).toEqual(['title', 'desc']);
    expect(texts).toContain(drawing.title);
    expect(drawing.table.rows.length).toBeGreaterThan(1);
    for (const row of drawing.table.rows) expect(row).toHaveLength(drawing.table.head.length);
    expect(drawing.table.rows.flat()).toContain(kind === 'participation' ? '1\u202f424' : NAME);
  });

  test('writes a name as it is, whatever signs it has', () => {
    expect(texts.replace(/\n/g, ' ')).toContain('Wałęsa');
    expect(texts).toContain('&');
    expect(tags.map(({ name }) => name)).not.toContain('fils');
  });

  test('says what is masked, and never draws it as nothing', () => {
    if (kind === 'platforms') return expect(texts).toContain('constatée disparue');
    expect(texts.split('\n')).toContain('s');
    return expect(drawing.table.rows.flat()).toContain('s');
  });

  test('is the same each time, needs nothing from elsewhere and runs nothing', () => {
    expect(draw().svg).toBe(drawing.svg);
    expect(tags.map(({ name }) => name)).not.toContain('script');
    expect(
      drawing.svg.replace('http://www.w3.org/2000/svg', '').replace('http://www.w3.org/1999/xlink', ''),
    ).not.toMatch(/https?:/);
  });

  test('has no letters that are smaller than 8.5 points in print', () => {
    const sizes = [...drawing.svg.matchAll(/font-size:\s*([\d.]+)px/g)].map(([, size]) => Number(size));
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(8.5);
    expect(tags[0]?.attributes['width']).toBe('482');
  });
});

test('a number of each is drawn where it belongs', () => {
  for (const [kind, shown] of Object.entries({
    funnel: ['677', '580', '460', '86\u202f%', '25 non éligibles'],
    objectives: ['36', ' / 34', ' / 40', '78'],
    effects: ['+51,7'],
    map: ['38'],
    participation: ['627', '1\u202f424', '0'],
    distribution: ['124', '336'],
    platforms: ['2008', '2013'],
  }))
    for (const text of shown)
      expect([kind, parsed(ALL[kind]?.().svg ?? '').texts]).toEqual([kind, expect.stringContaining(text)]);
});

test('classes of maps are round', () => {
  expect([0, 0.3, 1, 3, 7, 21, 260].map(roundedUp)).toEqual([1, 0.5, 1, 5, 10, 25, 500]);
});

test('whatever platforms are called, no other object is changed by it', () => {
  const lives = ['__proto__', 'constructor', 'toString'].map((label) => ({ label, seen: [] }));
  const { svg } = platforms(lives, { title: '__proto__', from: '2007-01-01', to: '2013-12-31' }, 'fr');
  expect(svg).toContain('constructor');
  expect(Object.keys(Object.prototype)).toEqual([]);
});
