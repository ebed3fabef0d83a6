import { describe, expect, test } from '@jest/globals';
import { ALL, NAME } from '../test/drawn.js';
import { parsed } from '../test/svg.js';
import { roundedUp, roundSteps } from './numbers.js';
import { platforms } from './platforms.js';

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

test('classes of maps are round, and no more than there are colours', () => {
  for (const [least, most] of [
    [19, 40],
    [0, 0],
    [1, 2],
    [24, 25],
    [0, 999],
    [3, 1240],
    [1, 11],
  ] as const) {
    const { step, lowest } = roundSteps(least, most, 5);
    expect(Number.isInteger(step)).toBe(true);
    expect(lowest % step).toBe(0);
    expect(lowest).toBeLessThanOrEqual(least);
    expect([least, most, Math.ceil((most + 1 - lowest) / step) <= 5]).toEqual([least, most, true]);
  }
  expect(roundSteps(19, 40, 5)).toEqual({ step: 10, lowest: 10 });
});

test('numbers are rounded up to round ones', () => {
  expect([0, 0.3, 1, 3, 7, 21, 260].map(roundedUp)).toEqual([1, 0.5, 1, 5, 10, 25, 500]);
});

test('whatever platforms are called, no other object is changed by it', () => {
  const lives = ['__proto__', 'constructor', 'toString'].map((label) => ({ label, seen: [] }));
  const { svg } = platforms(lives, { title: '__proto__', from: '2007-01-01', to: '2013-12-31' }, 'fr');
  expect(svg).toContain('constructor');
  expect(Object.keys(Object.prototype)).toEqual([]);
});
