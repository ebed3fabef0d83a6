import type { EstimateTold } from './asking.js';
import { isOfNoFirm } from './beside.js';
import { equationsOf, type Known, type True } from './equations.js';
import { addEstimates } from './estimates.js';
import { type Interval, Intervals } from './intervals.js';
import { addRows, type RowFile, type TrueFirm } from './rows.js';
import { type AllTold, groupingOf, type Secret } from './told.js';

export interface Attacked {
  readonly told: AllTold;
  readonly numbers: ReadonlyMap<string, True>;
  readonly known: Known;
  readonly isAmount: (measure: string) => boolean;
  readonly countsFirms: (measure: string) => boolean;
  /** Others were released before: what few firms have changed since may be told as it was then. */
  readonly isLater?: boolean;
  /** Rows of firms that were told with it, the firms there are, and the date of the release. */
  /** Estimates of the whole programme, as they were told and as they are. */
  readonly estimates?: { readonly told: readonly EstimateTold[]; readonly are: readonly EstimateTold[] };
  readonly rows?: { readonly files: readonly RowFile[]; readonly firms: readonly TrueFirm[]; readonly date: string };
}

/** A secret, and what is known of it in the end. */
export interface Found extends Interval, Secret {}

const [LEAST_FIRMS, LARGEST_SHARE] = [3, 0.85];
/** As many firms as change a number without its being told anew. */
const FEW = LEAST_FIRMS - 1;
const OPEN: Interval = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/**
 * What can be known of every secret by all that was told: numbers of fewer than three firms, and amounts of which one firm
 * makes more than 85 %, whether masked or never told. Each number that is told is known but for its rounding, which is
 * taken as known; each sum between them holds.
 */
export function attacked(attack: Attacked): { readonly intervals: Intervals; readonly secrets: readonly Secret[] } {
  const intervals = new Intervals();
  addTo(intervals, attack, '');
  const { estimates } = attack;
  const ofEstimates = estimates ? addEstimates(intervals, estimates.told, estimates.are) : [];
  intervals.propagate();
  return { intervals, secrets: [...secretsOf(attack, ''), ...ofEstimates] };
}

function addTo(intervals: Intervals, attack: Attacked, prefix: string): void {
  const isRounded = [...attack.numbers.values()].some(
    ({ at, measure, value }) => (attack.told.valueOf(at, measure) ?? value) !== value,
  );
  // What is below nothing somewhere (credits, what is left of a year) may be so anywhere.
  const signed = new Set([...attack.numbers.values()].filter(({ value }) => value < 0).map(({ measure }) => measure));
  for (const [key, number] of attack.numbers) {
    const least = signed.has(number.measure) ? OPEN.low : 0;
    intervals.add(prefix + key, knownOf(attack, number, { isRounded, least }), !attack.isAmount(number.measure));
  }
  for (const { terms, sum } of equationsOf(attack.numbers, attack.known))
    intervals.relate({ terms: new Map([...terms].map(([key, factor]) => [prefix + key, factor])), sum });
  const { rows } = attack;
  if (rows) addRows(intervals, rows.files, { ...rows, numbers: attack.numbers }, prefix);
}

function secretsOf({ numbers, isAmount }: Attacked, prefix: string): Secret[] {
  return [...numbers]
    .filter(([, number]) => isSecret(number, isAmount))
    .map(([key, { measure, value }]) => ({ name: prefix + key, value, isAmount: isAmount(measure) }));
}

export function isSecret({ measure, value, firms, largest }: True, isAmount: Attacked['isAmount']): boolean {
  if (isOfNoFirm(measure) || value === 0) return false;
  return firms < LEAST_FIRMS || (isAmount(measure) && largest > LARGEST_SHARE * Math.abs(value));
}

/**
 * The same over releases one after the other. Who asks is taken to know which numbers are the same as before, and that counts
 * do not shrink: so that what changed by one firm or two is a secret too, from one release to any later one.
 * @param few pairs of releases between which fewer than three firms changed
 */
