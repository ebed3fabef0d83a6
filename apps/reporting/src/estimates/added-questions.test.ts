import { expect, test } from '@jest/globals';
import { firmsAlike, surveyAsked } from '../../test/surveyed.js';
import { toldEstimate } from '../secrecy/told-estimate.js';
import { estimate } from './added-questions.js';

const question = (name: string, kind: string, more: object = {}) => ({
  question: name,
  label: `${name} ?`,
  kind,
  theme: 'TRAINING',
  waves: ['BEFORE', 'AFTER'],
  ...more,
});
const questionnaires = [
  {
    version: 2,
    appliesFrom: '2010-01-01',
    questions: [
      question('management', 'SCORE'),
      question('opca_help', 'CHOICE', { waves: ['AFTER'], choices: ['oui', 'non', 'ne sait pas'] }),
      question('apprentices', 'NUMBER', { waves: ['AFTER'] }),
      question('words', 'TEXT'),
    ],
  },
];
const nine = { roles_clear: 3 };
const firm = (management: readonly [number, number], opca_help: string, apprentices: number) => ({
  drawn: ['BEFORE', 'AFTER'] as const,
  before: nine,
  after: nine,
  more: {
    before: { management: management[0], words: 'Rien.' },
    after: { management: management[1], opca_help, apprentices },
  },
});
const firms = [
  ...firmsAlike(1, 12, firm([2, 5], 'oui', 0)),
  ...firmsAlike(20, 6, firm([4, 4], 'oui', 1.5)),
  ...firmsAlike(40, 6, firm([4, 2], 'non', 3)),
];
const { parts = [] } = estimate.of(surveyAsked(firms, { questionnaires }));
const of = (key: string) => parts.find((part) => part.key === key);

test('a score has its share of yes in each wave, and its difference', () => {
  expect(of('management:BEFORE')).toMatchObject({
    labelFr: 'management ? (avant, oui)',
    n: 24,
    values: { share: { value: 0.5 } },
  });
  expect(of('management:AFTER')?.values['share']?.value).toBeCloseTo(0.75, 12);
  expect(of('management:difference')?.values['difference']?.value).toBeCloseTo(0.25, 12);
});

test('a choice has the share of each, with an interval; one that nobody chose stays at nothing', () => {
  expect(of('opca_help:AFTER:1')?.labelFr).toBe('opca_help ? (après, oui)');
  const share = of('opca_help:AFTER:1')?.values['share'];
  expect(share?.value).toBeCloseTo(0.75, 12);
  // All 24 of 24 answered: nothing is left open.
  expect([share?.low, share?.high]).toEqual([share?.value, share?.value]);
  expect(of('opca_help:AFTER:3')?.values['share']).toMatchObject({ value: 0, low: 0 });
});

test.each([
  [20, 17, 3],
  [30, 9, 1],
  [20, 20, 0],
  [15, 13, 12],
])(
  'of choices of %i, %i and %i firms a release tells all or none: the last is what the others leave',
  (oui, non, other) => {
    const of = (from: number, count: number, choice: string) => firmsAlike(from, count, firm([2, 5], choice, 1));
    const asked = surveyAsked([...of(1, oui, 'oui'), ...of(100, non, 'non'), ...of(200, other, 'ne sait pas')], {
      questionnaires,
    });
    const told = toldEstimate(estimate, estimate.of(asked), { leastFirms: 3, largestShare: 0.85 } as never);
    const shares = told.parts
      ?.filter(({ key }) => key.startsWith('opca_help'))
      .map(({ values }) => values['share'] ?? null);
    const isOpen = [oui, non, other].every((firms) => firms === 0 || firms >= 10);
    expect(shares?.map((share) => share !== null)).toEqual([isOpen, isOpen, isOpen]);
  },
);

test('a question of one wave is answered by who was drawn in that wave', () => {
  const after = firmsAlike(1, 12, { ...firm([2, 5], 'oui', 1), drawn: ['AFTER'] });
  const before = firmsAlike(50, 12, { ...firm([2, 5], 'non', 1), drawn: ['BEFORE'] });
  const { parts: said = [] } = estimate.of(surveyAsked([...after, ...before], { questionnaires }));
  expect(said.find(({ key }) => key === 'opca_help:AFTER:1')).toMatchObject({ n: 12, values: { share: { value: 1 } } });
  // Drawn in both was nobody.
  expect(said.some(({ key }) => key === 'management:difference')).toBe(false);
});

test('a number has its mean and median, in whole or in parts, nothing among them', () => {
  expect(of('apprentices:AFTER')).toMatchObject({ n: 24, values: { mean: { value: 1.125 }, median: { value: 0.75 } } });
});

test('with some who did not answer, the mean and the median have an interval', () => {
  const silent = firmsAlike(100, 30, { drawn: ['BEFORE', 'AFTER'] });
  const part = estimate
    .of(surveyAsked([...firms, ...silent], { questionnaires }))
    .parts?.find(({ key }) => key === 'apprentices:AFTER');
  const { value = 0, low = 0, high = 0 } = part?.values['mean'] ?? {};
  expect(low).toBeLessThan(value);
  expect(high - value).toBeCloseTo(value - low, 9);
  // Of 24 of 54, of whom 12 said 0, 6 said 1.5 and 6 said 3.
  expect(part?.values['median']).toMatchObject({ value: 0.75, low: 0, high: 1.5, isOfSingleFirms: true });
});

test('a release tells a median to what hides one firm, and its ends of fifty firms and more alone', () => {
  const rule = { leastFirms: 3, largestShare: 0.85 } as never;
  const numbered = (from: number, count: number, apprentices: number) =>
    firmsAlike(from, count, firm([2, 5], 'oui', apprentices));
  const silent = firmsAlike(900, 60, { drawn: ['BEFORE', 'AFTER'] });
  const medianOf = (each: number) => {
    const firms = [2, 30, 41, 70].flatMap((said, i) => numbered(1 + 100 * i, each, said));
    const told = toldEstimate(estimate, estimate.of(surveyAsked([...firms, ...silent], { questionnaires })), rule);
    return told.parts?.find(({ key }) => key === 'apprentices:AFTER')?.values['median'];
  };
  // Between 30 and 41, and the next after its ends is 28 away: to fifty.
  expect(medianOf(10)).toEqual({ value: 50 });
  expect(medianOf(20)).toEqual({ value: 50, low: 50, high: 50 });
});

test('words are no figure, and no text of them is kept', () => {
  expect(parts.some(({ key }) => key.startsWith('words'))).toBe(false);
  expect(JSON.stringify(surveyAsked(firms).firms.map(({ said }) => [...said]))).not.toContain('Rien');
});
