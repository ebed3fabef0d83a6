import { expect, test } from '@jest/globals';
import { firmsAlike, surveyAsked } from '../../test/surveyed.js';
import { estimate } from './training-priority.js';

test('priority to training, before and after, of those who answered both times', () => {
  const firms = [
    ...firmsAlike(1, 10, { drawn: ['AFTER'], before: { training_priority: 3 }, after: { training_priority: 4 } }),
    ...firmsAlike(20, 10, { drawn: ['AFTER'], before: { training_priority: 5 }, after: { training_priority: 4 } }),
    ...firmsAlike(40, 10, { drawn: ['AFTER'], after: { training_priority: 4 } }),
  ];
  const { n, values } = estimate.of(surveyAsked(firms));
  expect([n, values['before']?.value, values['after']?.value, values['difference']?.value]).toEqual([20, 0.5, 1, 0.5]);
});
