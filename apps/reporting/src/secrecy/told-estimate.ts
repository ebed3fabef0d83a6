import type { DisclosureRule } from '@gpect/domain-values/disclosure';
import { own } from '@gpect/domain-values/records';
import { asComputed } from '../statistics/as-computed.js';
import type {
  Estimate,
  Estimated,
  EstimatedCut,
  EstimatedPart,
  EstimatedValue,
  EstimateUnit,
} from '../statistics/estimate.js';
import { largestOf } from '../statistics/moments.js';
import { baseOf, rounded } from './rounding.js';

/** An estimate as it is told and as it is kept with a release; null where statistical secrecy masks a number. */
export interface ToldEstimate extends ToldPart {
  readonly incomplete?: Estimated['incomplete'];
  readonly parts?: readonly (ToldPart & { readonly key: string; readonly labelFr: string; readonly labelEn: string })[];
  /** The release of which it is, where that is an older one. */
  readonly of?: string;
}

interface ToldPart {
  readonly n: number | null;
  readonly counts: Readonly<Record<string, number | null>>;
  readonly values: Readonly<Record<string, ToldValue | null>>;
}

interface ToldValue {
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/** Whether a release masks what a measure counts among firms of some values; of all firms where there are none. */
export type IsMasked = (measure: string, at: Readonly<Record<string, string>>) => boolean;

/**
 * A told estimate without its numbers of firms where a figure that counts the same firms is masked: of what a reader is not told
 * there he would read a rounded number here.
 */
export function asCounted(
  { countedBy }: Pick<Estimate, 'countedBy'>,
  estimated: Pick<Estimated, 'parts'>,
  told: ToldEstimate,
  isMasked: IsMasked,
): ToldEstimate {
  const isHidden = (of: Pick<EstimatedCut, 'at' | 'countedBy'>) =>
    [...countedBy, ...(of.countedBy ?? [])].some((measure) => isMasked(measure, of.at ?? {}));
  const shown = <P extends ToldPart>(part: P, of: Pick<EstimatedCut, 'at' | 'countedBy'> = {}): P =>
    isHidden({}) || isHidden(of) ? { ...part, n: null, counts: each(part.counts, () => null) } : part;
  const byKey = new Map(estimated.parts?.map((part) => [part.key, part]));
  return { ...shown(told), ...(told.parts ? { parts: told.parts.map((p) => shown(p, byKey.get(p.key))) } : {}) };
}

type Shown = (value: EstimatedValue, unit: EstimateUnit, n: number) => ToldValue | null;
type Shape = Pick<Estimate, 'values'>;

/** Every number as it was computed, for full sight: whoever shows it rounds it. */
export function wholeEstimate(shape: Shape, estimated: Estimated): ToldEstimate {
  const shown: Shown = (value) => eachOf(value, asComputed);
  return told(estimated, (part) => shownPart(shape, part, shown, (count) => count));
}

/** Fewer firms than these in one of the groups behind it, and nothing of an estimate is told. */
const LEAST_IN_GROUP = 10;

/**
 * What of an estimate may be told of a programme as a whole: numbers of firms to five; means and medians to two digits of the
 * largest of a value and its ends, shares to whole percents, all to the most that one firm makes of them where that is more;
 * nothing of a group of few firms, no share that few of them make, and nothing that one firm dominates.
 */
export function toldEstimate(shape: Shape, estimated: Estimated, rule: DisclosureRule): ToldEstimate {
  const least = Math.max(LEAST_IN_GROUP, rule.leastFirms);
  const isFew = ({ n, groups = [n] }: EstimatedPart) => [n, ...groups].some((firms) => firms > 0 && firms < least);
  const shown: Shown = (value, unit, n) => {
    if ((value.largestShare ?? 0) > rule.largestShare) return null;
    if (unit === 'share' && isOfFew(value.value * n, n, rule)) return null;
    const { low: _low, high: _high, ...alone } = value;
    const open = value.isOfSingleFirms && n < LEAST_FOR_ENDS ? alone : value;
    const base = estimateBase(open, unit);
    return eachOf(open, (x) => toBase(x, base));
  };
  const { parts, ...whole } = estimated;
  const open = parts && { parts: parts.filter(({ isForFullSight }) => !isForFullSight) };
  return told({ ...whole, ...open }, (part) =>
    isFew(part) ? masked(part) : shownPart(shape, part, shown, countsOf(part, rule)),
  );
}

function told(estimated: Estimated, partOf: (part: EstimatedPart) => ToldPart): ToldEstimate {
  const { incomplete, parts } = estimated;
  return {
    ...(incomplete ? { incomplete } : {}),
    ...partOf(estimated),
    ...(parts
      ? {
          parts: parts.map((part) => ({
            key: part.key,
            labelFr: part.labelFr,
            labelEn: part.labelEn,
            ...partOf(part),
          })),
        }
      : {}),
  };
}

function shownPart(shape: Shape, part: EstimatedPart, shown: Shown, count: (firms: number) => number | null): ToldPart {
  return {
    n: count(part.n),
    counts: each(part.counts ?? {}, count),
    values: each(
      part.values,
      (value, name) => value && shown(value, own(shape.values, name)?.unit ?? 'number', part.n),
    ),
  };
}

/**
 * How counts of a part are told: to five. They sum to others: where one is of too few firms, it is masked, those of nothing
 * with it, and all others are told to ten. To five each, 10 and 15 of 20 leave one firm that stayed, where 8 rose and 13 fell.
 */
function countsOf({ counts = {} }: EstimatedPart, { leastFirms }: DisclosureRule): (firms: number) => number | null {
  const isOfFew = (firms: number) => firms > 0 && firms < leastFirms;
  const five = baseOf({ largest: 1 }, false);
  if (!Object.values(counts).some(isOfFew)) return (firms) => (firms === 0 ? 0 : rounded(firms, five));
  return (firms) => (firms < leastFirms ? null : rounded(firms, 2 * five));
}

const masked = ({ counts = {}, values }: EstimatedPart): ToldPart => ({
  n: null,
  counts: each(counts, () => null),
  values: each(values, () => null),
});

function each<T, U>(record: Readonly<Record<string, T>>, of: (value: T, name: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, of(value, name)]));
}

