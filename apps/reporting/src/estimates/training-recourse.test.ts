import { expect, test } from '@jest/globals';
import { firmsAlike, surveyAsked } from '../../test/surveyed.js';
import { estimate as effects } from './survey-effects.js';
import { estimate } from './training-recourse.js';

const training = (priority: number, policy: number) => ({
  training_priority: priority,
  training_policy_exists: policy,
});
const firms = [
  ...firmsAlike(1, 10, { drawn: ['AFTER'], before: training(2, 1), after: training(3, 3) }),
  ...firmsAlike(20, 5, { drawn: ['AFTER'], before: training(1, 2), after: training(2, 2) }),
  ...firmsAlike(30, 5, { drawn: ['AFTER'], before: training(2, 3), after: training(5, 5) }),
];

test('little recourse has a before and an after of its own: who makes more of it does not give it priority by that', () => {
  const { n, values } = estimate.of(surveyAsked(firms));
  expect([n, values['before']?.value, values['after']?.value]).toEqual([20, 0.75, 0.25]);
  expect(values['difference']?.value).toBeCloseTo(-0.5, 12);
  expect(estimate.assumptionsFr[0]).toContain('ne se soustraient pas');
});

test('it is no question of the questionnaire, and counts for none of them', () => {
  const keys = effects.of(surveyAsked(firms)).parts?.map(({ key }) => key);
  expect(keys).toEqual(['training_policy_exists', 'training_priority']);
});
