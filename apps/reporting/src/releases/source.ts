import { own } from '@gpect/domain-values/records';
import { Problem } from '@gpect/service-kit/http/problem';
import type mongoose from 'mongoose';
import { countedIn } from '../figures/counted-in.js';
import { type Source, type ToldCell, toldOf } from '../secrecy/told.js';
import { GROUPINGS, groupingOf, isReleased } from './groupings.js';
import { isMeasured } from './make.js';
import type { ReleasedCell } from './release.js';
import { tableOfRelease } from './store.js';

/** Tables that a process keeps at hand: releases do not change. */
const REMEMBERED = 200;

/** Reads figures from releases, and from nothing else. */
export class ReleaseSource {
  readonly #tables = new Map<string, Promise<readonly ReleasedCell[]>>();

  constructor(private readonly connection: mongoose.Connection) {}

  /** @throws Problem 422 for dimensions that were not released together */
  of(release: string): Source {
    return {
      cuts: (cuts, where) => Promise.all(cuts.map((by) => this.#cells(release, by, where))),
    };
  }

  async #cells(release: string, by: readonly string[], where: Readonly<Record<string, string>>): Promise<ToldCell[]> {
    const dimensions = [...new Set([...by, ...Object.keys(where)])];
    if (!isReleased(dimensions)) throw notTogether(dimensions);
    const cells = await this.#table(release, groupingOf(dimensions));
    return cells
      .filter(({ at }) => Object.entries(where).every(([name, value]) => own(at, name) === value))
      .map(({ at, of }) =>
        countedIn(
          at,
          toldOf(at, new Map(of), (measure) => isMeasured(dimensions, measure)),
        ),
      );
  }

  #table(release: string, grouping: string): Promise<readonly ReleasedCell[]> {
    const key = `${release} ${grouping}`;
    const known = this.#tables.get(key);
    if (known !== undefined) return known;
    const read = tableOfRelease(this.connection, release, grouping);
    read.catch(() => this.#tables.delete(key));
    this.#tables.set(key, read);
    const [oldest] = this.#tables.keys();
    if (this.#tables.size > REMEMBERED && oldest !== undefined) this.#tables.delete(oldest);
    return read;
  }
}

function notTogether(dimensions: readonly string[]): Problem {
  const asked = groupingOf(dimensions);
  const there = GROUPINGS.filter((grouping) => grouping.length > 1).map((grouping) => grouping.join('+'));
  return new Problem(422, 'not-released-together', 'Not released together', {
    detail: `${asked}: a release has tables of one dimension, and of ${there.join(', ')}; State and Region cross others with a purpose`,
    french: `${asked}\u00a0: une publication a des tableaux d’une dimension, et de ${there.join(', ')}\u00a0; l’État et la Région en croisent d’autres avec une finalité (purpose)`,
  });
}
