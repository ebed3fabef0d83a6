import { disclosureRuleOf } from '@gpect/domain-values/disclosure';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FirmSaid, OnDay } from '../../src/cube/firms.js';
import { estimate as addedQuestions } from '../../src/estimates/added-questions.js';
import { estimate as spendChange } from '../../src/estimates/spend-change.js';
import { choiceMark } from '../../src/facts/choice-mark.js';
import type { Documents } from '../../src/programmes/documents.js';
import { type ToldEstimate, toldEstimate } from '../../src/secrecy/told-estimate.js';
import type { Estimate } from '../../src/statistics/estimate.js';

const rule = disclosureRuleOf({});
const CHOICES = ['a', 'b', 'c', 'd'];
/** To the nearest multiple; the smallest for all that is less. */
const countOf = (told: number, base = 5): [number, number] =>
  told === base ? [1, base + base / 2] : [Math.ceil(told - base / 2), Math.floor(told + base / 2)];

/** A programme of accompanied firms, of which so many chose each answer after it. */
function choosing(counts: readonly number[]): ToldEstimate {
  const documents = {
    programme: { _id: 'p' },
    questionnaires: [
      {
        appliesFrom: '2009-01-01',
        questions: [{ question: 'why', label: 'Pourquoi', kind: 'CHOICE', choices: CHOICES, waves: ['AFTER'] }],
      },
    ],
  } as unknown as Documents;
  const firms = counts.flatMap((count, choice) =>
    Array.from({ length: count }, (_, i): FirmSaid => {
      const on = (amount: number): OnDay[] => [['2010-01-01', amount]];
      return {
        id: `${choice} ${i}`,
        firm: 100 * choice + i,
        isIn: true,
        place: { basin: ['b'], size: ['10-49'] },
        said: new Map([
          ['enrolled', on(1)],
          ['accompanied', on(1)],
          ['=drawn:AFTER', on(1)],
          ['=answered:AFTER', on(1)],
          ['=added:AFTER:why', on(1)],
          ['=mark:AFTER:why', on(choiceMark(CHOICES[choice] ?? ''))],
        ]),
      } as FirmSaid;
    }),
  );
  return toldEstimate(addedQuestions as Estimate, addedQuestions.of({ firms, documents }), rule);
}

test('a choice of one firm or two is not what all others leave of a whole', () => {
  let told = 0;
  fc.assert(
    fc.property(fc.array(fc.nat(40), { minLength: 2, maxLength: 4 }), (counts) => {
      const n = counts.reduce((sum, count) => sum + count, 0);
      const parts = choosing(counts).parts ?? [];
      const shares = parts.map(({ values }) => values['share']?.value);
      told += shares.filter((share) => share !== undefined).length;
      for (const [i, count] of counts.entries()) {
        if (count === 0 || count >= rule.leastFirms) continue;
        // Shares are told to a percent at best, and firms to five.
        const others = shares.filter((_, at) => at !== i && at < counts.length);
        if (others.includes(undefined)) continue;
        const left = 1 - others.reduce<number>((sum, share) => sum + (share ?? 0), 0);
        const open = 0.005 * others.length;
        const [least, most] = countOf(5 * Math.max(1, Math.round(n / 5)));
        const ends = [Math.max(0, left - open) * least, (left + open) * most];
        const known = [0, 1, 2, 3, 4, 5, 6].filter((so) => so >= (ends[0] ?? 0) && so <= (ends[1] ?? 0));
        expect([counts, i, known.length > 1]).toEqual([counts, i, true]);
      }
    }),
    { seed: 17, numRuns: 200 },
  );
  expect(told).toBeGreaterThan(100);
});

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
