import { own } from '@gpect/domain-values/records';
import { sectionLabel } from '@gpect/reference-data/naf';
import { organisationLabel } from '@gpect/reference-data/organisations';
import { partnerKindLabel } from '@gpect/reference-data/partner-kinds';
import { schemeLabel } from '@gpect/reference-data/schemes';
import { MORE_UNITS, ORIGINS, PART_CODES, PHASES, PROJECT_OUTCOMES } from './code-labels.js';

export type Language = 'fr' | 'en';
type Labels = Readonly<Record<string, readonly [fr: string, en: string]>>;

/** The questions of questionnaire 1, as a committee reads them. */
const QUESTIONS: Labels = {
  strategy_clear: ['stratégie claire', 'clear strategy'],
  strategy_shared: ['stratégie partagée avec les salariés', 'strategy shared with employees'],
  time_for_anticipation: ["temps consacré à l'anticipation", 'time for anticipation'],
  information_flows: ["circulation de l'information", 'information flows'],
  roles_clear: ['rôles et missions clairs', 'clear roles'],
  social_climate: ['bon climat social', 'good social climate'],
  staff_representation_dialogue: [
    'dialogue avec la représentation du personnel',
    'dialogue with staff representatives',
  ],
  training_priority: ['priorité donnée à la formation', 'priority to training'],
  training_policy_exists: ['politique de formation', 'training policy'],
};

const TRENDS: Labels = {
  activity: ['activité', 'activity'],
  profitability: ['rentabilité', 'profitability'],
  client_portfolio: ['portefeuille client', 'client portfolio'],
  quality: ['qualité', 'quality'],
};

const GROUPS: Labels = {
  MANAGER: ['dirigeant', 'manager'],
  SUPERVISORS: ['encadrement', 'supervisors'],
  EMPLOYEES: ['salariés', 'employees'],
  STAFF_REPRESENTATIVES: ['représentants du personnel', 'staff representatives'],
};

const STAGES: Labels = {
  PRE_DIAGNOSTIC: ['pré-diagnostic', 'pre-diagnostic'],
  ACTION_PLAN: ["plan d'actions", 'action plan'],
  IMPLEMENTATION: ['mise en œuvre', 'implementation'],
  RECOMMENDATIONS: ['préconisations', 'recommendations'],
};

const THEMES: Labels = {
  strategy: ['stratégie', 'strategy'],
  work_organisation: ['organisation du travail', 'work organisation'],
  skills: ['compétences', 'skills'],
  management: ['management', 'management'],
  training_plan: ['plan de formation', 'training plan'],
  career_paths: ['parcours professionnels', 'career paths'],
  working_conditions: ['conditions de travail', 'working conditions'],
  wear_prevention: ["prévention de l'usure professionnelle", 'prevention of professional wear'],
};

/** What firms' words are about. */
const VERBATIM_THEMES: Labels = {
  STRATEGY: ['stratégie', 'strategy'],
  ORGANISATION: ['organisation', 'organisation'],
  SOCIAL: ['relations sociales', 'social relations'],
  ECONOMIC: ['activité économique', 'economic activity'],
  TRAINING: ['formation', 'training'],
  SUPPORT: ['accompagnement', 'accompaniment'],
  TERRITORY: ['territoire', 'territory'],
  OTHER: ['autre', 'other'],
};

const PRACTICES: Labels = {
  GPEC_TOOLS: ["élaboration d'un outillage GPEC", 'GPEC tools'],
  REGULAR_CONTACT_WITH_OPCA: ["contacts réguliers avec l'OPCA", 'regular contact with the OPCA'],
  MANAGEMENT_TRAINING: ['formation au management', 'management training'],
  PROFESSIONALISING_PATHS: ['parcours professionnalisants', 'professionalising paths'],
  PROFESSIONALISATION_PERIODS: [
    'périodes ou contrats de professionnalisation',
    'professionalisation periods or contracts',
  ],
  TUTORING: ['formation de tuteurs', 'tutor training'],
  CERTIFICATION: ['certification', 'certification'],
  TRAINING_PLAN: ['plan de formation', 'training plan'],
  USE_OF_DIF: ['utilisation du DIF', 'use of the individual right to training'],
  TRAINING_FOR_CHANGED_FUNCTIONS: [
    'formation des salariés dont les fonctions ont évolué',
    'training of employees whose functions changed',
  ],
};

const PLATFORM_STATES: Labels = { ALIVE: ['active', 'alive'], ENDED: ['disparue', 'ended'] };

const AXES: Labels = {
  action: ['Action collective', 'Collective action'],
  basin: ["Bassin d'emploi", 'Employment basin'],
  carrier: ['Porteur', 'Carrier'],
  section: ['Secteur (NAF rév. 2)', 'Sector (NAF rev. 2)'],
  size: ['Effectif', 'Headcount'],
  year: ['Année', 'Year'],
  wave: ['Vague', 'Wave'],
  origin: ['Origine de la détection', 'Origin of the detection'],
  region: ['Région', 'Region'],
  theme: ['Thème', 'Theme'],
};

const UNITS: Labels = {
  firm: ['entreprise', 'firm'],
  session: ['séance', 'session'],
  'half-day': ['demi-journée', 'half-day'],
  workshop: ['animation collective', 'workshop'],
  invitation: ['invitation', 'invitation'],
  item: ["action d'un plan", 'item of a plan'],
  line: ['ligne', 'line'],
  action: ['action collective', 'collective action'],
  exchange: ['échange', 'exchange'],
  'euro cent': ['euro', 'euro'],
  day: ['jour', 'day'],
  ...MORE_UNITS,
};

const KINDS = {
  UNITS,
  QUESTIONS,
  TRENDS,
  GROUPS,
  STAGES,
  THEMES,
  PRACTICES,
  VERBATIM_THEMES,
  PLATFORM_STATES,
  AXES,
  ORIGINS,
  PHASES,
  PROJECT_OUTCOMES,
  PART_CODES,
} as const;

/** Codes of registers that grow with the law. */
const REGISTERS = {
  SCHEMES: schemeLabel,
  FUNDERS: organisationLabel,
  SECTIONS: sectionLabel,
  PARTNERS: partnerKindLabel,
} as const;
type Register = keyof typeof REGISTERS;
const isRegister = (kind: string): kind is Register => Object.hasOwn(REGISTERS, kind);

/** The label of a code, or the code itself where it has none (a new question). */
export function labelOf(kind: keyof typeof KINDS | Register, code: string, language: Language): string {
  if (isRegister(kind)) return REGISTERS[kind](code, language);
  const labels: Labels = KINDS[kind];
  const found = own(labels, code);
  return found ? found[language === 'fr' ? 0 : 1] : code;
}

/** What a part of a figure is called (`kind:code`, or a code alone): what has a label by it, the rest as it stands. */
export function partLabel(part: string, language: Language): string {
  return part
    .split(':')
    .map((code) => {
      for (const kind of PARTS) {
        const label = labelOf(kind, code, language);
        if (label !== code) return label;
      }
      return code;
    })
    .join(' – ');
}

/** Codes that parts of figures are made of; where two kinds share one, the first says it. */
const PARTS = [
  'STAGES',
  'GROUPS',
  'THEMES',
  'VERBATIM_THEMES',
  'PRACTICES',
  'SCHEMES',
  'TRENDS',
  'QUESTIONS',
  'PHASES',
  'ORIGINS',
  'PLATFORM_STATES',
  'PROJECT_OUTCOMES',
  'PART_CODES',
  'PARTNERS',
] as const;
