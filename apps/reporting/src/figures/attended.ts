import { attendance } from '../facts/keepers/attendance.js';
import { DAY, type Figure } from './figure.js';

export const figure: Figure = {
  id: 'attended',
  place: 150,
  group: 'delivery',
  labelFr: 'Présences',
  labelEn: 'Attended',
  definitionFr: "Celles de ces invitations auxquelles l'entreprise est venue.",
  definitionEn: 'Those invitations to which the firm came.',
  formula: "count(attendance-recorded where attendance = 'PRESENT')",
  unit: 'invitation',
  countsBy: DAY.workshop,
  keeps: [attendance],
  isCount: true,
  facts: ({ invitations }) => invitations.map(({ on, came }) => ['attended', on, came]),
};
