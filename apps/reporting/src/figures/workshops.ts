import { actions } from '../facts/keepers/actions.js';
import { workshops } from '../facts/keepers/attendance.js';
import { DAY, type Figure } from './figure.js';

export const figure: Figure = {
  id: 'workshops',
  place: 130,
  group: 'delivery',
  labelFr: 'Animations collectives',
  labelEn: 'Workshops held',
  definitionFr:
    'Ateliers et autres animations collectives qui ont eu lieu ; par bassin, chacune compte dans le premier bassin de son action.',
  definitionEn: 'Workshops that took place; by basin, a workshop counts for the first basin of its action.',
  formula: 'count(workshop-held)',
  unit: 'workshop',
  countsBy: DAY.workshop,
  keeps: [workshops, actions],
  isCount: true,
  factsOf: { workshops: ({ heldOn, theme }) => [['workshops', heldOn, 1, theme]] },
};
