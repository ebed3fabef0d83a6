import type { EstimatedValue } from '../statistics/estimate.js';
import { middleOfAll, ofSingleFirms } from '../statistics/median.js';

/** Where a firm stands for weighting: what samples are drawn by. */
export interface Placed {
  readonly basin: string;
  readonly size: string;
}

/** One that answered, and for how many firms of the population it speaks. */
export interface Weighted<F> {
  readonly firm: F;
  readonly weight: number;
}

/** Firms that stand for each other: those who answered speak for all of it. */
export interface PostStratum<F> {
  readonly firms: number;
  readonly respondents: readonly Weighted<F>[];
}

/** So many answers of a cell stand by themselves; a mean of fewer moves with each of them. */
const STANDS = 5;
/** Of one answer nobody knows how answers differ. */
const LEAST = 2;

/**
 * Strata of a population, of basin and size as samples are drawn. Where fewer than five of a cell answered it goes with the other
 * such cells of its size; where these are too few as well, with all that are left; and these, where they are fewer than two,
 * with the stratum of fewest answers. Size goes first: it says more of a firm's training than its basin does. Within a stratum
 * each weighs by `drawnFor`: one that was surely drawn does not speak for those of a cell of which a quarter was. Pure.
 * @param drawnFor for how many firms of its cell one that was drawn stands: 1 where nobody was drawn, or all were
 * @returns no stratum without an answer; none at all where fewer than two firms answered
 */
export function postStrata<F extends Placed>(
  population: readonly F[],
  responds: (firm: F) => boolean,
  drawnFor: (firm: F) => number = () => 1,
): PostStratum<F>[] {
  return parted(population, responds).map(({ firms, respondents }) => {
    const all = respondents.reduce((sum, firm) => sum + drawnFor(firm), 0);
    return { firms, respondents: respondents.map((firm) => ({ firm, weight: (drawnFor(firm) * firms) / all })) };
  });
}

interface Part<F> {
  readonly firms: number;
  readonly respondents: readonly F[];
}

function parted<F extends Placed>(population: readonly F[], responds: (firm: F) => boolean): Part<F>[] {
  if (population.filter(responds).length < LEAST) return [];
  let left: readonly F[] = population;
  const strata: Part<F>[] = [];
  for (const keyOf of [(f: F) => JSON.stringify([f.size, f.basin]), (f: F) => f.size]) {
    const cells = grouped(left, keyOf).map((firms) => partOf(firms, responds));
    const stands = cells.map(({ respondents }) => respondents.length >= STANDS);
    strata.push(...cells.filter((_, i) => stands[i]));
    left = grouped(left, keyOf).flatMap((firms, i) => (stands[i] ? [] : firms));
  }
  const rest = partOf(left, responds);
  if (rest.respondents.length >= LEAST) return [...strata, rest];
  if (rest.firms === 0) return strata;
  const [fewest, ...others] = [...strata].sort((a, b) => a.respondents.length - b.respondents.length);
  if (!fewest) return [];
  return [...others, { firms: fewest.firms + rest.firms, respondents: [...fewest.respondents, ...rest.respondents] }];
}

const partOf = <F>(firms: readonly F[], responds: (firm: F) => boolean): Part<F> => ({
  firms: firms.length,
  respondents: firms.filter(responds),
});

