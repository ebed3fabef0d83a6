import { own } from '@gpect/domain-values/records';
import type { Cell as TableCell } from '../../cube/cell.js';
import { dimensionsOf, variableId } from '../grouping.js';
import { type Interval, narrow, type Sum, sumsOfEach } from '../intervals.js';
import { EXACT, isPinned, MARGIN, type Manner } from '../known.js';
import type { LatticeInputs } from '../lattice-inputs.js';
import { knownByThemselves, type System, systemFor } from '../system.js';
import type { Variable } from '../variable.js';
import { recodedAt } from './alike.js';
import { isTold, RECODED, type Recoding } from './recoding.js';
import type { RowClass, Shown, Slice } from './slice.js';

/** Rows of a slice as they would be told. */
export interface RowsTold {
  readonly slice: Pick<Slice, 'shows'>;
  readonly recoding: Recoding;
  readonly classes: readonly ClassTold[];
}

export interface ClassTold extends RowClass {
  /** Whether its rows stay as they were told before, though some of its firms have changed. */
  readonly isOfBefore?: boolean;
}

const OPEN: Readonly<Interval> = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/**
 * All that a reader knows by the tables of a release, to which rows of firms are added: whether those open a number that the
 * tables keep secret. Rows show parts of the tables' numbers: those of all classes that a cell of a table is made of are at
 * most so many firms less than it.
 */
export class BesideTables {
  readonly #system: System;
  readonly #known: readonly Interval[];
  /** Secrets of which little is open already, by the tables alone. */
  readonly #close: ReadonlySet<number>;
  readonly #cells: ReadonlyMap<string, readonly TableCell[]>;

  /** @param manners how the tables are told (`decided`) */
  constructor(
    private readonly inputs: LatticeInputs,
    manners: ReadonlyMap<string, Manner>,
  ) {
    this.#system = systemFor(inputs);
    const { variables, sums, of, secrets } = this.#system;
    const mannerOf = (place: number) => manners.get((variables[place] as Variable).id) ?? EXACT;
    const known = knownByThemselves(this.#system, mannerOf, inputs.rule);
    narrow(known, sums, of);
    this.#known = known;
    this.#close = new Set(
      secrets.filter((place) => isPinned(variables[place] as Variable, known[place] as Interval, MARGIN)),
    );
    this.#cells = new Map(
      [...inputs.tables].filter(([grouping]) => dimensionsOf(grouping).every((d) => RECODED.includes(d))),
    );
  }

  /** Whether these rows, all of them together with the tables, open nothing that the tables keep, nor a small count of their own. */
  openNothing(rows: readonly RowsTold[], alike: number): boolean {
    const { variables, sums, secrets } = this.#system;
    const added = new Added(variables.length, this.#known, sums);
    for (const one of rows) for (const shown of one.slice.shows) this.#show(added, one, shown, alike);
    if (!narrow(added.intervals, added.sums, sumsOfEach(added.sums, added.intervals.length))) return false;
    const isOpened = (place: number) =>
      isPinned(variables[place] as Variable, added.intervals[place] as Interval, this.#close.has(place) ? 1 : MARGIN);
    const isKnown = ({ place, value }: Small) => isPinned({ value } as Variable, added.intervals[place] as Interval);
    return !secrets.some(isOpened) && !added.small.some(isKnown);
  }

  #show(added: Added, { recoding, classes }: RowsTold, shown: Shown, alike: number): void {
    const { leastFirms } = this.inputs.rule;
    const isSigned = this.#system.signed.has(shown.measure);
    // Of what may be less than nothing, rows give no least.
    if (isSigned && !shown.isCount) return;
    const ofClass = classes.map((one) => {
      const value = one.records.reduce((sum, { cells }) => sum + (shown.of(cells) ?? 0), 0);
      const place = added.number(shownOf(one, shown, alike));
      if (shown.isCount && value > 0 && value < leastFirms) added.small.push({ place, value });
      return [one.at, place] as const;
    });
    for (const [grouping, cells] of this.#cells) {
      const dimensions = dimensionsOf(grouping);
      if (!dimensions.every((dimension) => isTold(recoding, dimension))) continue;
      if (!cells.some(({ of }) => of.has(shown.measure))) continue;
      const lines = new Map<string, { cells: number[]; classes: number[] }>();
      const lineOf = (at: Readonly<Record<string, string>>) => {
        const key = JSON.stringify(dimensions.map((dimension) => own(at, dimension) ?? ''));
        const line = lines.get(key) ?? { cells: [], classes: [] };
        lines.set(key, line);
        return line;
      };
      for (const { at } of cells) {
        const place = this.#system.places.get(variableId(grouping, at, shown.measure));
        if (place !== undefined) lineOf(recodedAt(at, recoding)).cells.push(place);
      }
      for (const [at, place] of ofClass) lineOf(at).classes.push(place);
      for (const line of lines.values()) {
        const total = added.number({ ...OPEN });
        const others = shown.isOfOthersToo ? [added.number({ ...OPEN, low: 0 })] : [];
        added.sums.push([total, ...line.cells], [total, ...line.classes, ...others]);
      }
    }
  }
}

interface Small {
  readonly place: number;
  readonly value: number;
}

/** The numbers and sums of the tables, and those that rows add to them. */
class Added {
  readonly intervals: Interval[];
  readonly sums: Sum[];
  /** Counts of few firms in classes of rows. */
  readonly small: Small[] = [];

  constructor(
    private readonly numbers: number,
    known: readonly Interval[],
    sums: readonly Sum[],
  ) {
    this.intervals = known.slice(0, this.numbers).map(({ low, high }) => ({ low, high }));
    this.sums = [...sums];
  }

  number(interval: Interval): number {
    return this.intervals.push(interval) - 1;
  }
}

/** What the rows of a class say of a number: of the firms that have none of them, fewer than are alike at least. */
function shownOf({ rows, isOfBefore = false }: ClassTold, { of, isCount }: Shown, alike: number): Interval {
  const shown = rows.map((row) => of(row));
  const low = shown.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  if (!isCount) return { low: isOfBefore ? 0 : low, high: OPEN.high };
  const unknown = shown.filter((one) => one === null).length;
  const changed = isOfBefore ? alike - 1 : 0;
  return { low: Math.max(0, low - changed), high: low + unknown + alike - 1 + changed };
}
