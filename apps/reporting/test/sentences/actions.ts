import { phasesOf } from '../../src/bilan/actions.js';
import type { ActionDocument } from '../../src/facts/documents.js';
import { event, SIRET } from '../events.js';
import type { Sentence } from './sentence.js';

const launched = event('enrolment.collective-action-launched', {
  action: 'a',
  startsOn: '2010-06-01',
  targetFirms: 32,
});
const detected = event('enrolment.firm-detected', {
  action: 'a',
  detectedOn: '2010-06-15',
  headcount: 41,
  source: 'OPCA',
});
const enrolled = event('enrolment.firm-enrolled', { action: 'a', enrolledOn: '2010-07-15', headcount: 41 });
const completed = event('enrolment.firm-completed', { action: 'a', completedOn: '2011-09-13' });
const opened = event('enrolment.programme-opened', { targetHeadcount: 100 });
const session = event('consulting.session-recorded', {
  session: 'S1',
  heldOn: '2010-09-06',
  halfDays: 2,
  stage: 'PRE_DIAGNOSTIC',
  theme: 'career_paths',
  participants: ['MANAGER', 'EMPLOYEES'],
});
const joined = (partner: string, kind: 'OPCA' | 'BRANCH' | 'EMPLOYEES_UNION') =>
  event('enrolment.action-partner-joined', { action: 'a', partner, kind, since: '2010-06-01' });
const submitted = event('enrolment.project-submitted', { submittedOn: '2010-03-15' });
const plan = (themes: readonly ('career_paths' | 'working_conditions' | 'wear_prevention' | 'strategy')[]) =>
  event('consulting.action-plan-agreed', {
    agreedOn: '2010-11-02',
    items: themes.map((theme, i) => ({ item: `i${i}`, theme, title: theme, owner: 'RH', dueOn: '2011-06-01' })),
  });

