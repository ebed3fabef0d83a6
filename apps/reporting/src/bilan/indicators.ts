import type { EventType } from '@gpect/contracts/event-contracts';
import type { FirmDocument } from '../read-model/documents.js';

/** A figure of the bilan that is counted firm by firm: its definition is its documentation. */
export interface Indicator {
  readonly id: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly definition: string;
  readonly sources: readonly EventType[];
  /** What one firm contributes. */
  readonly of: (firm: FirmDocument, rules: { readonly targetHeadcount: number }) => number;
}

/** An event has two times: the day in the field and the instant it was recorded. These figures count whatever the day. */
export const COUNTS_BY = 'every event recorded so far, whatever the day it happened in the field';

const when = (condition: unknown): number => (condition ? 1 : 0);

/** The counted figures, in the order in which a committee reads them. Source of the notions: bilan 2007-2013, sections 2 to 4. */
export const INDICATORS = [
  {
    id: 'detected',
    labelFr: 'Entreprises détectées',
    labelEn: 'Firms detected',
    definition: 'Establishments that a partner detected in the programme, each SIRET once.',
    sources: ['fr.gpect.enrolment.firm-detected.v1'],
    of: (f) => when(f.detectedOn),
  },
  {
    id: 'ineligible',
    labelFr: 'Non éligibles',
    labelEn: 'Not eligible',
    definition: "Detected firms above the programme's headcount ceiling.",
    sources: ['fr.gpect.enrolment.firm-found-ineligible.v1'],
    of: (f) => when(f.ineligible),
  },
  {
    id: 'notMature',
    labelFr: 'Non matures',
    labelEn: 'Not mature',
    definition: 'Eligible firms whose maturity scores sum below the threshold.',
    sources: ['fr.gpect.enrolment.firm-found-not-mature.v1'],
    of: (f) => when(f.notMature),
  },
  {
    id: 'qualified',
    labelFr: 'Qualifiées',
    labelEn: 'Qualified',
    definition: 'Eligible firms whose maturity scores reach the threshold.',
    sources: ['fr.gpect.enrolment.firm-qualified.v1'],
    of: (f) => when(f.qualified),
  },
  {
    id: 'declined',
    labelFr: 'Refus',
    labelEn: 'Declined',
    definition: 'Qualified firms that declined to sign.',
    sources: ['fr.gpect.enrolment.firm-declined.v1'],
    of: (f) => when(f.declined),
  },
  {
    id: 'enrolled',
    labelFr: 'Adhérentes',
    labelEn: 'Enrolled',
    definition: 'Firms that signed their agreement (convention).',
    sources: ['fr.gpect.enrolment.firm-enrolled.v1'],
    of: (f) => when(f.enrolledOn),
  },
  {
    id: 'accompanied',
    labelFr: 'Accompagnées',
    labelEn: 'Accompanied',
    definition: 'Enrolled firms that completed their accompaniment.',
    sources: ['fr.gpect.enrolment.firm-completed.v1'],
    of: (f) => when(f.completedOn),
  },
  {
    id: 'abandoned',
    labelFr: 'Abandons',
    labelEn: 'Abandoned',
    definition: 'Enrolled firms that left before the end.',
    sources: ['fr.gpect.enrolment.firm-abandoned.v1'],
    of: (f) => when(f.abandoned),
  },
  {
    id: 'under100',
    labelFr: 'Adhérentes sous la cible',
    labelEn: 'Enrolled below the target headcount',
    definition: "Enrolled firms whose headcount at detection is below the programme's target (100 employees).",
    sources: ['fr.gpect.enrolment.firm-enrolled.v1', 'fr.gpect.enrolment.firm-detected.v1'],
    of: (f, { targetHeadcount }) => when(f.enrolledOn && f.headcount !== undefined && f.headcount < targetHeadcount),
  },
  {
    id: 'over100',
    labelFr: 'Adhérentes au-dessus de la cible',
    labelEn: 'Enrolled at or above the target headcount',
    definition: "Enrolled firms whose headcount at detection is at or above the programme's target (100 employees).",
    sources: ['fr.gpect.enrolment.firm-enrolled.v1', 'fr.gpect.enrolment.firm-detected.v1'],
    of: (f, { targetHeadcount }) => when(f.enrolledOn && f.headcount !== undefined && f.headcount >= targetHeadcount),
  },
  {
    id: 'sessions',
    labelFr: "Séances d'appui-conseil",
    labelEn: 'Consulting sessions',
    definition: 'Sessions that consultants recorded in firms.',
    sources: ['fr.gpect.consulting.session-recorded.v1'],
    of: (f) => f.sessions ?? 0,
  },
  {
    id: 'halfDays',
    labelFr: 'Demi-journées de conseil',
    labelEn: 'Half-days of consulting',
    definition: 'Sum of the half-days of those sessions.',
    sources: ['fr.gpect.consulting.session-recorded.v1'],
    of: (f) => f.halfDays ?? 0,
  },
  {
    id: 'invited',
    labelFr: 'Invitations suivies',
    labelEn: 'Invitations accounted for',
    definition: 'Invitations of a firm to a workshop whose outcome (present or absent) was recorded.',
    sources: ['fr.gpect.workshops.attendance-recorded.v1'],
    of: (f) => f.invited ?? 0,
  },
  {
    id: 'attended',
    labelFr: 'Présences',
    labelEn: 'Attended',
    definition: 'Those invitations to which the firm came.',
    sources: ['fr.gpect.workshops.attendance-recorded.v1'],
    of: (f) => f.attended ?? 0,
  },
] as const satisfies readonly Indicator[];

export type IndicatorId = (typeof INDICATORS)[number]['id'];

/** The figures that are not counted firm by firm. */
export const OTHER_DEFINITIONS = [
  {
    id: 'workshops',
    labelFr: 'Ateliers collectifs tenus',
    labelEn: 'Workshops held',
    definition: 'Workshops that took place; by basin, a workshop counts for the first basin of its action.',
    sources: ['fr.gpect.workshops.workshop-held.v1', 'fr.gpect.enrolment.collective-action-launched.v1'] as EventType[],
  },
  {
    id: 'survey',
    labelFr: 'Enquête avant/après',
    labelEn: 'Before/after survey',
    definition:
      'Over the firms that answered both waves: a "yes" is an answer of 4 or 5; "little recourse and no policy" is 1 or 2 to both training questions before.',
    sources: ['fr.gpect.evaluation.survey-answered.v1'] as EventType[],
  },
  {
    id: 'spend',
    labelFr: 'Dépenses de formation',
    labelEn: 'Training spend',
    definition:
      'Lines as they were last corrected, but for those taken back, in euro cents, by the day of payment; each line once however often it was sent. A firm whose SIRET moved counts under all of them.',
    sources: [
      'fr.gpect.training-spend.spend-lines-recorded.v1',
      'fr.gpect.training-spend.spend-lines-corrected.v1',
      'fr.gpect.training-spend.spend-lines-cancelled.v1',
      'fr.gpect.training-spend.spend-lines-refused.v1',
      'fr.gpect.training-spend.establishment-closed.v1',
    ] as EventType[],
  },
];
