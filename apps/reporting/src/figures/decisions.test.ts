import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidByRecords } from '../../test/said.js';
import { figure } from './decisions.js';

const met = event('enrolment.steering-committee-met', {
  meeting: '1',
  heldOn: '2008-03-20',
  decisions: [{ decision: '1', text: 'Relancer les branches' }],
});
const became = (status: 'DONE' | 'UNDER_WAY' | 'DROPPED', on: string) =>
  event('enrolment.committee-decision-followed-up', { meeting: '1', decision: '1', status, on });
const on = (day: string, ...events: Parameters<typeof saidByRecords>[2]) => {
  const totals: Record<string, number> = {};
  for (const [measure, of, amount] of saidByRecords(figure, 'actions', [met, ...events]))
    if (of <= day) totals[measure] = (totals[measure] ?? 0) + amount;
  return Object.fromEntries(Object.entries(totals).filter(([, count]) => count !== 0));
};

test('a decision is outstanding from its meeting on, and while it is under way', () => {
  expect(on('2008-03-19')).toEqual({});
  expect(on('2008-03-20')).toEqual({ decisions: 1, 'decisions:OUTSTANDING': 1 });
  expect(on('2008-04-30', became('UNDER_WAY', '2008-04-18'))).toEqual({ decisions: 1, 'decisions:OUTSTANDING': 1 });
});

test('as of each day it is in one state, whichever was read first', () => {
  const [done, again] = [became('DONE', '2008-05-05'), became('UNDER_WAY', '2008-06-02')];
  for (const events of [
    [done, again],
    [again, done],
  ]) {
    expect(on('2008-05-31', ...events)).toEqual({ decisions: 1, 'decisions:DONE': 1 });
    expect(on('2008-06-30', ...events)).toEqual({ decisions: 1, 'decisions:OUTSTANDING': 1 });
  }
  expect(on('2008-06-30', became('DROPPED', '2008-06-02'))).toEqual({ decisions: 1, 'decisions:DROPPED': 1 });
});
