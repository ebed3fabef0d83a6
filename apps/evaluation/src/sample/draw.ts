import { type SizeBand, sizeBand } from '@gpect/domain-values/size-band';
import { groupBy } from '@gpect/service-kit/collections/group-by';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A firm that could be drawn. */
export interface Drawable {
  readonly siret: string;
  readonly basin: string;
  /** Employees when it was enrolled. */
  readonly headcount: number;
}

export type Method =
  | { readonly method: 'ALL' }
  /** `fraction` of the firms, spread over basins and sizes as the firms are. */
  | { readonly method: 'STRATIFIED'; readonly fraction: number; readonly seed: number };

export interface Stratum {
  readonly basin: string;
  readonly size: SizeBand;
  readonly frame: number;
  readonly drawn: number;
}

export interface Drawn {
  readonly sirets: readonly string[];
  readonly strata: readonly Stratum[];
}

/** How it is drawn, for who wants to draw it again; the contract has room for 200 signs. */
export const ALGORITHM = {
  ALL: 'Every firm of the frame.',
  STRATIFIED:
    'The fraction, shared by largest remainders (ties by basin, size); per stratum of basin and size, sorted SIRETs are shuffled (Fisher-Yates from the last, xoroshiro128+, the seed); the first are drawn.',
} as const;

/** The same frame, method and seed draw the same firms. Pure. */
export function draw(frame: readonly Drawable[], method: Method): Drawn {
  const groups = groupBy(
    [...frame].sort((a, b) => a.siret.localeCompare(b.siret)),
    (firm) => `${firm.basin} ${sizeBand(firm.headcount)}`,
  );
  const strata = [...groups.values()]
    .map((firms) => ({ firms, basin: firms[0]?.basin ?? '', size: sizeBand(firms[0]?.headcount ?? 0) }))
    .sort((a, b) => a.basin.localeCompare(b.basin) || a.size.localeCompare(b.size));
  const sizes = strata.map((s) => s.firms.length);
  const quotas = method.method === 'ALL' ? sizes : shares(sizes, method.fraction);
  const random = xoroshiro128plus(method.method === 'ALL' ? 0 : method.seed);
  const sirets = strata.flatMap(({ firms }, s) => {
    const order = firms.map((f) => f.siret);
    if (method.method === 'STRATIFIED')
      for (let last = order.length - 1; last > 0; last--) {
        const other = uniformInt(random, 0, last);
        [order[last], order[other]] = [order[other] ?? '', order[last] ?? ''];
      }
    return order.slice(0, quotas[s]);
  });
  return {
    sirets: sirets.sort(),
    strata: strata.map(({ basin, size, firms }, s) => ({ basin, size, frame: firms.length, drawn: quotas[s] ?? 0 })),
  };
}

/** Largest remainders: whole shares first, what is left to those that lost most by rounding. */
function shares(sizes: readonly number[], fraction: number): number[] {
  const total = Math.round(sizes.reduce((sum, n) => sum + n, 0) * fraction);
  const exact = sizes.map((n) => n * fraction);
  const whole = exact.map(Math.floor);
  const left = Math.max(0, total - whole.reduce((sum, n) => sum + n, 0));
  const first = exact
    .map((n, i) => ({ i, rest: n - Math.floor(n) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i)
    .slice(0, left)
    .map(({ i }) => i);
  return whole.map((n, i) => n + (first.includes(i) ? 1 : 0));
}
