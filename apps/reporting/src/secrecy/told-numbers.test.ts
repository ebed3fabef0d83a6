import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyFirm, FEW } from '../../test/secrecy/any-firm.js';
import { actionsOf, type Firm, madeProgramme, PROGRAMME, pairsOf, tablesOf } from '../../test/secrecy/programme.js';
import { isOfWhole, variableId } from './grouping.js';
import { type Interval, narrow, type Sum } from './intervals.js';
import { isPinned, knownByItself, type Manner, signedAmong } from './known.js';
import { systemOfTables } from './lattice.js';
import type { Carried, LatticeInputs } from './lattice-inputs.js';
import { decided } from './told-numbers.js';
import { isNothing, saysTooMuch, type Variable } from './variable.js';

const inputsOf = (firms: readonly Firm[], groupings: readonly string[], more: Partial<LatticeInputs> = {}) => ({
  ...PROGRAMME,
  tables: tablesOf(firms, groupings),
  ofAction: actionsOf(firms),
  ...more,
});
const firm = (at: Record<string, string>, measures: Record<string, number> = { enrolled: 1 }): Firm => ({
  at: Object.fromEntries(Object.entries(at).map(([dimension, value]) => [dimension, [value]])),
  facts: Object.entries(measures).map(([measure, amount]) => ({ measure, year: '2010', amount })),
});
const times = (n: number, one: Firm): Firm[] => Array.from({ length: n }, () => ({ ...one }));

/** How a number of a table is told. */
const told = (inputs: LatticeInputs, grouping: string, at: Record<string, string>, measure = 'enrolled') => {
  const manner = decided(inputs).get(variableId(grouping, at, measure)) as Manner;
  return manner.how === 'rounded' ? `rounded to ${manner.base}` : manner.how;
};

/** What a reader knows of each number. */
function knownOf(inputs: LatticeInputs) {
  const manners = decided(inputs);
  const { variables, relations } = systemOfTables(inputs);
  const signed = signedAmong(variables);
  const places = new Map(variables.map(({ id }, place) => [id, place]));
  const intervals = variables.map((v) =>
    knownByItself(
      v,
      manners.get(v.id) as Manner,
      inputs.rule,
      [...signed].some((measure) => v.id.endsWith(`,"${measure}"]`)),
    ),
  );
  const sums = relations.map(
    ({ total, parts }) => [total, ...parts].map((id) => places.get(id) as number) as unknown as Sum,
  );
  narrow(intervals, sums);
  return variables.map((variable, i) => ({
    variable,
    manner: manners.get(variable.id),
    ...(intervals[i] as Interval),
  }));
}

const isSecret = (v: Variable) => saysTooMuch(v, v.isAmount, PROGRAMME.rule);
const someFirms = fc.array(anyFirm, { minLength: 0, maxLength: 60 });

