import { examplesOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { taken } from '@gpect/test-kit/commands';
import { scenarioOf } from '@gpect/test-kit/scenario';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GEOGRAPHY } from '../programme/geography.js';
import { allowedIn, type FirmCommand, firmCase, type Status } from './firm-case.js';
import { partnerCommands } from './partner-commands.js';

const firm = {
  ...(examplesOf('fr.gpect.enrolment.firm-detected.v1')[0] as EventDataByType['fr.gpect.enrolment.firm-detected.v1']),
  headcount: 41,
};
const today = '2014-06-30';
const rules = { headcountCeiling: 250, maturityThreshold: 8 };
const scores = (each: number) => ({
  manager_commitment: each,
  strategic_vision: each,
  social_climate: each,
  hr_practice: each,
});

const detect = {
  kind: 'detect',
  firm,
  actionBasins: [firm.basin],
  basins: [],
  geography: GEOGRAPHY,
  today,
} as const satisfies FirmCommand;
const qualify = { kind: 'qualify', scores: scores(2), rules, today } as const satisfies FirmCommand;
const sign: FirmCommand = { kind: 'sign', signedOn: '2008-05-05', today };
const complete: FirmCommand = { kind: 'complete', completedOn: '2009-06-05', today };
const abandon: FirmCommand = { kind: 'abandon', abandonedOn: '2008-11-03' };
const defer: FirmCommand = { kind: 'defer', deferredOn: '2008-04-02', wakeUpOn: '2008-09-01', reason: 'Saison', today };
const suspend: FirmCommand = {
  kind: 'suspend',
  suspendedOn: '2008-10-02',
  wakeUpOn: '2009-01-05',
  reason: 'Dirigeant absent',
  today,
};
const resume: FirmCommand = { kind: 'resume', resumedOn: '2009-01-05', today };
const contact = {
  kind: 'contact',
  contact: { contact: '1', on: '2008-03-11', by: 'CCI', means: 'CALL', outcome: 'INTERESTED' },
  today,
} as const satisfies FirmCommand;
const other = '00001003300025';
const merge: FirmCommand = {
  kind: 'merge',
  into: other,
  mergedOn: '2008-05-02',
  reason: 'Établissement déménagé',
  goesOn: 'DETECTED',
  today,
};
const decline: FirmCommand = { kind: 'decline', reason: 'Pas le moment' };

const { given, when } = scenarioOf(firmCase);

const GIVEN: Readonly<Record<Status, FirmCommand[]>> = {
  DETECTED: [detect],
  QUALIFIED: [detect, qualify],
  NOT_MATURE: [detect, { ...qualify, scores: scores(1) }],
  INELIGIBLE: [{ ...detect, firm: { ...firm, headcount: 251 } }, qualify],
  DEFERRED: [detect, qualify, defer],
  ENROLLED: [detect, qualify, sign],
  SUSPENDED: [detect, qualify, sign, suspend],
  DECLINED: [detect, qualify, decline],
  COMPLETED: [detect, qualify, sign, complete],
  ABANDONED: [detect, qualify, sign, abandon],
  MERGED: [detect, merge],
};

describe('the path of a firm', () => {
  test.each([
    ['detected', null, detect, ['firm-detected']],
    ['mature at the threshold', given(detect), qualify, ['firm-qualified']],
    [
      'not mature below it',
      given(detect),
      { ...qualify, scores: { ...scores(2), hr_practice: 1 } },
      ['firm-found-not-mature'],
    ],
    ['eligible at the ceiling', given({ ...detect, firm: { ...firm, headcount: 250 } }), qualify, ['firm-qualified']],
    [
      'not eligible above the ceiling, however mature',
      given({ ...detect, firm: { ...firm, headcount: 251 } }),
      { ...qualify, scores: scores(4) },
      ['firm-found-ineligible'],
    ],
    ['enrolled by its agreement', given(detect, qualify), sign, ['firm-enrolled']],
    ['declined', given(detect, qualify), decline, ['firm-declined']],
    ['completed', given(detect, qualify, sign), complete, ['firm-completed']],
    ['abandoned', given(detect, qualify, sign), abandon, ['firm-abandoned']],
    [
      'abandoned on a day that nobody knows',
      given(detect, qualify, sign),
      { kind: 'abandon' } as FirmCommand,
      ['firm-abandoned'],
    ],
  ])('%s', (_name, state, command, events) => {
    expect(when(state, command)).toEqual(events);
  });
});

