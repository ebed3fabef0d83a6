import { projectsOf } from '../../src/bilan/actions.js';
import { animationOf, visionsOf } from '../../src/bilan/territory.js';
import type { ActionDocument, ExchangeDocument, ProjectDocument } from '../../src/facts/documents.js';
import { event } from '../events.js';
import type { Sentence } from './sentence.js';

const joined = (partner: string, kind: 'OPCA' | 'BRANCH' | 'EMPLOYEES_UNION') =>
  event('enrolment.action-partner-joined', { action: 'a', partner, kind, since: '2010-06-01' });

/** Sections 5 and 6: what lasts in territories, and what comes next. */
export const sentences: readonly Sentence[] = [
  {
    says: "coopérations disparates d'un bassin à un autre",
    send: [
      event('enrolment.collective-action-launched', { action: 'a', basins: ['lille'] }),
      event('enrolment.collective-action-launched', { action: 'b', basins: ['calaisis'] }),
      event('evaluation.cooperation-assessed', {
        action: 'a',
        moment: 'END',
        links: [
          { from: 'cci', to: 'mde', intensity: 4 },
          { from: 'cci', to: 'opca-a', intensity: 2 },
        ],
      }),
      event('evaluation.cooperation-assessed', {
        action: 'b',
        moment: 'END',
        links: [{ from: 'cci', to: 'mde', intensity: 1 }],
      }),
    ],
    see: {
      'cooperation:end:pairs': 3,
      'cooperation:end:together': 1,
      'cooperation:end:together@lille': 1,
      'cooperation:end:together@calaisis': 0,
      'cooperation:end:pairs@calaisis': 1,
    },
  },
  {
    says: "plateformes d'appui aux mutations économiques, pérennes ou non",
    send: [
      event('enrolment.platform-established', { action: 'a', name: 'CRPDC', establishedOn: '2011-09-01' }),
      event('enrolment.platform-established', { action: 'b', name: 'Autre', establishedOn: '2011-09-01' }),
      event('enrolment.platform-reviewed', { action: 'b', name: 'Autre', reviewedOn: '2013-03-01', alive: false }),
    ],
    see: { platforms: 2, 'platforms:ALIVE': 1, 'platforms:ENDED': 1 },
  },
  {
    says: 'partenariat plus fort avec les OPCA, les branches et les partenaires sociaux',
    send: [joined('opca-a', 'OPCA'), joined('uimm', 'BRANCH'), joined('cfdt', 'EMPLOYEES_UNION')],
    see: { partners: 3, 'partners:OPCA': 1, 'partners:BRANCH': 1, 'partners:EMPLOYEES_UNION': 1 },
  },
  {
    says: 'outils de diagnostic, spécificités des territoires, problématiques des entreprises, vision du territoire',
    send: [
      event('enrolment.diagnostic-source-added', { action: 'a', source: 'INSEE' }),
      event('enrolment.territory-specificity-noted', { action: 'a', specificity: 'S1' }),
      event('enrolment.firm-issue-noted', { theme: 'wear_prevention' }),
      event('enrolment.territory-vision-adopted', { action: 'a', version: 1, vision: 'Un territoire qui anticipe' }),
    ],
    see: { 'diagnostics:sources': 1, 'diagnostics:specificities': 1, issues: 1, visions: 1 },
    lists: {
      visions: [
        (documents) => visionsOf(documents.of<ActionDocument>('actions'), undefined).map(({ vision }) => vision),
        ['Un territoire qui anticipe'],
      ],
    },
  },
  {
    says: 'critères de sélection revisités, innovation',
    send: [
      event('enrolment.call-for-projects-opened', { opensOn: '2010-01-04' }),
      event('enrolment.call-criteria-revised', { version: 2, revisedOn: '2010-02-01' }),
      event('enrolment.project-submitted', { submittedOn: '2010-03-15' }),
      event('enrolment.project-scored', { version: 2, total: 72, innovation: 60 }),
    ],
    see: { calls: 1, 'calls:revisions': 1, projects: 1 },
    lists: {
      projects: [
        (documents) =>
          projectsOf(documents.of<ProjectDocument>('projects'), [], undefined, undefined).map(
            ({ score, innovation }) => [score, innovation],
          ),
        [[72, 60]],
      ],
    },
  },
  {
    says: "parcours professionnels, conditions de travail, prévention de l'usure",
    send: [
      event('consulting.action-plan-agreed', {
        items: (['career_paths', 'working_conditions', 'wear_prevention'] as const).map((theme) => ({
          ...{ item: theme, theme, title: theme, owner: 'RH', dueOn: '2011-06-01' },
        })),
      }),
      event('consulting.session-recorded', { session: 'S1', theme: 'wear_prevention' }),
    ],
    see: {
      planItems: 3,
      'planItems@career_paths': 1,
      'planItems@working_conditions': 1,
      'planItems@wear_prevention': 1,
      sessions: 1,
      'sessions@wear_prevention': 1,
    },
  },
  {
    says: "cadre d'animation, échanges de pratiques des consultants",
    send: [
      event('consulting.shared-framework-published', { version: 1 }),
      event('consulting.practice-exchange-held', { exchange: 'E1', consultants: ['C27', 'C31'] }),
    ],
    see: { frameworks: 1, exchanges: 1 },
    lists: {
      exchanges: [(documents) => animationOf(documents.of<ExchangeDocument>('exchanges'), undefined).consultants, 2],
    },
  },
  {
    says: "temporalités adaptées au rythme de l'entreprise",
    send: [
      event('enrolment.firm-deferred', { deferredOn: '2010-07-01', reasonKind: 'NOT_THE_MOMENT' }),
      event('enrolment.firm-suspended', { suspendedOn: '2010-12-01' }),
    ],
    see: { deferrals: 1, 'deferrals:NOT_THE_MOMENT': 1, suspensions: 1 },
  },
];
