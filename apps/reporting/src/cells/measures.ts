import { nameOfField } from '@gpect/service-kit/mongo/field-names';

/** So much of a measure, on a day in the field. */
export type Fact = readonly [measure: string, day: string, amount: number];

/** A measure and a day in one string: what a fact is known by where many are summed. */
export const factKey = (measure: string, day: string): string => `${measure} ${day}`;

export function ofFactKey(key: string): { readonly measure: string; readonly day: string } {
  return { measure: key.slice(0, -11), day: key.slice(-10) };
}

/** Amounts by measure; what counts nothing is absent. `#id` is the number of units behind the figure `id`. */
export type Measures = Readonly<Record<string, number>>;

export class Sums {
  readonly #sums = new Map<string, number>();

  add(measure: string, amount: number): void {
    this.#sums.set(measure, (this.#sums.get(measure) ?? 0) + amount);
  }

  addAll(measures: Measures | undefined): void {
    for (const [measure, amount] of Object.entries(measures ?? {})) this.add(nameOfField(measure), amount);
  }

  get(measure: string): number {
    return this.#sums.get(measure) ?? 0;
  }

  /** The parts of a measure that has some (`spend:funder:opca-a` is the part `opca-a` of `spend:funder`), in their order. */
  parts(measure: string): [string, number][] {
    const prefix = `${measure}:`;
    return [...this.#sums]
      .filter(([name, amount]) => name.startsWith(prefix) && amount !== 0)
      .map(([name, amount]): [string, number] => [name.slice(prefix.length), amount])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

/**
 * More facts for each figure: that this unit is behind it, from the first day on (`#figure`), and in each year by itself
 * (`@figure`, which is to be read in the cells of a year). A figure is what stands before the first colon of a measure.
 */
export function withCounts(facts: readonly Fact[]): Fact[] {
  const first = new Map<string, string>();
  const earliest = (key: string, day: string) => {
    const known = first.get(key);
    if (known === undefined || day < known) first.set(key, day);
  };
  for (const [measure, day, amount] of facts) {
    if (amount === 0) continue;
    const figure = measure.split(':', 1)[0] ?? measure;
    earliest(`#${figure}`, day);
    earliest(`@${figure} ${day.slice(0, 4)}`, day);
  }
  return [...facts, ...[...first].map(([key, day]): Fact => [key.split(' ', 1)[0] ?? key, day, 1])];
}
