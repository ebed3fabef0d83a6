import { examplesOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { taken } from '@gpect/test-kit/commands';
import { scenarioOf } from '@gpect/test-kit/scenario';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CollectiveAction, type CollectiveActionCommand, collectiveAction } from './collective-action.js';
import { lateOf, PHASES } from './plan.js';

const action = examplesOf(
  'fr.gpect.enrolment.collective-action-launched.v1',
)[0] as EventDataByType['fr.gpect.enrolment.collective-action-launched.v1'];
const launch: CollectiveActionCommand = { kind: 'launch', action, programmeBasins: action.basins };
const phase = (name: NonNullable<CollectiveAction['phase']>): CollectiveActionCommand => ({
  kind: 'start-phase',
  phase: name,
  startedOn: '2008-03-01',
});
const { run: after, given } = scenarioOf(collectiveAction);

test('the four phases follow one another', () => {
  expect(
    after(launch, phase('BUILDING'), phase('QUALIFICATION'), phase('CONSULTING'), phase('EVALUATION')),
  ).toMatchObject({ ok: true, value: { state: { phase: 'EVALUATION' } } });
  expect(after(launch, phase('BUILDING'), phase('CONSULTING'))).toMatchObject({
    ok: false,
    fault: { code: 'transition_forbidden', state: 'BUILDING', allowed: ['QUALIFICATION'] },
  });
  expect(after(launch, phase('BUILDING'), phase('QUALIFICATION'), phase('BUILDING'))).toMatchObject({
    ok: false,
    fault: { allowed: ['CONSULTING'] },
  });
});

test('an action is launched once, in basins of its programme', () => {
  expect(after(launch, launch)).toMatchObject({ ok: true, value: { events: [expect.anything()] } });
  expect(after(launch, { ...launch, action: { ...action, name: 'Autre' } })).toMatchObject({
    ok: false,
    fault: { code: 'action_exists' },
  });
  expect(after({ ...launch, programmeBasins: ['lille'] })).toMatchObject({
    ok: false,
    fault: { code: 'basin_unknown', field: 'basins' },
  });
});

test('a platform is established once', () => {
  const platform: CollectiveActionCommand = { kind: 'establish-platform', name: 'CRPDC' };
  expect(after(launch, platform, platform)).toMatchObject({ ok: true, value: { state: { platforms: ['CRPDC'] } } });
  expect(after(platform)).toMatchObject({ ok: false, fault: { code: 'action_unknown' } });
});

const stateOf = (...commands: CollectiveActionCommand[]) => given(...commands) as CollectiveAction;
const codeOf = (...commands: CollectiveActionCommand[]) => {
  const result = after(...commands);
  return result.ok ? result.value.events.map((e) => e.type.split('.').at(-2)).at(-1) : result.fault.code;
};

describe('a plan and what is late', () => {
  const phases = [
    { phase: 'BUILDING', startsOn: '2008-02-04', endsOn: '2008-04-30' },
    { phase: 'QUALIFICATION', startsOn: '2008-05-01', endsOn: '2008-08-31' },
  ] as const;
  const plan: CollectiveActionCommand = { kind: 'plan-phases', phases };

  test.each([
    ['before it begins', [], '2008-02-04', []],
    ['not begun on its day', [], '2008-02-05', ['BUILDING']],
    ['begun', [phase('BUILDING')], '2008-04-30', []],
    ['past its end, the next not begun', [phase('BUILDING')], '2008-05-02', ['BUILDING', 'QUALIFICATION']],
    ['the next begun', [phase('BUILDING'), phase('QUALIFICATION')], '2008-06-01', []],
  ] as [string, CollectiveActionCommand[], string, string[]][])('%s', (_what, begun, today, late) => {
    expect(lateOf(stateOf(launch, plan, ...begun), today)).toEqual(late);
  });

  test.each([
    ['a phase that ends before it starts', [{ ...phases[0], endsOn: '2008-01-01' }], 'plan_out_of_order'],
    ['phases in another order', [phases[1], phases[0]], 'plan_out_of_order'],
    ['a phase twice', [phases[0], phases[0]], 'plan_out_of_order'],
  ])('refuses %s', (_what, wrong, code) => {
    expect(codeOf(launch, { kind: 'plan-phases', phases: wrong })).toBe(code);
  });

  test('another plan says why', () => {
    const later: CollectiveActionCommand = { kind: 'plan-phases', phases: [phases[0]] };
    expect(codeOf(launch, plan, later)).toBe('reason_missing');
    expect(codeOf(launch, plan, { ...later, reason: 'Retard' })).toBe('collective-action-phases-planned');
  });
});

