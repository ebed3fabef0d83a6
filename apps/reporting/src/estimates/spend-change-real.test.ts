import { PRICED } from '@gpect/reference-data/consumer-prices';
import { expect, test } from '@jest/globals';
import { askedOf, firmSaid } from '../../test/firms-said.js';
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

test.each([
  ['ends', [PRICED.last - 1, PRICED.last, PRICED.last + 1]],
  ['begins', [PRICED.first - 1, PRICED.first, PRICED.first + 1]],
] as const)(
  'where windows lie outside the years between which the index %s, no value is told, and why',
  (_what, years) => {
    const { n, counts, values, incomplete } = estimate.of(askedOf([firm('a', [...years]), firm('b', [...years])]));
    expect(n).toBe(2);
    expect(Object.values(values).every((value) => value === null)).toBe(true);
    // Whether it rose is not known of a firm either.
    expect(Object.keys(counts ?? {})).toEqual(['waiting', 'notCovered', 'withoutLine']);
    expect(incomplete?.reasonFr).toContain(`L’indice des prix s’arrête en ${PRICED.last}`);
    expect(incomplete?.reasonEn).toContain(`The price index ends in ${PRICED.last}`);
  },
);

test('why some are not compared yet is said beside it', () => {
  const later = firm('c', [PRICED.last, PRICED.last + 1, PRICED.last + 2]);
  const years = [PRICED.last - 1, PRICED.last, PRICED.last + 1] as const;
  const asked = askedOf([firm('a', years), firm('b', years), later], { asOf: `${PRICED.last + 1}-12-31` });
  expect(estimate.of(asked).incomplete?.reasonEn).toMatch(
    /The price index ends in .* The 12 months after have not elapsed/,
  );
});
