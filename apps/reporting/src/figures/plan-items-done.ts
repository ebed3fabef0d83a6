import { plans } from '../facts/keepers/plans.js';
import type { Figure } from './figure.js';

export const figure: Figure = {
  id: 'planItemsDone',
  place: 170,
  group: 'delivery',
  labelFr: 'Actions des plans menées à bien',
  labelEn: 'Items of action plans done',
  definitionFr: 'Celles de ces actions qui sont achevées.',
  definitionEn: 'Those of these items that are done.',
  formula: "count(action-plan-item-progressed where status = 'DONE')",
  unit: 'item',
  countsBy: 'the day on which it was done',
  keeps: [plans],
  isCount: true,
  facts: ({ firm: { plan = {} } }) =>
    Object.values(plan).flatMap(({ status, on, theme }) =>
      status === 'DONE' && on ? [['planItemsDone', on, 1, theme] as const] : [],
    ),
};
