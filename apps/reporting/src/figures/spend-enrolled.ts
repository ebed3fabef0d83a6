import { later } from '@gpect/domain-values/calendar';
import { moves } from '../facts/keepers/firms.js';
import { payments } from '../facts/keepers/spend.js';
import { agreement } from './enrolled.js';
import { type Figure, NOT_COMPARABLE } from './figure.js';

export const figure: Figure = {
  id: 'spendEnrolled',
  place: 250,
  group: 'spend',
  labelFr: 'Dépenses des entreprises adhérentes',
  labelEn: 'Spend of enrolled firms',
  definitionFr: 'Dépenses de formation des entreprises qui ont signé leur convention.',
  definitionEn: 'Training spend of the firms that signed their agreement.',
  formula: 'sum(spend where the firm is enrolled)',
  unit: 'euro cent',
  countsBy: 'the day of payment, not before the agreement',
  keeps: [payments, agreement, moves],
  isCount: false,
  notComparable: NOT_COMPARABLE.spend,
  facts: ({ payments: paid, dates: { enrolledOn } }) =>
    enrolledOn ? paid.map(({ on, cents }) => ['spendEnrolled', later(on, enrolledOn), cents] as const) : [],
  sums: [{ total: 'spendEnrolled', parts: ['spendBefore', 'spendAfter'] }],
};