describe('partners, committee, platforms', () => {
  const today = '2009-01-01';
  const partner = {
    partner: 'mde',
    name: "Maison de l'emploi",
    kind: 'EMPLOYMENT_HOUSE',
    roles: ['CO_PILOT'],
    since: '2008-02-04',
  } as const;
  const join: CollectiveActionCommand = { kind: 'join', partner: { ...partner, roles: [...partner.roles] } };
  const leave: CollectiveActionCommand = { kind: 'leave', partner: 'mde', leftOn: '2008-12-01' };
  const meeting = {
    meeting: '1',
    heldOn: '2008-03-20',
    attendees: ['mde'],
    decisions: [{ decision: '1', text: 'Relancer les branches' }],
  };
  const meet: CollectiveActionCommand = { kind: 'record-meeting', meeting, today };
  const followUp = { meeting: '1', decision: '1', status: 'DONE', on: '2008-04-18' } as const;
  const follow: CollectiveActionCommand = { kind: 'follow-up', followUp, today };
  const review = { name: 'CRPDC', reviewedOn: '2008-12-01', alive: true };
  const look: CollectiveActionCommand = { kind: 'review-platform', review, today };
  const establish: CollectiveActionCommand = { kind: 'establish-platform', name: 'CRPDC' };

  test('a partner joins, takes another role, leaves; a decision is followed up; a platform is looked at', () => {
    const state = stateOf(launch, join, meet, follow, establish, look);
    expect(state.partners).toEqual([partner]);
    expect(state.meetings?.[0]?.decisions[0]?.followUps).toEqual([{ status: 'DONE', on: '2008-04-18' }]);
    expect(state.reviews).toEqual([review]);
    const pilot = { kind: 'join' as const, partner: { ...partner, roles: ['PILOT' as const] } };
    expect(stateOf(launch, join, pilot).partners).toEqual([{ ...partner, roles: ['PILOT'] }]);
    expect(stateOf(launch, join, leave).partners).toEqual([]);
  });

  test('each said again changes nothing', () => {
    const state = stateOf(launch, join, meet, follow, establish, look);
    for (const command of [launch, join, meet, follow, establish, look])
      expect(collectiveAction.decide(command, state)).toEqual({ ok: true, value: [] });
  });

  test.each([
    ['who is no partner leaves', [launch, leave], 'partner_unknown'],
    ['a meeting of strangers', [launch, meet], 'attendees_unknown'],
    ['a meeting in the future', [launch, join, { ...meet, today: '2008-01-01' }], 'date_in_future'],
    [
      'another meeting under its number',
      [launch, join, meet, { ...meet, meeting: { ...meeting, heldOn: '2008-03-21' } }],
      'meeting_differs',
    ],
    [
      'two decisions under one number',
      [launch, join, { ...meet, meeting: { ...meeting, decisions: [...meeting.decisions, ...meeting.decisions] } }],
      'decision_twice',
    ],
    ['a follow-up of no meeting', [launch, follow], 'meeting_unknown'],
    [
      'a follow-up of no decision',
      [launch, join, meet, { ...follow, followUp: { ...followUp, decision: '9' } }],
      'decision_unknown',
    ],
    [
      'a follow-up before the meeting',
      [launch, join, meet, { ...follow, followUp: { ...followUp, on: '2008-03-01' } }],
      'date_too_early',
    ],
    ['a review of no platform', [launch, look], 'platform_unknown'],
    ['a review in the future', [launch, establish, { ...look, today: '2008-11-30' }], 'date_in_future'],
  ] as [string, CollectiveActionCommand[], string][])('refuses: %s', (_what, commands, code) => {
    expect(codeOf(...commands)).toBe(code);
  });
});

