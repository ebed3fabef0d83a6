import { firmChange } from '../facts/change.js';
import { keeper } from '../facts/keeper.js';
import { merges } from '../facts/keepers/firms.js';
import { agreement } from './enrolled.js';
import type { Figure } from './figure.js';
import { once } from './path.js';

/** When a firm left. */
export const departure = keeper('departure', {
  'fr.gpect.enrolment.firm-abandoned.v1': ({ data }) => [firmChange(data, { abandoned: data.abandonedOn ?? '' })],
});

export const figure: Figure = {
  id: 'abandoned',
  place: 80,
  group: 'reach',
  labelFr: 'Abandons',
  labelEn: 'Abandoned',
  definitionFr: 'Entreprises adhérentes parties avant la fin.',
  definitionEn: 'Enrolled firms that left before the end.',
  formula: 'count(firm-abandoned)',
  unit: 'firm',
  countsBy: 'the day of the departure, or of the agreement where none was given',
  keeps: [departure, agreement, merges],
  isCount: true,
  facts: ({ firm }) => once('abandoned', firm, firm.abandoned, firm.enrolledOn),
};
