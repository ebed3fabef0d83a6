import { expect, test } from '@jest/globals';
import { madeBilan } from '../../test/bilan.js';
import type { Bilan } from '../bilan/shape.js';
import { csvOf } from './csv.js';
import { estimateSheet } from './estimate-sheet.js';
import { measured } from './sheet.js';
import { written } from './written.js';

type Estimate = Bilan['estimates'][number];
const [, made] = madeBilan('applied').estimates;
const value = (name: string, of: number | null, low: number | null = null, high: number | null = null) => ({
  name,
  labelFr: name,
  labelEn: name,
  unit: 'share' as const,
  value: of,
  low,
  high,
});
function estimate(more: Partial<Estimate>): Estimate {
  if (!made) throw new Error('the made bilan has estimates');
  const { parts: _parts, ...whole } = made;
  return { ...whole, counts: [], values: [], ...more };
}
const part = (key: string, n: number | null, values: Estimate['values']) => ({
  key,
  labelFr: key,
  labelEn: key,
  n,
  counts: [],
  values,
});

test('what is masked is s; of no firm there is nothing to mask', () => {
  const rows = (n: number | null) => estimateSheet(estimate({ n, values: [value('part', null)] }), 'fr', 's').rows;
  expect(rows(12).at(-1)).toEqual(['Part', 's', '']);
  expect(rows(0).at(-1)).toEqual(['Part', '–', '']);
});

test('parts stand below each other with their own values; those of which nothing is told are counted, finer ones left to spreadsheets', () => {
  const { head, rows, notes } = estimateSheet(
    estimate({
      n: 60,
      parts: [
        part('a', 40, [value('avant', 0.32, 0.2, 0.4)]),
        part('b', null, [value('avant', null)]),
        part('c', 20, [value('après', 0.5)]),
        part('c:size:basin:d', 4, []),
      ],
    }),
    'fr',
    's',
  );
  expect(head).toEqual(['Groupe', 'Entreprises comptées', 'Avant', 'Après']);
  expect(rows).toEqual([
    ['Ensemble', 60, '', ''],
    ['A', 40, '32\u202f% [20\u202f% ; 40\u202f%]', ''],
    ['C', 20, '', measured(0.5, 'share')],
  ]);
  for (const said of ['masqués : 1.', '(XLSX, ODS, CSV) : 1.']) expect(notes?.join(' ')).toContain(said);
});

test('a spreadsheet and a report round alike', () => {
  const cell = measured(0.8455, 'change');
  const csv = csvOf([{ title: 't', head: ['h'], rows: [[cell]] }], 'fr').toString('utf8');
  expect(written(cell, 'fr')).toBe('+84,6\u202f%');
  expect(csv).toContain('84,6');
});
