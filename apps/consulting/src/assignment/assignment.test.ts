import { taken } from '@gpect/test-kit/commands';
import { scenarioOf } from '@gpect/test-kit/scenario';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shownPlan } from './action-plan.js';
import { type AssignmentCommand, assignment } from './assignment.js';
import type { Session } from './sessions.js';

const today = '2014-06-30';
const open: AssignmentCommand = {
  kind: 'open',
  firm: { programme: 'p', action: 'a', basin: 'b', siret: '00001002500013', enrolledOn: '2008-05-05' },
};
const session = (id: string, heldOn: string, stage: Session['stage']): AssignmentCommand => ({
  kind: 'record-session',
  today,
  session: { session: id, consultant: 'C27', heldOn, halfDays: 1, stage, theme: 'skills', participants: ['MANAGER'] },
});
const close: AssignmentCommand = { kind: 'close', outcome: 'COMPLETED', closedOn: '2009-06-05' };
const { after, given } = scenarioOf(assignment);

test('opens once, is staffed by its first session, closes once', () => {
  expect(after(open, open, session('S1', '2008-06-01', 'PRE_DIAGNOSTIC'), close, close)).toEqual([
    'assignment-opened',
    'assignment-staffed',
    'session-recorded',
    'assignment-closed',
  ]);
});

describe('stages only go forward along the days', () => {
  const first = session('S1', '2008-06-01', 'ACTION_PLAN');
  test.each([
    ['the same stage later', session('S2', '2008-07-01', 'ACTION_PLAN'), 'session-recorded'],
    ['a further stage later', session('S2', '2008-07-01', 'RECOMMENDATIONS'), 'session-recorded'],
    [
      'an earlier stage that comes late but was held before',
      session('S2', '2008-05-20', 'PRE_DIAGNOSTIC'),
      'session-recorded',
    ],
    ['an earlier stage later', session('S2', '2008-07-01', 'PRE_DIAGNOSTIC'), 'stage_backwards'],
    ['a further stage held before', session('S2', '2008-05-20', 'IMPLEMENTATION'), 'stage_backwards'],
  ])('%s', (_what, second, expected) => {
    const result = after(open, first, second);
    expect(Array.isArray(result) ? result.at(-1) : result).toBe(expected);
  });
});

test('a late file is taken after the closing; the same session again changes nothing; another under its number is refused', () => {
  const one = session('S1', '2009-07-01', 'RECOMMENDATIONS');
  expect(after(open, close, one, one)).toEqual([
    'assignment-opened',
    'assignment-closed',
    'assignment-staffed',
    'session-recorded',
  ]);
  expect(after(open, one, session('S1', '2009-07-02', 'RECOMMENDATIONS'))).toBe('session_differs');
});

test.each([
  ['without an assignment', [session('S1', '2008-06-01', 'PRE_DIAGNOSTIC')], 'assignment_unknown'],
  ['before the agreement', [open, session('S1', '2008-05-04', 'PRE_DIAGNOSTIC')], 'date_too_early'],
  ['in the future', [open, session('S1', '2014-07-01', 'PRE_DIAGNOSTIC')], 'date_in_future'],
  [
    'another consultant once closed',
    [open, close, { kind: 'staff', consultant: 'C1' } as AssignmentCommand],
    'transition_forbidden',
  ],
])('refuses a session %s', (_what, commands, code) => {
  expect(after(...commands)).toBe(code);
});

describe('a session is corrected or taken back, with its trace', () => {
  const one = session('S1', '2008-06-01', 'ACTION_PLAN');
  const two = session('S2', '2008-07-01', 'IMPLEMENTATION');
  const corrected = (heldOn: string, stage: Session['stage']): AssignmentCommand => ({
    kind: 'correct-session',
    today,
    reason: 'Erreur de saisie',
    session: { ...(session('S1', heldOn, stage) as { session: Session }).session, halfDays: 2 },
  });
  const cancel: AssignmentCommand = { kind: 'cancel-session', session: 'S1', reason: 'Saisie deux fois' };
  test('corrected once; the same correction again changes nothing', () => {
    const fix = corrected('2008-06-15', 'ACTION_PLAN');
    expect(after(open, one, two, fix, fix)).toEqual([...(after(open, one, two) as string[]), 'session-corrected']);
  });
  test('taken back once, and its number is not used again', () => {
    expect(after(open, one, cancel, cancel)).toEqual([...(after(open, one) as string[]), 'session-cancelled']);
    expect(after(open, one, cancel, one)).toBe('session_cancelled');
    expect(after(open, one, cancel, corrected('2008-06-15', 'ACTION_PLAN'))).toBe('session_cancelled');
  });
  test.each([
    ['a correction of what was not recorded', [open, corrected('2008-06-15', 'ACTION_PLAN')], 'session_unknown'],
    ['a cancellation of what was not recorded', [open, cancel], 'session_unknown'],
    [
      'a correction that puts a stage behind',
      [open, one, two, corrected('2008-08-01', 'ACTION_PLAN')],
      'stage_backwards',
    ],
    ['a correction into the future', [open, one, corrected('2014-07-01', 'ACTION_PLAN')], 'date_in_future'],
    ['a correction before the agreement', [open, one, corrected('2008-05-04', 'ACTION_PLAN')], 'date_too_early'],
  ] as [string, AssignmentCommand[], string][])('refuses %s', (_what, commands, code) => {
    expect(after(...commands)).toBe(code);
  });
});

