import { dictionary } from '@gpect/domain-values/records';
import { nameOfField } from '@gpect/service-kit/mongo/field-names';
import type { ActionDocument } from '../facts/documents.js';
import { ALWAYS } from '../facts/fact.js';
import { sorted } from '../programmes/documents.js';
import type { Bilan } from './shape.js';

type Platform = Bilan['platforms'][number];
type Seen = NonNullable<Platform['seen']>;

/** What actions say of one platform, whichever established it. */
interface Known {
  readonly actions: Set<string>;
  readonly basins: Set<string>;
  /** Days of its establishment, as they were given. */
  readonly established: string[];
  /** The earliest days on which it can have been established. */
  readonly atLeast: string[];
  readonly seen: Map<string, boolean>;
  /** False in a release of before lives were kept. */
  hasLife: boolean;
}

/**
 * The platforms that were there by a day, with their state: alive from the establishment on, until the last who looked saw
 * otherwise. One that several actions name is one; where two looked on one day, it lives if one of them saw it alive.
 */
export function platformsOf(actions: readonly ActionDocument[], asOf: string | undefined): Platform[] {
  return Object.entries(sorted(knownOf(actions))).flatMap(([name, known]) => {
    const by = { name, actions: [...known.actions].sort() };
    if (!known.hasLife) return [by];
    const first = [...known.atLeast].sort()[0] ?? ALWAYS;
    if (asOf !== undefined && first > asOf) return [];
    const [establishedOn] = [...known.established].sort();
    const seen = [...known.seen]
      .map(([on, alive]) => ({ on, alive }))
      .filter(({ on }) => asOf === undefined || on <= asOf)
      .sort((a, b) => (a.on < b.on ? -1 : 1));
    return [
      {
        ...by,
        ...(known.basins.size > 0 ? { basins: [...known.basins].sort() } : {}),
        ...(establishedOn ? { establishedOn } : {}),
        ...stateOf(seen),
        seen,
      },
    ];
  });
}

function stateOf(seen: Seen): Pick<Platform, 'state' | 'seenOn' | 'endedOn'> {
  const last = seen.at(-1);
  if (!last) return { state: 'ALIVE' };
  if (last.alive) return { state: 'ALIVE', seenOn: last.on };
  const ended = seen[seen.findLastIndex(({ alive }) => alive) + 1];
  return { state: 'ENDED', seenOn: last.on, ...(ended ? { endedOn: ended.on } : {}) };
}

function knownOf(actions: readonly ActionDocument[]): Record<string, Known> {
  const byName = dictionary<Known>();
  const named = (name: string): Known => {
    byName[name] ??= {
      actions: new Set(),
      basins: new Set(),
      established: [],
      atLeast: [],
      seen: new Map(),
      hasLife: false,
    };
    return byName[name];
  };
  for (const { action, startsOn, platforms = [], platformLives = {} } of actions) {
    for (const name of platforms) named(name).actions.add(action);
    for (const [field, { establishedOn, basins = [], seen = {} }] of Object.entries(platformLives)) {
      const known = named(nameOfField(field));
      known.hasLife = true;
      known.actions.add(action);
      for (const basin of basins) known.basins.add(basin);
      if (establishedOn) known.established.push(establishedOn);
      known.atLeast.push(establishedOn || startsOn || ALWAYS);
      for (const [on, alive] of Object.entries(seen)) known.seen.set(on, alive || known.seen.get(on) === true);
    }
  }
  return byName;
}
