import { scenarioOf } from '@gpect/test-kit/scenario';
import { describe, expect, test } from '@jest/globals';
import { type Assignment, type AssignmentCommand, assignment } from './assignment.js';
import { stagesOf } from './deliverables.js';

const today = '2014-06-30';
const open: AssignmentCommand = {
  kind: 'open',
  firm: { programme: 'p', action: 'a', basin: 'b', siret: '00001002500013', enrolledOn: '2008-05-05' },
};
const session: AssignmentCommand = {
  kind: 'record-session',
  today,
  session: {
    session: 'S1',
    consultant: 'C27',
    heldOn: '2008-06-01',
    halfDays: 2,
    stage: 'PRE_DIAGNOSTIC',
    theme: 'skills',
    participants: ['MANAGER', 'EMPLOYEES'],
  },
};
const handOver = {
  kind: 'hand-over',
  today,
  deliverable: {
    deliverable: 'L1',
    stage: 'PRE_DIAGNOSTIC',
    title: 'Rapport',
    handedOverOn: '2008-07-01',
    to: ['MANAGER'],
  },
} as const satisfies AssignmentCommand;
const pause: AssignmentCommand = { kind: 'pause', suspendedOn: '2008-10-02', reason: 'Dirigeant absent' };
const resume: AssignmentCommand = { kind: 'resume', resumedOn: '2009-01-05' };
const close: AssignmentCommand = { kind: 'close', outcome: 'ABANDONED' };
const staff = { kind: 'staff', consultant: 'C1' } as const satisfies AssignmentCommand;
const { run } = scenarioOf(assignment);
const after = (...commands: AssignmentCommand[]) => {
  const result = run(...commands);
  return result.ok ? result.value.events.slice(1).map((e) => e.type.split('.').at(-2)) : result.fault.code;
};

describe('deliverables', () => {
  test('each stage shows who took part, who did not, and what was handed over', () => {
    const result = run(open, session, handOver, handOver, {
      ...handOver,
      deliverable: { ...handOver.deliverable, title: 'Rapport corrigé' },
    });
    expect(stagesOf((result.ok ? result.value.state : null) as Assignment)).toMatchObject([
      {
        stage: 'PRE_DIAGNOSTIC',
        sessions: 1,
        halfDays: 2,
        participation: { MANAGER: 1, EMPLOYEES: 1 },
        absent: ['SUPERVISORS', 'STAFF_REPRESENTATIVES'],
        deliverables: [{ deliverable: 'L1', title: 'Rapport corrigé' }],
      },
      { stage: 'ACTION_PLAN', sessions: 0, absent: [], deliverables: [] },
      { stage: 'IMPLEMENTATION' },
      { stage: 'RECOMMENDATIONS' },
    ]);
  });
  test.each([
    ['of a stage that has not begun', [open, handOver], 'transition_forbidden'],
    [
      'before the first session of the stage',
      [open, session, { ...handOver, deliverable: { ...handOver.deliverable, handedOverOn: '2008-05-31' } }],
      'date_too_early',
    ],
    [
      'tomorrow',
      [open, session, { ...handOver, deliverable: { ...handOver.deliverable, handedOverOn: '2014-07-01' } }],
      'date_in_future',
    ],
  ])('refuses one %s', (_what, commands, code) => {
    expect(after(...(commands as AssignmentCommand[]))).toBe(code);
  });
});

test('the consulting pauses and goes on with its firm; what does not fit is passed over', () => {
  expect(after(open, resume, pause, pause, resume, resume)).toEqual(['assignment-suspended', 'assignment-resumed']);
  expect(after(open, pause, close, pause, resume)).toEqual(['assignment-suspended', 'assignment-closed']);
});

test('who decided on a consultant is kept, and nobody is staffed against the register', () => {
  const result = run(open, { ...staff, decidedBy: 'anne', reason: 'Connaît la branche' });
  expect(result.ok && result.value.state).toMatchObject({
    consultant: 'C1',
    staffing: { decidedBy: 'anne', reason: 'Connaît la branche' },
  });
  expect(after(open, { ...staff, against: 'has not signed the charter' })).toBe('consultant_unfit');
});
