import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { csvOf, HEADINGS, payment, previewerIn, xlsxOf } from './clerk-files.js';

const dir = mkdtempSync(join(tmpdir(), 'gpect-preview-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const preview = previewerIn(dir);
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

test('what the report of the file would say of its lines is said here too', async () => {
  const lines = [HEADINGS, ['R1', '55208131706650', '15/03/2012', 'DIF', { number: '10.123', format: '0.00' }]];
  expect((await preview(xlsxOf(lines))).remarks?.map(({ code }) => code)).toContain('amount_rounded');
});
