import type { EventType } from '@gpect/contracts/event-contracts';

/** What a figure is counted in. */
export type Unit =
  | 'firm'
  | 'session'
  | 'half-day'
  | 'workshop'
  | 'invitation'
  | 'item'
  | 'line'
  | 'action'
  | 'exchange'
  | 'euro cent';

/**
 * A figure of the bilan: this declaration is also its documentation (GET /indicators). A figure `id` is the sum of the
 * facts whose measure is `id`, or `id:part` where it has parts.
 */
export interface Indicator {
  readonly id: string;
  readonly group: 'reach' | 'delivery' | 'participation' | 'effects' | 'spend' | 'territory';
  readonly labelFr: string;
  readonly labelEn: string;
  readonly definitionFr: string;
  readonly definitionEn: string;
  readonly formula: string;
  readonly sources: readonly EventType[];
  readonly unit: Unit;
  /** Which of an event's two times decides when it counts. */
  readonly countsBy: string;
}

const enrolment = (...names: string[]) => names.map((name) => `fr.gpect.enrolment.${name}.v1` as EventType);
const spendLines = ['recorded', 'corrected', 'cancelled'].map(
  (what) => `fr.gpect.training-spend.spend-lines-${what}.v1` as EventType,
);
const sessions = ['recorded', 'corrected', 'cancelled'].map((w) => `fr.gpect.consulting.session-${w}.v1` as EventType);
const answered: EventType[] = ['fr.gpect.evaluation.survey-answered.v1'];
const attended: EventType[] = ['fr.gpect.workshops.attendance-recorded.v1'];

/** The days in the field by which figures count; where a fact was told without its day, the earliest on which it can have been. */
const DAY = {
  detection: 'the day of the detection',
  qualification: 'the day of the qualification, or of the detection where none was given',
  agreement: 'the day of the agreement',
  session: 'the day on which the session was held',
  workshop: 'the day on which the workshop was held',
  answer: 'the day of the answer to the second wave',
  payment: 'the day of payment',
};

