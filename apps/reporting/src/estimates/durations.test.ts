import { describe, expect, test } from '@jest/globals';
import { askedOf, firmSaid } from '../../test/firms-said.js';
import { estimate } from './durations.js';

/** Detected on 2008-01-01. */
const firms = [
  firmSaid({ id: 'a', enrolled: '2008-01-11', accompanied: '2009-01-10' }),
  firmSaid({ id: 'b', enrolled: '2008-01-31', accompanied: '2009-03-31' }),
  firmSaid({ id: 'c', enrolled: '2008-02-10', accompanied: '2010-01-31' }),
  firmSaid({ id: 'd' }),
  firmSaid({ id: 'e', enrolled: '2008-03-01', isIn: false }),
];

describe('how long each step took', () => {
  test('in days, among those that took it and are in the scope', () => {
    const { n, counts, values, incomplete } = estimate.of(askedOf(firms));
    expect({ n, counts, incomplete }).toEqual({
      n: 3,
      counts: { enrolled: 3, accompanied: 3, underWay: 0 },
      incomplete: undefined,
    });
    expect(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value?.value]))).toEqual({
      toAgreement: 30,
      toAgreementMean: (10 + 30 + 40) / 3,
      accompaniment: 425,
      accompanimentMean: (365 + 425 + 721) / 3,
      whole: 455,
      wholeMean: (375 + 455 + 761) / 3,
    });
  });

  test('while one is under way it is incomplete, and counts for the first step alone', () => {
    const { counts, values, incomplete } = estimate.of(
      askedOf([...firms, firmSaid({ id: 'f', enrolled: '2008-02-20' })]),
    );
    expect(counts).toEqual({ enrolled: 4, accompanied: 3, underWay: 1 });
    expect([values['toAgreement']?.value, values['accompaniment']?.value]).toEqual([35, 425]);
    expect(incomplete?.reasonEn).toContain('under way');
  });

  test('of nobody nothing is told', () => {
    expect(estimate.of(askedOf([])).values['whole']).toBeNull();
  });
});
