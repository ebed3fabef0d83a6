import { firmChange } from '../facts/change.js';
import { keeper } from '../facts/keeper.js';
import { detection, merges } from '../facts/keepers/firms.js';
import { DAY, type Figure, NOT_COMPARABLE } from './figure.js';
import { once } from './path.js';

/** When a firm was found not mature. */
export const immaturity = keeper('immaturity', {
  'fr.gpect.enrolment.firm-found-not-mature.v1': ({ data }) => [
    firmChange(data, { notMature: data.qualifiedOn ?? '' }),
  ],
});

export const figure: Figure = {
  id: 'notMature',
  place: 30,
  group: 'reach',
  labelFr: 'Maturité insuffisante',
  labelEn: 'Not mature',
  definitionFr: 'Entreprises éligibles dont le total de la grille de maturité est sous le seuil.',
  definitionEn: 'Eligible firms whose maturity scores sum below the threshold.',
  formula: 'count(firm-found-not-mature)',
  unit: 'firm',
  countsBy: DAY.qualification,
  keeps: [immaturity, detection, merges],
  isCount: true,
  notComparable: NOT_COMPARABLE.maturity,
  facts: ({ firm }) => once('notMature', firm, firm.notMature, firm.detectedOn),
};