describe('of any small programme', () => {
  test('no secret is told, none is pinned, and what a reader knows is true', () => {
    fc.assert(
      fc.property(someFirms, fc.subarray(pairsOf(FEW)), (firms, pairs) => {
        for (const { variable, manner, low, high } of knownOf(inputsOf(firms, ['', ...FEW, ...pairs]))) {
          expect(low <= variable.value && variable.value <= high).toBe(true);
          if (!isSecret(variable)) continue;
          expect([variable.id, manner?.how]).toEqual([variable.id, 'masked']);
          expect([variable.id, low, high, isPinned(variable, { low, high })]).toEqual([variable.id, low, high, false]);
        }
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  test('only what is of the whole programme, or nothing, is exact', () => {
    fc.assert(
      fc.property(someFirms, (firms) => {
        const known = knownOf(inputsOf(firms, ['', ...FEW]));
        const exact = known.filter(({ manner }) => manner?.how === 'exact').map(({ variable }) => variable);
        expect(exact.filter((v) => !isNothing(v) && !isOfWhole(v))).toEqual([]);
      }),
    );
  });

  test('the same is told whatever the order of its tables and cells', () => {
    fc.assert(
      fc.property(someFirms, fc.subarray(pairsOf(FEW)), (firms, pairs) => {
        const inputs = inputsOf(firms, ['', ...FEW, ...pairs]);
        const turned = new Map(
          [...inputs.tables].reverse().map(([grouping, cells]) => [grouping, [...cells].reverse()]),
        );
        const inOrder = (manners: ReadonlyMap<string, Manner>) => [...manners].sort(([a], [b]) => (a < b ? -1 : 1));
        expect(inOrder(decided({ ...inputs, tables: turned }))).toEqual(inOrder(decided(inputs)));
      }),
      { numRuns: 50 },
    );
  }, 60_000);
});

describe('of the whole programme', () => {
  const path = { detected: 1, qualified: 1, enrolled: 1, accompanied: 1 };
  const detected = { detected: 1, qualified: 1 };

  test('all is exact where nothing is given away', () => {
    const firms = [...times(9, firm({ basin: 'b1' }, path)), ...times(7, firm({ basin: 'b2' }, detected))];
    const exact = ['detected', 'qualified', 'enrolled', 'accompanied'].map((measure) =>
      told(inputsOf(firms, ['', 'basin']), '', {}, measure),
    );
    expect(exact).toEqual(['exact', 'exact', 'exact', 'exact']);
  });

  test('enrolled less accompanied is one firm under way: one of the two is rounded, none is masked', () => {
    const firms = [...times(9, firm({}, path)), firm({}, { detected: 1, qualified: 1, enrolled: 1 })];
    const inputs = inputsOf(firms, ['']);
    const of = ['enrolled', 'accompanied'].map((measure) => told(inputs, '', {}, measure)).sort();
    expect(of).toEqual(['exact', 'rounded to 5']);
  });

  test('what rests on two firms is masked', () => {
    expect(told(inputsOf(times(2, firm({})), ['']), '', {})).toBe('masked');
  });

  test('an amount of which one firm makes more than 85 % is masked, however many there are', () => {
    const firms = [...times(9, firm({}, { spend: 100 })), firm({}, { spend: 9_000 })];
    expect(told(inputsOf(firms, ['']), '', {}, 'spend')).toBe('masked');
  });

  describe('beside an earlier release', () => {
    const inputs = inputsOf(times(9, firm({}, { spend: 10_000 })), ['']);
    const carried = (before: Carried | undefined) =>
      new Map(before ? [[variableId('', {}, 'spend'), before] as const] : []);
    test.each([
      ['it has changed by many firms: it is exact', undefined, 'exact'],
      ['it has changed by one firm: it stays as it was told', { told: [80_000, 8], isSame: false }, 'carried'],
      ['it has not changed: it is told as it was', { told: [90_000, 9], isSame: true }, 'exact'],
      [
        'it was rounded and has not changed: it stays rounded',
        { told: [100_000, 10], isSame: true },
        'rounded to 10000',
      ],
      ['it was masked and has changed by few firms at most: it stays masked', { told: null, isSame: false }, 'masked'],
    ] as const)('%s', (_what, before, how) => {
      expect(told({ ...inputs, carried: carried(before) }, '', {}, 'spend')).toBe(how);
    });
  });
});

describe('of tables', () => {
  test('what rests on two firms is masked, and all else rounded', () => {
    const firms = [
      ...times(2, firm({ basin: 'b1' })),
      ...times(5, firm({ basin: 'b2' })),
      ...times(9, firm({ basin: 'b3' })),
    ];
    const inputs = inputsOf(firms, ['', 'basin']);
    const of = ['b1', 'b2', 'b3'].map((basin) => told(inputs, 'basin', { basin }));
    expect([told(inputs, '', {}), ...of]).toEqual(['exact', 'masked', 'rounded to 5', 'rounded to 5']);
  });

  test('an amount that is rounded hides a fifth of its largest firm at least', () => {
    const firms = [900_000, 300_000, 400_000, 200_000].map((spend) => firm({ basin: 'b1' }, { spend }));
    expect(told(inputsOf(firms, ['', 'basin']), 'basin', { basin: 'b1' }, 'spend')).toBe('rounded to 200000');
  });

  test('a line of masked cells of which the total is little does not tell them: cells that are nothing are masked too', () => {
    // Ten sizes of one basin: three firms alone in theirs. Were all that is nothing told, three masked cells of three would be one each.
    const sizes = Array.from({ length: 40 }, (_, i) => `z${i}`);
    const firms = [
      ...['z1', 'z2', 'z3'].map((size) => firm({ basin: 'b1', size })),
      ...sizes.flatMap((size) => times(9, firm({ basin: 'b2', size }))),
    ];
    const cells = sizes.map((size) => ({
      at: { basin: 'b1', size },
      of: new Map([['enrolled', { value: 0, firms: 0, largest: 0 }]]),
    }));
    const tables = tablesOf(firms, ['', 'basin', 'size', 'basin+size']);
    const there = new Set(tables.get('basin+size')?.map(({ at }) => variableId('basin+size', at, '')));
    const all = [
      ...(tables.get('basin+size') ?? []),
      ...cells.filter(({ at }) => !there.has(variableId('basin+size', at, ''))),
    ];
    const inputs = inputsOf(firms, [], { tables: new Map([...tables, ['basin+size', all]]) });
    const manners = decided(inputs);
    const nothing = all
      .filter(({ of }) => of.get('enrolled')?.firms === 0)
      .map(({ at }) => manners.get(variableId('basin+size', at, 'enrolled'))?.how);
    expect(new Set(nothing)).toEqual(new Set(['exact', 'masked']));
    expect(nothing.filter((how) => how === 'masked').length).toBeLessThan(nothing.length / 4);
    for (const { variable, low, high } of knownOf(inputs))
      if (isSecret(variable)) expect(high - low).toBeGreaterThanOrEqual(1);
  });

  test('of which one is not the sum of another are refused', () => {
    const firms = times(9, firm({ basin: 'b1' }));
    const tables = new Map([...tablesOf(firms, ['']), ...tablesOf(firms.slice(1), ['basin'])]);
    expect(() => decided(inputsOf(firms, [], { tables }))).toThrow('is not the sum');
  });
});

test.each([
  ['nobody', []],
  ['one firm', madeProgramme(1, 1)],
  [
    'one action alone',
    madeProgramme(2, 80).map((one) => ({
      ...one,
      at: { ...one.at, action: ['a0'], basin: ['b0'], carrier: ['c0'], wave: ['w'] },
    })),
  ],
  ['firms without a carrier', madeProgramme(3, 80).map((one) => ({ ...one, at: { ...one.at, carrier: [] } }))],
  [
    'credits alone',
    madeProgramme(4, 80).map((one) => ({
      ...one,
      facts: one.facts.map((f) => ({ ...f, amount: f.measure === 'spend' ? -f.amount : f.amount })),
    })),
  ],
  [
    'one firm that spends nearly all',
    madeProgramme(5, 80).map((one, i) =>
      i === 0 ? { ...one, facts: [{ measure: 'spend', year: '2010', amount: 1e11 }] } : one,
    ),
  ],
])('a programme of %s can be told, and pins no number', (_what, firms) => {
  const D = ['action', 'basin', 'carrier', 'section', 'size', 'wave', 'year'];
  for (const { variable, low, high } of knownOf(inputsOf(firms, ['', ...D, ...pairsOf(D)])))
    if (isSecret(variable)) expect([variable.id, isPinned(variable, { low, high })]).toEqual([variable.id, false]);
});
