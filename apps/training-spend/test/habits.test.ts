import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { CASE_DIALECT, readCase } from './read-case.js';

/** Habits of clerks and of their programs that once were read as something else without a word. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-habits-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const SIRET = '55208131706650';
const HEADINGS = ['Référence', 'SIRET', 'Date de paiement', 'Dispositif', 'Montant HT'];
const line = (reference: string, amount: string) => [reference, SIRET, '15/03/2012', 'DIF', amount];

let files = 0;
async function read(rows: readonly (readonly string[])[], delimiter = ';', dialect = CASE_DIALECT) {
  const path = join(dir, `${files++}.csv`);
  writeFileSync(path, rows.map((cells) => cells.join(delimiter)).join('\r\n'));
  const { code, accepted, refused } = await readCase(path, dialect);
  return code ?? [accepted.map(({ cents }) => cents), Object.values(refused)];
}

describe('an amount is never another one', () => {
  test.each([
    ['0.500', []],
    ['1 234', [123_400]],
    ['0 123,45', []],
  ])('%s', async (amount, cents) => {
    expect((await read([HEADINGS, line('R1', amount)]))[0]).toEqual(cents);
  });
  test('three decimals of another mark prove nothing', async () => {
    expect(await read([HEADINGS, line('R1', '0.123'), line('R2', '1,500')])).toEqual([
      [],
      ['amount_unreadable', 'amount_ambiguous'],
    ]);
  });
  test.each([
    ['an empty column behind it', ['Note'], [...line('R1', '10,50'), '']],
    ['a column of words behind it', ['Ville'], line('R1', '10,50')],
    ['one more cell than headings', ['Stagiaires'], [...line('R1', '10,50'), '']],
    ['a quotation mark that lost its partner', ['Ville', 'Note'], [...line('R1', '10,50"'), 'Lille', '']],
    ['the same of an amount below nothing', ['Ville', 'Note'], [...line('R1', '−8 466 084,95€"'), 'Lille', '']],
  ])('that the comma between the columns cuts in two is refused: %s', async (_what, more, cells) => {
    expect(await read([[...HEADINGS, ...more], cells], ',')).toEqual([[], ['amount_split']]);
  });
  test.each([
    ['thousands and cents', [...HEADINGS, 'Montant TTC', 'Note'], [...line('R1', '1,234,56')]],
    ['thousands before a column of words', [...HEADINGS, 'Ville'], [...line('R1', '1,234')]],
  ])('%s without quotation marks are refused', async (_what, headings, cells) => {
    expect(await read([headings, cells], ',')).toEqual([[], ['amount_split']]);
  });
  test('a department or a number behind a whole amount is no cents', async () => {
    expect(
      await read(
        [
          [...HEADINGS, 'Département'],
          [...line('R1', '10'), '59'],
        ],
        ',',
      ),
    ).toEqual([[1000], []]);
    expect(
      await read(
        [
          [...HEADINGS, 'Nb jours'],
          [...line('R1', '10'), '15'],
          [...line('R2', '10'), '3'],
        ],
        ',',
      ),
    ).toEqual([[1000, 1000], []]);
  });
});

describe('a payment that another column takes back is not counted as one', () => {
  test.each([
    ['Type', 'Avoir'],
    ['Statut', 'ANNULÉE'],
    ['Sens', 'C'],
    ['État paiement', 'Rejeté'],
    ['Observations', 'Annulé le 12/03/2012'],
    ['Type', 'Avoir n° 12'],
    ['Libellé', 'Avoir n° 12'],
    ['Statut dossier', 'annulé'],
    ['Statut du dossier', 'payé puis refusé'],
    ['Annulé', 'x'],
    ['Date d’annulation', '03/04/2012'],
    ['Motif de refus', 'pièce absente'],
  ])('%s %s', async (heading, word) => {
    const rows = (amount: string) => [
      [...HEADINGS, heading],
      [...line('R1', amount), word],
    ];
    expect(await read(rows('50,00'))).toEqual([[], ['amount_taken_back']]);
    expect(await read(rows('-50,00'))).toEqual([[-5000], []]);
  });
  test.each(['Avoir n° 12', 'Annulation 2012-4'])('a reference such as %s', async (reference) => {
    expect(await read([HEADINGS, line(reference, '50,00')])).toEqual([[], ['amount_taken_back']]);
  });
  test.each([
    ['Statut', 'Payé'],
    ['Statut', 'Non annulé'],
    ['Annulé', 'non'],
    ['Avoir', '0,00'],
    ['Date d’annulation', '00/00/0000'],
    ['Motif de refus', '-'],
    ['Libellé', 'Avoir confiance en soi'],
    ['Nature', 'Remboursement de frais'],
    ['Ville', 'Refuges'],
  ])('what does not say so is paid: %s %s', async (heading, word) => {
    const rows = [
      [...HEADINGS, heading],
      [...line('R1', '50,00'), word],
    ];
    expect(await read(rows)).toEqual([[5000], []]);
  });
});

describe('a heading whose note changes what it means is not taken for the usual one', () => {
  test.each([
    ['Montant HT (K)', 'amount_unit'],
    ['Montant HT (000 €)', 'amount_unit'],
    ['Montant HT (centimes)', 'amount_unit'],
    ['Montant HT (prévu)', 'columns_missing'],
  ])('%s', async (heading, code) => {
    expect(await read([[...HEADINGS.slice(0, 4), heading], line('R1', '50,00')])).toBe(code);
  });
  test('one that says no more than it is', async () => {
    expect(await read([[...HEADINGS.slice(0, 4), 'Montant HT (€)'], line('R1', '50,00')])).toEqual([[5000], []]);
  });
});

test.each(['idem', '-', '"', 'n/c', '#N/A', '#REF!', '2,01E+09'])(
  '%s is no reference: two payments would have the same',
  async (reference) => {
    const [accepted, refused] = await read([HEADINGS, line(reference, '1,00'), line(reference, '2,00')]);
    expect([accepted, new Set([refused].flat()).size]).toEqual([[], 1]);
  },
);

const folded = async (rows: readonly (readonly string[])[], dialect = CASE_DIALECT) => {
  const path = join(dir, `${files++}.csv`);
  writeFileSync(path, rows.map((cells) => cells.join(';')).join('\r\n'));
  const { code, accepted, refused, remarks, said, totals } = await readCase(path, dialect);
  return { code, cents: accepted.map(({ cents }) => cents), refused: Object.values(refused), remarks, said, totals };
};

describe('a total is set aside and compared with the lines above it', () => {
  test.each<[string, string[][], number]>([
    ['of all', [line('R1', '100,00'), line('R2', '50,00'), ['TOTAL', '', '', '', '150,00']], 1],
    [
      'of groups and of all, with a SIRET',
      [
        line('R1', '100,00'),
        line('R2', '50,00'),
        ['Sous-total', SIRET, '', '', '150,00'],
        line('R3', '10,00'),
        [`${SIRET} Total`, SIRET, '', '', '10,00'],
        ['Total général', SIRET, '31/12/2012', 'DIF', '160,00'],
      ],
      3,
    ],
    ['without a name', [line('R1', '100,00'), line('R2', '50,00'), ['', '', '', '', '150,00']], 1],
    ['of a scheme', [line('R1', '1,00'), line('R2', '5,00'), ['', '', '', 'Total DIF', '6,00']], 1],
    ['carried over', [line('R1', '1,00'), ['À reporter', '', '', '', '1,00'], ['Report', '', '', '', '1,00']], 2],
  ])('%s', async (_what, lines, totals) => {
    const read = await folded([HEADINGS, ...lines]);
    expect([read.refused, read.totals, read.remarks]).toEqual([[], totals, ['totals_agree']]);
    expect(read.cents).toHaveLength(lines.length - totals);
  });
  test('one that differs by a cent is told with both figures', async () => {
    const read = await folded([HEADINGS, line('R1', '100,00'), line('R2', '50,00'), ['Total', '', '', '', '150,01']]);
    expect([read.cents, read.refused, read.totals]).toEqual([[10000, 5000], [], 1]);
    expect(read.said?.join()).toMatch(/ligne 4 est de 150,01\s€, les lignes au-dessus font 150,00\s€/);
  });
  test('an amount without a name that is no total is a refused line', async () => {
    const read = await folded([HEADINGS, line('R1', '100,00'), line('R2', '50,00'), ['', '', '', '', '150,01']]);
    expect([read.refused, read.totals]).toEqual([['missing'], 0]);
  });
  test('a label that begins with the word is a payment', async () => {
    const headings = ['Libellé', ...HEADINGS];
    const read = await folded([headings, ['Total Énergies, formation', ...line('R1', '1,00')]]);
    expect([read.cents, read.totals]).toEqual([[100], 0]);
    const sub = await folded([headings, ['x', ...line('R1', '1,00')], ['Sous-total adhérent', ...line('R2', '1,00')]]);
    expect([sub.cents, sub.totals]).toEqual([[100], 1]);
  });
});

describe('headings that come again', () => {
  test('in another order tell where each column stands from there on', async () => {
    const read = await folded([
      [...HEADINGS, 'Montant TTC'],
      [...line('R1', '100,00'), '119,60'],
      ['Référence', 'SIRET', 'Date de paiement', 'Montant TTC', 'Montant HT', 'Dispositif'],
      ['R2', SIRET, '15/03/2012', '239,20', '200,00', 'DIF'],
    ]);
    expect([read.cents, read.refused, read.remarks]).toEqual([
      [10000, 20000],
      [],
      ['columns_unread', 'headings_repeated'],
    ]);
  });
  test('in another unit end what is read in euros', async () => {
    const again = [...HEADINGS.slice(0, 4), 'Montant HT (k€)'];
    const read = await folded([HEADINGS, line('R1', '100,00'), again, line('R2', '2,00')]);
    expect([read.cents, read.refused]).toEqual([[10000], ['amount_unit', 'amount_unit']]);
  });
  test('so does a note that is of the lines below it', async () => {
    const note = ['Montants ci-dessous en k€', '', '', '', ''];
    const read = await folded([HEADINGS, line('R1', '100,00'), note, line('R2', '2,00')]);
    expect([read.cents, read.refused]).toEqual([[10000], ['amount_unit', 'amount_unit']]);
  });
});
