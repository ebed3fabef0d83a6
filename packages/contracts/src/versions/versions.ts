import type { EventType } from '../event-contracts.js';
import { CASTS, type Cast } from './casts.js';

const above = new Map<EventType, Cast>(CASTS.map((cast) => [cast.from, cast]));
const below = new Map<EventType, Cast>(CASTS.map((cast) => [cast.to, cast]));

interface Said {
  readonly type: EventType;
  readonly data: unknown;
}

/** The newest version of a type; itself where there is no newer one. */
export function newestOf(type: EventType): EventType {
  const cast = above.get(type);
  return cast ? newestOf(cast.to) : type;
}

/** All versions of a type that can be cast into each other, newest first. */
export function versionsOf(type: EventType): readonly EventType[] {
  const versions = [newestOf(type)];
  for (let cast = below.get(versions[0] ?? type); cast; cast = below.get(cast.from)) versions.push(cast.from);
  return versions;
}

/** What was said in one version, said in another. @throws Error where no casts lead there */
export function castTo(to: EventType, said: Said): Said {
  if (said.type === to) return said;
  const order = versionsOf(said.type);
  const [at, wanted] = [order.indexOf(said.type), order.indexOf(to)];
  if (wanted < 0) throw new Error(`no casts lead from ${said.type} to ${to}`);
  const cast = wanted < at ? above.get(said.type) : below.get(said.type);
  if (!cast) throw new Error(`no casts lead from ${said.type} to ${to}`);
  // The casts are tied to their contracts where they are declared.
  return castTo(
    to,
    wanted < at
      ? { type: cast.to, data: cast.up(said.data as never) }
      : { type: cast.from, data: cast.down(said.data as never) },
  );
}
