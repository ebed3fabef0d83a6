import { describe, expect, test } from '@jest/globals';
import type { FirmDocument } from '../read-model/documents.js';
import { firmFacts } from './firm-facts.js';

const firm: Omit<FirmDocument, '_id'> = { programme: 'p', siret: 'x', headcount: 99, detectedOn: '2008-01-05' };
const of = (more: Partial<FirmDocument>, dates = more) =>
  firmFacts({ firm: { ...firm, ...more }, dates, targetHeadcount: 100 });

test('what was told without its day counts from the earliest on which it can have been', () => {
  expect(of({ qualified: '', declined: '2008-03-01' })).toEqual([
    ['detected', '2008-01-05', 1],
    ['qualified', '2008-01-05', 1],
    ['declined', '2008-03-01', 1],
  ]);
  expect(of({ qualified: '', enrolledOn: '2008-02-01', abandoned: '' })).toContainEqual(['abandoned', '2008-02-01', 1]);
});

test('a firm is under or over the target from its agreement on', () => {
  const enrolled = { enrolledOn: '2008-02-01' };
  expect(of(enrolled)).toContainEqual(['under100', '2008-02-01', 1]);
  expect(of({ ...enrolled, headcount: 100 })).toContainEqual(['over100', '2008-02-01', 1]);
});

test('a case that was merged into another counts nowhere on the path: the other does', () => {
  expect(of({ qualified: '2008-02-01', mergedInto: 'y' })).toEqual([]);
});

describe('windows of an accompanied firm', () => {
  const dates = { enrolledOn: '2008-02-10', completedOn: '2009-12-20' };
  test.each([
    ['2007-01-31', undefined, undefined],
    ['2007-02-01', '2009-12-20', undefined],
    ['2008-01-31', '2009-12-20', undefined],
    ['2008-02-01', undefined, undefined],
    ['2009-12-31', undefined, undefined],
    ['2010-01-01', undefined, '2010-01-01'],
    ['2010-12-31', undefined, '2010-12-31'],
    ['2011-01-01', undefined, undefined],
  ])('paid on %s', (day, before, after) => {
    const facts = of({ spend: { [day]: { f: { PLAN: 9 } } } }, dates);
    const dayOf = (measure: string) => facts.find(([name]) => name === measure)?.[1];
    expect([dayOf('spendBefore'), dayOf('spendAfter')]).toEqual([before, after]);
    // Known as spend of an enrolled firm from the agreement on, not before.
    expect(dayOf('spendEnrolled')).toBe(day < '2008-02-10' ? '2008-02-10' : day);
  });
});

test('of a wave that was answered in part the questions that were answered count, until the whole is there', () => {
  const on = (day: string, answers: Record<string, number>) => ({ on: day, answers });
  const before = { BEFORE: on('2008-02-10', { roles_clear: 2, strategy_clear: 2 }) };
  const partly = { answers: before, partlyAnswered: { AFTER: on('2009-12-21', { roles_clear: 5 }) } };
  expect(of(partly)).toContainEqual(['survey:gained:roles_clear', '2009-12-21', 1]);
  expect(of(partly)).not.toContainEqual(['survey:asked:strategy_clear', '2009-12-21', 1]);
  const whole = { ...before, AFTER: on('2009-12-30', { roles_clear: 1, strategy_clear: 4 }) };
  expect(of({ ...partly, answers: whole })).not.toContainEqual(['survey:gained:roles_clear', '2009-12-21', 1]);
});

test('a firm says something of a change when it answered both waves, question by question', () => {
  const answers = (on: string, given: Record<string, number>) => ({ on, answers: given });
  const both = {
    BEFORE: answers('2008-02-10', { roles_clear: 2, training_priority: 1, training_policy_exists: 2 }),
    AFTER: answers('2009-12-21', { roles_clear: 4, training_priority: 5 }),
  };
  expect(of({ answers: { BEFORE: both.BEFORE } })).toEqual([['detected', '2008-01-05', 1]]);
  const measures = of({ answers: both }).map(([measure]) => measure);
  expect(measures.filter((m) => m.startsWith('survey'))).toEqual([
    'survey',
    'survey:asked:roles_clear',
    'survey:after:roles_clear',
    'survey:gained:roles_clear',
    'survey:asked:training_priority',
    'survey:after:training_priority',
    'survey:gained:training_priority',
    'survey:noTrainingBefore',
    'survey:trainingPriorityAfter',
  ]);
});
