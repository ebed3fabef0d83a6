export type At = Readonly<Record<string, string>>;

/** One number of an answer. */
export interface Told {
  readonly at: At;
  /** Id of an indicator, or of a part of it (`spend:funder:opca-a`); `sessions#firms` are the firms behind it. */
  readonly measure: string;
  /** null: masked. */
  readonly value: number | null;
  /** The question that it answers. */
  readonly from: string;
}

/** A number that nobody may know. */
export interface Secret {
  readonly name: string;
  readonly value: number;
  readonly isAmount: boolean;
}

/** The one name of a number, in whatever order its dimensions were asked. */
export function keyOf(at: At, measure: string): string {
  const entries = Object.entries(at).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([measure, ...entries.flat()]);
}

export const groupingOf = (at: At): string => Object.keys(at).sort().join('+');

/** All numbers that one caller was told, and where two answers do not say the same. */
export class AllTold {
  readonly numbers = new Map<string, Told>();
  readonly contradictions: string[] = [];
  questions = 0;

  tell(at: At, measure: string, value: number | null | undefined, from: string): void {
    if (value === undefined) return;
    const key = keyOf(at, measure);
    const known = this.numbers.get(key);
    if (!known) this.numbers.set(key, { at, measure, value, from });
    else if (known.value !== value)
      this.contradictions.push(`${key}: ${known.value} by ${known.from}, ${value} by ${from}`);
  }

  valueOf(at: At, measure: string): number | null | undefined {
    return this.numbers.get(keyOf(at, measure))?.value;
  }
}
