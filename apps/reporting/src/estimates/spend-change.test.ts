import { describe, expect, test } from '@jest/globals';
import { askedOf, firmSaid } from '../../test/firms-said.js';
import { estimate } from './spend-change.js';

/** Enrolled in February 2008, completed in December 2009: before is February 2007 to January 2008, after is 2010. */
const accompanied = (id: string, before: number, after: number, more = {}) =>
  firmSaid({
    id,
    enrolled: '2008-02-10',
    accompanied: '2009-12-20',
    paid: { '2007-03-01': before, '2010-06-01': after, ...more },
  });
/** By whose payments the funder's files cover 2007 to 2010. */
const elsewhere = firmSaid({ id: 'z', isDetected: false, paid: { '2007-01-10': 1, '2010-12-20': 1 } });
const all = [accompanied('a', 100, 200), accompanied('b', 300, 200), accompanied('c', 50, 50), elsewhere];

describe('what accompanied firms spend after against before', () => {
  test('is told of those whose windows have elapsed and are covered', () => {
    const { n, counts, values, incomplete } = estimate.of(askedOf(all));
    expect({ n, counts, incomplete }).toEqual({
      n: 3,
      counts: { rose: 1, fell: 1, stayed: 1, waiting: 0, notCovered: 0, withoutLine: 0 },
      incomplete: undefined,
    });
    expect(values['before']?.value).toBe(150);
    expect(values['after']?.value).toBe(150);
    expect(values['change']?.value).toBe(0);
    expect(values['difference']?.value).toBe(0);
    // Three values hold no median in 95 % of samples.
    expect(values['median']).toMatchObject({ value: 0, isOfSingleFirms: true });
    expect(values['median']).not.toHaveProperty('low');
    // Student of 2 degrees of freedom: 4.302653 times 100 / sqrt(3).
    expect(values['difference']?.high).toBeCloseTo(248.4138, 3);
  });

  test('only months of the windows count, both ends as the rule says', () => {
    const beside = accompanied('a', 100, 200, { '2007-01-31': 9, '2008-02-01': 9, '2009-12-31': 9, '2011-01-01': 9 });
    const inside = accompanied('b', 100, 200, { '2007-02-01': 9, '2008-01-31': 9, '2010-01-01': 7, '2010-12-31': 7 });
    const { values } = estimate.of(askedOf([beside, inside, elsewhere]));
    expect([values['before']?.value, values['after']?.value]).toEqual([109, 207]);
  });

  test.each([
    ['2010-12-31', 3, 0],
    ['2010-12-30', 0, 3],
  ])('as of %s, %i windows have elapsed', (asOf, n, waiting) => {
    const asked = estimate.of(askedOf(all, { asOf }));
    expect([asked.n, asked.counts?.['waiting']]).toEqual([n, waiting]);
    if (waiting > 0) expect(asked.incomplete?.reasonEn).toContain('have not elapsed');
  });

  test('a month that had not ended when the last file was read is not covered', () => {
    const programme = { spendReadOn: { 'opca-a': '2010-12-20' } };
    const asked = askedOf(all, { documents: { programme } as never });
    expect(estimate.of(asked).counts?.['waiting']).toBe(3);
    const later = askedOf(all, { documents: { programme: { spendReadOn: { 'opca-a': '2010-12-31' } } } as never });
    expect(estimate.of(later).n).toBe(3);
  });

  test('a firm that nobody paid for, or for whose first months there is no file, is left out and said', () => {
    const early = firmSaid({
      id: 'd',
      enrolled: '2007-06-10',
      accompanied: '2008-12-20',
      paid: { '2007-03-01': 5, '2009-06-01': 5 },
    });
    const unpaid = firmSaid({ id: 'e', enrolled: '2008-02-10', accompanied: '2009-12-20' });
    const { n, counts, incomplete } = estimate.of(askedOf([...all, early, unpaid]));
    expect([n, counts?.['notCovered'], counts?.['withoutLine']]).toEqual([3, 1, 1]);
    expect(incomplete?.reasonFr).toMatch(/^Les fichiers .*avant de toutes ; aucun financeur/);
  });

  test('a firm of another scope, and one that did not complete, are not counted; of one firm nothing is told', () => {
    const outside = { ...accompanied('f', 1, 1), isIn: false };
    const open = firmSaid({ id: 'g', enrolled: '2008-02-10', paid: { '2007-03-01': 5 } });
    expect(estimate.of(askedOf([...all, outside, open])).n).toBe(3);
    const alone = estimate.of(askedOf([all[0] as never, elsewhere]));
    expect(alone.values['change']).toBeNull();
    expect(alone.incomplete?.reasonEn).toBe('Too few firms can be compared by now.');
  });
});
