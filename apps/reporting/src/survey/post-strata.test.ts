import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { drawnForOf, effectiveSize, type Placed, postStrata, weightedMean, weightedMedian } from './post-strata.js';

interface Firm extends Placed {
  readonly answers: boolean;
  readonly value: number;
}

/** So many firms of a cell, of which the first answer. */
const cell = (basin: string, size: string, firms: number, answers: number, value = 0): Firm[] =>
  Array.from({ length: firms }, (_, i) => ({ basin, size, answers: i < answers, value }));
const strataOf = (firms: readonly Firm[]) => postStrata(firms, ({ answers }) => answers);
const sizesOf = (firms: readonly Firm[]) =>
  strataOf(firms).map((stratum) => [stratum.firms, stratum.respondents.length]);

describe('strata', () => {
  test('cells with answers enough stand by themselves, the others with those of their size, then with all', () => {
    expect(
      sizesOf([
        ...cell('artois', '10-49', 20, 6),
        ...cell('lens', '10-49', 12, 4),
        ...cell('lille', '10-49', 8, 3),
        ...cell('artois', '50-99', 4, 1),
        ...cell('lens', '100-249', 3, 1),
      ]),
    ).toEqual([
      [20, 6],
      [20, 7],
      [7, 2],
    ]);
  });
  test('a rest of which nobody answered goes with the stratum of fewest answers', () => {
    expect(sizesOf([...cell('a', '10-49', 20, 9), ...cell('b', '10-49', 10, 5), ...cell('a', '250+', 2, 0)])).toEqual([
      [20, 9],
      [12, 5],
    ]);
  });
  test('of one answer nothing is made', () => {
    expect(sizesOf(cell('a', '10-49', 9, 1))).toEqual([]);
  });
  test('whatever answers, every firm is of one stratum, each has two answers at least, in whatever order firms come', () => {
    const firm = fc.record({
      basin: fc.constantFrom('a', 'b', 'c'),
      size: fc.constantFrom('0-9', '10-49', '50-99'),
      answers: fc.boolean(),
      value: fc.nat(9),
    });
    fc.assert(
      fc.property(fc.array(firm, { maxLength: 60 }), fc.nat(1000), (firms, turn) => {
        const strata = strataOf(firms);
        if (firms.filter(({ answers }) => answers).length < 2) return expect(strata).toEqual([]);
        expect(strata.reduce((sum, s) => sum + s.firms, 0)).toBe(firms.length);
        for (const { respondents } of strata) expect(respondents.length).toBeGreaterThanOrEqual(2);
        const turned = [...firms.slice(turn % firms.length), ...firms.slice(0, turn % firms.length)];
        expect(weightedMean(strataOf(turned), (f) => f.value)).toBeCloseTo(
          weightedMean(strata, (f) => f.value),
          12,
        );
        return undefined;
      }),
      { seed: 17 },
    );
  });
});

test('where large firms answer less often than small ones, each size weighs as the population has it', () => {
  const strata = strataOf([...cell('a', '10-49', 30, 20, 1), ...cell('a', '50-99', 30, 5, 0)]);
  expect(weightedMean(strata, ({ value }) => value)).toBeCloseTo(0.5, 12);
});

test('one that was surely drawn does not speak for a cell of which a quarter was, though both are of one stratum', () => {
  // Six cells of one firm that all changed; one of 24 of which a quarter was drawn and nobody did.
  const alone = Array.from({ length: 6 }, (_, i) => cell(`b${i}`, '10-49', 1, 1, 1)).flat();
  const many = ['x', 'y'].flatMap((basin) => cell(basin, '10-49', 12, 3, 0));
  const all = [...alone, ...many];
  const drawnFor = drawnForOf(all, ({ answers }) => answers);
  const strata = postStrata(all, ({ answers }) => answers, drawnFor);
  expect(strata).toHaveLength(1);
  expect(weightedMean(strata, ({ value }) => value)).toBeCloseTo(6 / 30, 12);
});

const value = ({ value }: Firm): number => value;

describe('of how many answers it is worth', () => {
  test('a quarter of all, each stratum alike: a third more than they are, since who answered is known', () => {
    const strata = strataOf([...cell('a', '10-49', 40, 10), ...cell('b', '10-49', 80, 20)]);
    expect(effectiveSize(strata, value)).toBeCloseTo(30 / 0.75, 9);
  });
  test('unequal weights cost, and where all answered nothing is left open', () => {
    const equal = strataOf([...cell('a', '10-49', 50, 10), ...cell('b', '10-49', 50, 10)]);
    const unequal = strataOf([...cell('a', '10-49', 90, 10), ...cell('b', '10-49', 10, 10)]);
    expect(effectiveSize(unequal, value)).toBeLessThan(effectiveSize(equal, value));
    expect(effectiveSize(strataOf(cell('a', '10-49', 9, 9)), value)).toBe(Number.POSITIVE_INFINITY);
  });
  test('where those that weigh most differ most, the variance of the strata says so', () => {
    // Half of the firms, of which 5 answer and every other is; half, of which 200 answer and none is.
    const of = (size: string, answers: number, is: (i: number) => boolean): Firm[] =>
      Array.from({ length: 4000 }, (_, i) => ({ basin: 'a', size, answers: i < answers, value: is(i) ? 1 : 0 }));
    const strata = strataOf([...of('10-49', 6, (i) => i % 2 === 0), ...of('50-99', 200, () => false)]);
    // 1/4 * (1 - 6/4000) * (3/10) / 6 is the variance of the mean 1/4.
    const variance = (0.25 * (1 - 6 / 4000) * 0.3) / 6;
    expect(effectiveSize(strata, value)).toBeCloseTo((0.25 * 0.75) / variance, 6);
  });
});

describe('a median', () => {
  test('is the value below which half of the population lies, and between two where it is just there', () => {
    const small = [1, 2, 3].flatMap((v, i) => cell('a', '10-49', 1, 1, v).map((f) => ({ ...f, basin: `b${i}` })));
    expect(
      weightedMedian(
        postStrata(small, () => true),
        value,
      ),
    ).toBe(2);
    const even = [...small, ...cell('c', '10-49', 1, 1, 9)];
    expect(
      weightedMedian(
        postStrata(even, () => true),
        value,
      ),
    ).toBe(2.5);
  });
});
