import { describe, expect, test } from '@jest/globals';
import type { FirmSaid } from '../../src/cube/firms.js';
import { estimate as againstDeclined } from '../../src/estimates/spend-against-declined.js';
import { estimate as againstOutside } from '../../src/estimates/spend-against-outside.js';
import { estimate as change } from '../../src/estimates/spend-change.js';
import { estimate as changeReal } from '../../src/estimates/spend-change-real.js';
import { type KeptEstimate, releasedEstimates } from '../../src/releases/estimates.js';
import { MonthlySpend, WindowsOfFirms } from '../../src/spend/months.js';
import { askedOf } from '../firms-said.js';
import { madeSpend } from '../spend-programmes.js';

/** What a reader of releases can make of estimates of spend: by two releases, and by sums that are told beside them. */
const ESTIMATES = [change, changeReal, againstDeclined, againstOutside];
const rule = { leastFirms: 3, largestShare: 0.85, every: 'MONTH' } as const;
const PUT_IN = { effect: 0.4, volunteers: 0, recession: 0, trends: true };

function release(firms: readonly FirmSaid[], before?: readonly KeptEstimate[], asOf?: string): KeptEstimate[] {
  const estimated = new Map(
    ESTIMATES.map((estimate) => [estimate.id, estimate.of(askedOf(firms, asOf ? { asOf } : {}))]),
  );
  return releasedEstimates({
    estimated,
    before: before && { date: '2026-11-01', kept: before },
    rule,
    isMasked: () => false,
    key: 'a key',
  });
}

/** A firm that is paid so much more on a day of each window. */
function paidMore(firm: FirmSaid, cents: number): FirmSaid {
  const said = new Map(firm.said);
  for (const [measure, days] of firm.said)
    if (measure.startsWith('spend'))
      said.set(measure, [...days.map(([day, amount]) => [day, amount + cents] as const)]);
  return { ...firm, said };
}

const told = (kept: readonly KeptEstimate[]) =>
  kept.map(({ estimate, told: { of: _of, ...numbers } }) => [estimate, numbers]);

describe('by two releases', () => {
  const { firms } = madeSpend(PUT_IN, 11);
  const first = release(firms);
  const changed = (...ids: string[]) => firms.map((firm) => (ids.includes(firm.id) ? paidMore(firm, 5_000_000) : firm));

  test('all four estimates are told', () => {
    for (const { told: of } of first)
      expect([of.n === null, Object.values(of.values).includes(null)]).toEqual([false, false]);
    expect(first).toHaveLength(4);
  });

  test.each([
    ['one accompanied firm', ['accompanied 3']],
    ['two of them', ['accompanied 3', 'accompanied 4']],
    ['a firm that declined', ['declined 5']],
    ['two firms outside', ['outside 1', 'outside 2']],
  ])('nothing is known of what %s spent in between', (_who, ids) => {
    expect(told(release(changed(...ids), first))).toEqual(told(first));
  });

  test.each([['accompanied 3'], ['declined 5'], ['outside 1']])(
    'nor that %s was not there: the others are in the same windows with it as without',
    (id) => {
      const without = firms.filter((firm) => firm.id !== id);
      expect(told(release(firms, release(without)))).toEqual(told(release(without)));
    },
  );

  test('three firms are told together', () => {
    const again = release(changed('accompanied 3', 'accompanied 4', 'accompanied 5'), first);
    expect(again.map(({ told: of }) => of.of)).toEqual([undefined, undefined, undefined, undefined]);
    expect(told(again)).not.toEqual(told(first));
  });
});

interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What a told value leaves open, where its reader knows to what it was rounded: its last digit that is not nothing, or a percent. */
function openOf(value: number, base: number): Interval {
  return { low: value - base / 2, high: value + base / 2 };
}

/** The sum that one firm more would be missing from: told exactly for the programme, less what the estimate is of. */
function spentIn(firms: readonly FirmSaid[], of: 'before' | 'after', id?: string): number {
  const windowsOf = new WindowsOfFirms();
  return firms.reduce((sum, firm) => {
    const [enrolled, accompanied] = ['enrolled', 'accompanied'].map((name) => firm.said.get(name)?.[0]?.[0]);
    const windows = enrolled && accompanied ? windowsOf.days(enrolled, accompanied) : undefined;
    return windows && (id === undefined || firm.id === id) ? sum + new MonthlySpend(firm).within(windows[of]) : sum;
  }, 0);
}

describe('by sums of the programme that are told exactly', () => {
  const SEEDS = Array.from({ length: 20 }, (_, i) => 100 + i);
  test.each(SEEDS)(
    'what the one firm spent that an estimate leaves out stays open to a fifth (programme %i)',
    (seed) => {
      const made = madeSpend(PUT_IN, seed).firms;
      // One firm alone, which spends much, is not covered: no funder's file holds the months before.
      const secret = 'accompanied 7';
      const firms = made.map((firm) => (firm.id === secret ? ofAnother(paidMore(firm, 100_000 * (seed % 9))) : firm));
      const kept = release(firms).find(({ estimate }) => estimate === change.id);
      const estimated = change.of(askedOf(firms));
      expect(estimated.counts?.['notCovered']).toBe(1);
      const spent = spentIn(firms, 'before', secret);
      // The worst case: the reader knows how many firms there are, and by which base the mean was rounded.
      const mean = kept?.told.values['before']?.value ?? Number.NaN;
      const base = steps(mean, estimated.values['before']?.ofOneFirm ?? 0);
      const { low, high } = openOf(mean, base);
      const total = spentIn(firms, 'before');
      const known = { low: total - high * estimated.n, high: total - low * estimated.n };
      expect(known.low).toBeLessThanOrEqual(spent);
      expect(known.high).toBeGreaterThanOrEqual(spent);
      expect(known.high - known.low).toBeGreaterThanOrEqual(0.2 * spent);
    },
  );
});

/** The base that a reader who knows the rule would take: two digits, or the next of 1, 2, 5 from what one firm makes of it. */
function steps(value: number, ofOneFirm: number): number {
  const two = 10 ** (Math.floor(Math.log10(value)) - 1);
  if (ofOneFirm <= two) return two;
  const power = 10 ** Math.floor(Math.log10(ofOneFirm));
  return [1, 2, 5, 10].map((times) => times * power).find((base) => base >= ofOneFirm) ?? Number.NaN;
}

/** The same firm, paid by a funder of its own whose first line is of the first day of its own window, but for the last month. */
function ofAnother(firm: FirmSaid): FirmSaid {
  const days = firm.said.get('spend') ?? [];
  const said = new Map([...firm.said].filter(([measure]) => !measure.startsWith('spend')));
  return { ...firm, said: said.set('spend', days).set('spend:funder:opca-x', days.slice(-1)) };
}
