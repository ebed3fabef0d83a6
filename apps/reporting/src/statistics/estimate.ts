import type { FirmSaid } from '../cube/firms.js';
import type { Fact } from '../facts/fact.js';
import type { FirmData } from '../facts/firm-data.js';
import type { Keeper } from '../facts/keeper.js';
import type { Group, NotComparable } from '../figures/figure.js';
import type { Documents } from '../programmes/documents.js';

/** What a value of an estimate is in: `share` of 1, `points` a difference of two shares, `change` relative (0.15 is + 15 %). */
export type EstimateUnit = 'euro cent' | 'share' | 'points' | 'change' | 'day' | 'firm' | 'number';

export interface Label {
  readonly labelFr: string;
  readonly labelEn: string;
}

/** Of every interval. */
export const CONFIDENCE = 0.95;

/**
 * What of a bilan does not add up: means, medians, intervals, differences, rates with weights. Whatever lists estimates (the
 * bilan, exports, docs, what is read of events) reads these files: a new one is one file in this folder, and its test.
 * What is a sum of what firms say is a figure (figures/figure.ts), which can be cut by every dimension.
 */
export interface Estimate extends Label {
  readonly id: string;
  /** Where it stands among the others, as a committee reads them. */
  readonly place: number;
  readonly group: Group;
  readonly definitionFr: string;
  readonly definitionEn: string;
  readonly formula: string;
  /** What it rests on, and what it does not say; printed beside it. */
  readonly assumptionsFr: readonly string[];
  readonly assumptionsEn: readonly string[];
  /** Across what its numbers may not be held against each other, and why; `undefined`, written out, where they may across everything. */
  readonly notComparable: NotComparable | undefined;
  /** What is kept of events that it is made from. */
  readonly keeps: readonly Keeper[];
  /** The measures that it is made from: of figures (`spend:*` is `spend` with all its parts), or of its own facts. */
  readonly needs: readonly string[];
  /** What one firm says for estimates alone: its measures begin with `=`, no figure counts them and no table tells them. */
  facts?(data: FirmData): readonly Fact[];
  /**
   * The measures of figures that count the firms that it is made of, or all of whom it tells a part: where a release masks one of
   * them, it tells no number of firms of the estimate either.
   */
  readonly countedBy: readonly string[];
  /** Numbers of firms that it tells, by name, in their order. */
  readonly counts: Readonly<Record<string, Label>>;
  readonly values: Readonly<Record<string, Label & { readonly unit: EstimateUnit }>>;
  /** Pure: the same firms give the same numbers, whatever their order. */
  of(asked: EstimateAsked): Estimated;
}

/** What an estimate is made of: all firms of a programme, as of a day. */
export interface EstimateAsked {
  readonly firms: readonly FirmSaid[];
  /** The day in the field up to which facts count; all there are where nothing is said. */
  readonly asOf?: string | undefined;
  readonly documents: Documents;
}

/** What is made of a part of the firms, or of all of them. */
export interface EstimatedPart {
  /** Firms that it is made of. */
  readonly n: number;
  /** By the names of the estimate's counts. */
  readonly counts?: Readonly<Record<string, number>>;
  /** By the names of its values; null where it cannot be told. */
  readonly values: Readonly<Record<string, EstimatedValue | null>>;
  /** Sizes of the groups that are compared, where there are several: nothing of a small one may be told. */
  readonly groups?: readonly number[];
}

/** What is made of a part of the firms, with what the part is called. */
export interface EstimatedCut extends EstimatedPart, Label {
  readonly key: string;
  /** The values of dimensions that its firms have, where it is of such: figures count them in the cell of these. */
  readonly at?: Readonly<Record<string, string>>;
  /** Measures that count its firms, beside those of the estimate. */
  readonly countedBy?: readonly string[];
  /** No release tells it, nor that it is there: parts of few firms, of which it would say which are there. */
  readonly isForFullSight?: true;
}

/** A number and its interval. */
export interface EstimatedValue {
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  /** The most that one firm makes of it, in its unit: it is rounded so that this stays open. */
  readonly ofOneFirm?: number;
  /** Whether it and its ends are what single firms say (of an order, as a median is), so that each is told with care. */
  readonly isOfSingleFirms?: boolean;
  /** The share of the largest firm in the amounts that it is made of, 0 to 1. */
  readonly largestShare?: number;
}

export interface Estimated extends EstimatedPart {
  /** Why it is incomplete: in words that hold no number. */
  readonly incomplete?: { readonly reasonFr: string; readonly reasonEn: string };
  readonly parts?: readonly EstimatedCut[];
  /**
   * By firm, what it says itself for the estimate, as a text (nothing that follows from what others say): releases are held
   * against each other by it.
   */
  readonly behind: ReadonlyMap<string, string>;
}

/** Whether a measure is of estimates alone. */
export const isOfEstimates = (measure: string): boolean => measure.startsWith('=');
