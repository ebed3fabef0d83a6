import type { EventType } from '@gpect/contracts/event-contracts';
import type { ReadModel } from '../facts/documents.js';
import type { Fact } from '../facts/fact.js';
import type { FirmData } from '../facts/firm-data.js';
import type { Keeper } from '../facts/keeper.js';

/** What a figure is counted in. */
export type Unit =
  | 'firm'
  | 'session'
  | 'group in a session'
  | 'half-day'
  | 'workshop'
  | 'invitation'
  | 'item'
  | 'line'
  | 'action'
  | 'firm aimed at'
  | 'phase'
  | 'partner'
  | 'decision'
  | 'pair of actors'
  | 'platform of an action'
  | 'project'
  | 'person'
  | 'feedback'
  | 'contact'
  | 'detection'
  | 'deliverable'
  | 'deferral'
  | 'suspension'
  | 'issue'
  | 'document'
  | 'exchange'
  | 'euro cent';

/** The chapters of a bilan. */
export type Group = 'reach' | 'delivery' | 'participation' | 'effects' | 'spend' | 'territory';

/**
 * A figure of the bilan, all of it: what it is called and means, the events that it is made from, and what one firm says of
 * it. It is the sum of the facts whose measure is its id, or its id and a part. Whatever lists figures (GET /indicators,
 * exports, docs, what is read of events) reads these files: a new one is one file in this folder, and its test.
 */
export interface Figure {
  readonly id: string;
  /** Where it stands among the others, as a committee reads them. */
  readonly place: number;
  readonly group: Group;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly definitionFr: string;
  readonly definitionEn: string;
  readonly formula: string;
  readonly unit: Unit;
  /** Which of an event's two times decides when it counts. */
  readonly countsBy: string;
  /** What is kept of events that it is made from. */
  readonly keeps: readonly Keeper[];
  /**
   * Of parts that rest on more than the figure itself (`survey:drawnAtLeastOnce`, `declined:*`), what is kept for them: while that
   * history is read the figure is told, and they are not.
   */
  readonly partsKeep?: Readonly<Record<string, readonly Keeper[]>>;
  /** Whether GET /bilan gives it by basin and by action, as a plain count. */
  readonly isCount: boolean;
  /** Across what its numbers may not be held against each other, and why; absent where they may across everything. */
  readonly notComparable?: NotComparable;
  /** What one firm says of it, day by day. Absent where it is not made of firms. */
  facts?(data: FirmData): readonly Fact[];
  /** What one record says that is no firm's case. A figure of such records alone gives no firm away, but of persons. */
  readonly factsOf?: { readonly [Name in RecordName]?: (record: ReadModel[Name]) => readonly Fact[] };
  /**
   * Sums that hold in every cell: a total and the measures that it is made of. What is left is a fact of its own (`~…`): it
   * is told to nobody, and nobody may get it by subtraction where it is of too few firms.
   */
  readonly sums?: readonly Sum[];
}

/** Records of no firm's case that count: those of persons are masked like firms where few stand behind a number. */
export type RecordName = 'workshops' | 'actions' | 'exchanges' | 'projects' | 'programmes' | 'persons';

/** Why numbers of programmes, of waves of actions or of regions do not mean the same. */
export interface NotComparable {
  readonly across: readonly ('programmes' | 'waves' | 'regions')[];
  readonly reasonFr: string;
  readonly reasonEn: string;
}

/** `total` is the sum of `parts`; a part `spend:funder:*` stands for all of that name. */
export interface Sum {
  readonly total: string;
  readonly parts: readonly string[];
}

/** All that is kept of events for a figure and its parts. */
export const keptFor = ({ keeps, partsKeep = {} }: Pick<Figure, 'keeps' | 'partsKeep'>): Keeper[] => [
  ...keeps,
  ...Object.values(partsKeep).flat(),
];

/** The types of events that a figure is made from. */
export function sourcesOf(figure: Figure): EventType[] {
  return [...new Set(keptFor(figure).flatMap((keeper) => keeper.types))];
}

/** Why some figures may not be compared. */
export const NOT_COMPARABLE = {
  headcount: {
    across: ['programmes'],
    reasonFr: "Chaque dispositif fixe son plafond et sa cible d'effectif.",
    reasonEn: 'Each programme has a ceiling and a target of headcount of its own.',
  },
  maturity: {
    across: ['programmes', 'waves'],
    reasonFr: 'Chaque dispositif a sa grille et son seuil de maturité, et peut les revoir d’une vague à l’autre.',
    reasonEn: 'Each programme has a maturity grid and a threshold of its own, and may revise them from wave to wave.',
  },
  survey: {
    across: ['programmes', 'waves'],
    reasonFr:
      'Questionnaires et échantillons sont ceux de chaque dispositif : seules se comparent les mêmes questions, posées à des échantillons tirés de même.',
    reasonEn:
      'Questionnaires and samples are those of each programme: only the same questions compare, asked of samples drawn alike.',
  },
  spend: {
    across: ['programmes', 'waves', 'regions'],
    reasonFr:
      'Euros courants d’années différentes, et financeurs différents : leurs fichiers ne couvrent ni les mêmes années ni les mêmes dispositifs de formation.',
    reasonEn:
      'Current euros of different years, and different funders: their files cover neither the same years nor the same schemes.',
  },
  funders: {
    across: ['programmes', 'waves', 'regions'],
    reasonFr:
      'Financeurs différents : leurs fichiers ne couvrent ni les mêmes années ni les mêmes dispositifs de formation.',
    reasonEn: 'Different funders: their files cover neither the same years nor the same schemes.',
  },
  practices: {
    across: ['programmes', 'waves', 'regions'],
    reasonFr: 'Chaque OPCA parle des entreprises qu’il voit, une même entreprise peut être vue par deux.',
    reasonEn: 'Each OPCA speaks of the firms that it sees; two may see the same firm.',
  },
  cooperation: {
    across: ['programmes', 'waves', 'regions'],
    reasonFr: 'Qui observe choisit les paires d’acteurs : leur nombre dépend du territoire et de l’observateur.',
    reasonEn: 'Who assesses chooses the pairs of actors: how many depends on the territory and on who looks.',
  },
  criteria: {
    across: ['programmes', 'waves'],
    reasonFr: 'Les critères sont ceux de chaque appel, et peuvent être revus.',
    reasonEn: 'The criteria are those of each call, and may be revised.',
  },
} as const satisfies Readonly<Record<string, NotComparable>>;

/** The days in the field by which figures count; where a fact was told without its day, the earliest on which it can have been. */
export const DAY = {
  detection: 'the day of the detection',
  qualification: 'the day of the qualification, or of the detection where none was given',
  agreement: 'the day of the agreement',
  session: 'the day on which the session was held',
  workshop: 'the day on which the workshop was held',
  answer: 'the day of the answer to the second wave',
  payment: 'the day of payment',
} as const;
