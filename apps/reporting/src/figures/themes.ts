import type { ReadModel } from '../facts/documents.js';
import type { FirmData } from '../facts/firm-data.js';
import type { RecordName } from './figure.js';
import { FIGURES, figureIdOf } from './registry.js';

const [ON, THEME] = ['2010-01-04', 'skills'];

/** A firm with one of everything of a firm that has a theme. */
const FIRM: FirmData = {
  firm: {
    programme: '',
    siret: '',
    plan: { item: { agreedOn: ON, status: 'DONE', on: ON, theme: THEME } },
    issues: { [THEME]: ON },
  },
  sessions: [{ on: ON, count: 1, halfDays: 1, theme: THEME, participants: [['ACTION_PLAN', 'EMPLOYEES', 1]] }],
  invitations: [],
  payments: [],
  paymentLines: [],
  dates: {},
  targetHeadcount: 0,
};

/** Records of no firm's case that have a theme: the compiler names one that is missing. */
type WithTheme = { [Name in RecordName]: 'theme' extends keyof ReadModel[Name] ? Name : never }[RecordName];
const RECORDS: { readonly [Name in WithTheme]: ReadModel[Name] } = {
  workshops: { _id: '', programme: '', action: '', heldOn: ON, theme: THEME },
};

/** Whether a measure knows themes: whether its figure says of anything that has one which it is. */
export const isOfThemes = (measure: string): boolean => OF_THEMES.has(figureIdOf(measure));

const OF_THEMES: ReadonlySet<string> = new Set(
  FIGURES.filter(({ facts, factsOf }) =>
    [...(facts?.(FIRM) ?? []), ...(factsOf?.workshops?.(RECORDS.workshops) ?? [])].some(
      ([, , , theme]) => theme !== undefined,
    ),
  ).map(({ id }) => id),
);
