import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { csvOf, HEADINGS, outcomesOf, payment, readerIn, SIRET, xlsxOf } from './clerk-files.js';
import { CASE_DIALECT } from './read-case.js';

/** Numbers that stand where an amount does and are none, amounts that the separator cut or pushed aside, and numbers written in full. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-not-amounts-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);

describe('a telephone number, a SIREN or a code under the amount is no amount', () => {
  test.each([
    '0321456789',
    '00012',
    '552100018',
    '1234567890',
    '12345678901',
    '03 21 45 67 89',
    '552 100 018',
    '03 21 45 67 89 €',
    '1 23 45 67 89',
  ])('%s', async (amount) => {
    expect(outcomesOf(await read(csvOf([HEADINGS, payment('R1', amount)])))).toEqual([[], ['amount_unreadable']]);
  });
  test.each(['552100018', '100000000000'])('nor is it one in a sheet: %s', async (number) => {
    const sheet = xlsxOf([HEADINGS, [...payment('R1', '').slice(0, 4), { number, format: 'General' }]]);
    expect(outcomesOf(await read(sheet))).toEqual([[], ['amount_unreadable']]);
  });
  test.each([
    ['62498', 6_249_800],
    ['0', 0],
    ['0,50', 50],
    ['0000,50', 50],
    ['123 456 789,00', 12_345_678_900],
    ['123 456 789 €', 12_345_678_900],
    ['123456789 €', 12_345_678_900],
    ['123 456 789', 12_345_678_900],
    ['-123\u202f456\u202f789', -12_345_678_900],
    ['1 234 567 890', 123_456_789_000],
  ])('an amount is: %s', async (amount, cents) => {
    expect(outcomesOf(await read(csvOf([HEADINGS, payment('R1', amount)])))).toEqual([[cents], []]);
  });
  test.each(['100,00 HT', '100,00 €HT', '100,00 Euros HT'])('and one that says that it is net: %s', async (amount) => {
    expect(outcomesOf(await read(csvOf([HEADINGS, payment('R1', amount)])))).toEqual([[10_000], []]);
  });
});

describe('a reference that a spreadsheet wrote as a number is the same payment', () => {
  test.each(['201201.0', '201201,00', '201201.00'])('%s', async (reference) => {
    const { accepted } = await read(csvOf([HEADINGS, payment('201201', '10,00'), payment(reference, '10,00')]));
    expect(accepted.map((line) => line.reference)).toEqual(['201201']);
  });
  test.each(['2012.10', '201201.5', 'R1.0'])('but not %s', async (reference) => {
    const { accepted } = await read(csvOf([HEADINGS, payment('201201', '10,00'), payment(reference, '10,00')]));
    expect(accepted.map((line) => line.reference)).toEqual(['201201', reference]);
  });
});

describe('an amount that the comma cut is refused whatever stands beside it', () => {
  const rows = (more: readonly string[], ...lines: readonly (readonly string[])[]) =>
    csvOf([[...HEADINGS, ...more], ...lines.map((cells, i) => [...payment(`R${i}`, '').slice(0, 4), ...cells])], ',');
  test.each([
    ['hours, whose last cell is cut', ['Heures'], ['101', '50']],
    ['hours and trainees', ['Heures', 'Stagiaires'], ['101', '50', '7']],
    ['days', ['Nombre de jours'], ['101', '50']],
  ])('%s', async (_what, more, cells) => {
    expect(outcomesOf(await read(rows(more, cells, cells)))).toEqual([[], ['amount_split', 'amount_split']]);
  });
  test('but not where the column holds other numbers than cents', async () => {
    expect(outcomesOf(await read(rows(['Heures'], ['101', '50'], ['102', '7'])))[1]).toEqual([]);
  });
  test('nor where amounts of the file have their cents', async () => {
    expect(outcomesOf(await read(rows(['Heures'], ['101', '50'], ['"102,50"', '35'])))[1]).toEqual([]);
  });
  test('whole euros beside two more columns of amounts are what they say, whatever these are called', async () => {
    const headings = [...HEADINGS, 'Frais annexes', 'Reste à charge'];
    const lines = ['R1', 'R2', 'R3'].map((reference) => [...payment(reference, '600'), '85,50', '12,30']);
    const { accepted, refused } = await read(csvOf([headings, ...lines]));
    expect([accepted.map(({ cents }) => cents), refused]).toEqual([[60_000, 60_000, 60_000], {}]);
  });
  test('a separator in a label pushes no amount into the next column', async () => {
    const headings = [...HEADINGS.slice(0, 4), 'Libellé', 'Montant HT', 'TVA', 'TTC', 'Commentaire'];
    const line = (...cells: readonly string[]) => [...payment('R1', '').slice(0, 4), ...cells];
    const good = [line('Anglais', '101,00', '20,00', '121,00', ''), line('Anglais', '101,00', '20,00', '121,00', '')];
    const pushed = ['R9', ...line('Module 1', '2', '104,00', '20,00', '124,00').slice(1)];
    const whole = ['R8', ...line('Module', '2', '20,00', '124,00', 'vu').slice(1)];
    const { accepted, refused } = await read(csvOf([headings, ...good, pushed, whole]));
    expect([accepted.map(({ cents }) => cents), refused]).toEqual([[10_100, 200], { 4: 'cells_count' }]);
  });
});

describe('lines that carry an amount over, or compare, are no payments', () => {
  test.each([
    'Solde antérieur',
    'SOLDE PRECEDENT',
    'À nouveau',
    'A NOUVEAU 2012',
    'Report à nouveau',
    'Moyenne',
    'Écart',
  ])('%s', async (name) => {
    const lines = [payment('R1', '101,00'), payment('R2', '102,00'), payment(name, '500,00')];
    const { accepted } = await read(csvOf([HEADINGS, ...lines]));
    expect(accepted.map(({ cents }) => cents)).toEqual([10_100, 10_200]);
  });
  test('a payment may speak of them', async () => {
    const lines = [payment('MOYENNE-12', '101,00'), payment('SOLDE 2012', '102,00')];
    expect(outcomesOf(await read(csvOf([HEADINGS, ...lines])))[0]).toEqual([10_100, 10_200]);
  });
});

describe('hours and trainees are read as programs write them', () => {
  const dialect = { columns: { ...CASE_DIALECT.columns, hours: ['Heures'], trainees: ['Stagiaires'] } };
  test.each([
    ['1 000', '12'],
    ['7', '2.0'],
    ['7', '2,00'],
    ['07:00:00', '01'],
    ['1\u202f000,5', '1 200'],
  ])('%s hours, %s trainees', async (hours, trainees) => {
    const file = csvOf([
      [...HEADINGS, 'Heures', 'Stagiaires'],
      [...payment('R1', '10,00'), hours, trainees],
    ]);
    expect(outcomesOf(await read(file, dialect))).toEqual([[1000], []]);
  });
  test.each([
    ['1.000', '1'],
    ['7', '1,5'],
    ['07:00:30', '1'],
  ])('but not %s, %s', async (hours, trainees) => {
    const file = csvOf([
      [...HEADINGS, 'Heures', 'Stagiaires'],
      [...payment('R1', '10,00'), hours, trainees],
    ]);
    expect(outcomesOf(await read(file, dialect))[0]).toEqual([]);
  });
});

describe('a refused cell is named for what it is', () => {
  test.each([
    ['55208131706651', 'clé de contrôle'],
    ['Signature du directeur', 'n’est pas un numéro'],
    ['FR55552081317', 'TVA'],
    ['5520813170665', '13 chiffres'],
    ['552081317066501', '15 chiffres'],
  ])('SIRET %s', async (siret, words) => {
    const { details, refused } = await read(csvOf([HEADINGS, ['R1', siret, ...payment('R1', '10,00').slice(2)]]));
    expect(Object.values(refused)).toEqual(['siret_invalid']);
    expect(details[0]).toContain(words);
  });
  test('an empty scheme is said to be empty', async () => {
    const { details } = await read(csvOf([HEADINGS, ['R1', SIRET, '15/03/2012', '', '10,00']]));
    expect(details[0]).toContain('la cellule est vide');
  });
});

test('a year first whose day comes second in one line leaves the others with two meanings', async () => {
  const days = (...of: readonly string[]) => csvOf([HEADINGS, ...of.map((day, i) => payment(`R${i}`, '10,00', day))]);
  const { accepted, refused } = await read(days('2012-03-04', '2012-25-03', '2012-05-05', '2012-03-25'));
  expect([accepted.map(({ paidOn }) => paidOn), refused]).toEqual([
    ['2012-05-05', '2012-03-25'],
    { 2: 'date_ambiguous', 3: 'date_unreadable' },
  ]);
});
