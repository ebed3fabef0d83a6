import type { Cell } from '@gpect/tabular-files/table';
import { expect, test } from '@jest/globals';
import type { ImportBinding } from './bind-import.js';
import type { ImportColumn } from './import-columns.js';
import { ImportReader, ImportSeen } from './import-reader.js';

/** What a sheet shows beyond the values of its cells: lines that are struck through, cells that are merged. */

const COLUMNS: readonly ImportColumn[] = [{ name: 'siret', holds: 'siret' }, { name: 'origine' }];
const HEADINGS = ['siret', 'origine', 'Statut'];
const binding: ImportBinding = {
  line: 1,
  until: 1,
  headings: HEADINGS,
  at: { siret: 0, origine: 1 },
  remarks: [],
  twins: new Map(),
};
const below = (line: number, shown: string): Cell => ({ text: '', kind: 'merged', line, shown });

test.each([
  ['a cell that is read is struck through', { struck: [1] }, 'line_struck'],
  ['a note alone is', { struck: [2] }, undefined],
])('%s', (_what, more, reason) => {
  const reader = new ImportReader(COLUMNS, binding, { format: 'xlsx' }, new ImportSeen());
  const read = reader.read({ line: 2, cells: ['55208131706650', 'PORTEUR', ''], ...more });
  expect(read?.misshapen?.reason).toBe(reason);
});

test('also below headings that come again in another order', () => {
  const reader = new ImportReader(COLUMNS, binding, { format: 'xlsx' }, new ImportSeen());
  reader.read({ line: 2, cells: ['origine', 'siret', 'Statut'] });
  const cells = ['PORTEUR', '55208131706650', ''];
  expect(reader.read({ line: 3, cells, struck: [1] })?.misshapen?.reason).toBe('line_struck');
});

test('what merged cells show is of their first line alone where it is read, and of each where it is not', () => {
  const reader = new ImportReader(COLUMNS, binding, { format: 'xlsx' }, new ImportSeen());
  const first = reader.read({ line: 2, cells: [below(1, '55208131706650'), 'PORTEUR', ''], merged: true });
  const cells = first?.cells();
  cells?.siret('siret');
  expect(cells?.done(() => '')).toMatchObject({ fault: { column: 'siret', reason: 'cell_merged' } });
  const second = reader.read({ line: 3, cells: ['55208131706650', 'PORTEUR', below(2, 'Annulé')], merged: true });
  expect(second?.apart).toMatchObject({ column: 'Statut', reason: 'line_not_done' });
});