/** By key, in the order of the keys: the same firms give the same strata, in whatever order they come. */
function grouped<F>(firms: readonly F[], keyOf: (firm: F) => string): F[][] {
  const groups = new Map<string, F[]>();
  for (const firm of firms) groups.set(keyOf(firm), [...(groups.get(keyOf(firm)) ?? []), firm]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

const firmsIn = <F>(strata: readonly PostStratum<F>[]): number => strata.reduce((sum, { firms }) => sum + firms, 0);

/** Of the population's mean, by what those who answered say, each by its weight. */
export function weightedMean<F>(strata: readonly PostStratum<F>[], of: (firm: F) => number): number {
  const total = strata
    .flatMap(({ respondents }) => respondents)
    .reduce((sum, { firm, weight }) => sum + weight * of(firm), 0);
  return total / firmsIn(strata);
}

/**
 * Of how many independent answers a weighted mean is worth: fewer than there are where some weigh more than others, more where
 * a good part of the population answered (finite population correction: who answered is known), without end where all did.
 * That is 1 / sum((w / N)^2 (1 - 1 / w)) where answers differ as much in each stratum (Kish 1965); where they differ more in
 * those that weigh most, the variance of the strata themselves says so, and the fewer of both is taken.
 */
export function effectiveSize<F>(strata: readonly PostStratum<F>[], of: (firm: F) => number): number {
  const all = firmsIn(strata);
  const leftOpen = (weight: number) => (weight / all) ** 2 * (1 - 1 / weight);
  const alike = strata.flatMap(({ respondents }) => respondents).reduce((sum, { weight }) => sum + leftOpen(weight), 0);
  const mean = weightedMean(strata, of);
  const differing = weightedMean(strata, (firm) => (of(firm) - mean) ** 2);
  const within = strata.reduce((sum, stratum) => {
    const { respondents } = stratum;
    const own = weightedMean([stratum], of);
    const spread = respondents.reduce((so, { firm, weight }) => so + leftOpen(weight) * (of(firm) - own) ** 2, 0);
    return sum + (spread * respondents.length) / (respondents.length - 1);
  }, 0);
  return 1 / Math.max(alike, differing === 0 ? 0 : within / differing);
}

/** For how many firms of its cell of basin and size each stands that was drawn. */
export function drawnForOf<F extends Placed>(
  population: readonly F[],
  isDrawn: (firm: F) => boolean,
): (firm: F) => number {
  const keyOf = ({ basin, size }: Placed) => JSON.stringify([basin, size]);
  const drawnFor = new Map(
    grouped(population, keyOf).flatMap((firms) => {
      const drawn = firms.filter(isDrawn).length;
      const [first] = firms;
      return first && drawn > 0 ? [[keyOf(first), firms.length / drawn] as const] : [];
    }),
  );
  return (firm) => drawnFor.get(keyOf(firm)) ?? 1;
}

/** The value below which half of the population lies: of those who answered, each by its weight. */
export const weightedMedian = <F>(strata: readonly PostStratum<F>[], of: (firm: F) => number): number =>
  weightedQuantile(strata, of, 0.5);

/** The value below which a part of the population lies; just at the part, the middle between two. */
function weightedQuantile<F>(strata: readonly PostStratum<F>[], of: (firm: F) => number, part: number): number {
  const said = strata
    .flatMap(({ respondents }) => respondents.map(({ firm, weight }) => ({ value: of(firm), weight })))
    .sort((a, b) => a.value - b.value);
  const all = firmsIn(strata) * part;
  let below = 0;
  for (const [i, { value, weight }] of said.entries()) {
    below += weight;
    // Just at the part it lies between two values.
    if (Math.abs(below - all) < 1e-9) return (value + (said[i + 1]?.value ?? value)) / 2;
    if (below > all) return value;
  }
  return said.at(-1)?.value ?? Number.NaN;
}

/**
 * The weighted median with its interval: between the values at the parts of the population between which the middle lies, as sure
 * as so many answers are that a firm is on this side of it or on that.
 */
export function weightedMedianValue<F>(
  strata: readonly PostStratum<F>[],
  of: (firm: F) => number,
  confidence: number,
): EstimatedValue {
  const value = weightedMedian(strata, of);
  const worth = effectiveSize(strata, (firm) => (of(firm) <= value ? 1 : 0));
  const parts = middleOfAll(worth, confidence);
  const said = strata.flatMap(({ respondents }) => respondents.map(({ firm }) => of(firm)));
  return ofSingleFirms(
    said,
    value,
    parts && [weightedQuantile(strata, of, parts[0]), weightedQuantile(strata, of, parts[1])],
  );
}

/** The most that one firm makes of a share: what it weighs, of all. */
export const largestWeight = <F>(strata: readonly PostStratum<F>[]): number =>
  Math.max(...strata.flatMap(({ respondents }) => respondents.map(({ weight }) => weight))) / firmsIn(strata);
