import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { systemOfTables, toldTables } from '../../src/secrecy/lattice.js';
import { suppress } from '../../src/secrecy/suppress.js';
import { isNothing, isSensitive, type Relation, saysTooMuch, type Variable } from '../../src/secrecy/variable.js';
import { attack, EXACT } from './attack.js';
import { determined } from './elimination.js';
import { manyTables } from './many.js';
import { actionsOf, type Firm, madeProgramme, PROGRAMME, pairsOf, tablesOf } from './programme.js';

const DIMENSIONS = ['action', 'basin', 'carrier', 'section', 'size', 'wave', 'year'];

/** What is published of these firms, and what must not be found out. */
function released(firms: readonly Firm[], groupings: readonly string[]) {
  const inputs = { ...PROGRAMME, tables: tablesOf(firms, groupings), ofAction: actionsOf(firms) };
  const { variables, relations } = systemOfTables(inputs);
  const { masked, withheld } = suppress(variables, relations, inputs.rule);
  const isSecret = (v: Variable) => masked.has(v.id) || (!v.told && !isNothing(v) && isSensitive(v, inputs.rule));
  return { inputs, variables, relations, masked, withheld, targets: variables.filter(isSecret).map(({ id }) => id) };
}

const places = fc.record({
  action: fc.constantFrom(['a1'], ['a2'], ['a3'], ['a4'], []),
  section: fc.constantFrom(['s1'], ['s2'], ['s3'], []),
  size: fc.constantFrom(['z1'], ['z2']),
});
const carriers: Record<string, string[]> = { a1: ['c1'], a2: ['c1', 'c2'], a3: ['c2'], a4: ['c3'] };
const firm = fc
  .record({
    at: places,
    step: fc.nat(4),
    spend: fc.integer({ min: -500, max: 50_000 }),
    year: fc.constantFrom('2009', '2010'),
  })
  .map(({ at, step, spend, year }): Firm => {
    const [action = ''] = at.action;
    const of = (measure: string, is: boolean, amount = 1) => (is ? [{ measure, year, amount }] : []);
    const put = Object.fromEntries(Object.entries(at).filter(([, values]) => values.length > 0));
    return {
      at: action === '' ? put : { ...put, carrier: carriers[action] ?? [], wave: [action < 'a3' ? 'w1' : 'w2'] },
      facts: [
        ...of('detected', true),
        ...of('qualified', step > 0),
        ...of('enrolled', step > 1),
        ...of('accompanied', step > 2),
        ...of('abandoned', step === 2),
        ...of('spend', step > 1 && spend !== 0, spend),
      ],
    };
  });
const FEW = ['action', 'carrier', 'section', 'size', 'wave', 'year'];

