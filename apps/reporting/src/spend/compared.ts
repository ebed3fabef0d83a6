import type { FirmSaid } from '../cube/firms.js';
import { changeAgainst } from '../statistics/difference-in-differences.js';
import { CONFIDENCE, type Estimate, type EstimateAsked, type Estimated } from '../statistics/estimate.js';
import type { Pair } from '../statistics/paired.js';
import { fundersOf, isCovered } from './coverage.js';
import { MonthlySpend, type Windows } from './months.js';
import { type Participant, participantsOf } from './participants.js';

/** What both comparisons tell. */
export const COMPARED_COUNTS: Estimate['counts'] = {
  compared: { labelFr: 'Entreprises comparées', labelEn: 'Firms that are compared with' },
  unlike: {
    labelFr: 'Accompagnées sans entreprise semblable, écartées',
    labelEn: 'Accompanied firms that no other is like, left out',
  },
  notCovered: {
    labelFr: 'Autres, écartées : sans accompagnée semblable, ou fichiers qui ne couvrent pas leurs périodes',
    labelEn: 'Others, left out: no accompanied firm is like them, or files do not cover their windows',
  },
  withoutLine: {
    labelFr: 'Autres, écartées : aucune ligne d’un financeur',
    labelEn: 'Others, left out: no line of a funder',
  },
};

export const COMPARED_VALUES: Estimate['values'] = {
  effect: {
    labelFr: 'Écart d’évolution (rapport des deux évolutions, moins un)',
    labelEn: 'Difference of change (ratio of both changes, less one)',
    unit: 'change',
  },
  accompanied: { labelFr: 'Évolution des accompagnées', labelEn: 'Change of accompanied firms', unit: 'change' },
  compared: {
    labelFr: 'Évolution des entreprises comparées',
    labelEn: 'Change of the firms compared with',
    unit: 'change',
  },
  difference: {
    labelFr: 'Double différence, en euros par entreprise',
    labelEn: 'Difference of mean differences, a firm',
    unit: 'euro cent',
  },
};

/** What both rest on. */
export const COMPARED_ASSUMPTIONS = {
  fr: [
    'Tendances parallèles : sans le dispositif, les dépenses des accompagnées auraient évolué, en proportion (pour la double différence : en euros), comme celles des entreprises comparées, aux mêmes mois. Rien dans les données ne le prouve.',
    'Volontariat : les accompagnées sont venues d’elles-mêmes et leur maturité a été jugée suffisante. Si de telles entreprises auraient de toute façon dépensé davantage, l’écart le compte comme un effet du dispositif, et son intervalle n’en tient pas compte.',
    'L’écart vaut pour celles qui sont venues ; ce que d’autres en auraient retiré n’en suit pas. Les entreprises comparées sont supposées n’avoir rien reçu du dispositif, ni de ses retombées.',
    'Intervalle à 95 % : rapports linéarisés sur leur logarithme, groupes indépendants, degrés de liberté de Welch-Satterthwaite. En euros courants : les prix, communs aux deux, se compensent dans le rapport.',
  ],
  en: [
    'Parallel trends: without the programme, the spend of accompanied firms would have changed, in proportion (for the difference of differences: in euros), as that of the firms compared with, in the same months. Nothing in the data proves it.',
    'Volunteers: accompanied firms came by themselves and were found mature. If such firms would have spent more anyway, the difference counts that as an effect of the programme, and its interval does not allow for it.',
    'The difference holds for those that came; what others would have had of it does not follow. The firms compared with are taken to have had nothing of the programme, nor of what spread from it.',
    '95 % interval: ratios linearised on their logarithm, independent groups, degrees of freedom of Welch and Satterthwaite. In current euros: prices, common to both, cancel out in the ratio.',
  ],
} as const;

/** Among which firms accompanied ones are compared, and by what. */
export interface Comparison {
  /** Whether a firm, of which no case signed, is one to compare with. */
  isCompared(firm: FirmSaid): boolean;
  /**
   * What an accompanied firm and those that it is compared with have in common before a month, which none of them owes to the
   * programme; none where it is not known.
   */
  stratumOf(firm: FirmSaid, until: number): string | undefined;
  readonly nobodyFr: string;
  readonly nobodyEn: string;
}

interface Stratum {
  readonly participants: readonly Participant[];
  readonly compared: readonly FirmSaid[];
}

/**
 * What accompanied firms spend after against before, against what others spend in the same months: each firm that is compared
 * is looked at in the windows of the accompanied firms of its stratum, as often as they have them, and strata weigh as much
 * as among the accompanied.
 */
