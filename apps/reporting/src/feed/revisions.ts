import { own } from '@gpect/domain-values/records';
import type { Kept } from '@gpect/service-kit/inbox/event-handler';
import { revisionOf } from '@gpect/service-kit/inbox/revision';
import { KEEPERS } from './keepers.js';

/**
 * What reporting kept before it knew names (until 2026-12), by the revision under which the same is kept: nothing of it is
 * read again at the upgrade. Who changes one of these changes its revision too, and leaves this list as it stands.
 */
export const AS_BEFORE: Readonly<Record<string, string>> = {
  programmes: '491cdb8fc48b7461',
  actions: 'beb5174df5794fbc',
  detection: '78c41805ab9a00c8',
  merges: 'e36cce06a6adfc1b',
  moves: 'bf77ec4a20d6cd51',
  'actions-under-way': '4a4e8014b3f39329',
  watched: 'bbe0d1c1501a9a35',
  platforms: 'c08c935350d53890',
  cooperation: '87fcdf05718a07e9',
  ineligibility: '9b0906a24351972c',
  immaturity: 'a15ec587444b35e0',
  qualification: '3ad8b8336e993251',
  refusal: 'fbd7814dded132b8',
  agreement: 'db6a9109d4a4215b',
  completion: '2b219daabc8caeb2',
  departure: '96e799392599eb6d',
  workshops: '27219f50ba7843bb',
  plans: 'c0d213f8f409543f',
  answers: 'cd955e103176715a',
  practices: '75ef7eda608a0014',
  exchanges: '402e8b1767e72477',
  visions: 'bb0f6ad896b61d40',
  refusals: '84c7012229c98640',
};

/** What is kept of events, each with the revision that follows from what it makes of them. */
export const KEPT: readonly Kept[] = KEEPERS.map((keeper) => {
  const revision = revisionOf(keeper);
  return { name: keeper.name, types: keeper.types, revision, wasUnnamed: own(AS_BEFORE, keeper.name) === revision };
});

/** The name in `name/revision`. */
export const nameOfKept = (key: string): string => key.slice(0, key.lastIndexOf('/'));

/** The lines by which sets of what is read say that something is kept under a name, of whatever revision. */
export const lineBeginning = (name: string): RegExp => new RegExp(`^\\S+ ${name}/`);
