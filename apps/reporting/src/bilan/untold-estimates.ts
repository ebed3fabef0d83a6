import { ESTIMATES } from '../estimates/registry.js';
import type { ToldEstimate } from '../secrecy/told-estimate.js';
import { estimateOf } from './estimates.js';
import type { Bilan } from './shape.js';

type Reason = NonNullable<ToldEstimate['incomplete']>;

/** An estimate of which nothing is told, and why. */
export const untold = (incomplete: Reason): ToldEstimate => ({ incomplete, n: null, counts: {}, values: {} });

/** All estimates, of which nothing is told, and why. */
export const allUntold = (reason: Reason): Bilan['estimates'] =>
  ESTIMATES.map((estimate) => estimateOf(estimate, untold(reason)));

export const NOT_CUT: Reason = {
  reasonFr: 'Une estimation compte des entreprises entières : elle ne se restreint ni à une année ni à un thème.',
  reasonEn: 'An estimate is made of whole firms: it is not restricted to a year or a theme.',
};

export const BEING_READ: Reason = {
  reasonFr: 'L’historique dont elle est faite est en cours de lecture.',
  reasonEn: 'The history that it is made from is being read.',
};

export const OF_THE_WHOLE: Reason = {
  reasonFr: 'Une publication donne les estimations du dispositif entier seulement.',
  reasonEn: 'A release tells the estimates of the whole programme alone.',
};
