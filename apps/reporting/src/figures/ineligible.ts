import { firmChange } from '../facts/change.js';
import { keeper } from '../facts/keeper.js';
import { detection, merges } from '../facts/keepers/firms.js';
import { DAY, type Figure, NOT_COMPARABLE } from './figure.js';
import { once } from './path.js';

/** When a firm was found not eligible. */
export const ineligibility = keeper('ineligibility', {
  'fr.gpect.enrolment.firm-found-ineligible.v1': ({ data }) => [
    firmChange(data, { ineligible: data.qualifiedOn ?? '' }),
  ],
});

export const figure: Figure = {
  id: 'ineligible',
  place: 20,
  group: 'reach',
  labelFr: 'Non éligibles',
  labelEn: 'Not eligible',
  definitionFr: "Entreprises détectées dont l'effectif dépasse le plafond du dispositif.",
  definitionEn: "Detected firms above the programme's headcount ceiling.",
  formula: 'count(firm-found-ineligible)',
  unit: 'firm',
  countsBy: DAY.qualification,
  keeps: [ineligibility, detection, merges],
  isCount: true,
  notComparable: NOT_COMPARABLE.headcount,
  facts: ({ firm }) => once('ineligible', firm, firm.ineligible, firm.detectedOn),
};
