import { own } from '@gpect/domain-values/records';
import type { Kept } from '@gpect/service-kit/inbox/event-handler';
import { revisionOf } from '@gpect/service-kit/inbox/revision';
import { KEEPERS } from './keepers.js';

/** What reporting kept before it knew names: the same as under these now. Who changes one of them changes its revision too. */
const AS_BEFORE: Readonly<Record<string, string>> = {};

/** What is kept of events, each with the revision that follows from what it makes of them. */
export const KEPT: readonly Kept[] = KEEPERS.map((keeper) => {
  const revision = revisionOf(keeper);
  return { name: keeper.name, types: keeper.types, revision: own(AS_BEFORE, keeper.name) === revision ? 1 : revision };
});

/** The name in `name/revision`. */
export const nameOfKept = (key: string): string => key.slice(0, key.lastIndexOf('/'));

/** The lines by which sets of what is read say that something is kept under a name, of whatever revision. */
export const lineBeginning = (name: string): RegExp => new RegExp(`^\\S+ ${name}/`);
