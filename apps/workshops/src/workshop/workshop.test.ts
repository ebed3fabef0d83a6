import { codeInState, scenarioOf } from '@gpect/test-kit/scenario';
import { expect, test } from '@jest/globals';
import { type WorkshopCommand, workshop } from './workshop.js';

const today = '2014-06-30';
const plan: WorkshopCommand = {
  kind: 'plan',
  actionKnown: true,
  workshop: { programme: 'p', action: 'a', workshop: 'W1', plannedOn: '2008-07-03', theme: 'skills' },
};
const attend = (attendance: 'PRESENT' | 'ABSENT', firmAction: string | undefined = 'p/a'): WorkshopCommand => ({
  kind: 'record-attendance',
  siret: '00001002500013',
  attendance,
  firmAction,
  today,
});
const hold: WorkshopCommand = { kind: 'hold', today };
const cancel: WorkshopCommand = { kind: 'cancel', reason: 'Salle indisponible' };
const { after } = scenarioOf(workshop, codeInState);

test('attendance holds a planned workshop, once, and counts each firm once', () => {
  expect(after(plan, attend('PRESENT'), attend('PRESENT'), hold)).toEqual([
    'workshop-scheduled',
    'workshop-held',
    'attendance-recorded',
  ]);
});

test.each([
  ['attendance at a cancelled workshop', [plan, cancel, attend('PRESENT')], 'transition_forbidden CANCELLED'],
  ['holding a cancelled workshop', [plan, cancel, hold], 'transition_forbidden CANCELLED'],
  ['cancelling a workshop that was held', [plan, hold, cancel], 'transition_forbidden HELD'],
  ['attendance of a firm of another action', [plan, attend('PRESENT', 'p/b')], 'firm_not_enrolled'],
  ['attendance said otherwise afterwards', [plan, attend('PRESENT'), attend('ABSENT')], 'attendance_differs HELD'],
  ['a workshop that nobody planned', [hold], 'workshop_unknown'],
  ['a plan for an action that nobody launched', [{ ...plan, actionKnown: false }], 'action_unknown'],
  ['holding a workshop before its day', [plan, { ...hold, today: '2008-07-02' }], 'date_in_future'],
] as [string, WorkshopCommand[], string][])('refuses %s', (_what, commands, expected) => {
  expect(after(...commands)).toBe(expected);
});
