import { taken } from '@gpect/test-kit/commands';
import { codeInState, scenarioOf } from '@gpect/test-kit/scenario';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { feedbackOf, seatsOf } from './participants.js';
import { type Workshop, type WorkshopCommand, workshop } from './workshop.js';

const today = '2014-06-30';
const siret = '00001002500013';
const plan = {
  kind: 'plan',
  actionKnown: true,
  workshop: {
    programme: 'p',
    action: 'a',
    workshop: 'W1',
    plannedOn: '2008-07-03',
    theme: 'skills',
    capacity: 2,
    audiences: ['MANAGERS', 'CONSULTANTS'],
  },
} as const satisfies WorkshopCommand;
const register = (person: string, more: object = {}): WorkshopCommand => ({
  kind: 'register',
  participant: { person, name: person, audience: 'MANAGERS', siret, registeredOn: '2008-06-20', ...more },
  firmAction: 'p/a',
  today,
});
const withdraw = (person: string): WorkshopCommand => ({ kind: 'withdraw', person, withdrewOn: '2008-06-25', today });
const came = (person: string, more: object = {}, attendance: 'PRESENT' | 'ABSENT' = 'PRESENT'): WorkshopCommand => ({
  kind: 'record-person',
  person,
  attendance,
  who: more,
  firmAction: () => 'p/a',
  today,
});
const feedback = (person: string, satisfaction = 4): WorkshopCommand => ({
  kind: 'give-feedback',
  feedback: { person, satisfaction, usefulness: 5, comment: 'Utile', givenOn: '2008-07-04' },
  today,
});
const remind = (daysBefore: number, on: string): WorkshopCommand => ({
  kind: 'remind',
  daysBefore,
  invited: [siret, '00001003300025'],
  today: on,
});
const { run, given } = scenarioOf(workshop, codeInState);
const stateOf = (...commands: WorkshopCommand[]) => given(...commands) as Workshop;
const after = (...commands: WorkshopCommand[]) => {
  const result = run(...commands);
  return result.ok
    ? result.value.events.slice(1).map((e) => e.type.split('.').at(-2))
    : `${result.fault.code} ${result.fault.state ?? ''}`.trim();
};

describe('seats', () => {
  const full = [plan, register('P1'), register('P2'), register('P3'), register('P4')];
  test('who comes when it is full waits, in order, and has the seat that becomes free', () => {
    expect(seatsOf(stateOf(...full))).toEqual({ capacity: 2, taken: 2, waiting: 2 });
    const later = stateOf(...full, withdraw('P1'), withdraw('P1'));
    expect(later.participants?.map((p) => [p.person, p.seat])).toEqual([
      ['P1', 'WITHDRAWN'],
      ['P2', 'SEAT'],
      ['P3', 'SEAT'],
      ['P4', 'WAITING'],
    ]);
    expect(stateOf(...full, withdraw('P4')).participants?.filter((p) => p.seat === 'SEAT')).toHaveLength(2);
  });
  test('who registers again stands behind the others', () => {
    const again = stateOf(...full, withdraw('P1'), register('P1'));
    expect(again.participants?.map((p) => `${p.person} ${p.seat}`)).toEqual([
      'P2 SEAT',
      'P3 SEAT',
      'P4 WAITING',
      'P1 WAITING',
    ]);
  });
});

test('a firm whose manager came has come; who was not registered is a late addition', () => {
  expect(after(plan, register('P1'), came('P1'), came('P1'))).toEqual([
    'participant-registered',
    'workshop-held',
    'person-attendance-recorded',
    'attendance-recorded',
  ]);
  const state = stateOf(plan, came('P9', { name: 'Z', audience: 'CONSULTANTS', organisation: 'Cabinet' }));
  expect([state.participants, state.attendance]).toMatchObject([
    [{ person: 'P9', seat: 'LATE', attendance: 'PRESENT' }],
    {},
  ]);
});

test('what participants say is shown as means, without names', () => {
  const state = stateOf(
    plan,
    register('P1'),
    register('P2'),
    came('P1'),
    came('P2'),
    feedback('P1'),
    feedback('P2', 5),
  );
  expect(feedbackOf(state.participants)).toEqual({
    answers: 2,
    satisfaction: 4.5,
    usefulness: 5,
    comments: ['Utile', 'Utile'],
  });
});

