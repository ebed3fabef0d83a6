import { describe, expect, test } from '@jest/globals';
import type { At } from '../dimensions/dimensions.js';
import { countedIn } from '../figures/counted-in.js';
import { type Source, type ToldNumber, toldOf } from '../secrecy/told.js';
import { tableOf } from './table.js';

/** Two workshops and three firms, in 2012, of which no source is known of a workshop. */
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
      return by.includes('origin') ? [known, unknown] : [unknown];
    }),
};
const asked = (indicator: string, where: At = {}) =>
  tableOf(source, { indicator, rows: 'year', columns: 'origin', where });

describe('a table of figures that are of no firm, by what firms alone have', () => {
  test('says nothing of a part, and the whole in the total', async () => {
    expect(await asked('workshops')).toEqual({
      rows: ['2012'],
      columns: ['OPCA'],
      cells: [
        [null, 2],
        [null, 2],
      ],
    });
  });
  test('says nothing at all within such a part', async () => {
    const { cells } = await tableOf(source, { indicator: 'workshops', rows: 'year', where: { origin: 'OPCA' } });
    expect(cells).toEqual([[null], [null]]);
  });
  test('and counts firms there', async () => {
    expect((await asked('detected')).cells).toEqual([
      [3, 3],
      [3, 3],
    ]);
  });
});
