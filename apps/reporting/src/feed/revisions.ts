import { own } from '@gpect/domain-values/records';
import type { Kept } from '@gpect/service-kit/inbox/event-handler';
import { revisionOf } from '@gpect/service-kit/inbox/revision';
import { KEEPERS } from './keepers.js';

/**
 * What reporting kept before it knew names (until 2026-12), by the revision under which the same is kept: nothing of it is
 * read again at the upgrade. Who changes one of these changes its revision too, and leaves this list as it stands.
 */
export const AS_BEFORE: Readonly<Record<string, string>> = {
  programmes: '28322cf043290855',
  actions: 'd3d4144512dc15f0',
  detection: '0fc7ce65eb4ef31c',
  merges: 'c26ac8446a37fb31',
  moves: '4ec53701fcc1d340',
  'actions-under-way': '4a4e8014b3f39329',
  watched: '14469e6f59679a2d',
  platforms: '383729f8cfa009ed',
  cooperation: 'a148513d45d2dabf',
  ineligibility: '46ee5f1d9acf1e94',
  immaturity: '12c3090db1d56701',
  qualification: 'fb263430a3bd1e3e',
  refusal: 'b54912e4c997400e',
  agreement: 'e2ff25bfc95afc88',
  completion: '7899aa1867ed8125',
  departure: 'a612b6ffbb2969ba',
  workshops: '65a41cf343c6fba7',
  plans: '67b6ddcfb25261c1',
  answers: 'b35bfec6f0c00acd',
  practices: '0cceb7a27f509894',
  exchanges: 'dd77e349df2fa39b',
  visions: 'ef4530005041f74d',
  refusals: '1c45818637b74649',
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
