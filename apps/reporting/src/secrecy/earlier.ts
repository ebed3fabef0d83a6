import type { Stat } from '../cube/cell.js';
import { byGrouping, variableId } from './grouping.js';
import type { EarlierRelease } from './lattice-inputs.js';
import { type Change, isNothing, type Variable } from './variable.js';

const NO_CHANGE: Stat = { value: 0, firms: 0, largest: 0 };

/** What readers know of the numbers of now by the releases that they have. */
export class Earlier {
  readonly #releases: readonly Known[];

  /** @param releases in any order */
  constructor(releases: readonly EarlierRelease[]) {
    this.#releases = [...releases].sort((a, b) => (a.date < b.date ? 1 : -1)).map((release) => new Known(release));
  }

  /** @param told false for what is never told: it may have been derived then, and is taken as known */
  of(grouping: string, id: string, told: boolean): Pick<Variable, 'changes' | 'stays'> {
    const releases = this.#releases.filter((release) => release.groupings.has(grouping));
    const changes = releases.flatMap((release): Change[] => {
      const change = release.changes.get(id) ?? NO_CHANGE;
      const unknown = told && release.masked.has(id);
      return unknown || !isNothing(change) ? [{ since: release.date, ...change, ...(unknown ? { unknown } : {}) }] : [];
    });
    // The last release since which it is the same says whether it is known.
    const same = releases.find((release) => isNothing(release.changes.get(id) ?? NO_CHANGE));
    const stays = told && same?.masked.has(id) === true;
    return { ...(changes.length > 0 ? { changes } : {}), ...(stays ? { stays } : {}) };
  }
}

class Known {
  readonly date: string;
  readonly groupings: ReadonlySet<string>;
  readonly masked = new Set<string>();
  readonly changes = new Map<string, Stat>();

  constructor({ date, told, changes }: EarlierRelease) {
    this.date = date;
    this.groupings = new Set(byGrouping(told).keys());
    for (const [grouping, cells] of told)
      for (const { at, of } of cells)
        for (const [measure, value] of of) if (value === null) this.masked.add(variableId(grouping, at, measure));
    for (const [grouping, cells] of changes)
      for (const { at, of } of cells)
        for (const [measure, stat] of of) this.changes.set(variableId(grouping, at, measure), stat);
  }
}
