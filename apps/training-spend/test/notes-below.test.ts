import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { csvOf, HEADINGS, payment, readerIn, xlsxOf } from './clerk-files.js';

/** What stands below the headings and names a unit or the tax: a note on the amounts refuses the file, anything else does not. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-notes-below-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);
const lines = [payment('R1', '12,50'), payment('R2', '8,00')];
const more = payment('R3', '1,00');
/** The file's code, and what was taken of it. */
const outcome = async (...args: Parameters<typeof read>) => {
  const { code, accepted } = await read(...args);
  return [code, accepted.map(({ cents }) => cents)];
};

test.each([
  ['Fait à Lille', 0, 'siret_missing'],
  ['Signature du directeur', 2, 'missing'],
])('%s, alone in its line, is said to be no payment', async (text, at, code) => {
  const note = HEADINGS.map((_, i) => (i === at ? text : ''));
  const { refused, details } = await read(csvOf([HEADINGS, payment('R1', '10,00'), note]));
  expect(Object.values(refused)).toEqual([code]);
  expect(details[0]).toMatch(new RegExp(`ne contient que «\u00a0${text}\u00a0».*rien si c’est une note`));
});

describe('what names a unit or the tax and is about something other than the amounts refuses no file', () => {
  test.each([
    ...['Femmes (F)', 'Hommes (M)', 'Catégorie (C)', 'Lot (K)', 'Le trésorier, M. Dupont (F)', 'Stagiaires (H/F)'],
    ...['Soit 35,88 € TTC', 'Montant TTC : 35,88 €', 'Plafond horaire : 9,15 € TTC', 'Montants versés : 35,88 € TTC'],
    'Frais de repas remboursés sur la base de 15 € TTC',
    'Les factures TTC sont à adresser au service comptable',
    'Les prix TTC ne sont pas pris en charge',
    ...['Budget 2012 en k€ : 120', 'Collecte de l’année (en M€) : 3', 'Effectif en milliers : 12'],
    ...[
      'Montant du plafond en k€ : 12',
      'Joindre un état des factures TTC',
      'Paiements sur présentation des factures TTC',
    ],
    'Association Nord, exercice 2012 (en k€)',
    'Le montant dépend du chiffre d’affaires en M€ de l’entreprise',
    'Entreprises : chiffre d’affaires en M€ < 2',
    ...['Actions de plus de 10 k€', 'Montants nets de taxes', 'Montants HT et TTC'],
  ])('%s', async (text) => {
    for (const note of [[text], ['', '', '', '', text], [text, '', '', '', '']])
      for (const rows of [
        [...lines, note],
        [...lines, note, more],
        [note, ...lines],
      ]) {
        const [code, cents] = await outcome(csvOf([HEADINGS, ...rows]));
        // A text under the amount right below the headings may be their line of units.
        if (rows[0] === note && note[4] === text) continue;
        expect([code, cents?.slice(0, 2)]).toEqual([undefined, [1250, 800]]);
      }
  });
  test('a letter in brackets is a unit right above the headings, and in a note on the amounts', async () => {
    expect(await outcome(csvOf([['Dépenses (K)'], HEADINGS, ...lines]))).toEqual(['amount_unit', []]);
    expect(await outcome(csvOf([HEADINGS, ...lines, ['Montants (K)']]))).toEqual(['amount_unit', []]);
    expect(await outcome(csvOf([['Femmes (F)'], ['OPCA Nord'], HEADINGS, ...lines]))).toEqual([undefined, [1250, 800]]);
  });
});

