import { createHash } from 'node:crypto';

/** One of so many cells in which nothing counts is masked. */
const ONE_OF = 10;

/**
 * Whether a number that is nothing is masked, so that a masked one may be nothing: else each masked number would be known to be
 * one at least, and a line of them whose total is little would be known whole. The same cells in every release.
 * @param id of the variable
 */
export const isVeiled = (id: string): boolean => createHash('sha1').update(id).digest().readUInt16BE() % ONE_OF === 0;
