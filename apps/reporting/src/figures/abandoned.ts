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

/** Why it did, where it was told by a word of the list; empty where it was not. */
const departureReasons = keeper('departure-reasons', {
  'fr.gpect.enrolment.firm-abandoned.v1': ({ data }) => [firmChange(data, { abandonedWhy: data.reasonKind ?? '' })],
});

export const figure: Figure = {
  id: 'abandoned',
  place: 80,
  group: 'reach',
  labelFr: 'Abandons',
  labelEn: 'Abandoned',
  definitionFr: 'Entreprises adhérentes parties avant la fin, et le motif de celles dont il est connu.',
  definitionEn: 'Enrolled firms that left before the end, and the reason of those of which it is known.',
  formula: 'count(firm-abandoned), by reasonKind',
  unit: 'firm',
  countsBy: 'the day of the departure, or of the agreement where none was given',
  keeps: [departure, agreement, merges],
  partsKeep: { 'abandoned:*': [departureReasons] },
  isCount: true,
  facts: ({ firm }) => [
    ...once('abandoned', firm, firm.abandoned, firm.enrolledOn),
    ...(firm.abandonedWhy ? once(`abandoned:${firm.abandonedWhy}`, firm, firm.abandoned, firm.enrolledOn) : []),
  ],
  sums: [{ total: 'abandoned', parts: ['abandoned:*'] }],
};
