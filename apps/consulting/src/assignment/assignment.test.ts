import { target } from '@gpect/service-kit/aggregate/aggregate';
import { describe, expect, test } from '@jest/globals';
import { type AssignmentCommand, assignment, type Session } from './assignment.js';

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
const after = (...commands: AssignmentCommand[]) => {
  const result = target(assignment, 'p/x', ...commands).run(null);
  return result.ok ? result.value.events.map((e) => e.type.split('.').at(-2)) : result.fault.code;
};

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
