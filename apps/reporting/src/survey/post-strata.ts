/** Where a firm stands for weighting: what samples are drawn by. */
export interface Placed {
  readonly basin: string;
  readonly size: string;
}

/** Firms that stand for each other: those who answered speak for all of it. */
export interface PostStratum<F> {
  readonly firms: number;
  readonly respondents: readonly F[];
}

/** So many answers of a cell stand by themselves; a mean of fewer moves with each of them. */
const STANDS = 5;
/** Of one answer nobody knows how answers differ. */
const LEAST = 2;

/**
 * Strata of a population, of basin and size as samples are drawn. Where fewer than five of a cell answered it goes with the other
 * such cells of its size; where these are too few as well, with all that are left; and these, where they are fewer than two,
 * with the stratum of fewest answers. Size goes first: it says more of a firm's training than its basin does. Pure.
 * @returns no stratum without an answer; none at all where fewer than two firms answered
 */
export function postStrata<F extends Placed>(
  population: readonly F[],
  responds: (firm: F) => boolean,
): PostStratum<F>[] {
  if (population.filter(responds).length < LEAST) return [];
  let left: readonly F[] = population;
  const strata: PostStratum<F>[] = [];
  for (const keyOf of [(f: F) => JSON.stringify([f.size, f.basin]), (f: F) => f.size]) {
    const parted = grouped(left, keyOf).map((firms) => stratumOf(firms, responds));
    const stands = parted.map(({ respondents }) => respondents.length >= STANDS);
    strata.push(...parted.filter((_, i) => stands[i]));
    left = grouped(left, keyOf).flatMap((firms, i) => (stands[i] ? [] : firms));
  }
  const rest = stratumOf(left, responds);
  if (rest.respondents.length >= LEAST) return [...strata, rest];
  if (rest.firms === 0) return strata;
  const [fewest, ...others] = [...strata].sort((a, b) => a.respondents.length - b.respondents.length);
  if (!fewest) return [];
  return [...others, { firms: fewest.firms + rest.firms, respondents: [...fewest.respondents, ...rest.respondents] }];
}

const stratumOf = <F>(firms: readonly F[], responds: (firm: F) => boolean): PostStratum<F> => ({
  firms: firms.length,
  respondents: firms.filter(responds),
});

/** By key, in the order of the keys: the same firms give the same strata, in whatever order they come. */
function grouped<F>(firms: readonly F[], keyOf: (firm: F) => string): F[][] {
  const groups = new Map<string, F[]>();
  for (const firm of firms) groups.set(keyOf(firm), [...(groups.get(keyOf(firm)) ?? []), firm]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** Of the population's mean, by strata in which every answer weighs the same. */
export function weightedMean<F>(strata: readonly PostStratum<F>[], of: (firm: F) => number): number {
  const all = strata.reduce((sum, { firms }) => sum + firms, 0);
  return strata.reduce(
    (sum, { firms, respondents }) =>
      sum + ((firms / all) * respondents.reduce((total, firm) => total + of(firm), 0)) / respondents.length,
    0,
  );
}

/**
 * Of how many independent answers a weighted mean is worth: fewer than there are where some weigh more than others, more where
 * a good part of the population answered (finite population correction: who answered is known), without end where all did. It
 * is the variance of a mean of strata, 1 / sum(W^2 (1 - n/N) / n), where answers differ as much in each (Kish 1965; Cochran
 * 1977, 5.3): the same for every question, and on the safe side where strata differ from each other.
 */
export function effectiveSize<F>(strata: readonly PostStratum<F>[]): number {
  const all = strata.reduce((sum, { firms }) => sum + firms, 0);
  const variance = strata.reduce((sum, { firms, respondents }) => {
    const n = respondents.length;
    return sum + ((firms / all) ** 2 * (1 - n / firms)) / n;
  }, 0);
  return 1 / variance;
}
