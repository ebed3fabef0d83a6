import { moves } from '../facts/keepers/firms.js';
import { filesRead, payments } from '../facts/keepers/spend.js';
import { completion } from '../figures/accompanied.js';
import { agreement } from '../figures/enrolled.js';
import { CHANGE_COUNTS, CHANGE_VALUES, changeOfSpend } from '../spend/change.js';
import { yearOfMonth } from '../spend/months.js';
import { participantsOf } from '../spend/participants.js';
import { INDEX, priceOfYear } from '../spend/price-index.js';
import type { Estimate } from '../statistics/estimate.js';

export const estimate: Estimate = {
  id: 'spendChangeReal',
  place: 20,
  group: 'spend',
  labelFr: `Les mêmes dépenses, en euros constants de ${INDEX.baseYear}`,
  labelEn: `The same spend, in constant euros of ${INDEX.baseYear}`,
  definitionFr: `Comme l’estimation précédente, chaque ligne ramenée aux prix de ${INDEX.baseYear} par l’${INDEX.fr} de l’année de son paiement.`,
  definitionEn: `As the estimate before, each line at prices of ${INDEX.baseYear} by the ${INDEX.en} of the year of its payment.`,
  formula: 'as spendChange, with amount / (index of the year of payment / 100)',
  assumptionsFr: [
    `L’indice est celui des prix à la consommation, faute d’un indice publié du prix de la formation : ${INDEX.fr}.`,
    'Intervalles et réserves comme dans l’estimation en euros courants.',
  ],
  assumptionsEn: [
    `The index is that of consumer prices, since none is published of the price of training: ${INDEX.en}.`,
    'Intervals and reservations as in the estimate in current euros.',
  ],
  keeps: [payments, agreement, completion, moves, filesRead],
  needs: ['enrolled', 'accompanied', 'spend', 'spend:funder:*'],
  countedBy: ['accompanied'],
  counts: CHANGE_COUNTS,
  values: CHANGE_VALUES,
  of: (asked) => {
    const years = participantsOf(asked).counted.flatMap(({ windows: { before, after } }) =>
      [before.from, after.until - 1].map(yearOfMonth),
    );
    const isPriced = years.every((year) => priceOfYear(year) !== undefined);
    const made = changeOfSpend(asked, (month) => priceOfYear(yearOfMonth(month)) ?? 1);
    if (isPriced) return made;
    return {
      ...made,
      values: Object.fromEntries(Object.keys(made.values).map((name) => [name, null])),
      incomplete: {
        reasonFr: 'L’indice des prix ne va pas jusqu’aux années qui se comparent.',
        reasonEn: 'The price index does not reach the years that are compared.',
      },
    };
  },
};
