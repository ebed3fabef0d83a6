import { taken } from '@gpect/test-kit/commands';
import { scenarioOf } from '@gpect/test-kit/scenario';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Consultant, type ConsultantCommand, consultant, unfitness } from './consultant.js';
import { consultantsFirm } from './consultants-firm.js';

const today = '2014-06-30';
const register = {
  kind: 'register',
  today,
  firmKnown: true,
  consultant: {
    programme: 'p',
    consultant: 'C1',
    consultantsFirm: 'cabinet',
    name: 'A. Martin',
    themes: ['skills'],
    basins: ['artois'],
    capacityHalfDays: 60,
    registeredOn: '2008-01-12',
  },
} as const satisfies ConsultantCommand;
const sign = { kind: 'sign-charter', today, charter: { charter: '2008-1', signedOn: '2008-01-15' } } as const;
const withdraw = { kind: 'withdraw', today, withdrawal: { withdrawnOn: '2010-06-30', reason: 'Départ' } } as const;
const back = { ...register, consultant: { ...register.consultant, registeredOn: '2011-01-01' } } as const;
const { after, given } = scenarioOf(consultant);
const stateOf = (...commands: ConsultantCommand[]) => given(...commands) as Consultant;

test('a consultant registers, signs, withdraws and comes back; the same again causes nothing', () => {
  expect(after(register, register, sign, sign, withdraw, withdraw, back)).toEqual([
    'consultant-registered',
    'consultant-charter-signed',
    'consultant-withdrawn',
    'consultant-registered',
  ]);
  expect([register, sign, withdraw, back].map((_c, i, all) => unfitness(stateOf(...all.slice(0, i + 1))))).toEqual([
    'has not signed the charter',
    undefined,
    'withdrawn since 2010-06-30 (Départ)',
    undefined,
  ]);
});

describe('refuses', () => {
  test.each<[string, ConsultantCommand[], string]>([
    ['somebody of no registered firm', [{ ...register, firmKnown: false }], 'consultantsFirm_unknown'],
    ['a registration of tomorrow', [{ ...register, today: '2008-01-01' }], 'date_in_future'],
    ['a charter of nobody', [sign], 'consultant_unknown'],
    ['a charter of tomorrow', [register, { ...sign, today: '2008-01-14' }], 'date_in_future'],
    [
      'an older charter',
      [register, sign, { ...sign, charter: { charter: '2007-1', signedOn: '2007-06-01' } }],
      'date_too_early',
    ],
    ['a charter of somebody withdrawn', [register, withdraw, sign], 'transition_forbidden'],
    [
      'a second withdrawal',
      [register, withdraw, { ...withdraw, withdrawal: { ...withdraw.withdrawal, reason: 'x' } }],
      'transition_forbidden',
    ],
    ['a withdrawal of tomorrow', [register, { ...withdraw, today: '2010-06-29' }], 'date_in_future'],
    [
      'a withdrawal before the registration',
      [register, { ...withdraw, withdrawal: { ...withdraw.withdrawal, withdrawnOn: '2007-01-01' } }],
      'date_too_early',
    ],
    ['a return before the withdrawal', [register, withdraw, register], 'date_too_early'],
  ])('%s', (_what, commands, code) => {
    expect(after(...commands)).toBe(code);
  });
  test('a firm registered tomorrow', () => {
    const firm = { programme: 'p', consultantsFirm: 'c', name: 'C', registeredOn: '2014-07-01' };
    const result = scenarioOf(consultantsFirm).run({ kind: 'register', firm, today });
    expect(result).toMatchObject({ ok: false, fault: { code: 'date_in_future' } });
  });
});

test('whatever is sent in whatever order: who may take assignments has signed, and has not withdrawn since', () => {
  const days = fc.constantFrom('2008-01-12', '2009-01-01', '2010-06-30', '2011-01-01', '2015-01-01');
  const command = fc.oneof(
    days.map(
      (registeredOn): ConsultantCommand => ({ ...register, consultant: { ...register.consultant, registeredOn } }),
    ),
    days.map((signedOn): ConsultantCommand => ({ ...sign, charter: { charter: signedOn, signedOn } })),
    days.map((withdrawnOn): ConsultantCommand => ({ ...withdraw, withdrawal: { withdrawnOn, reason: 'x' } })),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
      for (const { state: now } of taken(consultant, commands)) {
        if (now?.withdrawn) expect(now.withdrawn.withdrawnOn >= now.registeredOn).toBe(true);
        if (now && unfitness(now) === undefined)
          expect([now.charter !== undefined, now.withdrawn]).toEqual([true, undefined]);
      }
    }),
  );
});
