import loadHighs from 'highs';
import type { Equation } from './equations.js';

/** What is known of a number: it is between these. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A sum, by the places of its numbers. */
interface Row {
  readonly places: readonly number[];
  readonly factors: readonly number[];
  readonly sum: number;
}

const TOLERANCE = 1e-6;
/** As often as one number may be narrowed: what goes on by ever smaller steps is left to the solver. */
const MOST_STEPS = 200;

/** Numbers of which each is known to be between two values, and sums that hold between them. */
export class Intervals {
  readonly #names: string[] = [];
  readonly #places = new Map<string, number>();
  readonly #low: number[] = [];
  readonly #high: number[] = [];
  readonly #whole: boolean[] = [];
  readonly #rows: Row[] = [];
  readonly #rowsOf: number[][] = [];

  /** @param isWhole it counts something */
  add(name: string, { low, high }: Interval, isWhole: boolean): void {
    this.#places.set(name, this.#names.length);
    this.#names.push(name);
    this.#low.push(low);
    this.#high.push(high);
    this.#whole.push(isWhole);
    this.#rowsOf.push([]);
  }

  relate({ terms, sum }: Equation): void {
    const places = [...terms.keys()].map((name) => this.#placeOf(name));
    for (const place of places) this.#rowsOf[place]?.push(this.#rows.length);
    this.#rows.push({ places, factors: [...terms.values()], sum });
  }

  of(name: string): Interval {
    const place = this.#placeOf(name);
    return { low: this.#low[place] as number, high: this.#high[place] as number };
  }

  /** Narrows each number by each sum that it stands in, until nothing gets narrower. @throws Error where none fits */
  propagate(): void {
    const queue = [...this.#rows.keys()];
    const waits = new Set(queue);
    const steps = new Map<number, number>();
    for (let next = 0; next < queue.length; next++) {
      const r = queue[next] as number;
      waits.delete(r);
      for (const place of this.#narrowed(r)) {
        const so = (steps.get(place) ?? 0) + 1;
        steps.set(place, so);
        if (so > MOST_STEPS) continue;
        for (const other of this.#rowsOf[place] as number[])
          if (!waits.has(other)) {
            waits.add(other);
            queue.push(other);
          }
      }
    }
  }

  #narrowed(r: number): number[] {
    const { places, factors, sum } = this.#rows[r] as Row;
    let [least, most, openLeast, openMost] = [0, 0, 0, 0];
    const ends = places.map((place, i): [number, number] => {
      const [a, b] = [
        (this.#low[place] as number) * (factors[i] as number),
        (this.#high[place] as number) * (factors[i] as number),
      ];
      const [low, high] = a < b ? [a, b] : [b, a];
      if (low === Number.NEGATIVE_INFINITY) openLeast++;
      else least += low;
      if (high === Number.POSITIVE_INFINITY) openMost++;
      else most += high;
      return [low, high];
    });
    const changed: number[] = [];
    for (const [i, place] of places.entries()) {
      const [low, high] = ends[i] as [number, number];
      const factor = factors[i] as number;
      const othersLeast =
        openLeast - Number(low === Number.NEGATIVE_INFINITY) > 0
          ? Number.NEGATIVE_INFINITY
          : least - (low === Number.NEGATIVE_INFINITY ? 0 : low);
      const othersMost =
        openMost - Number(high === Number.POSITIVE_INFINITY) > 0
          ? Number.POSITIVE_INFINITY
          : most - (high === Number.POSITIVE_INFINITY ? 0 : high);
      const [a, b] = [(sum - othersMost) / factor, (sum - othersLeast) / factor];
      if (this.#narrow(place, Math.min(a, b), Math.max(a, b))) changed.push(place);
    }
    return changed;
  }

  #narrow(place: number, least: number, most: number): boolean {
    const isWhole = this.#whole[place] as boolean;
    const low = isWhole ? Math.ceil(least - TOLERANCE) : least;
    const high = isWhole ? Math.floor(most + TOLERANCE) : most;
    let is = false;
    if (low > (this.#low[place] as number) + TOLERANCE) {
      this.#low[place] = low;
      is = true;
    }
    if (high < (this.#high[place] as number) - TOLERANCE) {
      this.#high[place] = high;
      is = true;
    }
    if ((this.#low[place] as number) > (this.#high[place] as number) + 1e-3)
      throw new Error(`${this.#names[place]} is between ${this.#low[place]} and ${this.#high[place]}`);
    return is;
  }

  /** The least and the greatest that a number can be by all sums near it, as a solver of linear programmes finds them. */
  async solved(name: string, near: number): Promise<Interval> {
    const places = this.#near(this.#placeOf(name), near);
    const inside = new Set(places);
    const rows = [...new Set(places.flatMap((place) => this.#rowsOf[place] as number[]))].filter((r) =>
      this.#rows[r]?.places.every((place) => inside.has(place)),
    );
    const highs = await SOLVER;
    const at = this.#placeOf(name);
    const known = this.of(name);
    const end = (goal: 'Minimize' | 'Maximize', otherwise: number): number => {
      const { Status, ObjectiveValue } = highs.solve(this.#text(goal, at, rows, places), { output_flag: false });
      return Status === 'Optimal' ? ObjectiveValue : otherwise;
    };
    return { low: end('Minimize', known.low), high: end('Maximize', known.high) };
  }

  /** Places by their distance in sums, so many of them. */
  #near(start: number, most: number): number[] {
    const found = new Set([start]);
    for (const place of found)
      for (const r of this.#rowsOf[place] as number[]) {
        if (found.size > most) return [...found];
        for (const other of this.#rows[r]?.places ?? []) found.add(other);
      }
    return [...found];
  }

  #text(goal: string, at: number, rows: readonly number[], places: readonly number[]): string {
    const row = (r: number) => {
      const { places: members, factors, sum } = this.#rows[r] as Row;
      const terms = members.map(
        (place, i) => `${(factors[i] as number) < 0 ? '-' : '+'} ${Math.abs(factors[i] as number)} x${place}`,
      );
      return ` r${r}: ${terms.join(' ')} = ${sum}`;
    };
    const bound = (value: number) => (Number.isFinite(value) ? String(value) : value < 0 ? '-inf' : '+inf');
    const bounds = places.map((p) => ` ${bound(this.#low[p] as number)} <= x${p} <= ${bound(this.#high[p] as number)}`);
    return [goal, ` goal: x${at}`, 'Subject To', ...rows.map(row), 'Bounds', ...bounds, 'End'].join('\n');
  }

  #placeOf(name: string): number {
    const place = this.#places.get(name);
    if (place === undefined) throw new Error(`${name} is nothing that is known of`);
    return place;
  }
}

/** Its types say of the module what is true of its one function. */
const SOLVER = (loadHighs as unknown as typeof loadHighs.default)();