describe('a payment that lacks something and has a reference is a line, whatever its label says', () => {
  test.each([
    ['R3', '', '', '', '', 'Durand (F)'],
    ['R3', 'en cours', '', '', '', 'Anglais (C)'],
    ['R3', 'à venir', '', '', '', 'Facture TTC à recevoir'],
    ['R3', '', '', '', '', 'Lecture des comptes (en k€)'],
    ['R3', '', '', '', '', 'Montants en k€'],
    ['', '', '15/03/2012', 'DIF', '5,00', 'Montants TTC'],
  ])('%j', async (...cells) => {
    const libelle = [...lines, more].map((line) => [...line, 'a']);
    const rows = [[...HEADINGS, 'Libellé'], ...libelle.slice(0, 2), cells, ...libelle.slice(2)];
    const { code, accepted, refused } = await read(csvOf(rows));
    expect([code, accepted.map(({ reference }) => reference), Object.keys(refused)]).toEqual([
      undefined,
      ['R1', 'R2', 'R3'],
      ['4'],
    ]);
  });
});

describe('a note above headings that come again is of the lines around it', () => {
  test.each([
    ['Montants en k€', 'amount_unit'],
    ['Montants TTC', 'amount_ttc'],
    ['Montants en francs', 'amount_unit'],
    ['Page 1 - montants en k€', 'amount_unit'],
    ['Dossiers 2012 - montants en milliers d’euros', 'amount_unit'],
  ])('%s', async (note, code) => {
    for (const between of [[[note]], [[note], ['']], [[note], ['Total', '', '', '', '20,50']]])
      expect(await outcome(csvOf([HEADINGS, ...lines, ...between, HEADINGS, more]))).toEqual([code, []]);
  });
  test.each([
    'Femmes (F)',
    'Soit 35,88 € TTC',
    'Les factures TTC sont à adresser au service comptable',
    'Effectif en milliers : 12',
  ])('%s, which is about something else, is not', async (text) => {
    expect(await outcome(csvOf([HEADINGS, ...lines, [text], HEADINGS, more]))).toEqual([undefined, [1250, 800, 100]]);
  });
  test('a title right above them says its unit as one above the first headings does', async () => {
    const title = ['OPCA Nord, exercice 2012 (en k€)'];
    expect(await outcome(csvOf([title, HEADINGS, ...lines]))).toEqual(['amount_unit', []]);
    expect(await outcome(csvOf([HEADINGS, ...lines, title, HEADINGS, more]))).toEqual(['amount_unit', []]);
  });
  test('what it says of the lines below holds below the next headings', async () => {
    const rows = [HEADINGS, ...lines, ['Montants ci-dessous en k€'], HEADINGS, more];
    expect((await read(csvOf(rows))).accepted.map(({ cents }) => cents)).toEqual([1250, 800]);
  });
});

describe('a total that is what the lines make says of them what it says of itself', () => {
  test.each([
    ['Total en k€', 'amount_unit'],
    ['Total (k€)', 'amount_unit'],
    ['Total TTC', 'amount_ttc'],
    ['Montant TTC', 'amount_ttc'],
    ['Sous-total en milliers d’euros', 'amount_unit'],
  ])('%s', async (label, code) => {
    expect(await outcome(csvOf([HEADINGS, ...lines, [label, '', '', '', '20,50']]))).toEqual([code, []]);
    expect(await outcome(csvOf([HEADINGS, ...lines, [label, '', '', '', '20,50'], more]))).toEqual([code, []]);
    expect((await outcome(csvOf([HEADINGS, ...lines, [label, '', '', '', '24,52']])))[0]).toBeUndefined();
  });
  test('below the total without tax and the tax', async () => {
    const foot = (...amounts: string[]) =>
      ['Total HT', 'TVA 19,6 %', 'Total TTC'].map((label, i) => [label, '', '', '', amounts[i] ?? '']);
    expect(await outcome(csvOf([HEADINGS, ...lines, ...foot('17,14', '3,36', '20,50')]))).toEqual(['amount_ttc', []]);
    expect(await outcome(csvOf([HEADINGS, ...lines, ...foot('20,50', '4,02', '24,52')]))).toEqual([
      undefined,
      [1250, 800],
    ]);
    expect(await outcome(csvOf([HEADINGS, ...lines, ...foot('20,50', '0,00', '20,50')]))).toEqual([
      undefined,
      [1250, 800],
    ]);
  });
});

