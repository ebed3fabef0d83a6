import { expect, test } from '@jest/globals';
import { askedOf, firmSaid } from '../../test/firms-said.js';
import { toldEstimate } from '../secrecy/told-estimate.js';
import { estimate } from './spend-distribution.js';

/** Before is February 2007 to January 2008, after is 2010. */
const accompanied = (id: string, before: number, after: number) =>
  firmSaid({
    id,
    enrolled: '2008-02-10',
    accompanied: '2009-12-20',
    paid: { '2007-03-01': before, '2010-06-01': after },
  });
/** By whose payments the funder's files cover 2007 to 2010. */
const elsewhere = firmSaid({ id: 'z', isDetected: false, paid: { '2007-01-10': 1, '2010-12-20': 1 } });

test.each([
  [100, 0, 'fellByHalf'],
  [100, 49, 'fellByHalf'],
  [100, 50, 'fell'],
  [100, 89, 'fell'],
  [100, 90, 'alike'],
  [100, 109, 'alike'],
  [100, 111, 'rose'],
  [100, 150, 'roseByHalf'],
  [100, 200, 'doubled'],
  [0, 200, 'nothingBefore'],
])('%i before and %i after is of the class %s alone', (before, after, name) => {
  const { n, counts = {} } = estimate.of(askedOf([accompanied('a', before, after), elsewhere]));
  expect(n).toBe(1);
  expect(Object.entries(counts).filter(([, firms]) => firms > 0)).toEqual([[name, 1]]);
});

test('classes hold every firm that is compared once, in their order from what fell most', () => {
  const firms = Array.from({ length: 40 }, (_, i) => accompanied(`f${i}`, 100, 10 * i));
  const { n, counts = {} } = estimate.of(askedOf([...firms, elsewhere]));
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(n);
  expect(Object.keys(counts)).toEqual(Object.keys(estimate.counts));
});

test('a release tells none of the classes where one is of few firms', () => {
  const rule = { leastFirms: 3, largestShare: 0.85, every: 'MONTH' } as const;
  const of = (few: number) =>
    toldEstimate(
      estimate,
      estimate.of(
        askedOf([
          ...Array.from({ length: 30 }, (_, i) => accompanied(`a${i}`, 100, 300)),
          ...Array.from({ length: few }, (_, i) => accompanied(`b${i}`, 100, 20)),
          elsewhere,
        ]),
      ),
      rule,
    );
  expect(Object.values(of(2).counts)).toEqual(Object.keys(estimate.counts).map(() => null));
  expect(of(12).counts).toMatchObject({ doubled: 30, fellByHalf: 10 });
});
