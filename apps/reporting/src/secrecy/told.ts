import type { Cell } from '../cube/cell.js';
import { isAllBelowAmong, isAmong } from './few-behind.js';

/** A cell as a reader sees it; null where statistical secrecy masks a number. */
export interface ToldCell {
  readonly at: Readonly<Record<string, string>>;
  /** 0 where nothing counts. */
  value(measure: string): number | null;
  /** Firms behind it. */
  firms(measure: string): number | null;
  /** The parts of a measure that has some (`spend:funder` has `opca-a`), in their order. */
  parts(measure: string): [part: string, value: number | null][];
}

/** What figures are read from: the cube under full sight, or a release. */
export interface Source {
  /**
   * The cells of each of some cuts, all within the same values of other dimensions; what has no value of a cut is at ''.
   * @param measures all that is looked at in them (`spend:*` is `spend` with its parts); everything where nothing is said
   */
  cuts(
    cuts: readonly (readonly string[])[],
    where: Readonly<Record<string, string>>,
    measures?: readonly string[],
  ): Promise<ToldCell[][]>;
}

/** One number as it is kept: its value, the firms behind it, and the day of which they are where they are older; or null. */
export type ToldNumber = readonly [value: number, firms: number, of?: string] | null;

/**
 * @param numbers what is hidden below a measure is among them, without a number (`fewBehind`)
 * @param isThere whether a measure that has no number is nothing; otherwise it was not looked at, and is not told
 */
export function toldOf(
  at: Readonly<Record<string, string>>,
  numbers: ReadonlyMap<string, ToldNumber>,
  isThere: (measure: string) => boolean = () => true,
): ToldCell {
  const number = (measure: string) =>
    numbers.get(measure) ?? (isAmong(numbers, measure) || !isThere(measure) ? null : NOTHING);
  return {
    at,
    value: (measure) => number(measure)?.[0] ?? null,
    firms: (measure) => number(measure)?.[1] ?? null,
    // Which parts there are says what those few said.
    parts: (measure) =>
      [...(isAllBelowAmong(numbers, measure) ? [] : numbers)]
        .filter(([name, told]) => name.startsWith(`${measure}:`) && told?.[0] !== 0)
        .map(([name, told]): [string, number | null] => [name.slice(measure.length + 1), told?.[0] ?? null])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}

const NOTHING: ToldNumber = [0, 0];

/** A cell with every number of it, for full sight. */
export function wholeOf({ at, of }: Cell): ToldCell {
  return toldOf(at, new Map([...of].map(([measure, { value, firms }]) => [measure, [value, firms] as const])));
}
