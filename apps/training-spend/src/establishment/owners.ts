import { inProgramme } from '@gpect/domain-values/identifiers';
import { ownersOfAction } from '@gpect/service-kit/rights/known-actions';
import { type Owned, type Owners, owned } from '@gpect/service-kit/rights/ownership';
import type mongoose from 'mongoose';
import { firmsUnder } from '../firm-spend/firm-dates.js';
import { siretsOf } from './closures.js';

/** What no programme knows concerns them all. */
const UNKNOWN: Owners = { programmes: ['*'] };

/**
 * Who may say that an establishment closed, and which goes on for it: what was paid for the one counts for the other from then
 * on, so it takes charge of every firm that is known under either, or under a SIRET that they had before.
 */
export function closureOwned(connection: mongoose.Connection): Owned {
  return owned({ path: ['siret'], body: ['successor'] }, async ({ siret, successor }) => {
    const named = [siret, successor].flatMap((of) => (of === undefined ? [] : [String(of)]));
    const chains = await Promise.all(named.map((of) => siretsOf(connection, of)));
    const known = await firmsUnder(connection, new Set(chains.flatMap((chain) => [...chain])));
    if (known.length === 0) return UNKNOWN;
    return Promise.all(
      known.map(async ({ programme, action }) => ({
        ...(action === undefined ? {} : await ownersOfAction(connection, inProgramme(programme, action))),
        programmes: [programme],
      })),
    );
  });
}
