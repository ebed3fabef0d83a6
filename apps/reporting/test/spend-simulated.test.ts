import { priceOfYear } from '@gpect/reference-data/consumer-prices';
import { describe, expect, test } from '@jest/globals';
import { estimate as againstDeclined } from '../src/estimates/spend-against-declined.js';
import { estimate as againstOutside } from '../src/estimates/spend-against-outside.js';
import { estimate as change } from '../src/estimates/spend-change.js';
import { estimate as changeReal } from '../src/estimates/spend-change-real.js';
import { comparedSpend } from '../src/spend/compared.js';
import type { Estimate, EstimateAsked, Estimated } from '../src/statistics/estimate.js';
import { askedOf } from './firms-said.js';
import { type Drawn, expectExact, expectHeld, expectSafe, holds, leastHeld } from './held.js';
import { type MadeSpend, madeSpend, type PutIn } from './spend-programmes.js';

/**
 * Programmes with effects that are known, through the estimators: how many of the intervals hold what was put in.
 * A longer campaign: GPECT_SPEND_DRAWS=2000 GPECT_SPEND_SEED=7 npm test -w apps/reporting -- spend-simulated
 */
const { GPECT_SPEND_DRAWS = 200, GPECT_SPEND_SEED = 1 } = process.env;
const DRAWS = Number(GPECT_SPEND_DRAWS);

const ESTIMATORS = {
  change: (asked: EstimateAsked) => change.of(asked),
  changeReal: (asked: EstimateAsked) => changeReal.of(asked),
  againstDeclined: (asked: EstimateAsked) => againstDeclined.of(asked),
  againstOutside: (asked: EstimateAsked) => againstOutside.of(asked),
  /** As it would be if sectors and sizes were not looked at. */
  againstDeclinedUnadjusted: (asked: EstimateAsked) =>
    comparedSpend(asked, {
      isCompared: ({ said }) => said.has('declined'),
      stratumOf: () => '',
      nobodyFr: '',
      nobodyEn: '',
    }),
};

interface Draws {
  /** The share of all draws in which the interval of a value of an estimate holds a number. */
  held(estimate: keyof typeof ESTIMATORS, value: string, of: number | ((truth: MadeSpend['truth']) => number)): number;
  /** The values of an estimate, with their intervals. */
  of(estimate: keyof typeof ESTIMATORS, value: string): readonly Drawn[];
}

function drawn(putIn: PutIn): Draws {
  const draws = Array.from({ length: DRAWS }, (_, i) => {
    const { firms, truth } = madeSpend(putIn, Number(GPECT_SPEND_SEED) * 100_003 + i);
    const asked = askedOf(firms);
    const estimated = Object.entries(ESTIMATORS).map(([name, of]) => [name, of(asked)] as const);
    return { truth, estimated: new Map<string, Estimated>(estimated) };
  });
  const of: Draws['of'] = (estimate, value) =>
    draws.map(({ estimated }) => estimated.get(estimate)?.values[value] ?? {});
  return {
    of,
    held: (estimate, value, truthOf) => {
      const isHeld = draws.map(({ truth }, i) =>
        holds(of(estimate, value)[i] ?? {}, typeof truthOf === 'number' ? truthOf : truthOf(truth)),
      );
      return isHeld.filter(Boolean).length / DRAWS;
    },
  };
}

/** Ratios have their intervals on the logarithm. */
const ofRatio = (change: number): number => Math.log(1 + change);

/** So few of the intervals that what is estimated is something else. */
const NOT_HELD = 0.7;

type Against = 'againstDeclined' | 'againstOutside';
const COMPARED = { againstDeclined: 'declined', againstOutside: 'outside' } as const;
/** What a comparison comes to where both are as they are put in: the effect, and what the compared would have done anyway. */
const relative =
  (against: Against) =>
  ({ change: ofOurs, ...truth }: MadeSpend['truth']): number =>
    (1 + ofOurs) / (1 + truth[COMPARED[against]].change) - 1;
const inEuros =
  (against: Against) =>
  ({ difference, ...truth }: MadeSpend['truth']): number =>
    difference - truth[COMPARED[against]].difference;

const says = ({ assumptionsFr, assumptionsEn }: Estimate, fr: RegExp, en: RegExp): void => {
  expect(assumptionsFr.some((text) => fr.test(text))).toBe(true);
  expect(assumptionsEn.some((text) => en.test(text))).toBe(true);
};

describe('where nothing changes', () => {
  const { held, of } = drawn({ effect: 0, volunteers: 0, recession: 0, trends: false });
  test.each([['change'], ['difference'], ['median']])('before and after holds a %s of nothing', (value) => {
    expectHeld(held('change', value, 0), DRAWS);
  });
  test.each([['againstDeclined'], ['againstOutside']] as const)('%s holds no effect', (estimate) => {
    for (const value of ['effect', 'accompanied', 'compared', 'difference'])
      expectHeld(held(estimate, value, 0), DRAWS);
  });
  test('intervals are as wide as that takes', () => {
    expectExact(of('change', 'change'), ofRatio);
    expectExact(of('change', 'difference'));
    for (const estimate of ['againstDeclined', 'againstOutside'] as const)
      for (const value of ['effect', 'compared']) expectExact(of(estimate, value), ofRatio);
    // Between two of the values in their order.
    expectSafe(of('change', 'median'), 1.35);
  });
});