test('a phase does not begin before the one that it follows', () => {
  const early: CollectiveActionCommand = { kind: 'start-phase', phase: 'QUALIFICATION', startedOn: '2008-02-28' };
  expect(codeOf(launch, phase('BUILDING'), early)).toBe('date_too_early');
});

test('no sequence of commands breaks what always holds of an action', () => {
  const today = '2014-06-30';
  const days = fc.constantFrom('2007-10-01', '2008-03-01', '2008-09-01', '2009-06-30', '2015-01-01');
  const codes = fc.constantFrom('mde', 'opca-a', 'medef');
  const names = fc.constantFrom('CRPDC', 'Plateforme Lens');
  const command = fc.oneof(
    fc.record({ phase: fc.constantFrom(...PHASES), startedOn: days }).map((said): CollectiveActionCommand => {
      return { kind: 'start-phase', ...said };
    }),
    fc.record({ partner: codes, since: days }).map((said): CollectiveActionCommand => {
      return { kind: 'join', partner: { ...said, name: said.partner, kind: 'OPCA', roles: ['FUNDING'] } as never };
    }),
    fc.record({ partner: codes, leftOn: days }).map((said): CollectiveActionCommand => ({ kind: 'leave', ...said })),
    fc.record({ meeting: fc.constantFrom('1', '2'), heldOn: days }).map((said): CollectiveActionCommand => {
      const decisions = [{ decision: '1', text: 'Relancer', owner: 'CCI' }];
      return { kind: 'record-meeting', meeting: { ...said, attendees: ['mde'], decisions }, today };
    }),
    fc.record({ meeting: fc.constantFrom('1', '3'), on: days }).map((said): CollectiveActionCommand => {
      return { kind: 'follow-up', followUp: { ...said, decision: '1', status: 'DONE' }, today };
    }),
    names.map((name): CollectiveActionCommand => ({ kind: 'establish-platform', name })),
    fc.record({ name: names, reviewedOn: days, alive: fc.boolean() }).map((review): CollectiveActionCommand => {
      return { kind: 'review-platform', review, today };
    }),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const steps = [...taken(collectiveAction, [launch, ...commands])];
      for (const { command: one, state } of steps) {
        // Said again it changes nothing; who has left can leave no more.
        const again = collectiveAction.decide(one, state);
        expect(again).toEqual(one.kind === 'leave' ? expect.objectContaining({ ok: false }) : { ok: true, value: [] });
      }
      // The launch is always taken.
      const last = steps.at(-1) as (typeof steps)[number];
      const {
        phase: now,
        phasesStarted = {},
        partners = [],
        meetings = [],
        platforms,
        reviews = [],
      } = last.state as CollectiveAction;
      const begun = PHASES.filter((name) => phasesStarted[name]);
      expect(begun).toEqual(PHASES.slice(0, now ? PHASES.indexOf(now) + 1 : 0));
      const starts = begun.map((name) => phasesStarted[name] ?? '');
      expect(starts).toEqual([...starts].sort());
      expect(new Set(partners.map((p) => p.partner)).size).toBe(partners.length);
      expect(new Set(meetings.map((m) => m.meeting)).size).toBe(meetings.length);
      for (const { heldOn, decisions } of meetings) {
        expect(heldOn <= today).toBe(true);
        for (const { followUps = [] } of decisions)
          for (const f of followUps) expect(f.on >= heldOn && f.on <= today).toBe(true);
      }
      expect(new Set(platforms).size).toBe(platforms.length);
      for (const review of reviews) expect(platforms).toContain(review.name);
    }),
    { numRuns: 500 },
  );
});
