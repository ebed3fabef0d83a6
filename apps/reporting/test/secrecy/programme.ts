import type { Cell, Stat } from '../../src/cube/cell.js';
import { dimensionsOf } from '../../src/secrecy/grouping.js';
import type { LatticeInputs } from '../../src/secrecy/lattice-inputs.js';

/** A firm of a made programme: where it stands, and what it has of each measure (by year, where it is of one). */
export interface Firm {
  readonly at: Readonly<Record<string, readonly string[]>>;
  readonly facts: readonly { readonly measure: string; readonly year: string; readonly amount: number }[];
}

/** The tables of these firms, as a cube would give them. */
export function tablesOf(firms: readonly Firm[], groupings: readonly string[]): ReadonlyMap<string, readonly Cell[]> {
  return new Map(groupings.map((grouping) => [grouping, cellsOf(firms, dimensionsOf(grouping))]));
}

function cellsOf(firms: readonly Firm[], dimensions: readonly string[]): Cell[] {
  const cells = new Map<string, { at: Cell['at']; amounts: Map<string, Map<Firm, number>> }>();
  for (const firm of firms)
    for (const { measure, year, amount } of firm.facts) {
      const valuesOf = (dimension: string) => (dimension === 'year' ? [year] : (firm.at[dimension] ?? ['']));
      const ats = dimensions.reduce<Cell['at'][]>(
        (so, d) => so.flatMap((at) => valuesOf(d).map((value) => ({ ...at, [d]: value }))),
        [{}],
      );
      for (const at of ats) {
        const key = JSON.stringify(at);
        const cell = cells.get(key) ?? { at, amounts: new Map<string, Map<Firm, number>>() };
        cells.set(key, cell);
        const amounts = cell.amounts.get(measure) ?? new Map<Firm, number>();
        cell.amounts.set(measure, amounts);
        amounts.set(firm, (amounts.get(firm) ?? 0) + amount);
      }
    }
  return [...cells.values()].map(({ at, amounts }) => ({
    at,
    of: new Map([...amounts].map(([measure, of]): [string, Stat] => [measure, statOf([...of.values()])])),
  }));
}

function statOf(amounts: readonly number[]): Stat {
  return {
    value: amounts.reduce((a, b) => a + b, 0),
    firms: amounts.length,
    largest: Math.max(...amounts.map(Math.abs)),
  };
}

/** As the sample is: 677 firms detected, 460 enrolled, in 15 basins and 30 actions of 8 carriers. */
export function madeProgramme(seed: number, detected = 677): Firm[] {
  const next = random(seed);
  const pick = (n: number, skew = 1) => Math.min(n - 1, Math.floor(next() ** skew * n));
  return Array.from({ length: detected }, (_, i): Firm => {
    const action = pick(30, 1.3);
    const isEnrolled = i < detected * 0.68;
    const isAccompanied = isEnrolled && next() < 0.83;
    const isAbandoned = isEnrolled && !isAccompanied && next() < 0.7;
    const year = 2008 + pick(4);
    const of = (measure: string, is: boolean, later = 0, amount = 1) =>
      is ? [{ measure, year: String(year + later), amount }] : [];
    const carriers = action % 4 === 0 ? [action % 8, (action + 3) % 8] : [action % 8];
    const euros = (most: number) => Math.round(Math.exp(5 + next() * Math.log(most)) * 100);
    return {
      at: {
        action: [`a${action}`],
        basin: [`b${action % 15}`],
        carrier: carriers.map((carrier) => `c${carrier}`),
        wave: [`w${2008 + (action % 4)}`],
        section: next() < 0.03 ? [''] : [`s${pick(9, 2)}`],
        size: [`z${pick(5, 1.5)}`],
      },
      facts: [
        ...of('detected', true),
        ...of('qualified', isEnrolled || next() < 0.3),
        ...of('enrolled', isEnrolled),
        ...of('accompanied', isAccompanied, 1),
        ...of('abandoned', isAbandoned, 1),
        ...of('sessions', isAccompanied, 1, 3 + pick(8)),
        ...of('spend', isEnrolled && next() < 0.7, 1, euros(200)),
      ],
    };
  });
}

/** What the secrecy of such a programme needs besides its tables. */
export const PROGRAMME: Omit<LatticeInputs, 'tables' | 'ofAction'> = {
  rule: { leastFirms: 3, largestShare: 0.85 },
  several: new Set(['carrier']),
  overlapping: new Set(['year', 'theme']),
  families: [
    { total: 'detected', parts: ['qualified', '~unqualified'] },
    { total: 'qualified', parts: ['enrolled', '~not enrolled'] },
    { total: 'enrolled', parts: ['accompanied', 'abandoned', '~under way'] },
  ],
  isAmount: (measure) => measure.startsWith('spend'),
  isSecretFree: (measure) => measure === 'workshops',
  veil: 'a key',
  dearest: ['detected', 'enrolled', 'accompanied', 'qualified', 'abandoned', 'spend', 'sessions'],
};

/** Of each carrier and wave its actions, as the firms say. */
export function actionsOf(firms: readonly Firm[]): LatticeInputs['ofAction'] {
  return new Map(
    ['carrier', 'wave'].map((dimension) => {
      const actions = new Map<string, string[]>();
      for (const { at } of firms)
        for (const value of at[dimension] ?? []) {
          const [action = ''] = at['action'] ?? [];
          const so = actions.get(value) ?? [];
          if (action !== '' && !so.includes(action)) actions.set(value, [...so, action]);
        }
      return [dimension, actions];
    }),
  );
}

export function pairsOf(dimensions: readonly string[]): string[] {
  return dimensions.flatMap((one, i) => dimensions.slice(i + 1).map((other) => `${one}+${other}`));
}

/** Numbers from 0 to 1 that are the same for the same seed. */
export function random(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
