import { describe, expect, test } from '@jest/globals';
import { headingRows, headingsAgain } from './heading-rows.js';
import { findHeadings, knownBy, type WantedColumn } from './headings.js';
import type { Row } from './table.js';

/** Headings on two lines, for any reader: which lines are joined, and which of them come again. */

const WANTED: readonly WantedColumn<string>[] = [
  { field: 'siret', names: ['SIRET'], passes: (heading) => heading === 'N° SIRET', required: true },
  { field: 'day', names: ['Date de détection'], required: true },
  { field: 'basin', names: ['Bassin'], required: true },
];
const rows = (...texts: string[]): Row[] => texts.map((text, i) => ({ line: i + 1, cells: text.split('|') }));

describe('two lines are joined', () => {
  test.each([
    [
      'where a heading goes on below itself',
      'N°|Date de|Bassin',
      'SIRET|détection|',
      ['N° SIRET', 'Date de détection', 'Bassin'],
    ],
    [
      'where a name stands over several',
      'SIRET|Date de||Bassin',
      '|détection|fin|',
      ['SIRET', 'Date de détection', 'fin', 'Bassin'],
    ],
  ])('%s', (_what, upper, lower, headings) => {
    const found = findHeadings(rows(upper, lower), WANTED);
    expect(found).toMatchObject({ headings, over: 1, line: 2, missing: [] });
  });
});

describe('two lines are not', () => {
  test.each([
    [
      'below a letterhead of several cells',
      'Chambre de commerce||Service économique',
      'SIRET|Date de détection|Bassin',
      2,
    ],
    [
      'above what to write in each column',
      'SIRET|Date de détection|Bassin|',
      'obligatoire|obligatoire|facultatif|libre',
      1,
    ],
    ['above a line of names', 'SIRET|Date de détection|Bassin', 'siret|jour|lieu', 1],
  ])('%s', (_what, upper, lower, line) => {
    const found = findHeadings(rows(upper, lower), WANTED);
    expect([found.line, found.over, found.missing]).toEqual([line, undefined, []]);
  });
  test('a line of the table below its headings', () => {
    const { over } = headingRows(rows('SIRET|Date de|Bassin', '55208131706650|15/03/2012|Lens'), knownBy(WANTED));
    expect([...over]).toEqual([]);
  });
});

describe('the lower line comes again', () => {
  const head = rows('Entreprise|Détection|', 'SIRET|Date|Bassin');
  const seen = (...texts: string[]) => {
    const again = headingsAgain(head, { line: 2, over: 1 });
    return texts.map((text, i) => again?.({ line: 10 + i, cells: text.split('|') }));
  };
  test('below the same names, and alone', () => {
    expect(seen('Entreprise|Détection|', 'SIRET|Date|Bassin', 'a|1|b', 'SIRET|Date|Bassin')).toEqual([
      'over',
      'headings',
      undefined,
      'headings',
    ]);
    expect(seen('Entreprise (suite)|Détection|', 'SIRET|Date|Bassin')).toEqual(['over', 'headings']);
  });
  test('not below others: it is that of another table', () => {
    expect(seen('Entreprise|Relance|', 'SIRET|Date|Bassin')).toEqual([undefined, undefined]);
  });
});
