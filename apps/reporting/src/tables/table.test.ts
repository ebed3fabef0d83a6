import { describe, expect, test } from '@jest/globals';
import type { At } from '../dimensions/dimensions.js';
import { countedIn } from '../figures/counted-in.js';
import { type Source, type ToldNumber, toldOf } from '../secrecy/told.js';
import { tableOf } from './table.js';

/** Two workshops and six firms, in 2012; three firms were detected by an OPCA, of the others it is not known by whom. */
const source: Source = {
  cuts: async (cuts, where) =>
    cuts.map((by) => {
      const cell = (at: At, numbers: readonly (readonly [string, ToldNumber])[]) =>
        countedIn({ ...where, ...at }, toldOf(at, new Map(numbers)));
      const at = (origin: string): At =>
        Object.fromEntries(by.map((name) => [name, name === 'origin' ? origin : '2012']));
      const known = cell(at('OPCA'), [['detected', [3, 3]]]);
      const unknown = cell(at(''), [
        ['workshops', [2, 0]],
        ['detected', [3, 3]],
      ]);
      const all = cell(at(''), [
        ['workshops', [2, 0]],
        ['detected', [6, 6]],
      ]);
      return by.includes('origin') ? [known, unknown] : [all];
    }),
};
const asked = (indicator: string, where: At = {}) =>
  tableOf(source, { indicator, rows: 'year', columns: 'origin', where });

describe('a table of figures that are of no firm, by what firms alone have', () => {
  test('says nothing of a part, and the whole where nothing has a value, and in the total', async () => {
    expect(await asked('workshops')).toEqual({
      rows: ['2012'],
      columns: ['OPCA', ''],
      cells: [
        [null, 2, 2],
        [null, 2, 2],
      ],
    });
  });
  test('says nothing at all within such a part', async () => {
    const { cells } = await tableOf(source, { indicator: 'workshops', rows: 'year', where: { origin: 'OPCA' } });
    expect(cells).toEqual([[null], [null]]);
  });
  test('counts firms in each, so that lines come to their totals', async () => {
    expect(await asked('detected')).toMatchObject({
      columns: ['OPCA', ''],
      cells: [
        [3, 3, 6],
        [3, 3, 6],
      ],
    });
  });
  test('as rows, what has no value stands last before the totals', async () => {
    const { rows, cells } = await tableOf(source, { indicator: 'detected', rows: 'origin', where: {} });
    expect([rows, cells]).toEqual([
      ['OPCA', ''],
      [[3], [3], [6]],
    ]);
  });
});
