import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './survey.js';

const wave = (name: 'BEFORE' | 'AFTER', answeredOn: string, answers: Record<string, number>) =>
  event('evaluation.survey-answered', { wave: name, answeredOn, answers, trends: undefined as never } as never);
const inPart = (answeredOn: string, answers: Record<string, number>) =>
  event('evaluation.survey-partly-answered', { wave: 'AFTER', answeredOn, answers, missing: [] } as never);

const before = wave('BEFORE', '2008-02-10', { roles_clear: 2, strategy_clear: 2 });

test('a firm that answered one wave alone says nothing of a change', () => {
  expect(saidOf(figure, [before])).toEqual([]);
});

test('a firm that answered both waves says something on the day of the second', () => {
  const after = wave('AFTER', '2009-12-21', { roles_clear: 4, strategy_clear: 3 });
  expect(saidOf(figure, [after, before])).toEqual([
    ['survey', '2009-12-21', 1],
    ['survey:volunteers', '2009-12-21', 1],
    ['survey:asked:roles_clear', '2009-12-21', 1],
    ['survey:after:roles_clear', '2009-12-21', 1],
    ['~survey:gained:roles_clear', '2009-12-21', 1],
    ['survey:asked:strategy_clear', '2009-12-21', 1],
  ]);
});

test('of a wave that was answered in part the questions that were answered count, until the whole is there', () => {
  const partly = saidOf(figure, [before, inPart('2009-12-21', { roles_clear: 5 })]);
  expect(partly).toContainEqual(['~survey:gained:roles_clear', '2009-12-21', 1]);
  expect(partly.map(([measure]) => measure)).not.toContain('survey:asked:strategy_clear');
  const whole = [before, inPart('2009-12-21', { roles_clear: 5 }), wave('AFTER', '2009-12-30', { roles_clear: 1 })];
  expect(saidOf(figure, whole)).toEqual([
    ['survey', '2009-12-30', 1],
    ['survey:volunteers', '2009-12-30', 1],
    ['survey:asked:roles_clear', '2009-12-30', 1],
  ]);
});