function eachOf({ value, low, high }: EstimatedValue, of: (x: number) => number): ToldValue {
  return {
    value: of(value),
    ...(low === undefined ? {} : { low: of(low) }),
    ...(high === undefined ? {} : { high: of(high) }),
  };
}

/** Whether a share is made by too few firms, or by all but too few. */
const isOfFew = (firms: number, n: number, { leastFirms }: DisclosureRule): boolean =>
  [firms, n - firms].some((count) => count > 0 && Math.round(count) < leastFirms);

const PERCENT = 0.01;
const SHARE_OF_ONE_FIRM = 0.2;
/** Ends of a median are what two single firms say: of fewer firms they are not told. */
const LEAST_FOR_ENDS = 50;
/** To what amounts (in cents: 100 euros) and days are rounded at least, however small. */
const LEAST: Readonly<Partial<Record<EstimateUnit, number>>> = { 'euro cent': 10_000, day: 1 };

/**
 * All that one firm makes of an amount or of a change of amounts stays open, five times as much as of a sum by itself
 * (rounding.ts): several values are made of the same firms, each rounded by itself, and some of the sums beside them are told
 * exactly. Of a share, a fifth of one firm: how many firms of a whole programme say yes is told, where they are enough.
 */
function estimateBase({ value, low = 0, high = 0, ofOneFirm = 0 }: EstimatedValue, unit: EstimateUnit): number {
  const isRelative = unit === 'share' || unit === 'points' || unit === 'change';
  const least = isRelative
    ? PERCENT
    : unit === 'firm'
      ? 5
      : Math.max(twoDigits(largestOf([value, low, high])), LEAST[unit] ?? 0);
  const open = unit === 'share' || unit === 'points' ? SHARE_OF_ONE_FIRM * ofOneFirm : ofOneFirm;
  return niceUp(Math.max(least, open), least);
}

/** The unit of the second digit. */
const twoDigits = (value: number): number => (value === 0 ? 1 : 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1));

/** The smallest of 1, 2 and 5 times a power of ten that is no less; `least` where that is enough. */
function niceUp(x: number, least: number): number {
  if (x <= least) return least;
  const power = 10 ** Math.floor(Math.log10(x));
  return [1, 2, 5, 10].map((times) => times * power).find((base) => base >= x) ?? 10 * power;
}

/** The nearest multiple, without the digits that binary fractions add. */
const toBase = (x: number, base: number): number => Number((Math.round(x / base) * base).toPrecision(12)) + 0;