describe('a note is heard whatever stands beside it', () => {
  const long = (to: number) =>
    `${'comptes de l’OPCA et du service et '.repeat(30).slice(0, to)}exprimés en milliers d’euros.`;
  test.each([
    [[['Montants en k€'], ['Nom et prénom', 'Date', 'Signature']]],
    [[['Montants en k€'], ['Date :', 'Nom :', 'Signature :'], ['31/12/2012', 'Dupont', '']]],
    [[['Montants en k€ - renseignements : 03 20 12 34 56']]],
    [[['OPCA Nord, SIREN 552 081 317 - montants en k€']]],
    [[['OPCA Nord', '59000 Lille', 'Montants en k€']]],
    [[['Page', '1', 'Montants en k€']]],
    [[['Montants en k€', '', '', '', '31/12/2012']]],
    [[['Édité le', '31/12/2012', 'Montants en k€']]],
    [[['Page 1', '', 'Montants en k€']]],
    [[[`Nota : les montants du présent état, ${long(150)}`]]],
    [[[`Nota : les montants du présent état, ${long(500)}`]]],
    [[['Montants exprimés en k€ suivant l’arrêté du comptable']]],
    [[['All amounts in USD']]],
    [[['Les chiffres de ce tableau sont en k€']]],
    [[['Source : comptabilité de l’OPCA (en milliers d’euros)']]],
    [[['Arrêté au 31/12/2012, en k€']]],
    [[['Échelle : k€']]],
  ])('%j', async (foot) => {
    expect(await outcome(csvOf([HEADINGS, ...lines, ...foot]))).toEqual(['amount_unit', []]);
  });
  test.each(['Montants TVA 19,6 % comprise', 'Les montants incluent la TVA', 'Montants TTC, non remboursables'])(
    '%s',
    async (note) => {
      expect(await outcome(csvOf([HEADINGS, ...lines, [note]]))).toEqual(['amount_ttc', []]);
      expect(await outcome(csvOf([[note], HEADINGS, ...lines]))).toEqual(['amount_ttc', []]);
    },
  );
  test('the title of another table is of that one', async () => {
    const rows = [HEADINGS, ...lines, ['(montants en k€)'], ['Budget', 'Montant', 'Solde'], ['12', '3', '4']];
    expect(await outcome(csvOf(rows))).toEqual([undefined, [1250, 800]]);
  });
  test('in a workbook: beside payments, beside headings, in a line with a year', async () => {
    const beside = (cells: string[]) => [...cells, '', '', 'Montants en k€'];
    const [first = [], second = []] = lines;
    const year = { xml: '<c r="B4"><v>2012</v></c>' };
    for (const rows of [
      [HEADINGS, beside(first), second],
      [beside(HEADINGS), first, second],
      [HEADINGS, first, second, ['Montants en k€', year]],
    ])
      expect(await outcome(xlsxOf(rows))).toEqual(['amount_unit', []]);
    expect(
      await outcome(
        xlsxOf([
          [...HEADINGS, '', 'Montant TTC'],
          [...first, '', '14,95'],
        ]),
      ),
    ).toEqual([undefined, [1250]]);
  });
  test('in a sheet of notes, and not in one of other figures', async () => {
    const payments = [HEADINGS, ...lines];
    const { code, detail } = await read(xlsxOf(payments, [['OPCA'], ['', 'Les montants sont en k€']]));
    expect([code, detail]).toEqual([
      'amount_unit',
      expect.stringMatching(/feuille «\u00a0Feuille 2\u00a0»\u00a0: la ligne 2/),
    ]);
    expect(await outcome(xlsxOf([['Montants TTC, en euros']], payments))).toEqual(['amount_ttc', []]);
    const budget = [['Montants en k€'], ['Année', 'Budget'], ['2011', '120,00'], ['2012', '130,00']];
    expect(await outcome(xlsxOf(payments, budget))).toEqual([undefined, [1250, 800]]);
  });
});
