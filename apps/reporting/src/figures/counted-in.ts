import { own } from '@gpect/domain-values/records';
import { type At, DIMENSIONS, type Dimension } from '../dimensions/dimensions.js';
import { type ToldCell, toldOf } from '../secrecy/told.js';
import { isSecretFree } from './registry.js';
import { isOfThemes } from './themes.js';

/**
 * Whether a measure is counted in a part at all, which follows from what it is and not from what happened: what is of workshops,
 * actions and the like, and of no firm, is counted in no part of firms alone (a section, a size), and what knows no theme in none
 * of a theme. None of it is known to be there, which is not the same as none.
 */
export function isCountedIn(at: At, measure: string): boolean {
  if (isOfFirmsAlone(at) && isSecretFree(measure)) return false;
  return !isAt(at, 'theme') || isOfThemes(measure);
}

/** A cell of a part, in which nothing is told of what is not counted there. */
export function countedIn(at: At, cell: ToldCell): ToldCell {
  if (!isOfFirmsAlone(at) && !isAt(at, 'theme')) return cell;
  const isCounted = (measure: string) => isCountedIn(at, measure);
  return {
    at: cell.at,
    value: (measure) => (isCounted(measure) ? cell.value(measure) : null),
    firms: (measure) => (isCounted(measure) ? cell.firms(measure) : null),
    parts: (measure) => (isCounted(measure) ? cell.parts(measure) : []),
  };
}

/** A part where nothing happened. */
export const nothingAt = (at: At): ToldCell => countedIn(at, toldOf(at, new Map()));

/** What has no value of a dimension is at ''. */
const isAt = (at: At, dimension: Dimension['name']): boolean => (own(at, dimension) ?? '') !== '';

const isOfFirmsAlone = (at: At): boolean => DIMENSIONS.some((d: Dimension) => d.isOfFirmsAlone && isAt(at, d.name));
