import { taken } from '@gpect/test-kit/commands';
import { codeInState, scenarioOf } from '@gpect/test-kit/scenario';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CallCommand, callForProjects } from './call-for-projects.js';

const today = '2014-06-30';
const criteria = [
  { criterion: 'partenariat', label: 'Partenariat', weight: 3, innovation: false },
  { criterion: 'innovation', label: 'Innovation', weight: 2, innovation: true },
];
const open: CallCommand = {
  kind: 'open',
  call: { programme: 'p', call: 'c', title: 'Appel', opensOn: '2010-01-04', closesOn: '2010-03-31', criteria },
};
const submit = {
  kind: 'submit',
  project: {
    project: 'arras',
    name: 'GPEC Arras',
    applicants: [{ code: 'cci-artois', name: 'CCI Artois' }],
    basins: ['artois'],
    targetFirms: 32,
    summary: 'Accompagner 32 firmes',
    submittedOn: '2010-03-15',
  },
  programmeBasins: ['artois', 'lens'],
  today,
} as const satisfies CallCommand;
const score = {
  kind: 'score',
  project: 'arras',
  score: { scoredBy: 'DIRECCTE', scoredOn: '2010-04-01', scores: { partenariat: 4, innovation: 3 } },
  today,
} as const satisfies CallCommand;
const decide = {
  kind: 'decide',
  project: 'arras',
  decided: { decidedFor: 'STATE', decision: 'ACCEPTED', reasons: ['Partenariat solide'], decidedOn: '2010-04-02' },
  today,
} as const satisfies CallCommand;
const asRegion = { ...decide, decided: { ...decide.decided, decidedFor: 'REGION' } } as const satisfies CallCommand;
const revise: CallCommand = {
  kind: 'revise-criteria',
  revision: {
    criteria: criteria.map((c) => ({ ...c, weight: 1 })),
    revisedOn: '2010-02-01',
    reason: "Favoriser l'innovation",
  },
  today,
};

const { given, when } = scenarioOf(callForProjects, codeInState);

test('a project is scored by the weights, innovation by itself', () => {
  expect(given(open, submit, score)?.projects).toMatchObject([{ scored: { version: 1, total: 72, innovation: 60 } }]);
  expect(given(open, revise, submit, score)?.projects).toMatchObject([{ scored: { version: 2, total: 70 } }]);
});

test('it is selected once both have accepted it, rejected as soon as one refuses', () => {
  const outcome = (...commands: CallCommand[]) => given(open, submit, score, ...commands)?.projects[0]?.outcome;
  expect(outcome(decide)).toBe('SUBMITTED');
  expect(outcome(decide, asRegion)).toBe('SELECTED');
  expect(outcome({ ...decide, decided: { ...decide.decided, decision: 'REFUSED' } })).toBe('REJECTED');
});

test('criteria that are revised once one has decided hold up no decision: the score stands for both', () => {
  const state = given(open, submit, score, decide, revise);
  expect(when(state, score)).toBe('transition_forbidden DECIDED_BY_ONE');
  expect(given(open, submit, score, decide, revise, asRegion)?.projects[0]?.outcome).toBe('SELECTED');
});

test('what is possible of a project is said with what is not', () => {
  const fault = (...commands: CallCommand[]) => {
    const decision = callForProjects.decide(commands.at(-1) as CallCommand, given(...commands.slice(0, -1)));
    return decision.ok ? decision : decision.fault;
  };
  expect(fault(open, submit, decide)).toMatchObject({ state: 'NOT_SCORED', allowed: ['score'] });
  const other = { ...score, score: { ...score.score, scoredBy: 'Région' } };
  expect(fault(open, submit, score, decide, other)).toMatchObject({ state: 'DECIDED_BY_ONE', allowed: ['decide'] });
  expect(fault(open, submit, score, decide, asRegion, other)).toMatchObject({ state: 'SELECTED', allowed: [] });
});

test('the same again causes nothing', () => {
  const state = given(open, submit, score, decide, asRegion);
  for (const command of [submit, score, decide, asRegion]) expect(when(state, command)).toEqual([]);
  expect(when(given(open, revise), revise)).toEqual([]);
  expect(when(given(open), open)).toEqual([]);
});

