import { firmChange } from '../facts/change.js';
import { keeper } from '../facts/keeper.js';
import { detection, merges } from '../facts/keepers/firms.js';
import type { Figure } from './figure.js';
import { once } from './path.js';

/** When a firm declined. */
export const refusal = keeper('refusal', {
  'fr.gpect.enrolment.firm-declined.v1': ({ data }) => [firmChange(data, { declined: data.declinedOn ?? '' })],
});

export const figure: Figure = {
  id: 'declined',
  place: 50,
  group: 'reach',
  labelFr: 'Refus',
  labelEn: 'Declined',
  definitionFr: 'Entreprises qualifiées qui ont refusé de signer.',
  definitionEn: 'Qualified firms that declined to sign.',
  formula: 'count(firm-declined)',
  unit: 'firm',
  countsBy: 'the day of the refusal, or of the detection where none was given',
  keeps: [refusal, detection, merges],
  isCount: true,
  facts: ({ firm }) => once('declined', firm, firm.declined, firm.detectedOn),
};
