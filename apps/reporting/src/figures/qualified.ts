import { firmChange } from '../facts/change.js';
import { keeper } from '../facts/keeper.js';
import { detection, merges } from '../facts/keepers/firms.js';
import { DAY, type Figure, NOT_COMPARABLE } from './figure.js';
import { once } from './path.js';

/** When a firm was qualified. */
export const qualification = keeper('qualification', {
  'fr.gpect.enrolment.firm-qualified.v1': ({ data }) => [firmChange(data, { qualified: data.qualifiedOn ?? '' })],
});

export const figure: Figure = {
  id: 'qualified',
  place: 40,
  group: 'reach',
  labelFr: 'Qualifiées',
  labelEn: 'Qualified',
  definitionFr: 'Entreprises éligibles dont le total de la grille de maturité atteint le seuil.',
  definitionEn: 'Eligible firms whose maturity scores reach the threshold.',
  formula: 'count(firm-qualified)',
  unit: 'firm',
  countsBy: DAY.qualification,
  keeps: [qualification, detection, merges],
  isCount: true,
  notComparable: NOT_COMPARABLE.maturity,
  facts: ({ firm }) => once('qualified', firm, firm.qualified, firm.detectedOn),
  sums: [{ total: 'qualified', parts: ['declined', 'enrolled'] }],
};