/** In the order in which a committee reads them. Source of the notions: bilan 2007-2013, sections 2 to 5. */
export const INDICATORS = [
  {
    id: 'detected',
    group: 'reach',
    labelFr: 'Entreprises détectées',
    labelEn: 'Firms detected',
    definitionFr: 'Établissements repérés par un partenaire dans le dispositif ; chaque SIRET compte une fois.',
    definitionEn: 'Establishments that a partner detected in the programme, each SIRET once.',
    formula: 'count(firm-detected)',
    sources: enrolment('firm-detected'),
    unit: 'firm',
    countsBy: DAY.detection,
  },
  {
    id: 'ineligible',
    group: 'reach',
    labelFr: 'Non éligibles',
    labelEn: 'Not eligible',
    definitionFr: "Entreprises détectées dont l'effectif dépasse le plafond du dispositif.",
    definitionEn: "Detected firms above the programme's headcount ceiling.",
    formula: 'count(firm-found-ineligible)',
    sources: enrolment('firm-found-ineligible'),
    unit: 'firm',
    countsBy: DAY.qualification,
  },
  {
    id: 'notMature',
    group: 'reach',
    labelFr: 'Non matures',
    labelEn: 'Not mature',
    definitionFr: 'Entreprises éligibles dont le total de la grille de maturité est sous le seuil.',
    definitionEn: 'Eligible firms whose maturity scores sum below the threshold.',
    formula: 'count(firm-found-not-mature)',
    sources: enrolment('firm-found-not-mature'),
    unit: 'firm',
    countsBy: DAY.qualification,
  },
  {
    id: 'qualified',
    group: 'reach',
    labelFr: 'Qualifiées',
    labelEn: 'Qualified',
    definitionFr: 'Entreprises éligibles dont le total de la grille de maturité atteint le seuil.',
    definitionEn: 'Eligible firms whose maturity scores reach the threshold.',
    formula: 'count(firm-qualified)',
    sources: enrolment('firm-qualified'),
    unit: 'firm',
    countsBy: DAY.qualification,
  },
  {
    id: 'declined',
    group: 'reach',
    labelFr: 'Refus',
    labelEn: 'Declined',
    definitionFr: 'Entreprises qualifiées qui ont refusé de signer.',
    definitionEn: 'Qualified firms that declined to sign.',
    formula: 'count(firm-declined)',
    sources: enrolment('firm-declined'),
    unit: 'firm',
    countsBy: 'the day of the refusal, or of the detection where none was given',
  },
  {
    id: 'enrolled',
    group: 'reach',
    labelFr: 'Adhérentes',
    labelEn: 'Enrolled',
    definitionFr: 'Entreprises qui ont signé leur convention.',
    definitionEn: 'Firms that signed their agreement (convention).',
    formula: 'count(firm-enrolled)',
    sources: enrolment('firm-enrolled'),
    unit: 'firm',
    countsBy: DAY.agreement,
  },
  {
    id: 'accompanied',
    group: 'reach',
    labelFr: 'Accompagnées',
    labelEn: 'Accompanied',
    definitionFr: 'Entreprises adhérentes dont l’accompagnement est achevé.',
    definitionEn: 'Enrolled firms that completed their accompaniment.',
    formula: 'count(firm-completed)',
    sources: enrolment('firm-completed'),
    unit: 'firm',
    countsBy: 'the day of the completion',
  },
  {
    id: 'abandoned',
    group: 'reach',
    labelFr: 'Abandons',
    labelEn: 'Abandoned',
    definitionFr: 'Entreprises adhérentes parties avant la fin.',
    definitionEn: 'Enrolled firms that left before the end.',
    formula: 'count(firm-abandoned)',
    sources: enrolment('firm-abandoned'),
    unit: 'firm',
    countsBy: 'the day of the departure, or of the agreement where none was given',
  },
  {
    id: 'under100',
    group: 'reach',
    labelFr: 'Adhérentes sous la cible',
    labelEn: 'Enrolled below the target headcount',
    definitionFr:
      'Entreprises adhérentes dont l’effectif à la détection est sous la cible du dispositif (100 salariés).',
    definitionEn: "Enrolled firms whose headcount at detection is below the programme's target (100 employees).",
    formula: 'count(firm-enrolled where headcount < targetHeadcount)',
    sources: enrolment('firm-enrolled', 'firm-detected'),
    unit: 'firm',
    countsBy: DAY.agreement,
  },
  {
    id: 'over100',
    group: 'reach',
    labelFr: 'Adhérentes au-dessus de la cible',
    labelEn: 'Enrolled at or above the target headcount',
    definitionFr:
      'Entreprises adhérentes dont l’effectif à la détection atteint la cible du dispositif (100 salariés).',
    definitionEn: "Enrolled firms whose headcount at detection is at or above the programme's target (100 employees).",
    formula: 'count(firm-enrolled where headcount >= targetHeadcount)',
    sources: enrolment('firm-enrolled', 'firm-detected'),
    unit: 'firm',
    countsBy: DAY.agreement,
  },
  {
    id: 'sessions',
    group: 'delivery',
    labelFr: "Séances d'appui-conseil",
    labelEn: 'Consulting sessions',
    definitionFr: 'Séances que les consultants ont tenues dans les entreprises.',
    definitionEn: 'Sessions that consultants held in firms.',
    formula: 'count(session-recorded) - count(session-cancelled)',
    sources: sessions,
    unit: 'session',
    countsBy: DAY.session,
  },
  {
    id: 'halfDays',
    group: 'delivery',
    labelFr: 'Demi-journées de conseil',
    labelEn: 'Half-days of consulting',
    definitionFr: 'Somme des demi-journées de ces séances.',
    definitionEn: 'Sum of the half-days of those sessions.',
    formula: 'sum(session-recorded.halfDays)',
    sources: sessions,
    unit: 'half-day',
    countsBy: DAY.session,
  },
  {
    id: 'workshops',
    group: 'delivery',
    labelFr: 'Ateliers collectifs tenus',
    labelEn: 'Workshops held',
    definitionFr: 'Ateliers qui ont eu lieu ; par bassin, un atelier compte dans le premier bassin de son action.',
    definitionEn: 'Workshops that took place; by basin, a workshop counts for the first basin of its action.',
    formula: 'count(workshop-held)',
    sources: ['fr.gpect.workshops.workshop-held.v1', ...enrolment('collective-action-launched')],
    unit: 'workshop',
    countsBy: DAY.workshop,
  },
  {
    id: 'invited',
    group: 'delivery',
    labelFr: 'Invitations suivies',
    labelEn: 'Invitations accounted for',
    definitionFr: "Invitations d'une entreprise à un atelier dont l'issue (présente ou absente) est connue.",
    definitionEn: 'Invitations of a firm to a workshop whose outcome (present or absent) was recorded.',
    formula: 'count(attendance-recorded)',
    sources: attended,
    unit: 'invitation',
    countsBy: DAY.workshop,
  },
  {
    id: 'attended',
    group: 'delivery',
    labelFr: 'Présences',
    labelEn: 'Attended',
    definitionFr: "Celles de ces invitations auxquelles l'entreprise est venue.",
    definitionEn: 'Those invitations to which the firm came.',
    formula: "count(attendance-recorded where attendance = 'PRESENT')",
    sources: attended,
    unit: 'invitation',
    countsBy: DAY.workshop,
  },
  {
    id: 'planItems',
    group: 'delivery',
    labelFr: 'Actions inscrites aux plans',
    labelEn: 'Items of action plans',
    definitionFr: "Actions que les entreprises ont inscrites à leur plan, dans l'une ou l'autre de ses versions.",
    definitionEn: 'Items that firms agreed on in their action plans, in any version.',
    formula: 'count(action-plan-agreed.items)',
    sources: ['fr.gpect.consulting.action-plan-agreed.v1'],
    unit: 'item',
    countsBy: 'the day of the last version of the plan that names it',
  },
  {
    id: 'planItemsDone',
    group: 'delivery',
    labelFr: 'Actions des plans menées à bien',
    labelEn: 'Items of action plans done',
    definitionFr: 'Celles de ces actions qui sont achevées.',
    definitionEn: 'Those of these items that are done.',
    formula: "count(action-plan-item-progressed where status = 'DONE')",
    sources: ['fr.gpect.consulting.action-plan-item-progressed.v1'],
    unit: 'item',
    countsBy: 'the day on which it was done',
  },
  {
    id: 'participation',
    group: 'participation',
    labelFr: 'Participation aux séances',
    labelEn: 'Participation in sessions',
    definitionFr:
      'Séances auxquelles chaque groupe de l’entreprise a pris part : dirigeant, encadrement, salariés, représentants du personnel.',
    definitionEn:
      'Sessions in which each group of the firm took part: manager, supervisors, employees, staff representatives.',
    formula: 'count(session-recorded) by participants',
    sources: sessions,
    unit: 'session',
    countsBy: DAY.session,
  },
  {
    id: 'participationByStage',
    group: 'participation',
    labelFr: "Participation à chaque étape de l'appui-conseil",
    labelEn: 'Participation at each stage of the consulting',
    definitionFr:
      'Ces séances par étape : pré-diagnostic, plan d’actions, mise en œuvre, préconisations ; la participation des salariés à chaque étape est la méthode.',
    definitionEn:
      'Those sessions by stage: pre-diagnostic, action plan, implementation, recommendations; participation at each stage is the method.',
    formula: 'count(session-recorded) by stage and participants',
    sources: sessions,
    unit: 'session',
    countsBy: DAY.session,
  },
  {
    id: 'survey',
    group: 'effects',
    labelFr: 'Enquête avant/après',
    labelEn: 'Before/after survey',
    definitionFr:
      'Entreprises qui ont répondu aux deux vagues. Un « oui » est une réponse de 4 ou 5 ; « peu de recours et pas de politique » : 1 ou 2 aux deux questions sur la formation, avant. Intervalle à 95 % de la différence des parts, appariée.',
    definitionEn:
      'Over the firms that answered both waves: a "yes" is an answer of 4 or 5; "little recourse and no policy" is 1 or 2 to both training questions before. 95 % interval of the paired difference of the shares.',
    formula: 'count(firms with BEFORE and AFTER); yes = count(answer >= 4); interval: Bonett and Price (2012)',
    sources: answered,
    unit: 'firm',
    countsBy: DAY.answer,
  },
  {
    id: 'practices',
    group: 'effects',
    labelFr: 'Pratiques de formation vues par les OPCA',
    labelEn: 'Training practices as the OPCA see them',
    definitionFr:
      "Dernière enquête de chaque OPCA : entreprises chez qui une pratique s'est développée, parmi celles dont il parle.",
    definitionEn: 'Last survey of each OPCA: firms that do a thing more than before, among those it speaks of.',
    formula: 'last(training-practices-surveyed) by funder, summed by practice',
    sources: ['fr.gpect.evaluation.training-practices-surveyed.v1'],
    unit: 'firm',
    countsBy: 'the day of the survey',
  },
  {
    id: 'exchanges',
    group: 'territory',
    labelFr: 'Animation régionale des consultants',
    labelEn: 'Regional animation of consultants',
    definitionFr: 'Échanges de pratiques tenus, et consultants qui y sont venus au moins une fois.',
    definitionEn: 'Exchanges of practices held, and consultants who came at least once.',
    formula: 'count(practice-exchange-held); count(distinct consultants)',
    sources: ['fr.gpect.consulting.practice-exchange-held.v1'],
    unit: 'exchange',
    countsBy: 'the day of the exchange',
  },
  {
    id: 'visions',
    group: 'territory',
    labelFr: 'Diagnostic et vision du territoire',
    labelEn: 'Diagnostic and vision of the territory',
    definitionFr:
      'Actions dont le diagnostic territorial a abouti à une vision, avec les thèmes trouvés dans les entreprises.',
    definitionEn: 'Actions whose territorial diagnostic led to a vision, with the themes found among their firms.',
    formula: 'last(territory-vision-adopted) by action',
    sources: enrolment('territory-vision-adopted'),
    unit: 'action',
    countsBy: 'the day of the adoption',
  },
  {
    id: 'spend',
    group: 'spend',
    labelFr: 'Dépenses de formation',
    labelEn: 'Training spend',
    definitionFr:
      'Lignes des financeurs telles que corrigées, hors lignes annulées ; chaque ligne compte une fois, même envoyée plusieurs fois. Une entreprise dont le SIRET a changé compte sous tous ses SIRET.',
    definitionEn:
      'Lines as they were last corrected, but for those taken back, in euro cents, by the day of payment; each line once however often it was sent. A firm whose SIRET moved counts under all of them.',
    formula: 'sum(spend-lines-recorded.amountCents) as corrected and cancelled',
    sources: [
      ...spendLines,
      'fr.gpect.training-spend.spend-lines-refused.v1',
      'fr.gpect.training-spend.establishment-closed.v1',
    ],
    unit: 'euro cent',
    countsBy: DAY.payment,
  },
  {
    id: 'spendEnrolled',
    group: 'spend',
    labelFr: 'Dépenses des entreprises adhérentes',
    labelEn: 'Spend of enrolled firms',
    definitionFr: 'Dépenses de formation des entreprises qui ont signé leur convention.',
    definitionEn: 'Training spend of the firms that signed their agreement.',
    formula: 'sum(spend where the firm is enrolled)',
    sources: [...spendLines, ...enrolment('firm-enrolled')],
    unit: 'euro cent',
    countsBy: 'the day of payment, not before the agreement',
  },
  {
    id: 'spendBefore',
    group: 'spend',
    labelFr: 'Dépenses des accompagnées, 12 mois avant',
    labelEn: 'Spend of accompanied firms, 12 months before',
    definitionFr:
      'Dépenses des entreprises accompagnées dans les 12 mois civils qui précèdent le mois de leur adhésion.',
    definitionEn: 'Spend of accompanied firms in the 12 calendar months that end before the month of enrolment.',
    formula: 'sum(spend in [enrolment - 12 months, enrolment[) of accompanied firms',
    sources: [...spendLines, ...enrolment('firm-enrolled', 'firm-completed')],
    unit: 'euro cent',
    countsBy: 'the day of the completion',
  },
  {
    id: 'spendAfter',
    group: 'spend',
    labelFr: 'Dépenses des accompagnées, 12 mois après',
    labelEn: 'Spend of accompanied firms, 12 months after',
    definitionFr: 'Dépenses des entreprises accompagnées dans les 12 mois civils qui suivent le mois de la fin.',
    definitionEn: 'Spend of accompanied firms in the 12 calendar months that follow the month of completion.',
    formula: 'sum(spend in ]completion, completion + 12 months]) of accompanied firms',
    sources: [...spendLines, ...enrolment('firm-enrolled', 'firm-completed')],
    unit: 'euro cent',
    countsBy: DAY.payment,
  },
] as const satisfies readonly Indicator[];

export type IndicatorId = (typeof INDICATORS)[number]['id'];

/** The figures that are plain counts: what GET /bilan gives by basin and by action. */
export const COUNTED = INDICATORS.filter((i) => i.group === 'reach' || i.group === 'delivery').map((i) => i.id);
export type CountedId = (typeof COUNTED)[number];

const AMOUNTS: ReadonlySet<string> = new Set(INDICATORS.filter((i) => i.unit === 'euro cent').map((i) => i.id));

/** Whether a figure is an amount of money, which one firm may dominate. */
export const isAmount = (id: string): boolean => AMOUNTS.has(id);
