import { examplesOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { describe, expect, test } from '@jest/globals';
import { ALLOWED, type FirmCase, type FirmCommand, firmCase, type Status } from './firm-case.js';

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

const detect: FirmCommand = { kind: 'detect', firm, actionBasins: [firm.basin], today };
const qualify: FirmCommand = { kind: 'qualify', scores: scores(2), rules };
const sign: FirmCommand = { kind: 'sign', signedOn: '2008-05-05', today };
const complete: FirmCommand = { kind: 'complete', completedOn: '2009-06-05', today };
const abandon: FirmCommand = { kind: 'abandon', abandonedOn: '2008-11-03' };
const decline: FirmCommand = { kind: 'decline', reason: 'Pas le moment' };

function given(...commands: FirmCommand[]): FirmCase | null {
  const result = target(firmCase, 'x', ...commands).run(null);
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value.state as FirmCase | null;
}
function when(state: FirmCase | null, command: FirmCommand): string[] | string {
  const decision = firmCase.decide(command, state);
  return decision.ok ? decision.value.map((e) => e.type.split('.').slice(-2)[0] ?? '') : decision.fault.code;
}

const GIVEN: Readonly<Record<Status, FirmCommand[]>> = {
  DETECTED: [detect],
  QUALIFIED: [detect, qualify],
  NOT_MATURE: [detect, { ...qualify, scores: scores(1) }],
  INELIGIBLE: [{ ...detect, firm: { ...firm, headcount: 251 } }, qualify],
  ENROLLED: [detect, qualify, sign],
  DECLINED: [detect, qualify, decline],
  COMPLETED: [detect, qualify, sign, complete],
  ABANDONED: [detect, qualify, sign, abandon],
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

describe('every forbidden transition is refused, with the state and what is allowed', () => {
  const other: Readonly<Record<FirmCommand['kind'], FirmCommand>> = {
    detect: { ...detect, firm: { ...firm, name: 'Autre nom' } },
    qualify: { ...qualify, scores: scores(4) },
    sign: { ...sign, signedOn: '2008-05-06' },
    decline: { kind: 'decline', reason: 'Autre raison' },
    complete: { ...complete, completedOn: '2009-07-01' },
    abandon: { ...abandon, abandonedOn: '2008-12-01' },
  };
  const cases = (Object.keys(GIVEN) as Status[]).flatMap((status) =>
    (Object.keys(other) as FirmCommand['kind'][])
      .filter((kind) => !ALLOWED[status].includes(kind) && !(status === 'INELIGIBLE' && kind === 'qualify'))
      .map((kind) => [kind, status] as const),
  );
  test.each(cases)('%s when %s', (kind, status) => {
    const decision = firmCase.decide(other[kind], given(...GIVEN[status]));
    expect(decision).toMatchObject({
      ok: false,
      fault: { kind: 'transition', state: status, allowed: ALLOWED[status] },
    });
  });
  test('anything but a detection, of a firm that nobody detected', () => {
    for (const command of [qualify, sign, decline, complete, abandon]) expect(when(null, command)).toBe('firm_unknown');
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
