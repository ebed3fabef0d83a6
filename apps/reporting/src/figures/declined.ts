import { firmChange } from '../facts/change.js';
import { keeper } from '../facts/keeper.js';
import { detection, merges } from '../facts/keepers/firms.js';
import type { Figure } from './figure.js';
import { once } from './path.js';

/** When a firm declined. */
export const refusal = keeper('refusal', {
  'fr.gpect.enrolment.firm-declined.v1': ({ data }) => [firmChange(data, { declined: data.declinedOn ?? '' })],
});

/** Why it did, where it was told by a word of the list; empty where it was not. */
const refusalReasons = keeper('refusal-reasons', {
  'fr.gpect.enrolment.firm-declined.v1': ({ data }) => [firmChange(data, { declinedWhy: data.reasonKind ?? '' })],
});

export const figure: Figure = {
  id: 'declined',
  place: 50,
  group: 'reach',
  labelFr: 'Refus',
  labelEn: 'Declined',
  definitionFr: 'Entreprises qualifiées qui ont refusé de signer, et le motif de celles dont il est connu.',
  definitionEn: 'Qualified firms that declined to sign, and the reason of those of which it is known.',
  formula: 'count(firm-declined), by reasonKind',
  unit: 'firm',
  countsBy: 'the day of the refusal, or of the detection where none was given',
  keeps: [refusal, detection, merges],
  partsKeep: { 'declined:*': [refusalReasons] },
  isCount: true,
  facts: ({ firm }) => [
    ...once('declined', firm, firm.declined, firm.detectedOn),
    ...(firm.declinedWhy ? once(`declined:${firm.declinedWhy}`, firm, firm.declined, firm.detectedOn) : []),
  ],
  sums: [{ total: 'declined', parts: ['declined:*'] }],
};