describe('the rhythm of a firm', () => {
  test('deferred before its agreement, it comes back to where it was, and every move is kept', () => {
    for (const before of [[detect], [detect, qualify]]) {
      const state = given(...before, defer, resume);
      expect(state?.status).toBe(given(...before)?.status);
      expect(state?.moves).toMatchObject([
        { move: 'DEFERRED', wakeUpOn: '2008-09-01', reason: 'Saison' },
        { move: 'RESUMED', on: '2009-01-05' },
      ]);
    }
  });
  test('suspended during its accompaniment, it resumes and completes, or leaves', () => {
    expect(given(detect, qualify, sign, suspend, resume, complete)?.status).toBe('COMPLETED');
    expect(given(detect, qualify, sign, suspend, abandon)?.status).toBe('ABANDONED');
  });
  test.each([
    ['a wake-up that is not later', [detect], { ...defer, wakeUpOn: '2008-04-02' }, 'wake_up_too_early'],
    ['a deferral before the detection', [detect], { ...defer, deferredOn: '2007-12-31' }, 'date_too_early'],
    [
      'a suspension in the future',
      [detect, qualify, sign],
      { ...suspend, suspendedOn: '2014-07-01' },
      'date_in_future',
    ],
    ['a resumption before the pause', [detect, defer], { ...resume, resumedOn: '2008-04-01' }, 'date_too_early'],
    ['a resumption in the future', [detect, defer], { ...resume, resumedOn: '2014-07-01' }, 'date_in_future'],
  ])('refuses %s', (_what, commands, command, code) => {
    expect(when(given(...commands), command as FirmCommand)).toBe(code);
  });
  test('a contact is kept once; another under its number, or from the future, is refused', () => {
    const state = given(detect, contact);
    expect(state?.contacts).toHaveLength(1);
    expect(when(state, contact)).toEqual([]);
    expect(when(state, { ...contact, contact: { ...contact.contact, outcome: 'UNDECIDED' } })).toBe('contact_differs');
    expect(when(given(detect), { ...contact, contact: { ...contact.contact, on: '2014-07-01' } })).toBe(
      'date_in_future',
    );
  });
});

describe('one firm is one case', () => {
  const again = {
    ...detect,
    firm: { ...firm, source: 'OPCA', detectedBy: 'opca-a', name: 'Autre nom' },
  } as const satisfies FirmCommand;
  test('who detects it after another is recorded on the case, once, and the first is kept as it was', () => {
    for (const before of [GIVEN.DETECTED, GIVEN.ENROLLED, GIVEN.DECLINED]) {
      const state = given(...before, again);
      expect(state).toMatchObject({ name: firm.name, source: firm.source, status: given(...before)?.status });
      expect(state?.again).toEqual([{ source: 'OPCA', detectedBy: 'opca-a', detectedOn: firm.detectedOn }]);
      expect(when(state, again)).toEqual([]);
    }
  });
  test('for another action, or otherwise by the same, it is refused', () => {
    expect(when(given(detect), { ...again, firm: { ...again.firm, action: 'arras' } })).toBe('already_detected');
    expect(when(given(detect), { ...detect, firm: { ...firm, headcount: 12 } })).toBe('already_detected');
    expect(when(given(detect), { ...again, firm: { ...again.firm, detectedOn: '2014-07-01' } })).toBe('date_in_future');
  });
  test('two cases that are one firm: the one that nothing was built on ends', () => {
    expect(given(detect, merge)).toMatchObject({ status: 'MERGED', mergedInto: other });
    expect(when(given(detect), { ...merge, goesOn: undefined })).toBe('into_unknown');
    expect(when(given(detect), { ...merge, goesOn: 'MERGED' })).toBe('into_unknown');
    expect(when(given(detect), { ...merge, into: firm.siret })).toBe('into_unknown');
    expect(when(given(detect), { ...merge, mergedOn: '2014-07-01' })).toBe('date_in_future');
    expect(when(given(detect), { ...merge, mergedOn: '2008-01-01' })).toBe('date_too_early');
  });
});

