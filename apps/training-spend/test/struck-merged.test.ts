import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import {
  HEADINGS,
  merging,
  odsOf,
  outcomesOf,
  payment,
  readerIn,
  SIRET,
  struckThrough,
  xlsxOf,
} from './clerk-files.js';
import { CASE_DIALECT } from './read-case.js';

/** What a sheet shows beyond the values of its cells: lines that are struck through, and cells that are merged. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-struck-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);
const good = payment('R1', '10,00');
const [reference = '', siret = '', day = '', scheme = '', amount = ''] = payment('R2', '20,00');

describe('a line that the sheet strikes through does not count', () => {
  const lines = [
    ['all of it', struckThrough([reference, siret, day, scheme, amount])],
    ['its amount', [reference, siret, day, scheme, { struck: amount }]],
    ['its reference', [{ struck: reference }, siret, day, scheme, amount]],
  ] as const;
  test.each(lines)('%s', async (_what, line) => {
    for (const written of [xlsxOf([HEADINGS, good, line]), odsOf([HEADINGS, good, line])])
      expect(outcomesOf(await read(written))).toEqual([[1000], ['line_struck']]);
  });
  test('below headings that come again in another order', async () => {
    const again = [...HEADINGS].reverse();
    const line = [{ struck: amount }, scheme, day, siret, reference];
    expect(outcomesOf(await read(xlsxOf([HEADINGS, good, again, line])))).toEqual([[1000], ['line_struck']]);
  });
  test('where a piece of a text alone is struck through', async () => {
    const runs = `<is><r><rPr><strike/></rPr><t>${amount}</t></r><r><rPr><b/></rPr><t> </t></r></is>`;
    const xlsx = xlsxOf([
      HEADINGS,
      good,
      [reference, siret, day, scheme, { xml: `<c r="E3" t="inlineStr">${runs}</c>` }],
    ]);
    expect(outcomesOf(await read(xlsx))).toEqual([[1000], ['line_struck']]);
    const span = `<table:table-cell office:value-type="string"><text:p><text:span text:style-name="struck-text">${amount}</text:span></text:p></table:table-cell>`;
    const ods = odsOf([HEADINGS, good, [reference, siret, day, scheme, { xml: span }]]);
    expect(outcomesOf(await read(ods))).toEqual([[1000], ['line_struck']]);
  });
  test('but one whose note alone is struck through does, or whose style takes the strike off again', async () => {
    const rows = [
      [...HEADINGS, 'Note'],
      [...good, { struck: 'à vérifier' }],
    ];
    for (const written of [xlsxOf(rows), odsOf(rows)]) expect(outcomesOf(await read(written))).toEqual([[1000], []]);
    const off = `<table:table-cell table:style-name="not-struck" office:value-type="string"><text:p>${amount}</text:p></table:table-cell>`;
    expect(outcomesOf(await read(odsOf([HEADINGS, [reference, siret, day, scheme, { xml: off }]])))).toEqual([
      [2000],
      [],
    ]);
  });
  test('and is told so', async () => {
    const { details } = await read(xlsxOf([HEADINGS, struckThrough(good)]));
    expect(details[0]).toContain('barrée');
  });
});

describe('what merged cells show is of their first line alone', () => {
  const more = (n: number, of = '') => payment(`R${n}`, of);
  test.each([
    ['blank below', ''],
    ['with values that nobody sees below', '99,00'],
  ])('an amount, %s', async (_what, beneath) => {
    const rows = [HEADINGS, good, more(2, '300,00'), more(3, beneath), more(4, beneath), more(5, '5,00')];
    const xlsx = await read(xlsxOf(merging(rows, 'E3:E5')));
    expect(outcomesOf(xlsx)).toEqual([
      [1000, 30000, 500],
      ['cell_merged', 'cell_merged'],
    ]);
    expect(xlsx.details[0]).toContain('fusionnée avec celle de la ligne 3');
    expect(xlsx.remarks).toContain('cells_merged');
    const top = {
      xml: '<table:table-cell table:number-columns-spanned="1" table:number-rows-spanned="3" office:value-type="string"><text:p>300,00</text:p></table:table-cell>',
    };
    const covered = {
      xml: `<table:covered-table-cell office:value-type="string"><text:p>${beneath}</text:p></table:covered-table-cell>`,
    };
    const first = (n: number) => more(n).slice(0, 4);
    const ods = odsOf([
      HEADINGS,
      good,
      [...first(2), top],
      [...first(3), covered],
      [...first(4), covered],
      more(5, '5,00'),
    ]);
    expect(outcomesOf(await read(ods))).toEqual([
      [1000, 30000, 500],
      ['cell_merged', 'cell_merged'],
    ]);
  });
  test.each([
    ['a SIRET', 'B2:B3'],
    ['a reference', 'A2:A3'],
    ['both', 'A2:A3 B2:B3'],
  ])('%s', async (_what, ref) => {
    const file = await read(
      xlsxOf(
        merging([HEADINGS, good, [ref.startsWith('A') ? '' : reference, '', day, scheme, amount]], ...ref.split(' ')),
      ),
    );
    expect(outcomesOf(file)).toEqual([[1000], ['cell_merged']]);
  });
  test('but the word of a column that is not read is of each of its lines', async () => {
    const rows = [
      [...HEADINGS, 'Statut'],
      [...good, 'Annulé'],
      [...more(2, '20,00'), ''],
      [...more(3, '30,00'), 'Payé'],
    ];
    const file = await read(xlsxOf(merging(rows, 'F2:F3')));
    expect([outcomesOf(file)[0], Object.keys(file.refused)]).toEqual([[3000], ['2', '3']]);
  });
  test('and hours that are written once for several payments refuse none', async () => {
    const columns = { ...CASE_DIALECT.columns, hours: ['Heures'] };
    const rows = [
      [...HEADINGS, 'Heures'],
      [...good, '21'],
      [...more(2, '20,00'), ''],
    ];
    const file = await read(xlsxOf(merging(rows, 'F2:F3')), { columns });
    expect([outcomesOf(file), file.remarks]).toEqual([[[1000, 2000], []], ['cells_merged']]);
  });
  test('nor do titles and headings that are merged', async () => {
    const rows = [['Paiements 2012'], HEADINGS, good, ['Total', '', '', '', '10,00']];
    const file = await read(xlsxOf(merging(rows, 'A1:E1', 'A4:D4', 'A1:C1')));
    expect([outcomesOf(file), file.remarks]).toEqual([[[1000], []], ['totals_agree']]);
  });
  test('cells beside the first one hold nothing, whatever is kept beneath', async () => {
    const rows = [HEADINGS, [reference, SIRET, day, scheme, amount], ['R3', SIRET, day, scheme, '30,00']];
    expect(outcomesOf(await read(xlsxOf(merging(rows, 'D3:E3'))))).toEqual([[2000], ['amount_unreadable']]);
  });
});