describe('where the programme adds 40 %, sectors and funders going ways of their own', () => {
  const { held, of } = drawn({ effect: 0.4, volunteers: 0, recession: 0, trends: true });
  test('before and after holds all that changed, and not the effect by itself', () => {
    expectHeld(
      held('change', 'change', (truth) => truth.change),
      DRAWS,
    );
    expectHeld(
      held('change', 'difference', (truth) => truth.difference),
      DRAWS,
    );
    expect(held('change', 'change', 0.4)).toBeLessThan(NOT_HELD);
    says(change, /Une évolution n’est pas un effet/, /A change is no effect/);
  });
  test.each([['againstDeclined'], ['againstOutside']] as const)('%s holds the effect', (estimate) => {
    expectHeld(held(estimate, 'effect', 0.4), DRAWS);
    expectHeld(
      held(estimate, 'compared', (truth) => truth[COMPARED[estimate]].change),
      DRAWS,
    );
    expectHeld(held(estimate, 'difference', inEuros(estimate)), DRAWS);
  });
  test('unadjusted it would not be held', () => {
    expect(held('againstDeclinedUnadjusted', 'effect', 0.4)).toBeLessThan(leastHeld(DRAWS));
  });
  test('intervals are as wide as that takes', () => {
    expectExact(of('change', 'change'), ofRatio);
    expectExact(of('change', 'difference'));
    for (const estimate of ['againstDeclined', 'againstOutside'] as const)
      for (const value of ['effect', 'compared']) expectExact(of(estimate, value), ofRatio);
    // Between two of the values in their order.
    expectSafe(of('change', 'median'), 1.35);
  });
});

describe('where a recession takes 30 % from everybody, and the programme adds 40 %', () => {
  const { held } = drawn({ effect: 0.4, volunteers: 0, recession: 0.3, trends: false });
  test('before and after holds what is left of both, which is not the effect', () => {
    expectHeld(
      held('change', 'change', (truth) => truth.change),
      DRAWS,
    );
    expect(held('change', 'change', 0.4)).toBeLessThan(NOT_HELD);
  });
  test.each([['againstDeclined'], ['againstOutside']] as const)('%s holds the effect', (estimate) => {
    expectHeld(held(estimate, 'effect', 0.4), DRAWS);
    expectHeld(held(estimate, 'difference', inEuros(estimate)), DRAWS);
  });
});

describe('where firms buy 40 % more, at the prices of the index', () => {
  const priceOf = (month: number) => priceOfYear(Math.floor(month / 12)) ?? Number.NaN;
  const { held, of } = drawn({ effect: 0.4, volunteers: 0, recession: 0, trends: true, priceOf });
  test('in constant euros they buy so much more', () => {
    expectHeld(
      held('changeReal', 'change', (truth) => truth.change),
      DRAWS,
    );
    expectHeld(
      held('changeReal', 'difference', (truth) => truth.difference),
      DRAWS,
    );
    // In current ones, more.
    const [real, current] = (['changeReal', 'change'] as const).map(
      (name) => of(name, 'change')[0]?.value ?? Number.NaN,
    );
    expect(current).toBeGreaterThan(real ?? Number.NaN);
  });
});

describe('where volunteers alone spend 60 % more from the middle on, with the programme or without', () => {
  const { held } = drawn({ effect: 0, volunteers: 0.6, recession: 0, trends: true });
  test.each([
    ['againstDeclined', againstDeclined],
    ['againstOutside', againstOutside],
  ] as const)('%s takes that for an effect of the programme, and says beside it that it may', (name, estimate) => {
    expect(held(name, 'effect', 0)).toBeLessThan(NOT_HELD);
    expectHeld(held(name, 'effect', relative(name)), DRAWS);
    expectHeld(held(name, 'difference', inEuros(name)), DRAWS);
    says(
      estimate,
      /^Volontariat : .*auraient de toute façon dépensé davantage/,
      /^Volunteers: .*would have spent more anyway/,
    );
    // Of an effect that only those have who come, it is right, and says that it is of these.
    says(estimate, /vaut pour celles qui sont venues/, /holds for those that came/);
  });
});

test('without a payment in the first month and in the last, files cover as much, of so many firms', () => {
  const putIn = { effect: 0.4, volunteers: 0, recession: 0, trends: true };
  const [covered, asItIs] = [true, false].map((isCovered) => askedOf(madeSpend(putIn, 17, isCovered).firms));
  for (const of of Object.values(ESTIMATORS)) {
    const [one, other] = [covered, asItIs].map((asked) => of(asked ?? askedOf([])));
    expect([other?.n, other?.values]).toEqual([one?.n, one?.values]);
  }
});
