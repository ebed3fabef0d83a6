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