describe('a maturity grid of the programme', () => {
  const criteria = [...Object.keys(scores(0)), 'wear_awareness'].map((criterion) => ({
    criterion,
    label: criterion,
    weight: criterion === 'wear_awareness' ? 4 : 1,
  }));
  const versioned = {
    ...rules,
    grids: [{ version: 2, criteria, threshold: 8, appliesFrom: '2010-01-01' }],
  };
  const judged = { ...qualify, rules: versioned, qualifiedOn: '2010-02-01' };
  test('weighs the criteria that apply on the day; before, the four count as they did', () => {
    const on = (command: FirmCommand) => {
      const decision = firmCase.decide(command, given(detect));
      return decision.ok ? decision.value[0]?.data : decision.fault;
    };
    expect(on({ ...judged, furtherScores: { wear_awareness: 4 } })).toMatchObject({ total: 12, grid: 2, threshold: 8 });
    expect(on({ ...judged, furtherScores: { wear_awareness: 0 } })).toMatchObject({ total: 4, grid: 2 });
    expect(on({ ...judged, qualifiedOn: '2009-12-31' })).toMatchObject({ total: 8, threshold: 8 });
    expect(on({ ...judged, qualifiedOn: '2009-12-31' })).not.toHaveProperty('grid');
  });
  test.each([
    ['a criterion that is not scored', {}, 'criterion_missing'],
    ['a score that the grid does not ask for', { furtherScores: { charm: 3 } }, 'criterion_unknown'],
    [
      'a justification of something else',
      { furtherScores: { wear_awareness: 1 }, justifications: { charm: 'oui' } },
      'criterion_unknown',
    ],
  ])('refuses %s', (_what, more, code) => {
    expect(when(given(detect), { ...judged, ...more } as FirmCommand)).toBe(code);
  });
});

describe('every forbidden transition is refused, with the state and what is allowed', () => {
  const otherwise: Readonly<Record<FirmCommand['kind'], FirmCommand>> = {
    detect: { ...detect, firm: { ...firm, name: 'Autre nom' } },
    qualify: { ...qualify, scores: scores(4) },
    sign: { ...sign, signedOn: '2008-05-06' },
    decline: { kind: 'decline', reason: 'Autre raison' },
    complete: { ...complete, completedOn: '2009-07-01' },
    abandon: { ...abandon, abandonedOn: '2008-12-01' },
    contact,
    defer: { ...defer, reason: 'Autre' },
    suspend: { ...suspend, reason: 'Autre' },
    resume,
    merge: { ...merge, into: '00001002500021' },
  };
  const cases = (Object.keys(GIVEN) as Status[]).flatMap((status) =>
    (Object.keys(otherwise) as FirmCommand['kind'][])
      .filter((kind) => !allowedIn(status).includes(kind) && !(status === 'INELIGIBLE' && kind === 'qualify'))
      .map((kind) => [kind, status] as const),
  );
  test.each(cases)('%s when %s', (kind, status) => {
    const decision = firmCase.decide(otherwise[kind], given(...GIVEN[status]));
    expect(decision).toMatchObject({
      ok: false,
      fault: { kind: 'transition', state: status, allowed: allowedIn(status) },
    });
  });
  test('anything but a detection, of a firm that nobody detected', () => {
    for (const command of [qualify, sign, decline, complete, abandon, contact, defer, suspend, resume, merge])
      expect(when(null, command)).toBe('firm_unknown');
  });
});

test('a command whose effect is there already, to the letter, causes nothing', () => {
  for (const commands of Object.values(GIVEN)) {
    const state = given(...commands);
    for (const command of commands) expect(when(state, command)).toEqual([]);
  }
});

test.each([
  ['a basin outside the action', null, { ...detect, actionBasins: ['lille'] }, 'basin_unknown'],
  ['a detection in the future', null, { ...detect, today: '2008-01-01' }, 'date_in_future'],
  ['an agreement before the detection', given(detect, qualify), { ...sign, signedOn: '2008-01-01' }, 'date_too_early'],
  ['an agreement in the future', given(detect, qualify), { ...sign, signedOn: '2014-07-01' }, 'date_in_future'],
  [
    'a completion before the agreement',
    given(detect, qualify, sign),
    { ...complete, completedOn: '2008-05-04' },
    'date_too_early',
  ],
  [
    'a completion in the future',
    given(detect, qualify, sign),
    { ...complete, completedOn: '2014-07-01' },
    'date_in_future',
  ],
  [
    'an abandonment before the agreement',
    given(detect, qualify, sign),
    { ...abandon, abandonedOn: '2008-01-01' },
    'date_too_early',
  ],
])('refuses %s', (_what, state, command, code) => {
  expect(when(state, command as FirmCommand)).toBe(code);
});

