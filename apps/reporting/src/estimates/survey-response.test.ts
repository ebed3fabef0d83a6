import { expect, test } from '@jest/globals';
import { firmsAlike, surveyAsked } from '../../test/surveyed.js';
import { toldEstimate } from '../secrecy/told-estimate.js';
import { estimate } from './survey-response.js';

const yes = { roles_clear: 4 };
const drawn = ['AFTER'] as const;
const firms = [
  ...firmsAlike(1, 20, { drawn, before: yes, after: yes }),
  ...firmsAlike(100, 12, { drawn, before: yes }),
  ...firmsAlike(200, 40, { before: yes, after: yes }),
  ...firmsAlike(300, 4, { basin: 'lens', size: '50-99', before: yes }),
];
const partCalled = (key: string) => estimate.of(surveyAsked(firms)).parts?.find((part) => part.key === key);

test('who was drawn, who of them answered and who answered unasked, wave by wave', () => {
  expect(partCalled('AFTER')).toMatchObject({
    labelFr: 'Après',
    n: 32,
    counts: { population: 76, drawn: 32, answered: 20, volunteers: 40 },
    values: { rate: { value: 20 / 32 } },
  });
  expect(partCalled('BEFORE')).toMatchObject({
    counts: { population: 76, drawn: 0, volunteers: 76 },
    values: { rate: null },
  });
});

test('in all: who could be asked, and what was done in waves in which they could', () => {
  const beside = [
    // Detected alone, and drawn after without having completed: they could not be asked.
    ...firmsAlike(400, 9, { isEnrolled: false, isCompleted: false }),
    ...firmsAlike(420, 3, { isCompleted: false, drawn }),
  ];
  const { n, counts } = estimate.of(surveyAsked([...firms, ...beside]));
  expect({ n, counts }).toEqual({ n: 32, counts: { population: 79, drawn: 32, answered: 20, volunteers: 76 } });
});

test('by size, by basin and by stratum; a stratum that nobody was drawn from is said', () => {
  expect(partCalled('AFTER:basin:artois')).toMatchObject({ labelFr: 'Après, Artois-Ternois', counts: { drawn: 32 } });
  expect(partCalled('AFTER:size:50-99')).toMatchObject({ counts: { population: 4, drawn: 0 } });
  expect(partCalled('AFTER:stratum:lens:50-99')).toMatchObject({ counts: { population: 4, drawn: 0 } });
  expect(estimate.of(surveyAsked(firms)).incomplete?.reasonFr).toContain('ne sont pas tirées');
  expect(estimate.of(surveyAsked(firms.slice(0, -4))).incomplete).toBeUndefined();
});

test('where nobody was drawn, that is said, and there is no rate', () => {
  const { incomplete, values } = estimate.of(surveyAsked(firmsAlike(1, 20, { before: yes, after: yes })));
  expect(incomplete?.reasonFr).toContain('Aucun échantillon');
  expect(values).toEqual({ rate: null });
});

test('a release says of no stratum that it is there, and nothing of a wave of which few did something', () => {
  const told = toldEstimate(estimate, estimate.of(surveyAsked(firms)), {
    leastFirms: 3,
    largestShare: 0.85,
    every: 'MONTH',
  } as never);
  expect(told.parts?.filter(({ key }) => key.includes('stratum'))).toEqual([]);
  const of = new Map(told.parts?.map((part) => [part.key, part]));
  expect(of.get('AFTER')).toMatchObject({ n: 30, counts: { population: 75, drawn: 30, answered: 20, volunteers: 40 } });
  // A size of no firm reads as one of few.
  expect(of.get('AFTER:size:250+')).toEqual({
    ...of.get('AFTER:size:50-99'),
    key: 'AFTER:size:250+',
    labelFr: 'Après, 250+ salariés',
    labelEn: 'After, 250+ employees',
  });
  expect(of.get('AFTER:size:250+')?.n).toBeNull();
});
