import { stateModel } from '@gpect/service-kit/aggregate/state-store';
import type mongoose from 'mongoose';
import { type Closure, establishment } from './establishment.js';

const MOST_MOVES = 10;

async function closuresOf(connection: mongoose.Connection, filter: object): Promise<Closure[]> {
  const found = await stateModel(connection, establishment.collection).find(filter).lean();
  return found.map((document) => document.state as Closure);
}

export async function isAnyClosed(connection: mongoose.Connection): Promise<boolean> {
  return (await stateModel(connection, establishment.collection).estimatedDocumentCount()) > 0;
}

/** What a line of spend says of an establishment. */
interface Payment {
  readonly siret: string;
  readonly paidOn: string;
}

/** How many of these lines were paid for an establishment that had closed. They count all the same: payments come late. */
export async function closedBefore(connection: mongoose.Connection, payments: readonly Payment[]): Promise<number> {
  if ((await stateModel(connection, establishment.collection).estimatedDocumentCount()) === 0) return 0;
  const closures = await closuresOf(connection, { _id: { $in: [...new Set(payments.map((p) => p.siret))] } });
  const closedOn = new Map(closures.map(({ siret, on }) => [siret, on]));
  return payments.filter(({ siret, paidOn }) => paidOn > (closedOn.get(siret) ?? '9999')).length;
}

/** Every SIRET under which an establishment was or is known: those that it succeeded and those that succeeded it. */
export async function siretsOf(connection: mongoose.Connection, siret: string): Promise<Set<string>> {
  const known = new Set([siret]);
  for (let move = 0, before = 0; known.size > before && move < MOST_MOVES; move++) {
    before = known.size;
    const sirets = [...known];
    const links = await closuresOf(connection, {
      $or: [{ _id: { $in: sirets } }, { 'state.successor': { $in: sirets } }],
    });
    for (const link of links) {
      known.add(link.siret);
      if (link.successor) known.add(link.successor);
    }
  }
  return known;
}