describe('any small programme', () => {
  test('tells nothing that is masked, and no secret remainder, by any sums and differences of its tables', () => {
    fc.assert(
      fc.property(fc.array(firm, { minLength: 1, maxLength: 60 }), fc.subarray(pairsOf(FEW)), (firms, pairs) => {
        const { variables, relations, masked, targets, withheld } = released(firms, ['', ...FEW, ...pairs]);
        const found = determined(variables, relations, masked);
        expect(targets.filter((id) => found.has(id))).toEqual([]);
        expect(withheld).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  test('gives a solver of linear programmes no masked number either', () => {
    fc.assert(
      fc.property(
        fc.array(firm, { minLength: 5, maxLength: 40 }),
        fc.subarray(pairsOf(FEW), { maxLength: 2 }),
        (firms, pairs) => {
          const { variables, relations, masked, targets } = released(firms, [
            '',
            'action',
            'carrier',
            'section',
            'size',
            ...pairs,
          ]);
          const isZero = new Set(variables.filter(({ value }) => value === 0).map(({ id }) => id));
          const ranges = attack(variables, relations, masked, targets);
          // That a count of which nothing is left is 0 follows from a total of 0, and is no more than that.
          expect(ranges.filter((r) => r.greatest - r.least < EXACT && !isZero.has(r.id))).toEqual([]);
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);
});

describe('a programme as the sample is', () => {
  test('is given away by the tables of each by itself masked, and not by one system', () => {
    const groupings = ['', ...DIMENSIONS, ...pairsOf(['action', 'carrier', 'section', 'size'])];
    const { variables, relations, inputs, masked, targets } = released(madeProgramme(7, 250), groupings);
    const alone = new Set(
      variables.filter((v) => v.told && !isNothing(v) && isSensitive(v, inputs.rule)).map((v) => v.id),
    );
    expect([...determined(variables, relations, alone)].filter((id) => alone.has(id)).length).toBeGreaterThan(20);
    const found = determined(variables, relations, masked);
    expect(targets.filter((id) => found.has(id))).toEqual([]);
  }, 120_000);

  test('is told for four tenths and more, where a quarter and more are secrets by themselves', () => {
    const firms = madeProgramme(7);
    const groupings = ['', ...DIMENSIONS, ...pairsOf(DIMENSIONS)];
    const { counts } = toldTables({ ...PROGRAMME, tables: tablesOf(firms, groupings), ofAction: actionsOf(firms) });
    expect(1 - counts.masked / counts.cells).toBeGreaterThan(0.4);
  }, 120_000);
});

test('two releases of any small programme tell no change that rests on too few, as told or as reckoned', () => {
  const later = fc.record({ spend: fc.integer({ min: 1, max: 9000 }), pays: fc.boolean(), leaves: fc.nat(9) });
  const groupings = ['', 'action', 'section', 'size', 'action+section'];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(firm, later), { minLength: 1, maxLength: 60 }),
      fc.array(firm, { maxLength: 5 }),
      (pairs, newcomers) => {
        const then = pairs.map(([one]) => one);
        const now = [
          ...pairs.map(([one, { pays, leaves, spend }]) => changed(one, pays && leaves > 5 ? spend : 0)),
          ...newcomers,
        ];
        const first = released(then, groupings);
        const changes = tablesOf(
          now.map((one, i) => less(one, then[i])),
          groupings,
        );
        const told = toldTables(first.inputs).tables;
        const inputs = {
          ...first.inputs,
          tables: tablesOf(now, groupings),
          before: [{ date: '2010-03-01', told, changes }],
        };
        const second = systemOfTables(inputs);
        const masked = suppress(second.variables, second.relations, inputs.rule).masked;
        const [knownThen, knownNow] = [
          knownOf(first.variables, first.relations, first.masked),
          knownOf(second.variables, second.relations, masked),
        ];
        const secretChange = (v: Variable) =>
          (v.changes ?? []).some((change) => saysTooMuch(change, v.isAmount, inputs.rule));
        const given = second.variables.filter((v) => knownThen.has(v.id) && knownNow.has(v.id) && secretChange(v));
        expect(given.map(({ id }) => id)).toEqual([]);
      },
    ),
    { numRuns: 100 },
  );
});

function changed(one: Firm, spend: number): Firm {
  return spend === 0 ? one : { ...one, facts: [...one.facts, { measure: 'spend', year: '2010', amount: spend }] };
}

/** What a firm has more than then. */
function less(now: Firm, then: Firm | undefined): Firm {
  return { ...now, facts: now.facts.slice(then?.facts.length ?? 0) };
}

function knownOf(...[variables, relations, masked]: Parameters<typeof determined>): Set<string> {
  const told = variables.filter((v) => v.told && !isNothing(v) && !masked.has(v.id)).map(({ id }) => id);
  return new Set([...told, ...determined(variables, relations, masked)]);
}

test('a hundred thousand numbers of many tables are told and masked as one system', () => {
  const { variables, relations } = manyTables(30);
  const { masked, withheld } = suppress(variables, relations, PROGRAMME.rule);
  expect(withheld).toBe(false);
  const secret = variables.filter((v) => isSensitive(v, PROGRAMME.rule));
  expect(secret.filter(({ id }) => !masked.has(id))).toEqual([]);
  const hiddenOf = ({ total, parts }: Relation) => [total, ...parts].filter((id) => masked.has(id));
  expect(relations.filter((relation) => hiddenOf(relation).length === 1)).toEqual([]);
  expect(masked.size).toBeLessThan(2 * secret.length);
}, 120_000);
