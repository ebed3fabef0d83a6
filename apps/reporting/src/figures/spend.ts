import { moves } from '../facts/keepers/firms.js';
import { payments, refusals } from '../facts/keepers/spend.js';
import { DAY, type Figure, NOT_COMPARABLE } from './figure.js';

export const figure: Figure = {
  id: 'spend',
  place: 240,
  group: 'spend',
  labelFr: 'Dépenses de formation',
  labelEn: 'Training spend',
  definitionFr:
    'Lignes des financeurs telles que corrigées, hors lignes annulées ; chaque ligne compte une fois, même envoyée plusieurs fois. Une entreprise dont le SIRET a changé compte sous tous ses SIRET.',
  definitionEn:
    'Lines as they were last corrected, but for those taken back, in euro cents, by the day of payment; each line once however often it was sent. A firm whose SIRET moved counts under all of them.',
  formula: 'sum(spend-lines-recorded.amountCents) as corrected and cancelled',
  unit: 'euro cent',
  countsBy: DAY.payment,
  keeps: [payments, refusals, moves],
  isCount: false,
  notComparable: NOT_COMPARABLE.spend,
  facts: ({ payments: paid, paymentLines }) => [
    ...paymentLines.map(({ on, lines }) => ['spend:lines', on, lines] as const),
    ...paid.flatMap(({ on, funder, scheme, cents }) => [
      ['spend', on, cents] as const,
      [`spend:funder:${funder}`, on, cents] as const,
      [`spend:scheme:${scheme}`, on, cents] as const,
    ]),
  ],
  sums: [
    { total: 'spend', parts: ['spend:funder:*'] },
    { total: 'spend', parts: ['spend:scheme:*'] },
    { total: 'spend', parts: ['spendEnrolled'] },
  ],
};
