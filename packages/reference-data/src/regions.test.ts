import { expect, test } from '@jest/globals';
import { regionName, regionOf } from './regions.js';

test.each([
  ['59350', '32', 'Hauts-de-France'],
  ['62041', '32', 'Hauts-de-France'],
  ['2A004', '94', 'Corse'],
  ['97411', '04', 'La Réunion'],
  // Ajaccio before 1976, when Corsica was one department.
  ['20004', '94', 'Corse'],
  // Merged into a commune of the same region, and into one of another.
  ['59154', '32', 'Hauts-de-France'],
  ['79224', '52', 'Pays de la Loire'],
  // Of no list, but of a department.
  ['59999', '32', 'Hauts-de-France'],
])('commune %s stands in region %s', (commune, region, name) => {
  expect([regionOf(commune), regionName(region)]).toEqual([region, name]);
});

test('a code of no department has no region', () => {
  expect(regionOf('00000')).toBeUndefined();
});
