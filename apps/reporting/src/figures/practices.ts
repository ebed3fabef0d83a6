import { practices } from '../facts/keepers/territory.js';
import type { Figure } from './figure.js';

export const figure: Figure = {
  id: 'practices',
  place: 210,
  group: 'effects',
  labelFr: 'Pratiques de formation vues par les OPCA',
  labelEn: 'Training practices as the OPCA see them',
  definitionFr:
    "Dernière enquête de chaque OPCA : entreprises chez qui une pratique s'est développée, parmi celles dont il parle.",
  definitionEn: 'Last survey of each OPCA: firms that do a thing more than before, among those it speaks of.',
  formula: 'last(training-practices-surveyed) by funder, summed by practice',
  unit: 'firm',
  countsBy: 'the day of the survey',
  keeps: [practices],
  isCount: false,
};
