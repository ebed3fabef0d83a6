import { plans } from '../facts/keepers/plans.js';
import type { Figure } from './figure.js';

export const figure: Figure = {
  id: 'planItems',
  place: 160,
  group: 'delivery',
  labelFr: 'Actions inscrites aux plans',
  labelEn: 'Items of action plans',
  definitionFr: "Actions que les entreprises ont inscrites à leur plan, dans l'une ou l'autre de ses versions.",
  definitionEn: 'Items that firms agreed on in their action plans, in any version.',
  formula: 'count(action-plan-agreed.items)',
  unit: 'item',
  countsBy: 'the day of the last version of the plan that names it',
  keeps: [plans],
  isCount: true,
  facts: ({ firm: { plan = {} } }) =>
    Object.values(plan).flatMap(({ agreedOn, theme }) =>
      agreedOn ? [['planItems', agreedOn, 1, theme] as const] : [],
    ),
  sums: [{ total: 'planItems', parts: ['planItemsDone'] }],
};
