import { own } from '@gpect/domain-values/records';
import { type At, DIMENSIONS, type Dimension } from '../dimensions/dimensions.js';
import { type ToldCell, toldOf } from '../secrecy/told.js';
import { isSecretFree } from './registry.js';

/**
 * A cell of a part, in which nothing is told of what is not counted there: what is of workshops, actions and the like, and of
 * no firm, is counted in no part of firms alone (a section, a size). None of it is known to be there, which is not the same as
 * none.
 */
export function countedIn(at: At, cell: ToldCell): ToldCell {
  if (!isOfFirmsAlone(at)) return cell;
  return {
    at: cell.at,
    value: (measure) => (isSecretFree(measure) ? null : cell.value(measure)),
    firms: (measure) => (isSecretFree(measure) ? null : cell.firms(measure)),
    parts: (measure) => (isSecretFree(measure) ? [] : cell.parts(measure)),
  };
}

/** A part where nothing happened. */
export const nothingAt = (at: At): ToldCell => countedIn(at, toldOf(at, new Map()));

/** What has no value of a dimension is at ''. */
const isOfFirmsAlone = (at: At): boolean =>
  DIMENSIONS.some((d: Dimension) => d.isOfFirmsAlone && (own(at, d.name) ?? '') !== '');
