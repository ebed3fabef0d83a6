import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { csvOf, fateOf, HEADINGS, payment, readerIn, SIRET } from './clerk-files.js';

/** No total is counted as a payment, whatever it is called and in whichever column. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-totals-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const reader = readerIn(dir);
const read = (rows: readonly (readonly string[])[], dialect = {}) => reader(csvOf(rows), dialect);
const LABELLED = ['Libellé', ...HEADINGS];
const labelled = (label: string, reference: string, amount: string) => [label, ...payment(reference, amount)];
const NAMES = [
  'ENSEMBLE',
  'Récapitulatif',
  'RECAPITULATIF 2012',
  'Sous-total',
  'Report',
  'Cumul',
  'À reporter',
  'A reporter',
  'S/T',
  'Récap',
  'Total',
  'Montant global',
];

describe('what is called nothing but a total', () => {
  test.each(NAMES)(
    '%s, with all cells of a payment, is one where it sums up the lines above, else refused',
    async (name) => {
      for (const above of [['1,00', '5,00'], ['6,00']]) {
        const lines = above.map((amount, i) => payment(`R${i}`, amount));
        const sum = await read([HEADINGS, ...lines, payment(name, '6,00')]);
        expect([fateOf(sum)[1], sum.totals, sum.accepted.length]).toEqual([[], 1, above.length]);
        const differs = await read([HEADINGS, ...lines, payment(name, '7,00')]);
        expect([fateOf(differs)[1], differs.accepted.length]).toEqual([['total_or_payment'], above.length]);
      }
    },
  );
  test.each(NAMES)('%s in a column that is not read is no payment where it sums up the lines above', async (name) => {
    const lines = [labelled('x', 'R1', '1,00'), labelled('y', 'R2', '5,00')];
    const whole = await read([LABELLED, ...lines, labelled(name, 'R3', '6,00')]);
    expect(whole.accepted.map(({ cents }) => cents)).toEqual([100, 500]);
    const bare = await read([LABELLED, ...lines, [name, '', '', '', '', '6,00']]);
    expect([fateOf(bare), bare.totals]).toEqual([[[100, 500], []], 1]);
  });
});

describe('what may name a total or a payment', () => {
  test('in a column that is not read is refused where it has the amount of the line above, or of several', async () => {
    for (const above of [[labelled('x', 'R1', '6,00')], [labelled('x', 'R1', '1,00'), labelled('y', 'R2', '5,00')]]) {
      const { accepted, refused } = await read([LABELLED, ...above, labelled('Total DIF', 'R3', '6,00')]);
      expect([accepted.length, Object.values(refused)]).toEqual([above.length, ['total_or_payment']]);
    }
  });
  test('and is paid where its amount is another', async () => {
    const rows = [LABELLED, labelled('x', 'R1', '1,00'), labelled('Total Énergies', 'R2', '6,00')];
    expect(fateOf(await read(rows))).toEqual([[100, 600], []]);
  });
  test.each(['Somme', 'St Omer', 'Saint-Omer', 'ST', 'Totalement', 'Report de séance', 'Général'])(
    '%s in a column of its own is none',
    async (label) => {
      const rows = [
        LABELLED,
        labelled(label, 'R1', '1,00'),
        labelled(label, 'R2', '5,00'),
        labelled(label, 'R3', '7,00'),
      ];
      expect(fateOf(await read(rows))).toEqual([[100, 500, 700], []]);
    },
  );
});

describe('an amount without a payment’s reference and establishment', () => {
  test.each([
    [['', '', '', '', '6,00']],
    [['', '', '31/12/2012', 'DIF', '6,00']],
    [['Lille', '', '', 'DIF', '6,00']],
    [['', SIRET, '', '', '6,00']],
  ])('%j that several lines above make is their total', async (cells) => {
    const lines = [payment('R1', '1,00'), payment('R2', '5,00')];
    const sum = await read([HEADINGS, ...lines, cells]);
    expect([fateOf(sum), sum.totals]).toEqual([[[100, 500], []], 1]);
    const other = await read([HEADINGS, ...lines, [...cells.slice(0, 4), '7,00']]);
    expect([other.accepted.length, Object.values(other.refused).length]).toEqual([2, 1]);
  });
});

describe('a dialect that names its totals', () => {
  const dialect = { totals: ['Bilan du mois', 'Arrêté'] };
  test.each(['BILAN DU MOIS', 'Bilan du mois de mars', 'arrêté : 2012'])('%s is one, whatever it has', async (name) => {
    const rows = [HEADINGS, payment('R1', '1,00'), payment(name, '7,00')];
    const file = await read(rows, dialect);
    expect([fateOf(file), file.totals, file.remarks]).toEqual([[[100], []], 1, ['totals_set_aside', 'total_differs']]);
  });
  test('no payment is refused for a name that may be either', async () => {
    const rows = [HEADINGS, payment('R1', '1,00'), payment('TOTAL RAFFINAGE', '1,00'), payment('Bilans 3', '1,00')];
    expect(fateOf(await read(rows, dialect))).toEqual([[100, 100, 100], []]);
  });
});
