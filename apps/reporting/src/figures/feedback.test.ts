import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidByRecords } from '../../test/said.js';
import { figure } from './feedback.js';
import { isSecretFree } from './registry.js';

const given = (person: string, satisfaction: number, usefulness: number) =>
  event('workshops.workshop-feedback-given', {
    workshop: 'W1',
    person,
    satisfaction,
    usefulness,
    givenOn: '2008-07-04',
  });

test('what a participant said of a workshop counts once; 4 and 5 are a yes', () => {
  expect(saidByRecords(figure, 'persons', [given('1', 5, 3), given('2', 3, 4), given('1', 5, 3)])).toEqual([
    ['feedback', '2008-07-04', 1],
    ['feedback:satisfied', '2008-07-04', 1],
    ['feedback', '2008-07-04', 1],
    ['feedback:useful', '2008-07-04', 1],
  ]);
});

test('it is masked like what firms say: persons stand behind it', () => {
  expect(isSecretFree('feedback:satisfied')).toBe(false);
  expect(isSecretFree('workshops')).toBe(true);
});
