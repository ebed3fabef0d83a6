import { monthOf } from '@gpect/domain-values/calendar';
import { isWithin, spendWindows } from '@gpect/domain-values/spend-windows';
import { moves } from '../facts/keepers/firms.js';
import { payments } from '../facts/keepers/spend.js';
import { completion } from './accompanied.js';
import { agreement } from './enrolled.js';
import { DAY, type Figure, NOT_COMPARABLE } from './figure.js';

export const figure: Figure = {
  id: 'spendAfter',
  place: 270,
  group: 'spend',
  labelFr: 'Dépenses des accompagnées, 12 mois après',
  labelEn: 'Spend of accompanied firms, 12 months after',
  definitionFr:
    'Dépenses des entreprises accompagnées dans les 12 mois civils qui suivent le mois de la fin. Ne pas comparer aux 12 mois avant tant que toutes les périodes ne sont pas écoulées : voir l’avant et l’après des accompagnées, parmi les estimations.',
  definitionEn:
    'Spend of accompanied firms in the 12 calendar months that follow the month of completion. Not to be compared with the 12 months before until all windows have elapsed: see the estimate spendChange.',
  formula: 'sum(spend in ]completion, completion + 12 months]) of accompanied firms',
  unit: 'euro cent',
  countsBy: DAY.payment,
  keeps: [payments, agreement, completion, moves],
  isCount: false,
  notComparable: NOT_COMPARABLE.spend,
  facts: ({ payments: paid, dates: { enrolledOn, completedOn } }) => {
    const windows = spendWindows(enrolledOn, completedOn);
    if (!windows) return [];
    return paid
      .filter(({ on }) => isWithin(monthOf(on), windows.after))
      .map(({ on, cents }) => ['spendAfter', on, cents]);
  },
};
