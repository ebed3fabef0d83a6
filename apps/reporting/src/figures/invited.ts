import { attendance } from '../facts/keepers/attendance.js';
import { DAY, type Figure } from './figure.js';

export const figure: Figure = {
  id: 'invited',
  place: 140,
  group: 'delivery',
  labelFr: 'Invitations à issue connue',
  labelEn: 'Invitations accounted for',
  definitionFr:
    "Invitations d'une entreprise à une animation collective dont l'issue (présente ou absente) est connue.",
  definitionEn: 'Invitations of a firm to a workshop whose outcome (present or absent) was recorded.',
  formula: 'count(attendance-recorded)',
  unit: 'invitation',
  countsBy: DAY.workshop,
  keeps: [attendance],
  isCount: true,
  facts: ({ invitations }) => invitations.map(({ on, invited }) => ['invited', on, invited]),
  sums: [{ total: 'invited', parts: ['attended'] }],
};
