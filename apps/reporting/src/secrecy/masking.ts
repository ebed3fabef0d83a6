import { type Equation, membersOf, type System } from './system.js';
import { isNothing, type Variable } from './variable.js';

/** None: no variable, no equation. */
const NONE = -1;

/**
 * What a reader knows while numbers are masked one after the other: what is told, and what is never told but follows from
 * one equation in which all else is known.
 */
export class Masking {
  readonly masked: Uint8Array;
  readonly #unknown: Uint8Array;
  /** Of each equation, how many of its variables are unknown. */
  readonly #unknowns: Int32Array;
  /** Of each equation, the untold variable that follows from it; of each such variable, the equation. */
  readonly #gives: Int32Array;
  readonly #givenBy: Int32Array;
  readonly #queue: number[] = [];
  readonly #queued: Uint8Array;
  /** Of each equation, what it costs about to mask one more of it. */
  readonly #price: Float64Array;

  constructor(readonly system: System) {
    const { variables, equations, sensitive } = system;
    const isSecret = (v: Variable, place: number) => !isNothing(v) && (sensitive[place] === 1 || v.stays === true);
    this.masked = Uint8Array.from(variables, (v, place) => +(v.told && isSecret(v, place)));
    this.#unknown = Uint8Array.from(variables, (_, place) => +this.isHidden(place));
    this.#unknowns = Int32Array.from(equations, (e) => membersOf(e).filter((m) => this.#unknown[m]).length);
    this.#gives = new Int32Array(equations.length).fill(NONE);
    this.#givenBy = new Int32Array(variables.length).fill(NONE);
    this.#queued = new Uint8Array(equations.length);
    this.#price = Float64Array.from(equations, (e) => priceOf(e, variables));
    for (const e of equations.keys()) this.lookAgain(e);
  }

  /** The next equation to look at, undefined where none is left. */
  next(): number | undefined {
    if (this.#taken === this.#queue.length) {
      this.#queue.length = 0;
      this.#taken = 0;
      return undefined;
    }
    const e = this.#queue[this.#taken++] as number;
    this.#queued[e] = 0;
    return e;
  }
  #taken = 0;

  isUnknown(place: number): boolean {
    return this.#unknown[place] === 1;
  }

  /** What must not be derived: a secret, and whatever is masked. */
  isProtected(place: number): boolean {
    return this.masked[place] === 1 || this.system.sensitive[place] === 1;
  }

  /** Masked, or never told: a reader has it from nobody, though he may derive it. */
  isHidden(place: number): boolean {
    const variable = this.system.variables[place] as Variable;
    return this.masked[place] === 1 || (!variable.told && !isNothing(variable));
  }

  isMaskable(place: number): boolean {
    const variable = this.system.variables[place] as Variable;
    return this.masked[place] === 0 && variable.told && !isNothing(variable);
  }

  mask(place: number): void {
    if (!this.isMaskable(place)) return;
    this.masked[place] = 1;
    this.#forget([place]);
  }

  /** A variable that is never told follows from an equation: a reader knows it. */
  derive(place: number, e: number): void {
    this.#unknown[place] = 0;
    this.#gives[e] = place;
    this.#givenBy[place] = e;
    for (const other of this.#equationsOf(place)) {
      this.#unknowns[other] = (this.#unknowns[other] as number) - 1;
      this.lookAgain(other);
    }
  }

  /** What it costs to mask one, with what must be masked after it and what need not be any more. */
  costOf(place: number): number {
    let cost = (this.system.variables[place] as Variable).cost;
    for (const e of this.#equationsOf(place)) {
      const unknowns = this.#unknowns[e] as number;
      if (unknowns === 0 && this.#gives[e] === NONE) cost += this.#price[e] as number;
      if (unknowns === 1) cost -= this.#price[e] as number;
    }
    return cost;
  }

  cheapest(places: Iterable<number>): number | undefined {
    let [best, least] = [undefined as number | undefined, Number.POSITIVE_INFINITY];
    for (const place of places) {
      if (!this.isMaskable(place)) continue;
      const cost = this.costOf(place);
      if (cost < least) [best, least] = [place, cost];
    }
    return best;
  }

  /** These are unknown from now on, and so is what followed from an equation in which they stand. */
  #forget(places: number[]): void {
    for (let place = places.pop(); place !== undefined; place = places.pop()) {
      this.#unknown[place] = 1;
      for (const e of this.#equationsOf(place)) {
        this.#unknowns[e] = (this.#unknowns[e] as number) + 1;
        this.lookAgain(e);
        const given = this.#gives[e] as number;
        if (given === NONE) continue;
        this.#gives[e] = NONE;
        if (this.#givenBy[given] !== e) continue;
        this.#givenBy[given] = NONE;
        if (given !== place) places.push(given);
      }
    }
  }

  lookAgain(e: number): void {
    if (this.#queued[e] === 1) return;
    this.#queued[e] = 1;
    this.#queue.push(e);
  }

  #equationsOf(place: number): readonly number[] {
    return this.system.equationsOf[place] as readonly number[];
  }
}

function priceOf(equation: Equation, variables: readonly Variable[]): number {
  const costs = membersOf(equation)
    .map((m) => variables[m] as Variable)
    .filter((v) => v.told)
    .map((v) => v.cost)
    .sort((a, b) => a - b);
  return costs[1] ?? costs[0] ?? 0;
}
