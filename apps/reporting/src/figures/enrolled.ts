import { firmChange } from '../facts/change.js';
import { keeper } from '../facts/keeper.js';
import { merges } from '../facts/keepers/firms.js';
import { DAY, type Figure } from './figure.js';
import { once } from './path.js';

/** When a firm signed its agreement. */
export const agreement = keeper('agreement', {
  'fr.gpect.enrolment.firm-enrolled.v1': ({ data }) => [firmChange(data, { enrolledOn: data.enrolledOn })],
});

export const figure: Figure = {
  id: 'enrolled',
  place: 60,
  group: 'reach',
  labelFr: 'Adhérentes',
  labelEn: 'Enrolled',
  definitionFr: 'Entreprises qui ont signé leur convention.',
  definitionEn: 'Firms that signed their agreement (convention).',
  formula: 'count(firm-enrolled)',
  unit: 'firm',
  countsBy: DAY.agreement,
  keeps: [agreement, merges],
  isCount: true,
  facts: ({ firm }) => once('enrolled', firm, firm.enrolledOn),
  sums: [
    { total: 'enrolled', parts: ['accompanied', 'abandoned'] },
    { total: 'enrolled', parts: ['under100', 'over100'] },
  ],
};
