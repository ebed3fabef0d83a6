import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { systemOfTables } from '../../src/secrecy/lattice.js';
import { decided } from '../../src/secrecy/told-numbers.js';
import { isNothing, saysTooMuch } from '../../src/secrecy/variable.js';
import { anyFirm, FEW } from './any-firm.js';
import { attack } from './attack.js';
import { actionsOf, type Firm, madeProgramme, PROGRAMME, pairsOf, tablesOf } from './programme.js';
import { knownByRows, rowsTold } from './rows.js';

/** The long campaign: `npm run fuzz -- programmes --seed N`. */
const { GPECT_FUZZ_PROGRAMMES = 40 } = process.env;
/** The solver's own inexactness. */
const EXACT = 1e-4;

/** The secrets of a release of these firms of which all told numbers and all sums together leave one value open. */
function known(firms: readonly Firm[], groupings: readonly string[], withRows = false): string[] {
  const inputs = { ...PROGRAMME, tables: tablesOf(firms, groupings), ofAction: actionsOf(firms) };
  const { variables, relations } = systemOfTables(inputs);
  const targets = variables.filter((v) => saysTooMuch(v, v.isAmount, inputs.rule));
  const manners = decided(inputs);
  const told = withRows ? rowsTold(firms, inputs, manners) : undefined;
  if (told) rowsSeen.push(told.classes.length);
  const rows = told ? { rows: knownByRows(told, firms, inputs) } : {};
  const ranges = attack(variables, relations, { manners, rule: inputs.rule, targets, ...rows });
  return ranges.flatMap(({ id, least, greatest }, i) => {
    const { value = 0, isAmount = false } = targets[i] ?? {};
    expect([id, least <= value + EXACT * Math.max(1, value), value <= greatest + EXACT * Math.max(1, value)]).toEqual([
      id,
      true,
      true,
    ]);
    // Counts are whole numbers.
    const width = isAmount ? greatest - least : Math.floor(greatest + EXACT) - Math.ceil(least - EXACT);
    return width < (isAmount ? 0.2 * Math.abs(value) - EXACT : 1) ? [`${id}: ${least} to ${greatest}`] : [];
  });
}

/** Classes of the files of rows that were told. */
const rowsSeen: number[] = [];

/** A firm that enrolled and abandoned, with what was spent for it (cents). */
const spentFor = (action: string, carrier: readonly string[], wave: string, spend: number): Firm => ({
  at: { action: [action], section: ['s1'], size: ['z1'], carrier, wave: [wave] },
  facts: [
    ...['detected', 'qualified', 'enrolled', 'abandoned'].map((measure) => ({ measure, year: '2009', amount: 1 })),
    { measure: 'spend', year: '2009', amount: spend },
  ],
});

describe('a solver of linear programmes, with all that a release tells,', () => {
  test(
    'narrows no secret of any small programme to one value, and none that is an amount to a tenth on either side',
    () => {
      fc.assert(
        fc.property(
          fc.array(anyFirm, { minLength: 3, maxLength: 40 }),
          fc.subarray(pairsOf(FEW), { maxLength: 2 }),
          (firms, pairs) => expect(known(firms, ['', 'action', 'carrier', 'section', 'size', ...pairs])).toEqual([]),
        ),
        { numRuns: Number(GPECT_FUZZ_PROGRAMMES) },
      );
    },
    Math.max(120_000, Number(GPECT_FUZZ_PROGRAMMES) * 200),
  );

  test(
    'nor does it with rows of firms beside the tables',
    () => {
      fc.assert(
        fc.property(
          fc.array(anyFirm, { minLength: 10, maxLength: 80 }),
          fc.subarray(pairsOf(FEW), { maxLength: 2 }),
          (firms, pairs) =>
            expect(known(firms, ['', 'action', 'carrier', 'section', 'size', 'wave', ...pairs], true)).toEqual([]),
        ),
        { numRuns: Number(GPECT_FUZZ_PROGRAMMES) },
      );
      // They are told of most programmes: else nothing was attacked.
      expect(rowsSeen.length).toBeGreaterThan(Number(GPECT_FUZZ_PROGRAMMES) / 4);
    },
    Math.max(240_000, Number(GPECT_FUZZ_PROGRAMMES) * 400),
  );

  test('does not reach two firms by the whole less all other carriers', () => {
    const firms = [
      spentFor('a1', ['c1'], 'w1', 1),
      spentFor('a1', ['c1'], 'w1', 2610),
      spentFor('a2', ['c1', 'c2'], 'w1', 12_389),
      spentFor('a4', ['c3'], 'w2', 15_335),
      spentFor('a4', ['c3'], 'w2', 34_666),
    ];
    expect(known(firms, ['', 'action', 'carrier', 'section', 'size'])).toEqual([]);
  });
});

test('of a programme as the sample is, at most half of four crosses and five counts are masked, and few that are no secrets', () => {
  const dimensions = ['action', 'basin', 'carrier', 'section', 'size', 'wave', 'year'];
  const firms = madeProgramme(7);
  const inputs = {
    ...PROGRAMME,
    tables: tablesOf(firms, ['', ...dimensions, ...pairsOf(dimensions)]),
    ofAction: actionsOf(firms),
  };
  const manners = decided(inputs);
  const crosses = ['action+year', 'basin+section', 'basin+size', 'section+size'];
  const counts = ['detected', 'qualified', 'enrolled', 'accompanied', 'sessions'];
  const numbers = systemOfTables(inputs).variables.filter((v) => {
    const [grouping, , , measure] = JSON.parse(v.id) as string[];
    return v.told && !isNothing(v) && crosses.includes(grouping ?? '') && counts.includes(measure ?? '');
  });
  const masked = numbers.filter(({ id }) => manners.get(id)?.how === 'masked');
  const secrets = numbers.filter((v) => saysTooMuch(v, v.isAmount, inputs.rule));
  expect(masked.length / numbers.length).toBeLessThan(0.5);
  expect(masked.length - secrets.length).toBeLessThan(0.1 * numbers.length);
}, 60_000);
