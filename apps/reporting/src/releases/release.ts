import type { DisclosureRule } from '@gpect/domain-values/disclosure';
import type { Documents } from '../programmes/documents.js';
import type { ToldNumber } from '../secrecy/told.js';

/** Figures of a programme as everybody may read them, made on a day and kept. */
export interface ReleaseDocument {
  /** Programme and date. */
  readonly _id: string;
  readonly programme: string;
  /** In Paris. */
  readonly date: string;
  /** The instant of which the figures are. */
  readonly madeAt: Date;
  readonly madeBy: 'CALENDAR' | 'REQUEST';
  readonly positions: Readonly<Record<string, number>>;
  readonly rule: DisclosureRule;
  /** Numbers of all its tables, and how many of them are masked. */
  readonly cells: number;
  readonly masked: number;
  readonly documents: Documents;
  /** Whether its tables are all there: it is told from then on. */
  readonly isWhole: boolean;
}

/** Which release figures are of, as answers say it. */
export interface Released {
  readonly date: string;
  readonly madeAt: string;
}

export const releasedOf = ({ date, madeAt }: Pick<ReleaseDocument, 'date' | 'madeAt'>): Released => ({
  date,
  madeAt: madeAt.toISOString(),
});

/** A release without what is told of its programme beside figures: what lists and the next release need. */
export type ReleaseHead = Omit<ReleaseDocument, 'documents'>;

/** One table of a release. */
export interface ReleaseTable {
  /** Release and grouping. */
  readonly _id: string;
  readonly release: string;
  /** `basin+size`; '' for the programme as a whole. */
  readonly grouping: string;
  readonly cells: readonly ReleasedCell[];
}

export interface ReleasedCell {
  readonly at: Readonly<Record<string, string>>;
  /** Measures in the order of their names. */
  readonly of: readonly (readonly [measure: string, told: ToldNumber])[];
}
