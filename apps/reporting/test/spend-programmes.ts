import type { FirmSaid } from '../src/cube/firms.js';
import { firmSaid } from './firms-said.js';
import { random } from './secrecy/programme.js';

/** What is put into a made programme: all of it in relative terms. */
export interface PutIn {
  /** What the programme adds to the spend of accompanied firms after it. */
  readonly effect: number;
  /** By how much firms that volunteer spend more from the middle of the programme on anyway, whether they are accompanied or not. */
  readonly volunteers: number;
  /** By how much everybody spends less from the middle of the programme on. */
  readonly recession: number;
  /** Whether sectors and funders go ways of their own, which is nobody's effect. */
  readonly trends: boolean;
  /** What a month's payments are multiplied by, as prices move. */
  priceOf?(month: number): number;
}

/** The share of each kind of firms that volunteers for what is new: all that came, and some of those that declined or were never asked. */
const VOLUNTEERS = { accompanied: 1, declined: 0.3, outside: 0.1 };

/** Firms of each kind. */
const FIRMS = { accompanied: 70, declined: 60, outside: 60 };
const [FIRST, LAST] = [12 * 2007, 12 * 2012 - 1];
const CRISIS = 12 * 2009 + 6;
/** Agreements of a year and a half, each month as likely. */
const [OPENS, MONTHS] = [12 * 2008, 18];
const LASTS = 13;
/** A day of each month: all of a month is paid on it. */
const DAYS = Array.from({ length: LAST - FIRST + 1 }, (_, i) => `${monthText(FIRST + i)}-15`);
/** Payments a month, and what one is of on the average, in cents. */
const [RATE, AMOUNT] = [0.3, 150_000];
/** Of the logarithms of what firms spend, and of what one payment is. */
const [AMONG_FIRMS, AMONG_PAYMENTS] = [0.5, 0.6];
/** What sectors and funders add from the middle on. */
const OF_SECTION: Readonly<Record<string, number>> = { C: 0.4, F: -0.25, M: 0 };
const OF_FUNDER: Readonly<Record<string, number>> = { 'opca-a': 0.25, 'opca-b': -0.25 };

export interface MadeSpend {
  readonly firms: FirmSaid[];
  /** What the estimates are of, in the mean over all such programmes: of accompanied firms, and of others in the same months. */
  readonly truth: Changes & { readonly declined: Changes; readonly outside: Changes };
}

/** In constant prices. */
interface Changes {
  readonly change: number;
  readonly difference: number;
}

/** A programme with known effects: same seed, same firms. Accompanied firms are more often
 * of section C than those that declined, and of opca-a than those outside: what each of them is compared by. */