test('no sequence of commands breaks what always holds of a case', () => {
  const days = fc.constantFrom('2007-12-31', '2008-04-02', '2008-09-01', '2009-06-05', '2015-01-01');
  const command = fc.oneof(
    fc.constant(detect),
    fc.integer({ min: 0, max: 4 }).map((n): FirmCommand => ({ ...qualify, scores: scores(n) })),
    days.map((signedOn): FirmCommand => ({ kind: 'sign', signedOn, today })),
    days.map((completedOn): FirmCommand => ({ kind: 'complete', completedOn, today })),
    days.map((abandonedOn): FirmCommand => ({ kind: 'abandon', abandonedOn })),
    days.map((declinedOn): FirmCommand => ({ kind: 'decline', declinedOn })),
    fc.tuple(days, days).map(([deferredOn, wakeUpOn]): FirmCommand => ({ ...defer, deferredOn, wakeUpOn })),
    fc.tuple(days, days).map(([suspendedOn, wakeUpOn]): FirmCommand => ({ ...suspend, suspendedOn, wakeUpOn })),
    days.map((resumedOn): FirmCommand => ({ kind: 'resume', resumedOn, today })),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
      const steps = [...taken(firmCase, commands)];
      for (const { command: one, before, events, state } of steps) {
        if (events.length > 0 && before) expect(allowedIn(before.status)).toContain(one.kind);
        expect(firmCase.decide(one, state)).toEqual({ ok: true, value: [] });
      }
      const last = steps.at(-1)?.state;
      if (!last) return;
      const { status, enrolledOn, completedOn, scores: known, moves = [] } = last;
      if (enrolledOn) expect(known && enrolledOn >= firm.detectedOn && enrolledOn <= today).toBe(true);
      if (status === 'COMPLETED') expect(completedOn && enrolledOn && completedOn >= enrolledOn).toBe(true);
      if (['ENROLLED', 'SUSPENDED', 'COMPLETED', 'ABANDONED'].includes(status)) expect(enrolledOn).toBeDefined();
      for (const [i, move] of moves.entries()) expect(move.on >= (moves[i - 1]?.on ?? '')).toBe(true);
      expect(['DEFERRED', 'SUSPENDED'].includes(status)).toBe(
        moves.length > 0 && moves.at(-1)?.move !== 'RESUMED' && status !== 'ABANDONED',
      );
    }),
    { numRuns: 1000 },
  );
});

describe('why a firm declines, begins later, pauses or leaves', () => {
  const why = { reasonKind: 'COST', reason: 'Reste à charge' } as const;
  test.each([
    ['declined', [detect, qualify], { ...decline, ...why }],
    ['deferred', [detect], { ...defer, ...why }],
    ['suspended', [detect, qualify, sign], { ...suspend, ...why }],
    ['abandoned', [detect, qualify, sign], { ...abandon, ...why }],
  ] as const)(
    '%s, with a word of the list beside its own words; told again, nothing happens',
    (_what, before, command) => {
      const decided = firmCase.decide(command as FirmCommand, given(...(before as readonly FirmCommand[])));
      expect(decided).toMatchObject({ ok: true, value: [{ data: why }] });
      const after = given(...(before as readonly FirmCommand[]), command as FirmCommand);
      expect(firmCase.decide(command as FirmCommand, after)).toEqual({ ok: true, value: [] });
    },
  );

  test('partners say it with their decision', () => {
    const data = { programme: 'p', siret: '00001002500013', decidedOn: '2008-05-05', ...why } as const;
    const ask = partnerCommands['fr.gpect.partner.firm-decision-sent.v1'];
    const asked = (decision: 'DECLINED' | 'RESUMED') =>
      ask?.({ data: { ...data, decision } } as never, { partner: 'cci' } as never);
    expect(asked('DECLINED')).toMatchObject({ path: '/firms/p/00001002500013/refusal', body: why });
    expect(asked('RESUMED')).toMatchObject({ body: { reason: why.reason } });
  });
});
