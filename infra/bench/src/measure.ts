/** Ratios of one run, side by side on the same machine: absolute times mean nothing elsewhere. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly bare: string;
  readonly ratio: number;
  readonly aim?: string;
}

/** Rounds of each measurement: fewer where a machine is busy with other things (`BENCH_ROUNDS`). */
export const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);

/** What was measured so far, for who waits for the table. */
export function soFar(row: Row): Row {
  process.stderr.write(`${row.ratio.toFixed(2)}  ${row.ours} / ${row.bare}  ${row.what}\n`);
  return row;
}

/** What reporting took that counted in cells, and what it takes with a cube, in one run. */
export interface Compared {
  readonly what: string;
  readonly before?: string;
  readonly now: string;
  /** How many times less. */
  readonly ratio?: number;
  readonly aim?: string;
  readonly isReached?: boolean;
}

/** Said on stderr as soon as it is measured. */
export function compared(
  what: string,
  unit: 's' | 'ms' | 'MB',
  before: number | undefined,
  now: number,
  aim?: { readonly text: string; isReached(before: number | undefined, now: number): boolean },
): Compared {
  const said = (value: number) => `${value.toFixed(unit === 'MB' ? 0 : 1)} ${unit}`;
  const row = {
    what,
    now: said(now),
    ...(before === undefined ? {} : { before: said(before), ratio: before / now }),
    ...(aim ? { aim: aim.text, isReached: aim.isReached(before, now) } : {}),
  };
  process.stderr.write(`${row.before ?? '-'} before, ${row.now} now  ${what}\n`);
  return row;
}

export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** A B A B …: both sides see the same drifts of the machine. */
export async function paired(
  rounds: number,
  ours: () => Promise<number>,
  bare: () => Promise<number>,
): Promise<{ ours: number; bare: number; ratio: number }> {
  const pairs: { ours: number; bare: number }[] = [];
  for (let i = 0; i < rounds; i++) pairs.push({ bare: await bare(), ours: await ours() });
  return {
    ours: median(pairs.map((p) => p.ours)),
    bare: median(pairs.map((p) => p.bare)),
    ratio: median(pairs.map((p) => p.ours / p.bare)),
  };
}
