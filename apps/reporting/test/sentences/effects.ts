import { practicesOf } from '../../src/bilan/territory.js';
import type { PracticesDocument, VerbatimDocument } from '../../src/facts/documents.js';
import { withoutNames } from '../../src/programmes/verbatims.js';
import { event, SIRET } from '../events.js';
import type { Sentence } from './sentence.js';

const QUESTIONS = [
  'strategy_clear',
  'strategy_shared',
  'time_for_anticipation',
  'information_flows',
  'roles_clear',
  'social_climate',
  'staff_representation_dialogue',
  'training_priority',
  'training_policy_exists',
] as const;
type Scores = Record<(typeof QUESTIONS)[number], number>;

/** A firm that answers yes to what is said, before and after, and no to everything else. */
function surveyed(
  yes: readonly (typeof QUESTIONS)[number][],
  siret = SIRET,
  yesBefore: readonly (typeof QUESTIONS)[number][] = [],
) {
  const of = (score: (question: (typeof QUESTIONS)[number]) => number) =>
    Object.fromEntries(QUESTIONS.map((question) => [question, score(question)])) as Scores;
  const trends = { activity: 'UP', profitability: 'STABLE', client_portfolio: 'UP', quality: 'DOWN' } as const;
  return [
    event(
      'evaluation.survey-answered',
      { siret, wave: 'BEFORE', answeredOn: '2010-06-01', answers: of((q) => (yesBefore.includes(q) ? 5 : 1)) },
      1,
    ),
    event(
      'evaluation.survey-answered',
      { siret, wave: 'AFTER', answeredOn: '2012-01-14', answers: of((q) => (yes.includes(q) ? 5 : 1)), trends },
      2,
    ),
  ];
}

/** That all say no before, and these say yes after. */
const becomesYes = (...questions: (typeof QUESTIONS)[number][]): Pick<Sentence, 'send' | 'see'> => ({
  send: surveyed(questions),
  see: Object.fromEntries(
    questions.flatMap((question) => [
      [`survey:before:${question}`, 0],
      [`survey:after:${question}`, 1],
    ]),
  ),
});

const drawn = event('evaluation.survey-sampled', { wave: 'AFTER', sample: 'apres-2012', sampledOn: '2012-01-02' });

const paid = (siret: string, days: Readonly<Record<string, number>>) =>
  event('training-spend.spend-lines-recorded', {
    funder: 'opca-a',
    lines: Object.entries(days).map(([paidOn, amountCents]) => ({
      reference: `${siret} ${paidOn}`,
      siret,
      paidOn,
      scheme: 'PLAN',
      amountCents,
      revision: 1,
    })) as never,
  });
const ACCOMPANIED = ['00001002500013', '00001003300025'];
const accompanied = ACCOMPANIED.flatMap((siret) => [
  event('enrolment.firm-enrolled', { siret, enrolledOn: '2008-02-10' }),
  event('enrolment.firm-completed', { siret, enrolledOn: '2008-02-10', completedOn: '2009-12-20' }),
]);
/** By whose lines the funder's files cover 2007 to 2010. */
const elsewhere = paid('00001203900012', { '2007-01-10': 1, '2010-12-20': 1 });
const spent = ACCOMPANIED.map((siret) => paid(siret, { '2007-03-01': 10_000, '2010-06-01': 15_000 }));

const practices = event('evaluation.training-practices-surveyed', {
  funder: 'opca-a',
  survey: 'E1',
  surveyedOn: '2012-09-03',
  firmsSeen: 12,
  practices: [{ practice: 'GPEC_TOOLS', firms: 9 }],
  otherPractices: [{ practice: 'USE_OF_DIF', firms: 4 }],
});
const practicesOfAnother = event('evaluation.training-practices-surveyed', {
  funder: 'opca-b',
  survey: 'E1',
  surveyedOn: '2012-09-03',
  firmsSeen: 8,
  practices: [{ practice: 'GPEC_TOOLS', firms: 7 }],
});
const practicesSeen = {
  practices: [
    (documents) =>
      practicesOf(documents.of<PracticesDocument>('practices'), undefined).byFunder.map(({ firms }) => firms),
    [{ GPEC_TOOLS: 9, USE_OF_DIF: 4 }],
  ],
} as const satisfies Sentence['lists'];

/** What somebody of a firm said of its strategy, and whether it may be published. */
const said = (verbatim: string, text: string, consented: boolean) =>
  event('evaluation.survey-verbatim-recorded', {
    ...{ verbatim, theme: 'strategy', text, consented },
    ...(consented ? { consentedOn: '2012-02-01' } : {}),
  } as never);

