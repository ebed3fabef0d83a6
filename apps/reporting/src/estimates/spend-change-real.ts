import { CONSUMER_PRICES, PRICED, priceOfYear } from '@gpect/reference-data/consumer-prices';
import { moves } from '../facts/keepers/firms.js';
import { filesRead, payments } from '../facts/keepers/spend.js';
import { completion } from '../figures/accompanied.js';
import { agreement } from '../figures/enrolled.js';
import { NOT_COMPARABLE } from '../figures/figure.js';
import { CHANGE_COUNTS, CHANGE_VALUES, changeOfSpend } from '../spend/change.js';
import { yearOfMonth } from '../spend/months.js';
import { participantsOf } from '../spend/participants.js';
import type { Estimate } from '../statistics/estimate.js';

const OUTSIDE = {
  fr: `L’indice des prix s’arrête en ${PRICED.last} (il commence en ${PRICED.first}) : des périodes qui se comparent en sortent.`,
  en: `The price index ends in ${PRICED.last} (it begins in ${PRICED.first}): some windows that are compared lie outside.`,
} as const;

export const estimate: Estimate = {
  id: 'spendChangeReal',
  place: 20,
  group: 'spend',
  labelFr: `Les mêmes dépenses, en euros constants de ${CONSUMER_PRICES.baseYear}`,
  labelEn: `The same spend, in constant euros of ${CONSUMER_PRICES.baseYear}`,
  definitionFr: `Comme l’estimation précédente, chaque ligne ramenée aux prix de ${CONSUMER_PRICES.baseYear} par l’${CONSUMER_PRICES.labelFr} de l’année de son paiement.`,
  definitionEn: `As the estimate before, each line at prices of ${CONSUMER_PRICES.baseYear} by the ${CONSUMER_PRICES.labelEn} of the year of its payment.`,
  formula: 'as spendChange, with amount / (index of the year of payment / 100)',
  assumptionsFr: [
    `L’indice est celui des prix à la consommation, faute d’un indice publié du prix de la formation : ${CONSUMER_PRICES.labelFr}.`,
    `Édition de ${CONSUMER_PRICES.edition} : années ${PRICED.first} à ${PRICED.last}. Aucune année n’est prolongée : tant que des périodes comparées en sortent, l’estimation est incomplète et n’a pas de valeur.`,
    'Intervalles et réserves comme dans l’estimation en euros courants.',
  ],
  assumptionsEn: [
    `The index is that of consumer prices, since none is published of the price of training: ${CONSUMER_PRICES.labelEn}.`,
    `Edition of ${CONSUMER_PRICES.edition}: years ${PRICED.first} to ${PRICED.last}. No year is carried on: as long as windows that are compared lie outside, the estimate is incomplete and has no value.`,
    'Intervals and reservations as in the estimate in current euros.',
  ],
  notComparable: NOT_COMPARABLE.funders,
  keeps: [payments, agreement, completion, moves, filesRead],
  needs: ['enrolled', 'accompanied', 'spend', 'spend:funder:*'],
  countedBy: ['accompanied'],
  counts: CHANGE_COUNTS,
  values: CHANGE_VALUES,
  of: (asked) => {
    const made = changeOfSpend(asked, (month) => priceOfYear(yearOfMonth(month)) ?? Number.NaN);
    const unpriced = participantsOf(asked)
      .counted.flatMap(({ windows: { before, after } }) => [before.from, after.until - 1].map(yearOfMonth))
      .filter((year) => priceOfYear(year) === undefined);
    if (unpriced.length === 0) return made;
    // Of what has no price it is not said either whether it rose.
    const { incomplete, counts = {} } = made;
    const untold = new Set(['rose', 'fell', 'stayed']);
    return {
      ...made,
      counts: Object.fromEntries(Object.entries(counts).filter(([name]) => !untold.has(name))),
      values: Object.fromEntries(Object.keys(made.values).map((name) => [name, null])),
      incomplete: {
        reasonFr: [OUTSIDE.fr, incomplete?.reasonFr].filter(Boolean).join(' '),
        reasonEn: [OUTSIDE.en, incomplete?.reasonEn].filter(Boolean).join(' '),
      },
    };
  },
};
