import { expect, test } from '@jest/globals';
import { surveyFacts } from './survey-facts.js';

const DAY = '2009-12-21';
const answers = (before: Record<string, number>, after: Record<string, number>) => ({
  answers: { BEFORE: { on: '2008-02-10', answers: before }, AFTER: { on: DAY, answers: after } },
});
const measures = (...of: Parameters<typeof answers>) => surveyFacts(answers(...of)).map(([measure]) => measure);

test.each([
  [4, 4, ['before', 'after']],
  [3, 4, ['after', '~gained']],
  [4, 3, ['before', '~lost']],
  [1, 3, []],
])('an answer of %i and then of %i', (before, after, said) => {
  const parts = said.map((part) => (part.startsWith('~') ? `~survey:${part.slice(1)}` : `survey:${part}`));
  expect(measures({ roles_clear: before }, { roles_clear: after })).toEqual([
    'survey',
    'survey:volunteers',
    'survey:asked:roles_clear',
    ...parts.map((part) => `${part}:roles_clear`),
  ]);
});

test('a question that was asked once alone says nothing of a change', () => {
  expect(measures({ roles_clear: 2 }, { strategy_clear: 5 })).toEqual(['survey', 'survey:volunteers']);
});

test.each([
  [2, 2, true],
  [3, 1, false],
  [1, 3, false],
])('training priority %i and policy %i before: little recourse and no policy', (priority, policy, isSo) => {
  const said = measures({ training_priority: priority, training_policy_exists: policy }, {});
  expect(said.includes('survey:noTrainingBefore')).toBe(isSo);
});

test.each([
  [2, 2, true],
  [3, 1, false],
])('and after: priority %i and policy %i', (priority, policy, isSo) => {
  const said = measures({}, { training_priority: priority, training_policy_exists: policy });
  expect(said.includes('survey:noTrainingAfter')).toBe(isSo);
});

test('a firm that says training is a priority after counts, whatever it said before', () => {
  expect(measures({}, { training_priority: 4 })).toContain('survey:trainingPriorityAfter');
  expect(measures({}, { training_priority: 3 })).not.toContain('survey:trainingPriorityAfter');
});

test('what the firm says of its trends counts by trend, on the later day of the two waves', () => {
  expect(surveyFacts({ ...answers({}, {}), trends: { activity: 'UP' } as never })).toContainEqual([
    'survey:trend:activity:UP',
    DAY,
    1,
  ]);
});
