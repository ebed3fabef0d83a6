import { addDays, type CalendarDate } from '@gpect/domain-values/calendar';
import { describe, expect, test } from '@jest/globals';
import { estimate } from '../src/estimates/durations.js';
import { askedOf, firmSaid } from './firms-said.js';
import { type Drawn, expectHeld, expectSafe, heldIn } from './held.js';
import { random } from './secrecy/programme.js';

/** A longer campaign: GPECT_DURATION_DRAWS=2000 npm test -w apps/reporting -- durations-draws */
const DRAWS = Number(process.env['GPECT_DURATION_DRAWS'] ?? 200);
const FIRMS = 81;
const DETECTED: CalendarDate = '2008-01-01';
/** Whole days, at least so many, and then as long as chance wants it: half of them below the median by construction. */
const [LEAST, MEAN] = [20, 60];
const daysFrom = (chance: number): number => LEAST + Math.floor(-MEAN * Math.log(1 - chance));
const MEDIAN = daysFrom(0.5);

describe('durations of firms that are drawn from many', () => {
  const drawn = Array.from({ length: DRAWS }, (_, draw) => {
    const next = random(7 + draw);
    const firms = Array.from({ length: FIRMS }, (_, i) => {
      const enrolled = addDays(DETECTED, daysFrom(next()));
      return firmSaid({ id: `f${i}`, enrolled, accompanied: addDays(enrolled, daysFrom(next())) });
    });
    return estimate.of(askedOf(firms)).values;
  });
  test.each([['toAgreement'], ['accompaniment']])('the interval of the median of %s holds that of all', (name) => {
    const told = drawn.map((values): Drawn => values[name] ?? {});
    expectHeld(heldIn(told, MEDIAN), DRAWS);
    // Between two of the values in their order, of whole days.
    expectSafe(told, 1.35);
    expect(
      told.every(({ value = Number.NaN, low = Number.NaN, high = Number.NaN }) => low <= value && value <= high),
    ).toBe(true);
  });
});
