import { expect, test } from '@jest/globals';
import { CONSUMER_PRICES, PRICED, priceOfYear } from './consumer-prices.js';

test('the index goes on year by year, and is 100 in its base year', () => {
  const years = Object.keys(CONSUMER_PRICES.years).map(Number);
  expect(years).toEqual(years.map((_, i) => PRICED.first + i));
  expect(priceOfYear(CONSUMER_PRICES.baseYear)).toBe(1);
});

test('of a year before the first and after the last there is no price', () => {
  expect([PRICED.first - 1, PRICED.last + 1].map(priceOfYear)).toEqual([undefined, undefined]);
  expect([PRICED.first, PRICED.last].map(priceOfYear)).not.toContain(undefined);
});

test('it says of which edition it is, and whose', () => {
  expect(CONSUMER_PRICES.edition).toMatch(/^\d{4}-\d{2}$/);
  expect(CONSUMER_PRICES.source).toContain('FP.CPI.TOTL.ZG');
  // An average of a year is known once the year is over.
  expect(PRICED.last).toBeLessThan(Number(CONSUMER_PRICES.edition.slice(0, 4)));
});
