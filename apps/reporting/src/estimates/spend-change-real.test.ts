import { expect, test } from '@jest/globals';
import { askedOf, firmSaid } from '../../test/firms-said.js';
import { PRICES } from '../spend/price-index.js';
import { estimate } from './spend-change-real.js';

const firm = (id: string, years: readonly [number, number, number]) =>
  firmSaid({
    id,
    enrolled: `${years[1]}-01-10`,
    accompanied: `${years[1]}-12-20`,
    paid: { [`${years[0]}-01-10`]: 10_000, [`${years[0]}-12-10`]: 10_000, [`${years[2]}-12-01`]: 20_000 },
  });

test('each line is brought to the prices of 2015 by the index of its year', () => {
  const { values, incomplete } = estimate.of(askedOf([firm('a', [2008, 2009, 2010]), firm('b', [2008, 2009, 2010])]));
  expect(incomplete).toBeUndefined();
  expect(values['before']?.value).toBeCloseTo(20_000 / 0.9321, 6);
  expect(values['after']?.value).toBeCloseTo(20_000 / 0.9472, 6);
  expect(values['change']?.value).toBeCloseTo(0.9321 / 0.9472 - 1, 10);
});

test('where the index does not reach, nothing is told, and why', () => {
  const { values, incomplete } = estimate.of(askedOf([firm('a', [2090, 2091, 2092]), firm('b', [2090, 2091, 2092])]));
  expect(Object.values(values).every((value) => value === null)).toBe(true);
  expect(incomplete?.reasonFr).toContain('indice des prix');
});

test('the index goes on year by year', () => {
  const years = Object.keys(PRICES).map(Number);
  expect(years).toEqual(years.map((_, i) => (years[0] as number) + i));
});