export function madeSpend(putIn: PutIn, seed: number, isCovered = true): MadeSpend {
  const next = random(seed);
  // Of their own, so that a world without volunteers is the same whoever would be one.
  const chance = random(seed + 1_000_000_007);
  const pick = (shares: Readonly<Record<string, number>>): string => {
    let left = next();
    for (const [name, share] of Object.entries(shares)) {
      left -= share;
      if (left < 0) return name;
    }
    return Object.keys(shares)[0] ?? '';
  };
  const made = (kind: keyof typeof FIRMS, i: number): FirmSaid => {
    const isOurs = kind === 'accompanied';
    const section = pick(kind === 'declined' ? SECTIONS.declined : SECTIONS.accompanied);
    const funder = pick(kind === 'outside' ? FUNDERS.outside : FUNDERS.accompanied);
    const enrolled = OPENS + Math.floor(next() * MONTHS);
    const level = Math.exp(AMONG_FIRMS * normal(next) - AMONG_FIRMS ** 2 / 2);
    const isVolunteer = chance() < VOLUNTEERS[kind];
    const paid: Record<string, number> = {};
    for (let month = FIRST; month <= LAST; month++) {
      let times = level * RATE * atLarge(month, section, funder, putIn);
      if (isOurs && month > enrolled + LASTS) times *= 1 + putIn.effect;
      if (isVolunteer && month >= CRISIS) times *= 1 + putIn.volunteers;
      let cents = 0;
      for (let n = poisson(times, next); n > 0; n--)
        cents += AMOUNT * Math.exp(AMONG_PAYMENTS * normal(next) - AMONG_PAYMENTS ** 2 / 2);
      if (cents > 0) paid[DAYS[month - FIRST] ?? ''] = Math.round(cents * (putIn.priceOf?.(month) ?? 1));
    }
    return firmSaid({
      id: `${kind} ${i}`,
      funder,
      paid,
      ...(kind === 'outside' ? { isDetected: false } : { section, size: pick(SIZES) }),
      ...(isOurs ? { enrolled: `${monthText(enrolled)}-10`, accompanied: `${monthText(enrolled + LASTS)}-10` } : {}),
      ...(kind === 'declined' ? { declined: `${monthText(enrolled)}-10` } : {}),
    });
  };
  const kinds = Object.keys(FIRMS) as (keyof typeof FIRMS)[];
  return {
    firms: [
      ...kinds.flatMap((kind) => Array.from({ length: FIRMS[kind] }, (_, i) => made(kind, i))),
      ...(isCovered ? covering() : []),
    ],
    truth: {
      ...truthOf(putIn, putIn.effect, VOLUNTEERS.accompanied),
      declined: truthOf(putIn, 0, VOLUNTEERS.declined),
      outside: truthOf(putIn, 0, VOLUNTEERS.outside),
    },
  };
}

const SECTIONS = { accompanied: { C: 0.6, F: 0.2, M: 0.2 }, declined: { C: 0.25, F: 0.5, M: 0.25 } };
const FUNDERS = { accompanied: { 'opca-a': 0.7, 'opca-b': 0.3 }, outside: { 'opca-a': 0.4, 'opca-b': 0.6 } };
const SIZES = { '10-49': 0.7, '50-99': 0.3 };

/** What a month is worth to any firm of a section and a funder. */
function atLarge(month: number, section: string, funder: string, { recession, trends }: PutIn): number {
  if (month < CRISIS) return 1;
  if (!trends) return 1 - recession;
  return (1 + (OF_SECTION[section] ?? 0)) * (1 + (OF_FUNDER[funder] ?? 0)) * (1 - recession);
}

/** Exact: over sections, funders and months of agreement of accompanied firms, of firms of which such a share volunteers. */
function truthOf(putIn: PutIn, effect: number, volunteers: number): Changes {
  const more = (month: number) => (month >= CRISIS ? 1 + volunteers * putIn.volunteers : 1);
  let [before, after] = [0, 0];
  for (const [section, ofSection] of Object.entries(SECTIONS.accompanied))
    for (const [funder, ofFunder] of Object.entries(FUNDERS.accompanied))
      for (let enrolled = OPENS; enrolled < OPENS + MONTHS; enrolled++)
        for (let i = 0; i < 12; i++) {
          const share = (ofSection * ofFunder) / MONTHS;
          before += share * more(enrolled - 12 + i) * atLarge(enrolled - 12 + i, section, funder, putIn);
          const month = enrolled + LASTS + 1 + i;
          after += share * (1 + effect) * more(month) * atLarge(month, section, funder, putIn);
        }
  return { change: after / before - 1, difference: (after - before) * RATE * AMOUNT };
}

/** Payments in the first month and in the last: funders' files cover all between. */
const covering = (): FirmSaid[] =>
  Object.keys(OF_FUNDER).map((funder) =>
    firmSaid({
      id: `covering ${funder}`,
      funder,
      // Of no kind that is compared.
      paid: { [`${monthText(FIRST)}-01`]: 1, [`${monthText(LAST)}-28`]: 1 },
    }),
  );

function monthText(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
}

/** Box and Muller. */
const normal = (next: () => number): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

/** Knuth's; for small means. */
function poisson(mean: number, next: () => number): number {
  const least = Math.exp(-mean);
  let count = 0;
  for (let product = next(); product > least; product *= next()) count++;
  return count;
}
