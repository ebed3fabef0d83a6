import { describe, expect, test } from '@jest/globals';
import { firmsAlike, surveyAsked } from '../../test/surveyed.js';
import { toldEstimate } from '../secrecy/told-estimate.js';
import { pairedDifference } from '../statistics/paired-interval.js';
import { estimate } from './survey-effects.js';

const both = ['BEFORE', 'AFTER'] as const;
const said = (before: number, after: number, drawn: readonly ('BEFORE' | 'AFTER')[] = both) => ({
  drawn,
  before: { roles_clear: before },
  after: { roles_clear: after },
});

describe('where large firms answer less often and change more', () => {
  const firms = [
    // 60 small firms, of which 30 answer and 10 % change; 40 large ones, of which 10 answer and 80 % change.
    ...firmsAlike(1, 3, { size: '10-49', ...said(2, 5) }),
    ...firmsAlike(10, 27, { size: '10-49', ...said(2, 2) }),
    ...firmsAlike(50, 30, { size: '10-49', drawn: both }),
    ...firmsAlike(100, 8, { size: '50-99', ...said(2, 5) }),
    ...firmsAlike(110, 2, { size: '50-99', ...said(2, 2) }),
    ...firmsAlike(150, 30, { size: '50-99', drawn: both }),
  ];
  const estimated = estimate.of(surveyAsked(firms));
  const [part] = estimated.parts ?? [];
  test('each size weighs as the population has it', () => {
    expect(estimated.n).toBe(40);
    expect(estimated.incomplete).toBeUndefined();
    expect(part).toMatchObject({ key: 'roles_clear', labelFr: 'rôles et missions clairs', n: 40 });
    expect(part?.values['after']?.value).toBeCloseTo(0.6 * 0.1 + 0.4 * 0.8, 12);
    expect(part?.values['difference']?.value).toBeCloseTo(0.38, 12);
  });
  test('its interval is that of as many answers as they are worth', () => {
    // 1 / (0.36 * 0.5 / 30 + 0.16 * 0.75 / 10) = 55.56
    const { low, high } = pairedDifference(55.5556, 0, 0.38 * 55.5556, 0.38 * 55.5556, 0) as {
      low: number;
      high: number;
    };
    expect(part?.values['difference']?.low).toBeCloseTo(low, 4);
    expect(part?.values['difference']?.high).toBeCloseTo(high, 4);
  });
});

test('with several questions, the interval that holds for all is wider, and the other is not', () => {
  const of = (questions: readonly string[]) => {
    const scores = (score: number) => Object.fromEntries(questions.map((q) => [q, score]));
    const firms = [
      ...firmsAlike(1, 10, { drawn: both, before: scores(2), after: scores(4) }),
      ...firmsAlike(20, 10, { drawn: both, before: scores(4), after: scores(4) }),
      ...firmsAlike(40, 20, { drawn: both }),
    ];
    return estimate.of(surveyAsked(firms)).parts?.[0]?.values;
  };
  const [alone, beside] = [of(['roles_clear']), of(['roles_clear', 'social_climate', 'strategy_clear'])];
  expect(beside?.['difference']).toEqual(alone?.['difference']);
  expect(alone?.['together']).toEqual(alone?.['difference']);
  expect(beside?.['together']?.low).toBeLessThan(beside?.['difference']?.low as number);
  expect(beside?.['together']?.high).toBeGreaterThan(beside?.['difference']?.high as number);
});

test('who answered without being drawn does not speak for the others; drawn in one wave of two is not drawn', () => {
  const drawn = firmsAlike(1, 12, said(2, 2));
  const volunteers = [...firmsAlike(50, 30, said(2, 5, [])), ...firmsAlike(100, 5, said(2, 5, ['BEFORE']))];
  const { n, parts } = estimate.of(surveyAsked([...drawn, ...volunteers]));
  expect([n, parts?.[0]?.values['difference']?.value]).toEqual([12, 0]);
});

test('where nobody was drawn, all who answered speak, and that is said', () => {
  const { n, incomplete } = estimate.of(surveyAsked(firmsAlike(1, 12, said(2, 5, []))));
  expect(n).toBe(12);
  expect(incomplete?.reasonFr).toContain('Aucun échantillon n’a été tiré');
});

test('of too few answers nothing is said', () => {
  const { incomplete, parts } = estimate.of(surveyAsked(firmsAlike(1, 1, said(2, 5))));
  expect(incomplete?.reasonEn).toContain('Too few');
  expect(parts?.[0]?.values['difference']).toBeNull();
});

test('a release tells a question rounded, and not where few said yes, or few no', () => {
  const rule = { leastFirms: 3, largestShare: 0.85 } as never;
  const told = (firms: Parameters<typeof surveyAsked>[0]) =>
    toldEstimate(estimate, estimate.of(surveyAsked(firms)), rule).parts?.[0];
  const open = told([
    ...firmsAlike(1, 15, said(5, 5)),
    ...firmsAlike(20, 15, said(2, 5)),
    ...firmsAlike(40, 11, said(2, 2)),
  ]);
  expect(open?.n).toBe(40);
  // 15 and 30 of 41, rounded.
  expect(Math.abs((open?.values['before']?.value ?? 0) - 15 / 41)).toBeLessThanOrEqual(0.025);
  expect(Math.abs((open?.values['after']?.value ?? 0) - 30 / 41)).toBeLessThanOrEqual(0.025);
  const few = told([
    ...firmsAlike(1, 2, said(5, 5)),
    ...firmsAlike(20, 15, said(2, 5)),
    ...firmsAlike(40, 11, said(2, 2)),
  ]);
  expect(few).toMatchObject({ n: null, values: { before: null, difference: null } });
});