export function comparedSpend(asked: EstimateAsked, comparison: Comparison): Estimated {
  const { counted, coverage } = participantsOf(asked);
  const others = comparable(asked.firms).filter((firm) => comparison.isCompared(firm));
  const withLines = others.filter((firm) => fundersOf(firm).length > 0);
  const adjusted = strataOf(counted, withLines, (firm, until) => comparison.stratumOf(firm, until));
  // Where nothing is in common, all are compared with all: that is said.
  const strata = adjusted.length > 0 ? adjusted : strataOf(counted, withLines, () => '');
  const covered = strata.flatMap(({ participants, compared }) => {
    const windows = distinct(participants);
    const of = compared.filter((firm) => {
      const funders = fundersOf(firm);
      return windows.every(
        ({ before, after }) => isCovered(before, funders, coverage) && isCovered(after, funders, coverage),
      );
    });
    return of.length > 0 ? [{ participants, compared: of, windows }] : [];
  });
  const accompanied = covered.flatMap(({ participants }) => participants);
  const pairs = accompanied.map((participant) => ({ id: participant.firm.id, ...pairOf(participant) }));
  const weighted = covered.flatMap(({ participants, compared, windows }) =>
    compared.map((firm) => ({
      id: firm.id,
      ...averageOf(firm, windows),
      weight: participants.length / accompanied.length / compared.length,
    })),
  );
  const said = changeAgainst(pairs, weighted, CONFIDENCE);
  return {
    n: pairs.length,
    counts: {
      compared: weighted.length,
      unlike: counted.length - pairs.length,
      notCovered: withLines.length - weighted.length,
      withoutLine: others.length - withLines.length,
    },
    values: said ?? { effect: null, accompanied: null, compared: null, difference: null },
    groups: [pairs.length, weighted.length],
    behind: new Map(
      [...accompanied.map(({ firm }) => firm), ...covered.flatMap(({ compared }) => compared)].map(ownOf),
    ),
    ...incompleteFor(comparison, {
      isTold: said !== undefined,
      isAdjusted: adjusted.length > 0,
      others: withLines.length,
    }),
  };
}

/** What a firm says itself, whatever others say: what it is compared by, its days and its payments. */
const ownOf = ({ id, place, said }: FirmSaid): [string, string] => [id, JSON.stringify([place, [...said]])];

/** Each firm of which no case signed, once: all that was paid under any of its SIRET. */
function comparable(firms: readonly FirmSaid[]): FirmSaid[] {
  const byFirm = new Map<number, FirmSaid[]>();
  for (const firm of firms) byFirm.set(firm.firm, [...(byFirm.get(firm.firm) ?? []), firm]);
  return [...byFirm.values()].flatMap((cases) => {
    const [first] = cases;
    if (first === undefined || cases.some(({ said }) => said.has('enrolled'))) return [];
    return cases.length === 1 ? [first] : [together(first, cases)];
  });
}

function together(first: FirmSaid, cases: readonly FirmSaid[]): FirmSaid {
  const said = new Map(first.said);
  for (const other of cases)
    if (other !== first)
      for (const [measure, days] of other.said) said.set(measure, [...(said.get(measure) ?? []), ...days].sort(byDay));
  // Where it stands, the case says that was detected.
  const place = cases.find((one) => one.said.has('detected'))?.place ?? first.place;
  return { ...first, place, said };
}

const byDay = ([a]: readonly [string, number], [b]: readonly [string, number]): number => (a < b ? -1 : a > b ? 1 : 0);

/** The strata that hold both accompanied firms and firms to compare them with. */
function strataOf(
  participants: readonly Participant[],
  others: readonly FirmSaid[],
  stratumOf: Comparison['stratumOf'],
): Stratum[] {
  const of = new Map<string, { participants: Participant[]; compared: FirmSaid[] }>();
  const at = (firm: FirmSaid, until: number) => {
    const name = stratumOf(firm, until);
    if (name === undefined) return undefined;
    const stratum = of.get(name) ?? { participants: [], compared: [] };
    of.set(name, stratum);
    return stratum;
  };
  for (const participant of participants)
    at(participant.firm, participant.windows.before.until)?.participants.push(participant);
  const last = participants.reduce((until, { windows }) => Math.max(until, windows.before.until), 0);
  for (const firm of others) at(firm, last)?.compared.push(firm);
  return [...of.values()].filter((stratum) => stratum.participants.length > 0 && stratum.compared.length > 0);
}

type Shared = Windows & { readonly share: number };

/** The windows of some firms, and of what share of them each is. */
function distinct(participants: readonly Participant[]): Shared[] {
  const counts = new Map<string, { windows: Windows; count: number }>();
  for (const { windows } of participants) {
    const key = `${windows.before.from} ${windows.after.from}`;
    counts.set(key, { windows, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].map(({ windows, count }) => ({ ...windows, share: count / participants.length }));
}

function pairOf({ firm, windows }: Participant): Pair {
  const spend = new MonthlySpend(firm);
  return { before: spend.within(windows.before), after: spend.within(windows.after) };
}

/** What a firm spends in all these windows, each as much as it is shared. */
function averageOf(firm: FirmSaid, windows: readonly Shared[]): Pair {
  const spend = new MonthlySpend(firm);
  let [inBefore, inAfter] = [0, 0];
  for (const { before, after, share } of windows) {
    inBefore += share * spend.within(before);
    inAfter += share * spend.within(after);
  }
  return { before: inBefore, after: inAfter };
}

function incompleteFor(
  { nobodyFr, nobodyEn }: Comparison,
  { isTold, isAdjusted, others }: { readonly isTold: boolean; readonly isAdjusted: boolean; readonly others: number },
): Pick<Estimated, 'incomplete'> {
  if (others === 0) return { incomplete: { reasonFr: nobodyFr, reasonEn: nobodyEn } };
  if (!isTold)
    return {
      incomplete: {
        reasonFr: 'Trop peu d’entreprises se comparent à ce jour.',
        reasonEn: 'Too few firms can be compared by now.',
      },
    };
  if (!isAdjusted)
    return {
      incomplete: {
        reasonFr:
          'Non ajustée : aucune entreprise comparée ne ressemble aux accompagnées par ce qui devait les rapprocher.',
        reasonEn: 'Unadjusted: no firm to compare with is like the accompanied in what they were to be compared by.',
      },
    };
  return {};
}
