import { stateAfter } from '@gpect/test-kit/commands';
import { scenarioOf } from '@gpect/test-kit/scenario';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Declared, type PartnerCommand, partner } from './partner.js';

const declare = (more: Partial<Declared> = {}): PartnerCommand => ({
  kind: 'declare',
  declared: {
    partner: 'opca-a',
    name: 'OPCA A',
    kind: 'OPCA',
    acts: { funder: ['opca-a'] },
    doors: ['KAFKA'],
    sends: ['fr.gpect.partner.spend-line-sent.v1'],
    programmes: ['npdc-2007-2013'],
    ...more,
  } as Declared,
});
const withdraw: PartnerCommand = { kind: 'withdraw', partner: 'opca-a' };
const { after } = scenarioOf(partner);

test('declared, declared otherwise, withdrawn, and declared again; the same again causes nothing', () => {
  expect(after(withdraw, declare(), declare(), declare({ name: 'A' }), withdraw, withdraw, declare())).toEqual([
    'partner-declared',
    'partner-declared',
    'partner-withdrawn',
    'partner-declared',
  ]);
});

test.each<[string, PartnerCommand, string]>([
  ['a type that partners do not send', declare({ sends: ['fr.gpect.enrolment.firm-detected.v1'] }), 'sends_unknown'],
  ['a type that its roles cannot send', declare({ sends: ['fr.gpect.partner.firm-decision-sent.v1'] }), 'role_missing'],
  ['a role that it holds for nobody', declare({ acts: { funder: [] } }), 'role_missing'],
])('refuses %s', (_what, command, code) => {
  expect(after(command)).toBe(code);
});

test('whatever is sent in whatever order: who takes part was declared last, and sends what its roles may', () => {
  const command = fc.oneof(
    fc.constant(withdraw),
    fc
      .record({
        acts: fc.constantFrom<Declared['acts']>({ funder: ['opca-a'] }, { carrier: ['c'] }),
        sends: fc.constantFrom(['fr.gpect.partner.spend-line-sent.v1'], ['fr.gpect.partner.firm-decision-sent.v1']),
      })
      .map(({ acts, sends }) => declare({ acts, sends: [...sends] })),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
      const state = stateAfter(partner, commands);
      if (commands.at(-1) === withdraw) expect(state).toBeNull();
      if (state) expect('funder' in state.acts).toBe(state.sends[0] === 'fr.gpect.partner.spend-line-sent.v1');
    }),
  );
});
