import { Problem, type ProblemFault } from '@gpect/service-kit/http/problem';
import type mongoose from 'mongoose';
import { endOf } from './kept-events.js';
import { keptUpTo } from './kept-log.js';

/** The position of the next event of a partner: behind all that was ever kept for it, though it be kept no longer. */
export async function headOf(connection: mongoose.Connection, partner: string): Promise<number> {
  return Math.max(await endOf(connection, partner), await keptUpTo(connection, partner));
}

/** A position that is not there yet would pass over what comes until then, or wait for it for ever. @throws Problem */
export async function requirePosition(
  connection: mongoose.Connection,
  partner: string,
  from: number,
  place: Omit<ProblemFault, 'detail'>,
): Promise<void> {
  const head = await headOf(connection, partner);
  if (from <= head) return;
  throw new Problem(422, 'position-beyond-head', 'There is nothing there yet', {
    detail: `${from} is behind the last event: give a position up to ${head}, where the next one will be`,
    french: `${from} est derrière le dernier événement\u00a0: donnez une position jusqu’à ${head}, où sera le prochain`,
    errors: [{ ...place, detail: `at most ${head}`, french: `au plus ${head}` }],
  });
}
