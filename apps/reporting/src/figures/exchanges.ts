import { exchanges } from '../facts/keepers/territory.js';
import type { Figure } from './figure.js';

export const figure: Figure = {
  id: 'exchanges',
  place: 220,
  group: 'territory',
  labelFr: 'Animation régionale des consultants',
  labelEn: 'Regional animation of consultants',
  definitionFr: 'Échanges de pratiques tenus, et consultants qui y sont venus au moins une fois.',
  definitionEn: 'Exchanges of practices held, and consultants who came at least once.',
  formula: 'count(practice-exchange-held); count(distinct consultants)',
  unit: 'exchange',
  countsBy: 'the day of the exchange',
  keeps: [exchanges],
  isCount: false,
  factsOf: { exchanges: ({ heldOn }) => [['exchanges', heldOn, 1]] },
};
