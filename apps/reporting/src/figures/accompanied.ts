import { firmChange } from '../facts/change.js';
import { keeper } from '../facts/keeper.js';
import { merges } from '../facts/keepers/firms.js';
import type { Figure } from './figure.js';
import { once } from './path.js';

/** When a firm completed. */
export const completion = keeper('completion', {
  'fr.gpect.enrolment.firm-completed.v1': ({ data }) => [firmChange(data, { completedOn: data.completedOn })],
});

export const figure: Figure = {
  id: 'accompanied',
  place: 70,
  group: 'reach',
  labelFr: 'Accompagnées',
  labelEn: 'Accompanied',
  definitionFr: 'Entreprises adhérentes dont l’accompagnement est achevé.',
  definitionEn: 'Enrolled firms that completed their accompaniment.',
  formula: 'count(firm-completed)',
  unit: 'firm',
  countsBy: 'the day of the completion',
  keeps: [completion, merges],
  isCount: true,
  facts: ({ firm }) => once('accompanied', firm, firm.completedOn),
};
