import { inProgramme } from '@gpect/domain-values/identifiers';
import { ownersOfAction } from '@gpect/enrolment-facts/known-actions';
import { type Owned, type Owners, owned } from '@gpect/service-kit/rights/ownership';
import type mongoose from 'mongoose';
import { siretsOf } from '../establishment/closures.js';
import { firmsUnder } from './firm-dates.js';

/** What no programme knows concerns them all, and nobody has charge of it. */
const UNKNOWN: readonly Owners[] = [{ programmes: ['*'] }];

/**
 * Who may say that an establishment closed, and which goes on for it: what was paid for the one counts for the other from then
 * on, so it takes charge of both: of every firm that is known under the one SIRET or one that it had before, and of every firm
 * of the other. To have charge of one half says nothing of the other, which may be anybody's tomorrow.
 */
export function closureOwned(connection: mongoose.Connection): Owned {
  return owned({ path: ['siret'], body: ['successor'] }, async ({ siret, successor }) => {
    const halves = [siret, successor].flatMap((of) => (of === undefined ? [] : [String(of)]));
    return (await Promise.all(halves.map((of) => ownersBehind(connection, of)))).flat();
  });
}

async function ownersBehind(connection: mongoose.Connection, siret: string): Promise<readonly Owners[]> {
  const known = await firmsUnder(connection, await siretsOf(connection, siret));
  if (known.length === 0) return UNKNOWN;
  return Promise.all(
    known.map(async ({ programme, action }) => ({
      ...(action === undefined ? {} : await ownersOfAction(connection, inProgramme(programme, action))),
      programmes: [programme],
    })),
  );
}
