import { disclosureRuleOf } from '@gpect/domain-values/disclosure';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { estimate as spendChange } from '../../src/estimates/spend-change.js';
import { toldEstimate } from '../../src/secrecy/told-estimate.js';

const rule = disclosureRuleOf({});
/** To the nearest multiple; the smallest for all that is less. */
const countOf = (told: number, base = 5): [number, number] =>
  told === base ? [1, base + base / 2] : [Math.ceil(told - base / 2), Math.floor(told + base / 2)];

test('of firms that rose, fell and stayed, one or two are not known by what they sum to', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(60), fc.nat(10), (rose, fell, stayed) => {
      const n = rose + fell + stayed;
      const is = { rose, fell, stayed };
      const told = toldEstimate(spendChange, { n, counts: is, values: {}, behind: new Map() }, rule);
      if (told.n === null || told.n === 0) return;
      // Everybody sees that counts are masked, and so that the others are told to ten.
      const base = Object.values(told.counts).includes(null) ? 10 : 5;
      const ranges = new Map(
        Object.entries(told.counts).map(([name, count]): [string, readonly [number, number]] => [
          name,
          count === null ? [0, Number.POSITIVE_INFINITY] : count === 0 ? [0, 0] : countOf(count, base),
        ]),
      );
      const [least, most] = countOf(told.n, base);
      for (const [name, count] of Object.entries(is)) {
        if (count === 0 || count >= rule.leastFirms) continue;
        const others = [...ranges].filter(([other]) => other !== name && Object.hasOwn(is, other)).map(([, of]) => of);
        const own = ranges.get(name) ?? [0, 0];
        const low = Math.max(own[0], least - others.reduce((sum, [, high]) => sum + high, 0));
        const high = Math.min(own[1], most - others.reduce((sum, [lowest]) => sum + lowest, 0));
        expect([is, name, high > low]).toEqual([is, name, true]);
      }
    }),
    { seed: 17, numRuns: 2000 },
  );
});