/** Section 4: what changed in firms. */
export const sentences: readonly Sentence[] = [
  {
    says: "enquête auprès d'un quart des entreprises accompagnées",
    send: [...accompanied, ...surveyed([]), drawn],
    see: { survey: 1, surveyDrawn: 1, 'respondents.share': 0.5, 'surveyResponse.drawn': 1, 'surveyEffects.n': 1 },
  },
  {
    says: 'stratégie clarifiée, formalisée, partagée avec les salariés',
    ...becomesYes('strategy_clear', 'strategy_shared'),
  },
  {
    says: 'un staff de direction, un encadrement créé ou renforcé',
    send: [
      event('consulting.action-plan-agreed', {
        items: [{ item: 'i', theme: 'management', title: 'Créer un encadrement', owner: 'RH', dueOn: '2011-06-01' }],
      }),
    ],
    see: { planItems: 1, 'planItems@management': 1 },
  },
  { says: "plus de temps à l'anticipation", ...becomesYes('time_for_anticipation') },
  { says: 'information, rôles et missions, règles', ...becomesYes('information_flows', 'roles_clear') },
  { says: 'climat social, collectifs', ...becomesYes('social_climate') },
  {
    says: "salariés associés à chaque étape : pré-diagnostic, plan d'actions, mise en œuvre, préconisations",
    send: (['PRE_DIAGNOSTIC', 'ACTION_PLAN', 'IMPLEMENTATION', 'RECOMMENDATIONS'] as const).map((stage, i) =>
      event('consulting.session-recorded', { session: `S${i}`, stage, participants: ['EMPLOYEES'] }),
    ),
    see: { participationByStage: 4, 'participationByStage:RECOMMENDATIONS:EMPLOYEES': 1 },
  },
  {
    says: "pas d'effet sur le dialogue social de représentation",
    send: [
      ...surveyed(['staff_representation_dialogue'], ACCOMPANIED[0], ['staff_representation_dialogue']),
      ...surveyed(['roles_clear'], ACCOMPANIED[1]),
    ],
    see: {
      'survey:before:staff_representation_dialogue': 1,
      'survey:after:staff_representation_dialogue': 1,
      'survey:before:roles_clear': 0,
      'survey:after:roles_clear': 1,
    },
  },
  {
    says: 'activité, rentabilité, portefeuille client, qualité',
    send: surveyed([]),
    see: {
      'survey:trend:activity:UP': 1,
      'survey:trend:profitability:STABLE': 1,
      'survey:trend:client_portfolio:UP': 1,
      'survey:trend:quality:DOWN': 1,
    },
  },
  {
    says: 'politique de formation avant (40 % peu), priorité donnée à la formation après (89 %)',
    send: [...accompanied, ...ACCOMPANIED.flatMap((siret) => surveyed(['training_priority'], siret))],
    see: {
      'survey:noTrainingBefore': 2,
      'survey:trainingPriorityAfter': 2,
      'trainingRecourse.before': 1,
      'trainingPriority.after': 1,
    },
  },
  {
    says: 'témoignages de dirigeants et de porteurs',
    send: [said('1', 'Nous anticipons mieux les départs.', true), said('2', 'Rien à publier de ceci.', false)],
    see: {},
    lists: {
      verbatims: [
        (documents) =>
          withoutNames(documents.of<VerbatimDocument>('verbatims'), ['Ateliers Martin']).told.map(({ theme, text }) => [
            theme,
            text,
          ]),
        [['strategy', 'Nous anticipons mieux les départs.']],
      ],
    },
  },
  {
    says: 'enquête auprès de trois OPCA : dépenses en hausse',
    send: [...accompanied, ...spent, elsewhere, practices, practicesOfAnother],
    see: {
      spendBefore: 20_000,
      spendAfter: 30_000,
      spendEnrolled: 50_000,
      'spendChange.n': 2,
      'spendChange.change': 0.5,
    },
    lists: {
      practices: [
        (documents) => {
          const { funders, range } = practicesOf(documents.of<PracticesDocument>('practices'), undefined);
          return [funders, range['GPEC_TOOLS']];
        },
        [2, { least: 9, most: 16 }],
      ],
    },
  },
  {
    says: "outillage, contacts avec l'OPCA, formation de salariés dont les fonctions ont évolué, management, parcours, professionnalisation, tuteurs, DIF",
    send: [
      practices,
      event('training-spend.opca-contact-recorded', { funder: 'opca-a', reference: 'C1', kind: 'VISIT' }),
      ...spent,
    ],
    see: { opcaContacts: 1, 'opcaContacts:VISIT': 1, 'spend:scheme:PLAN': 50_000 },
    lists: practicesSeen,
  },
];
