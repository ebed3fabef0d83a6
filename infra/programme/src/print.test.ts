import { expect, test } from '@jest/globals';
import type { ImportReport } from './api-client.js';
import { printReports } from './print.js';

const report = (file: string, more: Partial<ImportReport> = {}): ImportReport => ({
  file,
  lines: 2,
  accepted: 2,
  repeated: 0,
  refused: 0,
  refusals: [],
  ...more,
});

test('of the files that were sent the sums are told, those without a line, and what is to be known of those taken as they are', () => {
  const remarks = [{ code: 'basin_unchecked', detail: 'rien ne dit si…' }];
  const reports = [
    report('douai.csv', { remarks }),
    report('ateliers.csv', { lines: 0, accepted: 0 }),
    report('autre.csv'),
  ];
  expect(printReports(reports).split('\n')).toEqual([
    '3 fichiers : 4 lignes, 4 acceptées, 0 déjà connues, 0 annulations, 0 refusées',
    'Sans aucune ligne : ateliers.csv',
    'À savoir de douai.csv : rien ne dit si…',
  ]);
});

test('the remarks of a file of spend stay in its own report', () => {
  expect(
    printReports([report('opca-a-2009.csv', { fileId: 'f', remarks: [{ code: 'x', detail: 'y' }] })]),
  ).not.toContain('y');
});
