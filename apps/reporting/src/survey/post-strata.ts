import type { EstimatedValue } from '../statistics/estimate.js';
import { middleOfAll, ofSingleFirms } from '../statistics/median.js';
import { workedOutOnce } from '../statistics/worked-out-once.js';

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
  const cells = cellsOf(population);
  const ofCells = standing(cells, responds);
  const ofSizes = standing(grouped(ofCells.left.flat(), sizeOf), responds);
  const strata = [...ofCells.strata, ...ofSizes.strata];
  if (strata.length === 0 && population.filter(responds).length < LEAST) return [];
  const rest = partOf(ofSizes.left.flat(), responds);
  if (rest.respondents.length >= LEAST) return [...strata, rest];
  if (rest.firms === 0) return strata;
  const [fewest, ...others] = [...strata].sort((a, b) => a.respondents.length - b.respondents.length);
  if (!fewest) return [];
  return [...others, { firms: fewest.firms + rest.firms, respondents: [...fewest.respondents, ...rest.respondents] }];
}

/** Those of some groups of which enough answered stand by themselves; the others are left. */
function standing<F>(groups: readonly (readonly F[])[], responds: (firm: F) => boolean) {
  const parts = groups.map((firms) => partOf(firms, responds));
  const stands = parts.map(({ respondents }) => respondents.length >= STANDS);
  return { strata: parts.filter((_, i) => stands[i]), left: groups.filter((_, i) => !stands[i]) };
}

const sizeOf = ({ size }: Placed): string => size;

/** By size and basin: the same for every question that is asked of a population, so it is worked out once. */
const cellsOf = <F extends Placed>(population: readonly F[]): readonly (readonly F[])[] =>
  // What was worked out of this population is of its firms.
  placed(population) as unknown as readonly (readonly F[])[];

const placed = workedOutOnce((population: readonly Placed[]) =>
  grouped(population, ({ size, basin }) => JSON.stringify([size, basin])),
);

const partOf = <F>(firms: readonly F[], responds: (firm: F) => boolean): Part<F> => ({
  firms: firms.length,
  respondents: firms.filter(responds),
});

/** By key, in the order of the keys: the same firms give the same strata, in whatever order they come. */
function grouped<F>(firms: readonly F[], keyOf: (firm: F) => string): F[][] {
  const groups = new Map<string, F[]>();
  for (const firm of firms) {
    const key = keyOf(firm);
    const group = groups.get(key);
    if (group) group.push(firm);
    else groups.set(key, [firm]);
  }
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
  const drawnFor = new Map<string, Map<string, number>>();
  for (const firms of cellsOf(population)) {
    const drawn = firms.filter(isDrawn).length;
    const [first] = firms;
    if (!first || drawn === 0) continue;
    const ofSize = drawnFor.get(first.size) ?? new Map<string, number>();
    drawnFor.set(first.size, ofSize.set(first.basin, firms.length / drawn));
  }
  return ({ size, basin }) => drawnFor.get(size)?.get(basin) ?? 1;
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
