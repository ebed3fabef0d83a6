import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { WrittenDialect } from '../src/dialect/dialect.js';
import { MOST_DECIDED } from '../src/preview/decide-file.js';
import { csvOf, HEADINGS, payment, previewerIn, readerIn, xlsxOf } from './clerk-files.js';
import { CASE_DIALECT } from './read-case.js';

const dir = mkdtempSync(join(tmpdir(), 'gpect-preview-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const preview = previewerIn(dir);
const read = readerIn(dir);
const proposed = async (bytes: Buffer) => (await preview(bytes)).dialect;

const amounts = (unit: string) => [...HEADINGS.slice(0, 4), `Montant HT ${unit}`.trim()];

test('thousands of euros are proposed where the heading or a note says so, and nowhere else', async () => {
  expect((await proposed(csvOf([amounts('(k€)'), payment('R1', '10,00')]))).unit).toBe('kEUR');
  expect((await proposed(csvOf([['Montants en k€'], HEADINGS, payment('R1', '10,00')]))).unit).toBe('kEUR');
  for (const title of ['Association au capital de 40 000 €', 'Montants en euros'])
    expect((await proposed(csvOf([[title], HEADINGS, payment('R1', '10,00')]))).unit).toBeUndefined();
});

test('days that are month first are proposed so, however late the evidence comes', async () => {
  const many = Array.from({ length: 100 }, (_, i) => payment(`R${i}`, '10,00', '03/04/2012'));
  expect((await proposed(csvOf([HEADINGS, ...many]))).dates).toEqual(['french']);
  const late = csvOf([HEADINGS, ...many, payment('R', '10,00', '03/15/2012')]);
  expect((await proposed(late)).dates).toEqual(['american', 'iso']);
});

test('the sheets that hold lines are proposed where others do not', async () => {
  const lines = [HEADINGS, payment('R1', '10,00')];
  expect((await proposed(xlsxOf([['Lisez-moi']], lines))).sheets).toEqual(['Feuille 2']);
  expect((await proposed(xlsxOf(lines))).sheets).toBeUndefined();
});

test('the encoding that the letters tell is proposed, and how total lines are named', async () => {
  const rows = [
    HEADINGS,
    payment('R1', '10,00'),
    ['Total mars 2012', '', '', '', '10,00'],
    ['S/T', '', '', '', '10,00'],
  ];
  const text = csvOf(rows).toString('utf8');
  expect(await proposed(Buffer.from(text, 'latin1'))).toMatchObject({
    encoding: 'windows-1252',
    totals: ['Total', 'S/T'],
  });
  expect((await proposed(Buffer.from(text))).encoding).toBe('utf-8');
  const plain = await proposed(
    Buffer.from('Ref;SIRET;Date;Dispositif;Montant HT\r\nR1;55208131706650;15/03/2012;DIF;10,00'),
  );
  expect([plain.encoding, plain.totals]).toEqual(['auto', undefined]);
});

const codes = (found: { readonly code: string }[] | undefined) => found?.map(({ code }) => code);

test.each([10, 300, 3000])('what stands below %i lines is remarked as the report remarks it', async (many) => {
  const rows = [
    [...HEADINGS, 'Note'],
    ...Array.from({ length: many }, (_, i) => [...payment(`R${i}`, '1,00'), '']),
    ['Total', '', '', '', `${many},00`, ''],
    [...payment('Z1', '1,00'), '"cut'],
    [...payment('Z2', '1,00'), ''],
    payment('Z3', '1,00'),
    [...HEADINGS, 'Note'],
    [...payment('Z4', '1,00'), ''],
    [...payment('Z4', '1,00'), ''],
  ];
  const bytes = csvOf(rows);
  const remarks = codes((await preview(bytes, { given: CASE_DIALECT })).remarks);
  expect(remarks).toEqual((await read(bytes)).remarks);
  expect(remarks).toEqual([
    'columns_unread',
    'headings_repeated',
    'totals_agree',
    'lines_cut_short',
    'quotes_mended',
    'lines_repeated',
  ]);
});

test('an amount that is rounded far below is remarked', async () => {
  const rounded = ['R', '55208131706650', '15/03/2012', 'DIF', { number: '10.123', format: '0.00' }];
  const many = Array.from({ length: 100 }, (_, i) => payment(`R${i}`, '10,00'));
  expect(codes((await preview(xlsxOf([HEADINGS, ...many, rounded]))).remarks)).toContain('amount_rounded');
});

test('each line has the outcome that it would have after the lines above it', async () => {
  const lines = [HEADINGS, payment('D1', '100,00'), payment('D1', '100,00'), payment('D1', '250,00')];
  const { lines: shown } = await preview(csvOf(lines), { given: CASE_DIALECT });
  expect(shown).toMatchObject([
    { outcome: 'accepted', read: { reference: 'D1', amountCents: 10_000 } },
    { outcome: 'repeated', read: { reference: 'D1', amountCents: 10_000 } },
    { outcome: 'refused', refusal: { line: 4, reason: 'reference_differs', value: 'D1' } },
  ]);
});

test('a cancellation that comes before its payment waits for no other file', async () => {
  const given: WrittenDialect = {
    ...CASE_DIALECT,
    columns: { ...CASE_DIALECT.columns, operation: ['Opération'] },
    operations: { Versement: 'record', Annulation: 'cancel' },
  };
  const rows = [
    [...HEADINGS, 'Opération'],
    [...payment('D1', '100,00'), 'Annulation'],
    [...payment('D1', '100,00'), 'Versement'],
    [...payment('D2', '100,00'), 'Annulation'],
  ];
  const { lines } = await preview(csvOf(rows), { given });
  expect(lines.map(({ outcome }) => outcome)).toEqual(['cancelled', 'accepted', 'waiting']);
});

test('of a file too long to be held against itself it says up to which line it was', async () => {
  const many = Array.from({ length: MOST_DECIDED + 600 }, (_, i) => payment(`R${i}`, '1,00'));
  const { remarks = [] } = await preview(csvOf([HEADINGS, ...many, payment('R1', '1,00')]), { given: CASE_DIALECT });
  expect(remarks).toEqual([{ code: 'preview_cut', detail: expect.stringMatching(/jusqu’à la ligne 5\d{4}\u00a0: /) }]);
});

test('why a file cannot be read has its stable code beside what is said', async () => {
  const wrong = await preview(
    csvOf([
      ['A', 'B'],
      ['1', '2'],
    ]),
    { given: CASE_DIALECT },
  );
  expect(codes(wrong.codedFaults)).toEqual(['columns_missing']);
  expect(wrong.codedFaults?.map(({ detail }) => detail.replaceAll('\u00a0', ' '))).toEqual(wrong.faults);
  const open = await preview(
    csvOf([
      ['Réf', 'SIRET', 'Quand', 'Dispositif', 'Coût'],
      ['R1', '55208131706650', '15/03/2012', 'Surprise', '10,00'],
    ]),
  );
  expect(codes(open.codedFaults)).toEqual(['column_open', 'column_open', 'scheme_open']);
  expect(codes((await preview(csvOf([HEADINGS]), { given: CASE_DIALECT })).codedFaults)).toEqual(['no_lines']);
});

test('what a proposal cannot tell, and what the unit of a file is, is said by code', async () => {
  const several = csvOf([
    [...HEADINGS, 'Montant payé HT'],
    [...payment('R1', '10,00'), '12,00'],
  ]);
  expect(codes((await preview(several)).codedFaults)).toEqual(['column_several']);
  const operations = csvOf([
    [...HEADINGS, 'Opération'],
    [...payment('R1', '10,00'), 'Création'],
    [...payment('R2', '10,00'), 'Zzz'],
  ]);
  expect(codes((await preview(operations)).codedFaults)).toEqual(['operation_open']);
  const units = csvOf([HEADINGS, ['', '', 'jj/mm/aaaa', '', 'k€'], payment('R1', '10,00')]);
  const { remarks } = await preview(units, { given: { ...CASE_DIALECT, unit: 'kEUR' } });
  expect(codes(remarks)).toEqual(['units_row', 'unit_declared']);
});
