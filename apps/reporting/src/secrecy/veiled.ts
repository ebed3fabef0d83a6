import { createHmac } from 'node:crypto';

/** One of so many cells in which nothing counts is masked. */
const ONE_OF = 5;

/**
 * Whether a number that is nothing is masked, so that a masked one may be nothing: else each masked number would be known to be
 * one at least, and a line of them whose total is little would be known whole. The same cells in every release.
 * @param key of this installation, which nobody else knows
 * @param id of the variable
 */
export const isVeiled = (key: string, id: string): boolean =>
  createHmac('sha256', key).update(id).digest().readUInt32BE() % ONE_OF === 0;
