import type { Cell } from '../cube/cell.js';
import type { ToldNumber } from './told.js';
import type { Rule } from './variable.js';

/** Cells by grouping: the dimensions joined by `+` (`basin+size`), '' for the total. All of one instant. */
export type Tables<C> = ReadonlyMap<string, readonly C[]>;

/**
 * In every cell, one measure is the sum of others. A part `name:*` stands for all measures that begin with `name:`. A part
 * `~name` is a remainder that is never told; what of it is sure is reckoned from the others, and so is what of a part that
 * a grouping does not ask. Better is a cube that gives `~name` among the measures of its cells: then its firms are known.
 * Reckoned ones are none by year or theme, where a firm enrolled in one year is accompanied in another.
 */
export interface Family {
  readonly total: string;
  readonly parts: readonly string[];
}

/** A number that stays as it was told in the release before. */
export interface Carried {
  readonly told: ToldNumber;
  /** Whether it has not changed since. */
  readonly isSame: boolean;
}

export interface LatticeInputs {
  readonly rule: Rule;
  readonly tables: Tables<Cell>;
  /** Dimensions in which one firm can stand in several values: cells along them do not sum to anything. */
  readonly several: ReadonlySet<string>;
  /** Dimensions that follow from the action: of each value, its actions. */
  readonly ofAction: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  /** Dimensions of facts, not of firms: cells along them sum, but one firm may stand behind many. */
  readonly overlapping: ReadonlySet<string>;
  readonly families: readonly Family[];
  readonly isAmount: (measure: string) => boolean;
  /** What says nothing of a firm, and is always told. */
  readonly isSecretFree: (measure: string) => boolean;
  /** Figures, the dearest to readers first; what is not named here is cheaper. */
  readonly dearest?: readonly string[];
  /** What stays as it was told, by id of the variable. */
  readonly carried?: ReadonlyMap<string, Carried>;
  /** By which cells of nothing are chosen to be masked. */
  readonly veil: string;
}