test('a reminder is due once for each term, to who has a seat and to firms that have not answered', () => {
  const state = stateOf(
    plan,
    register('P1'),
    remind(7, '2008-06-26'),
    remind(7, '2008-06-27'),
    remind(1, '2008-07-02'),
  );
  expect(state.reminders).toEqual([
    { daysBefore: 7, remindedOn: '2008-06-26', persons: ['P1'], firms: ['00001003300025'] },
    { daysBefore: 1, remindedOn: '2008-07-02', persons: ['P1'], firms: ['00001003300025'] },
  ]);
  expect(after(plan, { kind: 'cancel' }, remind(7, '2008-06-26'))).toEqual(['workshop-cancelled']);
  expect(after(plan, remind(1, '2008-07-02'), remind(7, '2008-07-02'))).toEqual(['workshop-reminder-due']);
});

describe('refuses', () => {
  const hold: WorkshopCommand = { kind: 'hold', today };
  test.each<[string, WorkshopCommand[], string]>([
    ['an audience that is not invited', [plan, register('P1', { audience: 'PARTNERS' })], 'audience_not_invited'],
    ['a manager of no firm', [plan, register('P1', { siret: undefined })], 'siret_missing'],
    [
      'a firm of another action',
      [plan, { ...register('P1'), firmAction: 'p/b' } as WorkshopCommand],
      'firm_not_enrolled',
    ],
    ['a registration of tomorrow', [plan, register('P1', { registeredOn: '2014-07-01' })], 'date_in_future'],
    ['another person under a number', [plan, register('P1'), register('P1', { name: 'Q' })], 'person_differs SEAT'],
    ['a registration once it was held', [plan, hold, register('P1')], 'transition_forbidden HELD'],
    [
      'a registration for what is cancelled',
      [plan, { kind: 'cancel' }, register('P1')],
      'transition_forbidden CANCELLED',
    ],
    ['a withdrawal of nobody', [plan, withdraw('P1')], 'person_unknown'],
    ['a withdrawal once it was held', [plan, register('P1'), hold, withdraw('P1')], 'transition_forbidden HELD'],
    ['attendance of somebody without a name', [plan, came('P9')], 'person_unknown'],
    [
      'attendance at what is cancelled',
      [plan, register('P1'), { kind: 'cancel' }, came('P1')],
      'transition_forbidden CANCELLED',
    ],
    [
      'attendance said otherwise',
      [plan, register('P1'), came('P1'), came('P1', {}, 'ABSENT')],
      'attendance_differs HELD',
    ],
    [
      'a manager present of a firm that was absent',
      [
        plan,
        register('P1'),
        { kind: 'record-attendance', siret, attendance: 'ABSENT', firmAction: 'p/a', today },
        came('P1'),
      ],
      'attendance_differs HELD',
    ],
    [
      'attendance before the day',
      [plan, register('P1'), { ...came('P1'), today: '2008-07-02' } as WorkshopCommand],
      'date_in_future',
    ],
    ['feedback of nobody', [plan, feedback('P1')], 'person_unknown'],
    [
      'feedback of who was absent',
      [plan, register('P1'), came('P1', {}, 'ABSENT'), feedback('P1')],
      'transition_forbidden ABSENT',
    ],
    [
      'feedback said otherwise',
      [plan, register('P1'), came('P1'), feedback('P1'), feedback('P1', 1)],
      'person_differs FEEDBACK_GIVEN',
    ],
    [
      'a proposal that nobody agreed on',
      [{ ...plan, workshop: { ...plan.workshop, proposal: 'A1' } }],
      'proposal_unknown',
    ],
    [
      'hours that end before they start',
      [{ ...plan, workshop: { ...plan.workshop, startsAt: '14:00', endsAt: '13:00' } }],
      'hours_reversed',
    ],
  ])('%s', (_what, commands, code) => {
    expect(after(...commands)).toBe(code);
  });
});

test('whatever is sent in whatever order: no seat above the capacity, nobody waits beside a free seat, who speaks was there', () => {
  const person = fc.constantFrom('P1', 'P2', 'P3', 'P4', 'P5');
  const command = fc.oneof(
    { weight: 4, arbitrary: person.map((p) => register(p)) },
    { weight: 3, arbitrary: person.map(withdraw) },
    { weight: 1, arbitrary: person.map((p) => came(p, { name: p, audience: 'MANAGERS', siret })) },
    { weight: 1, arbitrary: person.map((p) => feedback(p)) },
    { weight: 1, arbitrary: fc.constantFrom(remind(7, '2008-06-26'), remind(1, '2008-07-02')) },
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      for (const { state } of taken(workshop, commands, stateOf(plan))) {
        if (!state) throw new Error('a workshop does not go away');
        const { taken, waiting } = seatsOf(state);
        expect(taken).toBeLessThanOrEqual(2);
        if (waiting > 0) expect(taken).toBe(2);
        for (const p of state.participants ?? []) if (p.feedback) expect(p.attendance).toBe('PRESENT');
        expect(new Set(state.participants?.map((p) => p.person)).size).toBe(state.participants?.length ?? 0);
      }
    }),
  );
});