export function attackedOver(
  releases: readonly Attacked[],
  few: readonly (readonly [earlier: number, later: number])[],
): { readonly intervals: Intervals; readonly secrets: readonly Secret[] } {
  const intervals = new Intervals();
  const secrets: Secret[] = [];
  for (const [i, attack] of releases.entries()) {
    addTo(intervals, attack, `${i} `);
    secrets.push(...secretsOf(attack, `${i} `));
  }
  for (const [earlier, later] of few) {
    const [then, now] = [releases[earlier]?.numbers ?? new Map(), releases[later] as Attacked];
    for (const [key, number] of now.numbers) {
      const before = then.get(key);
      const changed = number.value - (before?.value ?? 0);
      const name = `${earlier}-${later} ${key}`;
      const terms = new Map([[`${later} ${key}`, 1]]);
      if (before) terms.set(`${earlier} ${key}`, -1);
      if (changed !== 0) {
        const isAmount = now.isAmount(number.measure);
        intervals.add(name, { ...OPEN, low: isAmount || changed < 0 ? OPEN.low : 0 }, !isAmount);
        terms.set(name, -1);
        if (!isOfNoFirm(number.measure)) secrets.push({ name, value: changed, isAmount });
      }
      if (terms.size > 1) intervals.relate({ terms, sum: 0 });
    }
  }
  intervals.propagate();
  return { intervals, secrets };
}

/** The tightest by sums one after the other are given to the solver, which takes all of them together. */
export async function found(
  { intervals, secrets }: ReturnType<typeof attacked>,
  { solve, near }: { readonly solve: number; readonly near: number },
): Promise<Found[]> {
  const all = secrets.map((secret): Found => ({ ...secret, ...intervals.of(secret.name) }));
  const tightest = [...all].sort((a, b) => widthOf(a) - widthOf(b));
  const solved = new Map<string, Interval>();
  for (const { name } of tightest.slice(0, solve)) solved.set(name, await intervals.solved(name, near));
  return all.map((one) => ({ ...one, ...solved.get(one.name) }));
}

/** How much of a number is not known, against it. */
export const widthOf = ({ low, high, value }: Pick<Found, 'low' | 'high' | 'value'>): number =>
  (high - low) / Math.abs(value);

/** Whether it is known to the unit; of an amount, nearly. */
export const isRecovered = (one: Found): boolean => (one.isAmount ? widthOf(one) < 0.1 : one.high - one.low < 0.5);

/**
 * What is known of one number by itself. Of the programme as a whole a number that is told as it is is taken to be known to be so.
 * @param isRounded whether numbers of this release are
 */
function knownOf(
  { told, isAmount, countsFirms, isLater }: Attacked,
  { at, measure, value, largest }: True,
  { isRounded, least }: { readonly isRounded: boolean; readonly least: number },
): Interval {
  const said = told.valueOf(at, measure);
  // What is masked may be of few firms, hide a number of few, or be nothing.
  if (said === undefined || said === null) return { ...OPEN, low: least };
  const base = baseOf(largest, isAmount(measure));
  const isWhole = groupingOf(at) === '' && said === value && !(isLater && said % base === 0);
  if (!isRounded || isWhole) return { low: said, high: said };
  const half = base / 2 + (isLater ? FEW * largest : 0);
  // One base is told for everything smaller, too.
  const low = said === base ? 0 : said - half;
  const isFirms = measure.endsWith('#firms') || countsFirms(measure);
  return { low: isFirms ? Math.max(LEAST_FIRMS, low) : low, high: said + half };
}

const [OF_LARGEST, LEAST_COUNT, LEAST_AMOUNT] = [0.2, 5, 10_000];

/** To what a number is rounded: the first of 1, 2, 5, 10… that is a fifth of what one firm makes of it or more. */
export function baseOf(largest: number, isAmount: boolean): number {
  const least = Math.max(OF_LARGEST * largest, isAmount ? LEAST_AMOUNT : LEAST_COUNT);
  for (let ten = 1; ; ten *= 10) for (const digit of [1, 2, 5]) if (digit * ten >= least) return digit * ten;
}
