import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { readFolder } from './folder.js';
import { printLeftOut } from './print.js';

const SAMPLE = fileURLToPath(new URL('../../../examples/npdc-2007-2013', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'gpect-folder-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** The sample, changed. */
function changed(name: string, change: (path: (file: string) => string) => void): string {
  const to = join(dir, name);
  cpSync(SAMPLE, to, { recursive: true });
  change((file) => join(to, file));
  return to;
}
const without = (name: string, ...files: string[]) =>
  changed(name, (path) => {
    for (const file of files) rmSync(path(file), { recursive: true });
  });

test('of the sample nothing is absent, and nothing is unknown', () => {
  const { absent, unknown, spend } = readFolder(SAMPLE);
  expect([absent, unknown, spend.length]).toEqual([[], [], 21]);
});

test('a programme without survey and without spend is read, and what it lacks is told in one line', () => {
  const folder = readFolder(without('bare', 'survey-before.csv', 'survey-after.csv', 'spend'));
  expect(folder.absent).toEqual([
    { name: 'survey-before.csv', hasHeadings: false },
    { name: 'survey-after.csv', hasHeadings: false },
    { name: 'spend', hasHeadings: false },
  ]);
  expect(printLeftOut(folder)).toEqual([
    'Sans survey-before.csv, survey-after.csv, spend : le bilan en sera incomplet.',
  ]);
});

test.each<[string, string | Buffer]>([
  ['its headings', 'siret;date;strategy_clear'],
  ['its headings and empty lines', '\uFEFFsiret;date\r\n;\r\n\r\n'],
  ['its headings in UTF-16', Buffer.from('\uFEFFsiret;date\r\n', 'utf16le')],
  ['nothing', ''],
])('a file that holds %s alone is left out', (what, content) => {
  const folder = readFolder(
    changed(`headings of ${what}`, (path) => {
      writeFileSync(path('survey-after.csv'), content);
      writeFileSync(path('detections/arras.csv'), content);
      writeFileSync(path('spend/opca-a-2007.csv'), content);
    }),
  );
  const absent = ['detections/arras.csv', 'survey-after.csv', 'spend/opca-a-2007.csv'];
  expect(folder.absent).toEqual(absent.map((name) => ({ name, hasHeadings: true })));
  expect(folder.spend).toHaveLength(20);
  expect(printLeftOut(folder)[0]).toContain('detections/arras.csv (en-têtes seuls)');
});

test('files that are none of a programme are left aside, and told', () => {
  const folder = readFolder(
    changed('extra', (path) => {
      for (const file of [
        'notes.txt',
        '.DS_Store',
        'detections/nulle-part.csv',
        'spend/opca-a.xlsx',
        'spend/LISEZMOI.csv',
      ])
        writeFileSync(path(file), 'a;b\n1;2\n');
    }),
  );
  expect(folder.unknown).toEqual(['notes.txt', 'detections/nulle-part.csv', 'spend/LISEZMOI.csv', 'spend/opca-a.xlsx']);
  expect(folder.spend).toHaveLength(21);
});

test.each<[string, (path: (file: string) => string) => void, string]>([
  ['the detections of an action', (path) => rmSync(path('detections/arras.csv')), 'detections/arras.csv (its headings'],
  ['any basin', (path) => writeFileSync(path('basins.json'), '[]'), 'a list of basins to basins.json'],
  [
    'the start of an action',
    (path) =>
      writeFileSync(path('actions.json'), '[{"code":"arras","name":"Arras","basins":["x"],"carriers":["CCI"]}]'),
    'start to action arras in actions.json; durationMonths',
  ],
  [
    'the basin of an action',
    (path) => writeFileSync(path('basins.json'), '[{"code":"lille","name":"Lille"}]'),
    'basin artois-ternois of action arras to basins.json',
  ],
  [
    'the workshops of an attendance',
    (path) => rmSync(path('workshops.csv')),
    'workshops.csv, which workshop-attendance',
  ],
])('a folder without %s is refused, with what to add', (what, change, said) => {
  expect(() => readFolder(changed(`lacks ${what}`, change))).toThrow(said);
});

test('a folder that is no programme is refused with all that it lacks', () => {
  mkdirSync(join(dir, 'empty'));
  expect(() => readFolder(join(dir, 'empty'))).toThrow('basins.json, actions.json, detections missing');
});
