import { stateAfter } from '@gpect/test-kit/commands';
import { scenarioOf } from '@gpect/test-kit/scenario';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ProgrammeCommand, type WorkshopProgramme, workshopProgramme } from './workshop-programme.js';

const frame = { programme: 'p', action: 'a', enrolled: ['1', '2'], today: '2014-06-30' };
const propose = (proposal: string, siret = '1'): ProgrammeCommand => ({
  ...frame,
  kind: 'propose',
  proposal: { proposal, title: proposal, theme: 'skills', siret, proposedOn: '2008-05-20' },
});
const vote = (proposal: string, siret = '2', votedOn = '2008-05-25'): ProgrammeCommand => ({
  ...frame,
  kind: 'vote',
  proposal,
  siret,
  votedOn,
});
const agree = (agreedOn: string, ...proposals: string[]): ProgrammeCommand => ({
  ...frame,
  kind: 'agree',
  agreedOn,
  agreedBy: ['1'],
  items: proposals.map((proposal) => ({ proposal, month: '2008-09' })),
});
const { run } = scenarioOf(workshopProgramme);
const codeOf = (...commands: ProgrammeCommand[]) => {
  const result = run(...commands);
  return result.ok ? 'taken' : result.fault.code;
};

test('managers propose, vote and agree; a version says what was agreed, with the votes of that day', () => {
  const told = [propose('A1'), propose('A2', '2'), vote('A1'), vote('A1'), vote('A1', '1'), agree('2008-06-01', 'A1')];
  const result = run(...told, ...told, vote('A2'), agree('2008-07-01', 'A2', 'A1'));
  expect(result.ok && (result.value.state as WorkshopProgramme).versions).toMatchObject([
    { version: 1, items: [{ proposal: 'A1', votes: 2, month: '2008-09' }] },
    { version: 2, items: [{ proposal: 'A2', votes: 1 }, { proposal: 'A1' }] },
  ]);
});

test.each<[string, ProgrammeCommand[], string]>([
  ['a proposal of a firm of another action', [propose('A1', '3')], 'firm_not_enrolled'],
  ['a proposal said otherwise', [propose('A1'), propose('A1', '2')], 'proposal_differs'],
  ['a proposal of tomorrow', [{ ...propose('A1'), today: '2008-05-19' }], 'date_in_future'],
  ['a vote for nothing', [vote('A1')], 'proposal_unknown'],
  ['a vote of a firm of another action', [propose('A1'), vote('A1', '3')], 'firm_not_enrolled'],
  ['a vote before the proposal', [propose('A1'), vote('A1', '2', '2008-05-01')], 'date_too_early'],
  ['a vote of tomorrow', [propose('A1'), vote('A1', '2', '2014-07-01')], 'date_in_future'],
  ['a programme of what nobody proposed', [agree('2008-06-01', 'A1')], 'proposal_unknown'],
  ['a programme with a proposal twice', [propose('A1'), agree('2008-06-01', 'A1', 'A1')], 'items_twice'],
  [
    'a programme agreed by others',
    [propose('A1'), { ...agree('2008-06-01', 'A1'), enrolled: [] }],
    'firm_not_enrolled',
  ],
  ['a programme agreed tomorrow', [propose('A1'), agree('2014-07-01', 'A1')], 'date_in_future'],
  [
    'a version before the last',
    [propose('A1'), propose('A2'), agree('2008-06-01', 'A1'), agree('2008-05-01', 'A2')],
    'date_too_early',
  ],
])('refuses %s', (_what, commands, code) => {
  expect(codeOf(...commands)).toBe(code);
});

test('whatever is sent in whatever order: one firm, one vote; versions follow one another and hold what was proposed', () => {
  const proposal = fc.constantFrom('A1', 'A2', 'A3');
  const command = fc.oneof(
    proposal.map((p) => propose(p)),
    fc.tuple(proposal, fc.constantFrom('1', '2', '3')).map(([p, siret]) => vote(p, siret)),
    fc
      .tuple(fc.constantFrom('2008-06-01', '2008-07-01'), fc.array(proposal, { minLength: 1 }))
      .map(([on, p]) => agree(on, ...p)),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
      const state = stateAfter(workshopProgramme, commands);
      for (const { votes } of state.proposals) expect(new Set(votes).size).toBe(votes.length);
      expect(state.versions.map((v) => v.version)).toEqual(state.versions.map((_v, i) => i + 1));
      const known = state.proposals.map((p) => p.proposal);
      for (const { items } of state.versions) for (const item of items) expect(known).toContain(item.proposal);
    }),
  );
});
