import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { shapesOf } from './shapes.js';

const basins = (
  JSON.parse(readFileSync(new URL('../../../examples/npdc-2007-2013/basins.json', import.meta.url), 'utf8')) as {
    code: string;
    name: string;
  }[]
).map(({ code, name }) => [code, name] as const);

test('the 15 basins of the sample have shapes under their codes and names, with source and licence', () => {
  const shapes = shapesOf(basins.map(([code]) => code));
  const found = new Map(shapes?.features.map(({ properties }) => [properties.code, properties.name]));
  expect(basins).toHaveLength(15);
  for (const [code, name] of basins) expect([code, found.get(code)]).toEqual([code, name]);
  expect(shapes?.source).toMatch(/IGN/);
  expect(shapes?.licence).toMatch(/Licence Ouverte/);
});

test('each is a closed ring within Nord and Pas-de-Calais', () => {
  for (const { geometry } of shapesOf(['lille'])?.features ?? [])
    for (const ring of geometry.coordinates) {
      expect(ring.length).toBeGreaterThan(10);
      expect(ring.at(-1)).toEqual(ring[0]);
      for (const [lon = 0, lat = 0] of ring)
        expect([lon > 1.4 && lon < 4.4, lat > 49.8 && lat < 51.2]).toEqual([true, true]);
    }
});

test('a programme with a basin that no edition draws has none', () => {
  expect(shapesOf(['lille', 'brest'])).toBeUndefined();
  expect(shapesOf([])).toBeUndefined();
});