test('a budget of half-days is set once, and changed with a reason', () => {
  const budget = (halfDays: number, reason?: string): AssignmentCommand => ({
    kind: 'budget',
    halfDays,
    ...(reason ? { reason } : {}),
  });
  expect(after(open, budget(20), budget(20), budget(24, 'Avenant'))).toEqual([
    'assignment-opened',
    'half-days-budgeted',
    'half-days-budgeted',
  ]);
  expect(after(open, budget(20), budget(24))).toBe('reason_missing');
});

describe('an action plan', () => {
  const items = [
    { item: 'p1', theme: 'skills', title: 'Référentiel', owner: "Chef d'atelier", dueOn: '2009-03-31' },
    { item: 'p2', theme: 'working_conditions', title: 'Postes', owner: 'Dirigeant', dueOn: '2009-06-30' },
  ] as const;
  const plan: AssignmentCommand = { kind: 'agree-plan', agreedOn: '2008-09-15', items, today };
  const done = { status: 'DONE', progress: 100, on: '2009-03-20', outcome: 'En usage' } as const;
  const progress: AssignmentCommand = { kind: 'progress-item', item: 'p1', said: done, today };

  test('is agreed, progresses, and is agreed anew; what was said of an item stays', () => {
    const again: AssignmentCommand = { ...plan, agreedOn: '2009-04-01', items: [...items].reverse() };
    expect(after(open, plan, plan, progress, progress, again)).toEqual([
      'assignment-opened',
      'action-plan-agreed',
      'action-plan-item-progressed',
      'action-plan-agreed',
    ]);
    const state = given(open, plan, progress, again);
    expect(state?.plan && shownPlan(state.plan, '2009-07-01')).toMatchObject({
      version: 2,
      items: [
        { item: 'p2', late: true },
        { item: 'p1', late: false, outcome: 'En usage' },
      ],
    });
  });

  test.each([
    ['an item twice', [open, { ...plan, items: [items[0], items[0]] }], 'item_twice'],
    ['a plan in the future', [open, { ...plan, agreedOn: '2014-07-01' }], 'date_in_future'],
    ['a plan before the agreement', [open, { ...plan, agreedOn: '2008-05-04' }], 'date_too_early'],
    ['progress without a plan', [open, progress], 'item_unknown'],
    ['progress of no item', [open, plan, { ...progress, item: 'p9' }], 'item_unknown'],
    ['progress before the plan', [open, plan, { ...progress, said: { ...done, on: '2008-09-14' } }], 'date_too_early'],
    ['progress in the future', [open, plan, { ...progress, said: { ...done, on: '2014-07-01' } }], 'date_in_future'],
    ['done in part', [open, plan, { ...progress, said: { ...done, progress: 80 } }], 'done_in_part'],
  ] as [string, AssignmentCommand[], string][])('refuses %s', (_what, commands, code) => {
    expect(after(...commands)).toBe(code);
  });
});

test('no sequence of commands breaks what always holds of an assignment', () => {
  const stages = ['PRE_DIAGNOSTIC', 'ACTION_PLAN', 'IMPLEMENTATION', 'RECOMMENDATIONS'] as const;
  const ids = fc.constantFrom('S1', 'S2', 'S3', 'S4');
  const days = fc.constantFrom('2008-05-01', '2008-06-01', '2008-07-01', '2008-08-01', '2015-01-01');
  const held = fc.record({ id: ids, day: days, stage: fc.constantFrom(...stages) });
  const command = fc.oneof(
    held.map(({ id, day, stage }) => session(id, day, stage)),
    held.map(({ id, day, stage }): AssignmentCommand => {
      const { session: one } = session(id, day, stage) as { session: Session };
      return { kind: 'correct-session', session: one, reason: 'x', today };
    }),
    ids.map((id): AssignmentCommand => ({ kind: 'cancel-session', session: id, reason: 'x' })),
    fc.constant(close),
    fc.constantFrom<AssignmentCommand>(
      { kind: 'pause', suspendedOn: '2008-10-02', reason: 'x' },
      { kind: 'resume', resumedOn: '2009-01-05' },
    ),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      // Said again it changes nothing.
      const steps = [...taken(assignment, [open, ...commands])];
      for (const step of steps) expect(assignment.decide(step.command, step.state)).toEqual({ ok: true, value: [] });
      const state = steps.at(-1)?.state;
      const sessions = [...(state?.sessions ?? [])].sort((a, b) => a.heldOn.localeCompare(b.heldOn));
      expect(new Set(sessions.map((s) => s.session)).size).toBe(sessions.length);
      for (const s of sessions) {
        expect(state?.cancelled ?? []).not.toContain(s.session);
        expect(s.heldOn >= '2008-05-05' && s.heldOn <= today).toBe(true);
        for (const t of sessions)
          if (s.heldOn < t.heldOn) expect(stages.indexOf(s.stage)).toBeLessThanOrEqual(stages.indexOf(t.stage));
      }
    }),
    { numRuns: 500 },
  );
});