/** Sections 1 to 3: what was done, with whom, for whom. */
export const sentences: readonly Sentence[] = [
  {
    says: "l'État et la Région décident de favoriser des actions collectives",
    send: [
      submitted,
      event('enrolment.project-decided', { decidedFor: 'STATE', decidedOn: '2010-04-02', outcome: 'SUBMITTED' }),
      event('enrolment.project-decided', { decidedFor: 'REGION', decidedOn: '2010-04-09', outcome: 'SELECTED' }),
    ],
    see: { projects: 1, 'projects:SELECTED': 1 },
  },
  {
    says: 'une structure porteuse, ou une association de structures',
    send: [submitted, launched],
    see: { projects: 1, targetFirms: 32 },
  },
  {
    says: "coopérations entre acteurs économiques et ceux de l'emploi-formation, co-pilotage, comité de pilotage",
    send: [
      joined('opca-a', 'OPCA'),
      event('enrolment.steering-committee-met', {
        action: 'a',
        meeting: '1',
        decisions: [{ decision: '1', text: 'Relancer les branches' }],
      }),
    ],
    see: { partners: 1, 'partners:OPCA': 1, decisions: 1, 'decisions:OUTSTANDING': 1 },
  },
  {
    says: 'conseil individualisé par un consultant extérieur',
    send: [session, enrolled, event('consulting.half-days-budgeted', { halfDays: 12 })],
    see: { sessions: 1, halfDays: 2, budgeted: 12 },
  },
  {
    says: "une méthode qui permet l'expression de l'ensemble des acteurs de l'entreprise",
    send: [session],
    see: {
      'participation:MANAGER': 1,
      'participation:EMPLOYEES': 1,
      'participation:STAFF_REPRESENTATIVES': 0,
      'participationByStage:PRE_DIAGNOSTIC:EMPLOYEES': 1,
    },
  },
  {
    says: 'regroupements collectifs de dirigeants sur un programme co-construit',
    send: [
      event('workshops.workshop-held', { action: 'a', workshop: 'W1', heldOn: '2010-10-05' }),
      event('workshops.attendance-recorded', { workshop: 'W1', attendance: 'PRESENT' }),
      event('workshops.person-attendance-recorded', { workshop: 'W1', attendance: 'PRESENT', audience: 'MANAGERS' }),
      event('workshops.workshop-feedback-given', { workshop: 'W1', satisfaction: 5, usefulness: 4 }),
    ],
    see: { workshops: 1, invited: 1, attended: 1, 'persons:MANAGERS': 1, 'feedback:useful': 1 },
  },
  {
    says: '4 phases consécutives sur environ 18 mois',
    send: [
      event('enrolment.collective-action-phases-planned', {
        action: 'a',
        phases: [
          { phase: 'BUILDING', startsOn: '2010-05-03', endsOn: '2010-06-03' },
          { phase: 'QUALIFICATION', startsOn: '2010-06-03', endsOn: '2010-10-02' },
          { phase: 'CONSULTING', startsOn: '2010-10-02', endsOn: '2011-10-02' },
          { phase: 'EVALUATION', startsOn: '2011-10-02', endsOn: '2011-11-02' },
        ],
      }),
      ...(['BUILDING', 'QUALIFICATION', 'CONSULTING', 'EVALUATION'] as const).map((phase, i) =>
        event('enrolment.collective-action-phase-started', { action: 'a', phase, startedOn: `2010-0${i + 5}-03` }),
      ),
    ],
    see: { phases: 4, 'phases:EVALUATION': 1 },
    lists: {
      phases: [
        (documents) =>
          phasesOf(documents.of<ActionDocument>('actions'), undefined).map(({ plannedDays, days }) => [
            plannedDays,
            days,
          ]),
        [
          [31, 31],
          [121, 30],
          [365, 31],
          [31, undefined],
        ],
      ],
    },
  },
  {
    says: 'détection ciblée par un porteur légitime, qui apprécie la maturité',
    send: [
      detected,
      event('enrolment.firm-detected-again', { source: 'BRANCHE' }),
      contacted(),
      event('enrolment.firm-qualified', { action: 'a', qualifiedOn: '2010-06-20' }),
      event('enrolment.firm-found-not-mature', { siret: '00001003300025', qualifiedOn: '2010-06-20' }),
    ],
    see: { detected: 1, 'detectedAgain:BRANCHE': 1, 'contacts:INTERESTED': 1, qualified: 1, notMature: 1 },
  },
  {
    says: 'stratégie, organisation du travail, compétences, management, pratiques de GRH',
    send: [
      plan(['strategy', 'career_paths']),
      event('consulting.action-plan-item-progressed', { item: 'i0', theme: 'strategy', status: 'DONE' }),
    ],
    see: { planItems: 2, 'planItems@strategy': 1, 'planItems@career_paths': 1, planItemsDone: 1 },
  },
  {
    says: "enchaînement de la sensibilisation, du plan d'action et de sa mise en œuvre",
    send: [event('consulting.deliverable-handed-over', { deliverable: 'L1', stage: 'ACTION_PLAN' })],
    see: { deliverables: 1, 'deliverables:ACTION_PLAN': 1 },
  },
  {
    says: 'extension progressive à 15 bassins',
    send: [
      event('enrolment.firm-enrolled', { basin: 'lille', enrolledOn: '2008-07-15' }),
      event('enrolment.firm-enrolled', { siret: '00001003300025', basin: 'calaisis', enrolledOn: '2011-07-15' }),
    ],
    see: { enrolled: 2, 'enrolled@lille': 1, 'enrolled@calaisis': 1 },
  },
  {
    says: '460 entreprises accompagnées',
    send: [
      detected,
      enrolled,
      completed,
      event('enrolment.firm-enrolled', { siret: '00001003300025', enrolledOn: '2010-07-15' }),
      event('enrolment.firm-abandoned', { siret: '00001003300025', abandonedOn: '2011-01-10', reasonKind: 'NO_TIME' }),
    ],
    see: {
      accompanied: 1,
      abandoned: 1,
      'abandoned:NO_TIME': 1,
      'durations.toAgreement': 30,
      'durations.accompaniment': 425,
      'durations.whole': 455,
    },
  },
  {
    says: "associations porteuses : MEDEF Artois avec la Maison de l'Emploi et la CCI, GIE à Lille",
    send: [
      submitted,
      event('enrolment.collective-action-launched', {
        ...{ action: 'a', startsOn: '2010-06-01' },
        carriers: ['medef-artois', 'mde', 'cci'].map((code) => ({ code, name: code.toUpperCase() })),
      } as never),
      joined('medef-artois', 'BRANCH'),
    ],
    see: { projects: 1, partners: 1, 'partners@medef-artois': 1, 'partners@mde': 1, 'partners@cci': 1 },
  },
  {
    says: 'principalement des entreprises de moins de 100 salariés, de secteurs divers',
    send: [
      opened,
      detected,
      enrolled,
      event('enrolment.firm-detected', { siret: '00001003300025', headcount: 140 }),
      event('enrolment.firm-enrolled', { siret: '00001003300025', headcount: 140 }),
      event('enrolment.firm-found-ineligible', { siret: '00001203900012' }),
    ],
    see: { under100: 1, over100: 1, ineligible: 1 },
  },
];

/** Of its newest version. */
function contacted() {
  const data = { programme: 'p', action: 'a', basin: 'b', siret: SIRET, contact: '1', on: '2010-06-18' };
  const said = { ...data, by: 'CCI', means: 'CALL', outcome: 'INTERESTED' };
  return { ...event('enrolment.firm-contacted'), type: 'fr.gpect.enrolment.firm-contacted.v2', data: said } as never;
}
