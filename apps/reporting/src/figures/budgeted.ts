import { watched } from '../facts/keepers/firms.js';
import { agreement } from './enrolled.js';
import type { Figure } from './figure.js';

export const figure: Figure = {
  id: 'budgeted',
  place: 336,
  group: 'delivery',
  labelFr: 'Demi-journées prévues',
  labelEn: 'Half-days budgeted',
  definitionFr:
    "Demi-journées d'appui-conseil que les entreprises adhérentes peuvent avoir, d'après le dernier budget de chacune.",
  definitionEn: 'Half-days of consulting that enrolled firms may have, by the last budget of each.',
  formula: 'sum(last(half-days-budgeted.halfDays) by firm)',
  unit: 'half-day',
  countsBy: 'the day of the agreement',
  keeps: [watched, agreement],
  isCount: false,
  facts: ({ firm: { budget, enrolledOn } }) => (budget && enrolledOn ? [['budgeted', enrolledOn, budget]] : []),
};