describe('refuses', () => {
  test.each<[string, CallCommand[], CallCommand, string]>([
    ['anything without a call', [], submit, 'call_unknown'],
    [
      'criteria without innovation',
      [],
      { ...open, call: { ...open.call, criteria: criteria.slice(0, 1) } },
      'innovation_missing',
    ],
    [
      'a criterion twice',
      [],
      { ...open, call: { ...open.call, criteria: [...criteria, ...criteria] } },
      'criteria_twice',
    ],
    [
      'a call that closes before it opens',
      [],
      { ...open, call: { ...open.call, closesOn: '2009-01-01' } },
      'date_too_early',
    ],
    ['a call opened otherwise', [open], { ...open, call: { ...open.call, title: 'Autre' } }, 'call_differs OPEN'],
    [
      'a project after the end',
      [open],
      { ...submit, project: { ...submit.project, submittedOn: '2010-04-01' } },
      'transition_forbidden CLOSED',
    ],
    [
      'a project before the call',
      [open],
      { ...submit, project: { ...submit.project, submittedOn: '2010-01-03' } },
      'transition_forbidden CLOSED',
    ],
    ['a project submitted tomorrow', [open], { ...submit, today: '2010-03-14' }, 'date_in_future'],
    [
      'a project in another region',
      [open],
      { ...submit, project: { ...submit.project, basins: ['nice'] } },
      'basin_unknown',
    ],
    [
      'a project submitted otherwise',
      [open, submit],
      { ...submit, project: { ...submit.project, targetFirms: 5 } },
      'project_differs SUBMITTED',
    ],
    ['a score of nobody', [open], score, 'project_unknown'],
    [
      'a score by other criteria',
      [open, submit],
      { ...score, score: { ...score.score, scores: { charm: 3 } } },
      'scores_unknown',
    ],
    [
      'half a score',
      [open, submit],
      { ...score, score: { ...score.score, scores: { partenariat: 3 } } },
      'score_missing',
    ],
    [
      'a score before the project',
      [open, submit],
      { ...score, score: { ...score.score, scoredOn: '2010-03-01' } },
      'date_too_early',
    ],
    [
      'another score once it is being decided on',
      [open, submit, score, decide],
      { ...score, score: { ...score.score, scoredBy: 'Région' } },
      'transition_forbidden DECIDED_BY_ONE',
    ],
    ['a decision without a score', [open, submit], decide, 'transition_forbidden NOT_SCORED'],
    [
      'a decision on a score by earlier criteria',
      [open, submit, score, revise],
      decide,
      'transition_forbidden SCORED_BY_EARLIER_CRITERIA',
    ],
    [
      'a second decision of one',
      [open, submit, score, decide],
      { ...decide, decided: { ...decide.decided, decision: 'REFUSED' } },
      'transition_forbidden DECIDED_BY_ONE',
    ],
    [
      'a decision before the score',
      [open, submit, score],
      { ...decide, decided: { ...decide.decided, decidedOn: '2010-03-31' } },
      'date_too_early',
    ],
    [
      'criteria revised before the call',
      [open],
      { ...revise, revision: { ...revise.revision, revisedOn: '2009-12-01' } } as CallCommand,
      'date_too_early',
    ],
  ])('%s', (_what, before, command, code) => {
    expect(when(before.length > 0 ? given(...before) : null, command)).toBe(code);
  });
});

test('whatever is sent in whatever order: selected is what both accepted, on a score by the criteria in force', () => {
  const commands = fc.array(
    fc.oneof(
      fc.constantFrom<CallCommand>(open, submit, score, revise, decide, asRegion),
      fc
        .constantFrom('arras', 'lens')
        .map((project): CallCommand => ({ ...submit, project: { ...submit.project, project } })),
      fc.record({ project: fc.constantFrom('arras', 'lens'), a: fc.nat(5), b: fc.nat(5) }).map(
        ({ project, a, b }): CallCommand => ({
          ...score,
          project,
          score: { ...score.score, scores: { partenariat: a, innovation: b } },
        }),
      ),
      fc
        .record({
          project: fc.constantFrom('arras', 'lens'),
          decidedFor: fc.constantFrom('STATE' as const, 'REGION' as const),
          decision: fc.constantFrom('ACCEPTED' as const, 'REFUSED' as const),
        })
        .map(({ project, ...said }): CallCommand => ({ ...decide, project, decided: { ...decide.decided, ...said } })),
    ),
    { maxLength: 25 },
  );
  fc.assert(
    fc.property(commands, (sent) => {
      for (const { state } of taken(callForProjects, sent, given(open)))
        for (const { outcome, decisions, scored } of state?.projects ?? []) {
          expect(new Set(decisions.map((d) => d.decidedFor)).size).toBe(decisions.length);
          if (outcome === 'SELECTED') expect(decisions.map((d) => d.decision)).toEqual(['ACCEPTED', 'ACCEPTED']);
          if (outcome === 'REJECTED') expect(decisions.some((d) => d.decision === 'REFUSED')).toBe(true);
          if (decisions.length > 0) expect(scored).toBeDefined();
          if (scored) expect(scored.total >= 0 && scored.total <= 100).toBe(true);
        }
    }),
  );
});
