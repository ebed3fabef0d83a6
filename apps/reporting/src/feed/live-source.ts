import { type Source, wholeOf } from '../secrecy/told.js';
import type { Instant } from './feed.js';

/** Every figure of a programme as it is at an instant: for full sight. */
export function liveSource({ cube }: Instant, programme: string, asOf?: string): Source {
  return {
    cells: async (by, where) => (await cube.ask({ programmes: [programme], by, where, asOf })).map(wholeOf),
  };
}
