import { describe, expect, test } from '@jest/globals';
import { madeBilan, NAMES } from '../../test/bilan.js';
import type { Bilan } from '../bilan/shape.js';
import { isCountedIn } from '../figures/counted-in.js';
import type { Table } from '../tables/table.js';
import { bilanSheets } from './bilan-sheets.js';
import { bilanReport } from './report/bilan-report.js';
import { withNulls } from './sheet.js';
import { tableSheet } from './table-sheet.js';
import { toldIn } from './words.js';

const AT = { theme: 'skills' };
type Counts = Readonly<Record<string, number | null>>;
const counted = (of: Counts): Counts =>
  Object.fromEntries(Object.entries(of).map(([id, count]) => [id, isCountedIn(AT, id) ? count : null]));

/** Of a theme: what knows none is null, and of what does the sessions are masked. */
function ofTheme(secrecy: 'none' | 'applied'): Bilan {
  const made = madeBilan(secrecy);
  const definition = (id: string, label: string) => ({
    id,
    labelFr: label,
    labelEn: label,
    definition: '',
    firms: null,
  });
  return {
    ...made,
    scope: AT,
    figures: { ...counted(made.figures), sessions: null },
    byBasin: Object.fromEntries(Object.entries(made.byBasin).map(([code, of]) => [code, counted(of)])),
    details: { suspensions: { value: null }, issues: { value: null } },
    origins: [],
    definitions: [definition('detected', 'Détectées'), definition('issues', 'Difficultés')],
  } as unknown as Bilan;
}

const sheetsOf = (bilan: Bilan) => bilanSheets(bilan, NAMES, 'fr').map((sheet) => withNulls(sheet, 's'));
const rowsOf = (bilan: Bilan, title: string) => sheetsOf(bilan).find((sheet) => sheet.title === title)?.rows;

describe('of a release, what is not counted in the part is –, and s what is masked', () => {
  const released = ofTheme('applied');

  test('in the figures, in what they are cut by, and in the firms behind them', () => {
    const figures = rowsOf(released, 'Entreprises touchées et actions réalisées')?.map(([, value]) => value) ?? [];
    expect(figures.slice(0, 12)).toEqual([...new Array(10).fill('–'), 's', 6212]);
    const [lille] = rowsOf(released, 'Par bassin d’emploi') ?? [];
    expect(lille?.slice(0, 13)).toEqual(['Lille', ...new Array(10).fill('–'), 4652, 6212]);
    expect(rowsOf(released, 'Définitions et sources')?.map((row) => row.at(-1))).toEqual(['–', 's']);
  });

  test('other indicators are those that are counted', () => {
    expect(rowsOf(released, 'Autres indicateurs')?.map(([label, , value]) => [label, value])).toEqual([
      ['Difficultés', 's'],
    ]);
  });

  test('both signs are explained beside the rule, and at the foot of the report', () => {
    const signs = 's : nombre masqué par le secret statistique, – : sans objet, ou non compté dans cette partie';
    expect(sheetsOf(released).flatMap(({ notes = [] }) => notes)).toContain(signs);
    expect(bilanReport(toldIn(released, NAMES, 'fr'), '').sight.foot).toBe(signs);
  });

  test('estimates of a part, which no release tells, are not called masked', () => {
    const [estimate] = released.estimates;
    if (!estimate) throw new Error('the made bilan has an estimate');
    const untold = { ...estimate, n: null, counts: [], values: [], parts: [] };
    const rows = (scope: Bilan['scope']) => rowsOf({ ...released, scope, estimates: [untold] }, 'Estimations');
    expect([rows(AT)?.[0]?.[3], rows({})?.[0]?.[3]]).toEqual(['–', 's']);
  });
});

test.each(['applied', 'none'] as const)(
  'the report (%s) draws no path of a theme, and names what is not counted',
  (secrecy) => {
    const { chapters } = bilanReport(toldIn(ofTheme(secrecy), NAMES, 'fr'), '');
    const all = JSON.stringify(chapters);
    expect(all).not.toContain('De la détection à la fin');
    expect(all).toContain('Non compté dans cette partie');
    expect(all).toContain('Non comptés dans cette partie, ce qui n’est pas zéro : Détectées.');
    const support = chapters.find(({ title }) => title === 'L’accompagnement');
    const [figures] = support?.blocks ?? [];
    expect(figures?.kind === 'figures' ? figures.figures.map(({ value }) => value) : []).toEqual([
      secrecy === 'applied' ? 's' : '–',
      '6\u202f212',
      '78',
      '12',
    ]);
  },
);

describe('a table', () => {
  const table = {
    indicator: {
      id: 'workshops',
      labelFr: 'Animations',
      labelEn: 'Workshops',
      definitionFr: '',
      definitionEn: '',
      unit: 'workshop',
    },
    axes: ['year', 'section'],
    rows: ['2010', '2011'],
    columns: ['C', ''],
    cells: [
      [null, 4, 4],
      [null, null, null],
      [null, 6, 6],
    ],
    secrecy: 'applied',
    beingCounted: [],
  } as unknown as Table;

  test('has – where its figure is not counted, and null where it is masked', () => {
    expect(tableSheet(table, NAMES, 'fr').rows).toEqual([
      ['2010', '–', 4, 4],
      ['2011', '–', null, null],
      ['Total', '–', 6, 6],
    ]);
  });

  test('within a part in which its figure is not counted has – alone', () => {
    const { rows } = tableSheet(
      { ...table, cells: [[null], [null], [null]], columns: [], axes: ['year'] },
      NAMES,
      'fr',
      {
        size: '10-49',
      },
    );
    expect(rows.map((row) => row.slice(1))).toEqual([['–'], ['–'], ['–']]);
  });
});
