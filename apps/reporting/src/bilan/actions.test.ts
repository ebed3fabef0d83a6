import { expect, test } from '@jest/globals';
import { Documents } from '../../test/documents.js';
import { event } from '../../test/events.js';
import type { ActionDocument, ProjectDocument } from '../facts/documents.js';
import { actions, actionsUnderWay, committees } from '../facts/keepers/actions.js';
import { projects } from '../facts/keepers/calls.js';
import { toldOf } from '../secrecy/told.js';
import { objectivesOf, outstandingOf, phasesOf, projectsOf } from './actions.js';

const launched = event('enrolment.collective-action-launched', {
  action: 'arras',
  startsOn: '2010-06-01',
  targetFirms: 32,
  call: 'appel-2010',
  project: 'arras-ternois',
});

function kept(events: readonly ReturnType<typeof event>[]) {
  const documents = new Documents();
  for (const said of [launched, ...events])
    for (const keeper of [actions, actionsUnderWay, committees, projects]) documents.apply(keeper.changesOf(said));
  return { actions: documents.of<ActionDocument>('actions'), projects: documents.of<ProjectDocument>('projects') };
}

const cells = [
  toldOf(
    { action: 'arras' },
    new Map([
      ['detected', [47, 47]],
      ['enrolled', null],
    ]),
  ),
];

test('what an action meant to reach stands beside what it reached; what is masked there stays so', () => {
  const { actions: all } = kept([]);
  const arras = { action: 'arras', targetFirms: 32, accompanied: 0 };
  expect(objectivesOf(all, cells, undefined)).toEqual([{ ...arras, detected: 47, enrolled: null }]);
  expect(objectivesOf(all, undefined, '2010-06-01')).toEqual([
    { action: 'arras', targetFirms: 32, detected: null, enrolled: null, accompanied: null },
  ]);
  expect(objectivesOf(all, cells, '2010-05-31')).toEqual([]);
});

test('a phase took the days up to the next one that began; the last has no end', () => {
  const { actions: all } = kept([
    event('enrolment.collective-action-phases-planned', {
      action: 'arras',
      phases: [{ phase: 'BUILDING', startsOn: '2010-06-01', endsOn: '2010-09-01' }],
    }),
    event('enrolment.collective-action-phase-started', { action: 'arras', phase: 'BUILDING', startedOn: '2010-06-08' }),
    event('enrolment.collective-action-phase-started', {
      action: 'arras',
      phase: 'CONSULTING',
      startedOn: '2010-10-08',
    }),
  ]);
  const planned = { plannedFrom: '2010-06-01', plannedTo: '2010-09-01', plannedDays: 92 };
  expect(phasesOf(all, undefined)).toEqual([
    { action: 'arras', phase: 'BUILDING', ...planned, startedOn: '2010-06-08', endedOn: '2010-10-08', days: 122 },
    { action: 'arras', phase: 'CONSULTING', startedOn: '2010-10-08' },
  ]);
  expect(phasesOf(all, '2010-10-07')).toEqual([
    { action: 'arras', phase: 'BUILDING', ...planned, startedOn: '2010-06-08' },
  ]);
});

test('a project is told with the mean of its last scores, and with what came of its action', () => {
  const scored = (version: number, scoredBy: string, total: number, scoredOn: string) =>
    event('enrolment.project-scored', { version, scoredBy, total, innovation: total - 10, scoredOn });
  const { projects: all, actions: of } = kept([
    event('enrolment.project-submitted', { name: 'GPEC Arras-Ternois', targetFirms: 32, submittedOn: '2010-03-15' }),
    scored(1, 'DIRECCTE', 50, '2010-03-20'),
    scored(2, 'DIRECCTE', 72, '2010-04-01'),
    scored(2, 'Région', 81, '2010-04-02'),
    event('enrolment.project-decided', { decidedFor: 'REGION', decidedOn: '2010-04-09', outcome: 'SELECTED' }),
  ]);
  const project = { call: 'appel-2010', project: 'arras-ternois', name: 'GPEC Arras-Ternois', targetFirms: 32 };
  const came = { action: 'arras', enrolled: null, accompanied: 0 };
  expect(projectsOf(all, of, cells, undefined)).toEqual([
    { ...project, score: 76.5, innovation: 66.5, outcome: 'SELECTED', ...came },
  ]);
  expect(projectsOf(all, of, cells, '2010-03-31')).toMatchObject([{ score: 50, outcome: 'SUBMITTED' }]);
  expect(projectsOf(all, of, cells, '2010-03-14')).toEqual([]);
});

test('decisions are outstanding until they are done or dropped, the earliest due first', () => {
  const { actions: all } = kept([
    event('enrolment.steering-committee-met', {
      action: 'arras',
      meeting: '1',
      heldOn: '2010-09-06',
      decisions: [
        { decision: '1', text: 'Relancer les branches', owner: 'CCI', dueOn: '2010-10-20' },
        { decision: '2', text: 'Inviter les OPCA', dueOn: '2010-10-04' },
      ],
    }),
    event('enrolment.committee-decision-followed-up', {
      action: 'arras',
      meeting: '1',
      decision: '2',
      status: 'DONE',
      on: '2010-10-01',
    }),
  ]);
  const numbers = (asOf?: string) => outstandingOf(all, asOf).map(({ decision }) => decision);
  expect([numbers('2010-09-05'), numbers('2010-09-30'), numbers()]).toEqual([[], ['2', '1'], ['1']]);
  expect(outstandingOf(all, undefined)).toEqual([
    {
      action: 'arras',
      meeting: '1',
      decision: '1',
      text: 'Relancer les branches',
      owner: 'CCI',
      heldOn: '2010-09-06',
      dueOn: '2010-10-20',
    },
  ]);
});
