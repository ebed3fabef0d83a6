import type { Estimate, EstimateAsked, Estimated } from '../statistics/estimate.js';
import { CONFIDENCE } from '../statistics/estimate.js';
import { medianValue } from '../statistics/median.js';
import { largestOf, meanOf, sumOf } from '../statistics/moments.js';
import { changeOf, meanDifference, type Pair, ratioOf } from '../statistics/paired.js';
import { MonthlySpend } from './months.js';
import { type Participants, participantsOf } from './participants.js';

/** What both estimates of a change of spend tell. */
export const CHANGE_COUNTS: Estimate['counts'] = {
  rose: { labelFr: 'En hausse', labelEn: 'Rose' },
  fell: { labelFr: 'En baisse', labelEn: 'Fell' },
  stayed: { labelFr: 'Inchangées', labelEn: 'Stayed' },
  waiting: {
    labelFr: 'Pas encore : les 12 mois d’après ne sont pas écoulés',
    labelEn: 'Not yet: the 12 months after have not elapsed',
  },
  notCovered: {
    labelFr: 'Écartées : les fichiers des financeurs ne couvrent pas les 12 mois d’avant',
    labelEn: 'Left out: the funders’ files do not cover the 12 months before',
  },
  withoutLine: { labelFr: 'Écartées : aucune ligne d’un financeur', labelEn: 'Left out: no line of a funder' },
};

export const CHANGE_VALUES: Estimate['values'] = {
  change: { labelFr: 'Évolution du total', labelEn: 'Change of the total', unit: 'change' },
  before: { labelFr: 'Dépense moyenne avant', labelEn: 'Mean spend before', unit: 'euro cent' },
  after: { labelFr: 'Dépense moyenne après', labelEn: 'Mean spend after', unit: 'euro cent' },
  difference: { labelFr: 'Écart moyen', labelEn: 'Mean difference', unit: 'euro cent' },
  median: { labelFr: 'Écart médian', labelEn: 'Median difference', unit: 'euro cent' },
};

/** What accompanied firms spend after against before, among those of which both windows can be compared. */
export function changeOfSpend(asked: EstimateAsked, priceOf?: (month: number) => number): Estimated {
  const participants = participantsOf(asked);
  const pairs = participants.counted.map(({ firm, windows }) => {
    const spend = new MonthlySpend(firm, priceOf);
    return { firm: firm.id, before: spend.within(windows.before), after: spend.within(windows.after) };
  });
  const { waiting, notCovered, withoutLine } = participants;
  const isSaid = (of: (pair: Pair) => boolean) => pairs.filter(of).length;
  return {
    n: pairs.length,
    counts: {
      rose: isSaid(({ before, after }) => after > before),
      fell: isSaid(({ before, after }) => after < before),
      stayed: isSaid(({ before, after }) => after === before),
      waiting,
      notCovered,
      withoutLine,
    },
    values:
      pairs.length < 2 ? NOTHING : valuesOf(pairs, mostOf([...participants.counted, ...participants.leftOut], priceOf)),
    behind: new Map(pairs.map(({ firm, before, after }) => [firm, `${before} ${after}`])),
    ...incompleteFor(participants),
  };
}

const NOTHING = { change: null, before: null, after: null, difference: null, median: null };

/** The most that one accompanied firm spends in one of its windows, whether it is counted or not. */
function mostOf(of: Participants['leftOut'], priceOf?: (month: number) => number): number {
  return largestOf(
    of.flatMap(({ firm, windows }) => {
      const spend = new MonthlySpend(firm, priceOf);
      return [spend.within(windows.before), spend.within(windows.after)];
    }),
  );
}

function valuesOf(pairs: readonly Pair[], most: number): Estimated['values'] {
  const differences = pairs.map(({ before, after }) => after - before);
  const spent = (amounts: readonly number[]) => {
    const [largest, sum] = [largestOf(amounts), sumOf(amounts.map(Math.abs))];
    return { value: meanOf(amounts), ofOneFirm: most / amounts.length, largestShare: sum === 0 ? 0 : largest / sum };
  };
  const [before, after] = [pairs.map((pair) => pair.before), pairs.map((pair) => pair.after)];
  const ratio = ratioOf(pairs);
  return {
    change: ratio
      ? {
          ...changeOf(ratio, CONFIDENCE),
          ofOneFirm: (most * Math.max(1, ratio.ratio)) / sumOf(before),
          largestShare: Math.max(spent(before).largestShare, spent(after).largestShare),
        }
      : null,
    before: spent(before),
    after: spent(after),
    difference: { ...meanDifference(pairs, CONFIDENCE), ofOneFirm: most / pairs.length },
    median: medianValue(differences, CONFIDENCE),
  };
}

/** Why not all accompanied firms are compared. */
export function incompleteFor({
  counted,
  waiting,
  notCovered,
  withoutLine,
}: Participants): Pick<Estimated, 'incomplete'> {
  const reasons = [
    ...(counted.length < 2
      ? [['trop peu d’entreprises se comparent à ce jour', 'too few firms can be compared by now'] as const]
      : []),
    ...(waiting > 0
      ? [
          [
            'les 12 mois d’après ne sont pas écoulés, ou pas encore dans les fichiers des financeurs, pour toutes les accompagnées',
            'the 12 months after have not elapsed, or are not in the funders’ files yet, for all accompanied firms',
          ] as const,
        ]
      : []),
    ...(notCovered > 0
      ? [
          [
            'les fichiers des financeurs ne couvrent pas les 12 mois d’avant de toutes',
            'the funders’ files do not cover the 12 months before of all of them',
          ] as const,
        ]
      : []),
    ...(withoutLine > 0
      ? [['aucun financeur n’a de ligne pour certaines', 'no funder has a line for some of them'] as const]
      : []),
  ];
  if (reasons.length === 0) return {};
  const said = (language: 0 | 1) =>
    sentence(reasons.map((reason) => reason[language]).join(language === 0 ? ' ; ' : '; '));
  return { incomplete: { reasonFr: said(0), reasonEn: said(1) } };
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
