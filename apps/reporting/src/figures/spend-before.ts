import { monthOf } from '@gpect/domain-values/calendar';
import { isWithin, spendWindows } from '@gpect/domain-values/spend-windows';
import { moves } from '../facts/keepers/firms.js';
import { payments } from '../facts/keepers/spend.js';
import { completion } from './accompanied.js';
import { agreement } from './enrolled.js';
import { type Figure, NOT_COMPARABLE } from './figure.js';

export const figure: Figure = {
  id: 'spendBefore',
  place: 260,
  group: 'spend',
  labelFr: 'Dépenses des accompagnées, 12 mois avant',
  labelEn: 'Spend of accompanied firms, 12 months before',
  definitionFr:
    'Dépenses des entreprises accompagnées dans les 12 mois civils qui précèdent le mois de leur adhésion. Ne pas comparer aux 12 mois après tant que toutes les périodes ne sont pas écoulées : voir l’avant et l’après des accompagnées, parmi les estimations.',
  definitionEn:
    'Spend of accompanied firms in the 12 calendar months that end before the month of enrolment. Not to be compared with the 12 months after before all windows have elapsed: see the estimate spendChange.',
  formula: 'sum(spend in [enrolment - 12 months, enrolment[) of accompanied firms',
  unit: 'euro cent',
  countsBy: 'the day of the completion',
  keeps: [payments, agreement, completion, moves],
  isCount: false,
  notComparable: NOT_COMPARABLE.spend,
  facts: ({ payments: paid, dates: { enrolledOn, completedOn } }) => {
    const windows = spendWindows(enrolledOn, completedOn);
    if (!windows || !completedOn) return [];
    return paid
      .filter(({ on }) => isWithin(monthOf(on), windows.before))
      .map(({ cents }) => ['spendBefore', completedOn, cents]);
  },
};
