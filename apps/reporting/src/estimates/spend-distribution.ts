import { moves } from '../facts/keepers/firms.js';
import { filesRead, payments } from '../facts/keepers/spend.js';
import { completion } from '../figures/accompanied.js';
import { agreement } from '../figures/enrolled.js';
import { NOT_COMPARABLE } from '../figures/figure.js';
import { incompleteFor } from '../spend/change.js';
import { MonthlySpend } from '../spend/months.js';
import { participantsOf } from '../spend/participants.js';
import type { Estimate } from '../statistics/estimate.js';

/** Classes of a relative change, from what fell most on: each ends before its bound. */
const CLASSES = [
  { name: 'fellByHalf', below: -0.5, labelFr: '−50 % et moins', labelEn: '−50% and less' },
  { name: 'fell', below: -0.1, labelFr: 'De −50 à −10 %', labelEn: 'From −50 to −10%' },
  { name: 'alike', below: 0.1, labelFr: 'De −10 à +10 %', labelEn: 'From −10 to +10%' },
  { name: 'rose', below: 0.5, labelFr: 'De +10 à +50 %', labelEn: 'From +10 to +50%' },
  { name: 'roseByHalf', below: 1, labelFr: 'De +50 à +100 %', labelEn: 'From +50 to +100%' },
  { name: 'doubled', below: Number.POSITIVE_INFINITY, labelFr: 'Au moins +100 %', labelEn: 'At least +100%' },
] as const;
/** Of which no relative change can be told. */
const NOTHING_BEFORE = { name: 'nothingBefore', labelFr: 'aucune dépense avant', labelEn: 'no spend before' } as const;

export const estimate: Estimate = {
  id: 'spendDistribution',
  place: 15,
  group: 'spend',
  labelFr: 'Accompagnées selon l’évolution de leurs dépenses de formation',
  labelEn: 'Accompanied firms by the change of their training spend',
  definitionFr:
    'Entreprises dont les deux périodes se comparent (les mêmes que dans l’avant/après), selon leurs dépenses des 12 mois d’après rapportées à celles des 12 mois d’avant.',
  definitionEn:
    'Firms both of whose windows can be compared (those of before and after), by their spend in the 12 months after against that in the 12 months before.',
  formula: 'count by after / before - 1',
  assumptionsFr: ['Un dénombrement, sans intervalle, en euros courants.'],
  assumptionsEn: ['A count, without an interval, in current euros.'],
  notComparable: NOT_COMPARABLE.spend,
  keeps: [payments, agreement, completion, moves, filesRead],
  needs: ['enrolled', 'accompanied', 'spend', 'spend:funder:*'],
  countedBy: ['accompanied'],
  counts: Object.fromEntries(
    [...CLASSES, NOTHING_BEFORE].map(({ name, labelFr, labelEn }) => [name, { labelFr, labelEn }]),
  ),
  values: {},
  of: (asked) => {
    const participants = participantsOf(asked);
    const classed = participants.counted.map(({ firm, windows }) => {
      const spend = new MonthlySpend(firm);
      const name = classOf(spend.within(windows.before), spend.within(windows.after));
      return { firm: firm.id, name };
    });
    const counts = Object.fromEntries(
      [...CLASSES, NOTHING_BEFORE].map(({ name }) => [name, classed.filter((of) => of.name === name).length]),
    );
    return {
      n: classed.length,
      counts,
      values: {},
      // A class of few firms would say of each of them what it spent.
      groups: Object.values(counts).filter((firms) => firms > 0),
      behind: new Map(classed.map(({ firm, name }) => [firm, name])),
      ...incompleteFor(participants),
    };
  },
};

function classOf(before: number, after: number): string {
  if (before <= 0) return NOTHING_BEFORE.name;
  const change = after / before - 1;
  return (CLASSES.find(({ below }) => change < below) ?? CLASSES[CLASSES.length - 1] ?? NOTHING_BEFORE).name;
}
