import { presence } from '../facts/keepers/persons.js';
import type { Figure } from './figure.js';

export const figure: Figure = {
  id: 'persons',
  place: 340,
  group: 'delivery',
  labelFr: 'Personnes venues aux animations collectives',
  labelEn: 'Persons who came to workshops',
  definitionFr:
    'Venues de personnes aux animations collectives, selon à qui elles s’adressent : dirigeants, consultants, partenaires.',
  definitionEn: 'Attendances of persons at workshops, by whom they are for: managers, consultants, partners.',
  formula: "count(person-attendance-recorded where attendance = 'PRESENT') by audience",
  unit: 'person',
  countsBy: 'the day on which the workshop was held',
  keeps: [presence],
  isCount: false,
  factsOf: {
    persons: ({ came = {} }) =>
      Object.values(came)
        .filter(({ present }) => present)
        .flatMap(({ on, audience }) => [['persons', on, 1] as const, [`persons:${audience}`, on, 1] as const]),
  },
  sums: [{ total: 'persons', parts: ['persons:*'] }],
};
