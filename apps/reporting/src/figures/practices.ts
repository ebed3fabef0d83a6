import { practices } from '../facts/keepers/territory.js';
import { type Figure, NOT_COMPARABLE } from './figure.js';

export const figure: Figure = {
  id: 'practices',
  place: 210,
  group: 'effects',
  labelFr: 'Pratiques de formation vues par les OPCA',
  labelEn: 'Training practices as the OPCA see them',
  definitionFr:
    "Dernière enquête de chaque OPCA : entreprises chez qui une pratique s'est développée, parmi celles dont il parle. Par OPCA, puis ensemble : une entreprise que deux OPCA financent est comptée par chacun, donc de la plus grande valeur (au moins) à la somme (au plus).",
  definitionEn:
    'Last survey of each OPCA: firms that do a thing more than before, among those it speaks of. By OPCA, and together: a firm that two OPCA fund is counted by each, so from the greatest (at least) to the sum (at most).',
  formula: 'last(training-practices-surveyed) by funder, by practice: max to sum',
  unit: 'firm',
  countsBy: 'the day of the survey',
  keeps: [practices],
  isCount: false,
  notComparable: NOT_COMPARABLE.practices,
};
