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
  /** All that an earlier sample drew, as far as the frame has them: the same firms are asked before and after. */
  | { readonly method: 'PANEL'; readonly of: ReadonlySet<string> }
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
export const ALGORITHM: Readonly<Record<Method['method'], string>> = {
  ALL: 'Every firm of the frame.',
  PANEL: 'Every firm of the frame that the sample panelOf of the BEFORE wave drew.',
  STRATIFIED:
    'The fraction by largest remainders (ties by basin, size), 1 at least in each stratum of basin and size; its sorted SIRETs shuffled (Fisher-Yates from the last, xoroshiro128+, seed); the first drawn.',
};

/** The same frame, method and seed draw the same firms. Pure. */
export function draw(frame: readonly Drawable[], method: Method): Drawn {
  const groups = groupBy(
    [...frame].sort((a, b) => inOrder(a.siret, b.siret)),
    (firm) => `${firm.basin} ${sizeBand(firm.headcount)}`,
  );
  const strata = [...groups.values()]
    .map((firms) => ({ firms, basin: firms[0]?.basin ?? '', size: sizeBand(firms[0]?.headcount ?? 0) }))
    .sort((a, b) => inOrder(a.basin, b.basin) || inOrder(a.size, b.size));
  const drawn = drawnOf(
    strata.map(({ firms }) => firms.map(({ siret }) => siret)),
    method,
  );
  return {
    sirets: drawn.flat().sort(),
    strata: strata.map(({ basin, size, firms }, s) => ({
      basin,
      size,
      frame: firms.length,
      drawn: drawn[s]?.length ?? 0,
    })),
  };
}

/** By the code of each sign: whoever draws it again has no need of our language's order. */
const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Of each stratum, those that are drawn. */
function drawnOf(strata: readonly (readonly string[])[], method: Method): readonly (readonly string[])[] {
  if (method.method === 'ALL') return strata;
  if (method.method === 'PANEL') return strata.map((sirets) => sirets.filter((siret) => method.of.has(siret)));
  const quotas = shares(
    strata.map((sirets) => sirets.length),
    method.fraction,
  );
  const random = xoroshiro128plus(method.seed);
  return strata.map((sirets, s) => {
    const order = [...sirets];
    for (let last = order.length - 1; last > 0; last--) {
      const other = uniformInt(random, 0, last);
      [order[last], order[other]] = [order[other] ?? '', order[last] ?? ''];
    }
    return order.slice(0, quotas[s]);
  });
}

/**
 * Largest remainders: whole shares first, one at least, so that nobody's answers have to be guessed from others' alone; what is
 * left to those that lost most by rounding. Where there are many small strata, these ones are more than the fraction.
 */
function shares(sizes: readonly number[], fraction: number): number[] {
  const total = Math.round(sizes.reduce((sum, n) => sum + n, 0) * fraction);
  const exact = sizes.map((n) => n * fraction);
  const whole = exact.map((n) => Math.max(1, Math.floor(n)));
  const left = Math.max(0, total - whole.reduce((sum, n) => sum + n, 0));
  const first = exact
    .map((n, i) => ({ i, rest: n - (whole[i] ?? 0) }))
    .filter(({ rest }) => rest > 0)
    .sort((a, b) => b.rest - a.rest || a.i - b.i)
    .slice(0, left)
    .map(({ i }) => i);
  return whole.map((n, i) => n + (first.includes(i) ? 1 : 0));
}
