import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { csvOf, HEADINGS, odsNumber, odsOf, outcomesOf, payment, readerIn, xlsxOf } from './clerk-files.js';

/** In which unit amounts are: what a clerk sees in the cell, what the file says of it, and what the dialect declares. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-units-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);
const K = { unit: 'kEUR' } as const;
const [EUROS, TWELVE_THOUSAND] = [{}, 1_250_000];

describe('a sheet that shows thousands of what its cell holds is read where both agree with the unit', () => {
  const inXlsx = (format: string) =>
    xlsxOf([HEADINGS, [...payment('R1', '').slice(0, 4), { number: '12500', format }]]);
  test.each<[string, object, number | string]>([
    ['#,##0,', EUROS, 'amount_scaled'],
    ['#,##0,', K, TWELVE_THOUSAND],
    ['#,##0.00,;[Red]-#,##0.00,;0', K, TWELVE_THOUSAND],
    ['0.00,"k€"', EUROS, TWELVE_THOUSAND],
    ['0.00,"k€"', K, TWELVE_THOUSAND],
    ['#,##0,,', K, 'amount_scaled'],
    ['[>=1000]0,;0', K, 'amount_scaled'],
    ['#,##0.00" €"', K, 'amount_unit_differs'],
    ['#,##0.00" €"', EUROS, TWELVE_THOUSAND],
    ['#,##0', EUROS, TWELVE_THOUSAND],
    ['#,##0', K, 1_250_000_000],
  ])('%s under %j', async (format, dialect, expected) => {
    const [taken, refused] = outcomesOf(await read(inXlsx(format), dialect));
    expect([...taken, ...refused]).toEqual([expected]);
  });
  test.each<[string, object, number | string]>([
    ['1000', EUROS, 'amount_scaled'],
    ['1000', K, TWELVE_THOUSAND],
    ['1000000', K, 'amount_scaled'],
    ['1', EUROS, TWELVE_THOUSAND],
  ])('a display factor of %s in ODS under %j', async (factor, dialect, expected) => {
    const sheet = odsOf(
      [HEADINGS, [...payment('R1', '').slice(0, 4), odsNumber('12500')]],
      `<number:number number:decimal-places="0" number:display-factor="${factor}"/>`,
    );
    const [taken, refused] = outcomesOf(await read(sheet, dialect));
    expect([...taken, ...refused]).toEqual([expected]);
  });
});

describe('what a format writes beside a number, and is no euro, refuses its line', () => {
  test.each(['0"%"', '0\\%', '0" %"', '0" ‰"', '"~"0', '"> "0', '0"*"', '0" h"', '[=12]"annulé";0'])(
    '%s',
    async (format) => {
      const sheet = xlsxOf([HEADINGS, [...payment('R1', '').slice(0, 4), { number: '12', format }]]);
      expect(outcomesOf(await read(sheet))).toEqual([[], ['amount_unreadable']]);
    },
  );
  test.each([' %', ' ‰', '~'])('%s in ODS', async (text) => {
    const format = `<number:number number:decimal-places="2"/><number:text>${text}</number:text>`;
    const sheet = odsOf([HEADINGS, [...payment('R1', '').slice(0, 4), odsNumber('12')]], format);
    expect(outcomesOf(await read(sheet))).toEqual([[], ['amount_unreadable']]);
  });
  test.each([
    '0" €"',
    '#,##0.00\\ "€"',
    '[=0]"-";0.00',
    '0" € HT"',
    '@',
    'General',
    '#,##0.00_)',
    '_-* #,##0.00_-;-* #,##0.00_-',
    '0.00;[Red]-0.00',
  ])('while %s is read', async (format) => {
    const sheet = xlsxOf([HEADINGS, [...payment('R1', '').slice(0, 4), { number: '12', format }]]);
    expect(outcomesOf(await read(sheet))).toEqual([[1200], []]);
  });
});

test.each(['12,50 €', '12,50 euros'])('%s is not a thousand times as much where k€ are declared', async (amount) => {
  expect(outcomesOf(await read(csvOf([HEADINGS, payment('R1', amount)]), K))).toEqual([[], ['amount_unit_differs']]);
});

describe('a title that only holds an amount or a name says nothing of the unit', () => {
  test.each([
    ['Association au capital de 40 000 €'],
    ['12 rue des Francs-Bourgeois'],
    ['Cent pour cent formation'],
    ['Plafond de prise en charge : 2 000 €'],
    ['Budget 2012 : 1 500 k€'],
    ['Formation de 3 millions de salariés'],
    ['Dépenses de formation en CFA'],
    ['Actions versées en CFA 2012'],
    ['Montants arrondis au centime'],
    ['Montants arrondis à l’euro'],
    ['Capital 2000 k€'],
    ['Une centaine de stagiaires'],
    ['Formations en centaines de stagiaires'],
    ['M. K. Euzen'],
    ['Centre K.E. Dupont'],
  ])('%s', async (title) => {
    expect(outcomesOf(await read(csvOf([[title], HEADINGS, payment('R1', '10,00')])))).toEqual([[1000], []]);
    const between = csvOf([HEADINGS, payment('R1', '10,00'), [title, '', '', '', ''], payment('R2', '20,00')]);
    expect((await read(between)).accepted.map(({ cents }) => cents)).toEqual([1000, 2000]);
  });
});

describe('however a note or a heading writes it, another unit than the declared one refuses the file', () => {
  test.each([
    ['Dépenses (K.€)', 'amount_unit'],
    ['Dépenses en K. euros', 'amount_unit'],
    ['Montants en k.euros', 'amount_unit'],
    ['Unité monétaire : millier d’euros', 'amount_unit'],
    ['Montants arrondis au millier d’euros', 'amount_unit'],
    ['Montants arrondis au millier', 'amount_unit'],
    ['Montants arrondis au k€', 'amount_unit'],
    ['arrondi au k€', 'amount_unit'],
    ['Les montants doivent être multipliés par 1000', 'amount_unit'],
    ['à multiplier par 1 000', 'amount_unit'],
    ['Montants en centaines d’euros', 'amount_unit'],
    ['Montants en CFA', 'amount_unit'],
    ['Montants exprimés en F CFA', 'amount_unit'],
    ['k€ courants', 'amount_unit'],
    ['Montants en k€ courants', 'amount_unit'],
    ['Dépenses 2012 k€', 'amount_unit'],
    ['Dépenses k€', 'amount_unit'],
    ['Montants toutes taxes', 'amount_ttc'],
    ['Montants T.T.C.', 'amount_ttc'],
    ['T.T.C.', 'amount_ttc'],
  ])('%s', async (title, code) => {
    expect((await read(csvOf([[title], HEADINGS, payment('R1', '1,50')]))).code).toBe(code);
    const between = await read(
      csvOf([HEADINGS, payment('R1', '1,50'), [title, '', '', '', ''], payment('R2', '2,00')]),
    );
    expect(outcomesOf(between)).toEqual([code, []]);
  });
  test.each([
    ...[
      'K.€',
      'k.euros',
      'millier d’euros',
      '€k',
      '€K',
      '€ k',
      'EUR K',
      'mille euros',
      'mille €',
      '€/1000',
      '€ / 1 000',
    ],
    ...['1/1000 €', '/1000', '10e3 €', 'tsd €', 'm. €', '€m', 'dizaines d’euros'],
  ])('Montant HT (%s)', async (unit) => {
    const heads = [...HEADINGS.slice(0, 4), `Montant HT (${unit})`];
    expect((await read(csvOf([heads, payment('R1', '1,50')]))).code).toMatch(/^(?:amount_unit|columns_missing)$/);
    const below = [HEADINGS, ['', '', '', '', unit], payment('R1', '1,50')];
    expect((await read(csvOf(below))).accepted).toEqual([]);
    const column = csvOf([
      [...HEADINGS, 'Unité monétaire'],
      [...payment('R1', '1,50'), unit],
    ]);
    expect(outcomesOf(await read(column))[0]).toEqual([]);
  });
  test.each(['€k', 'EUR K', 'mille euros', '€/1000', 'tsd €'])('Montants en %s', async (unit) => {
    expect((await read(csvOf([[`Montants en ${unit}`], HEADINGS, payment('R1', '1,50')]))).code).toBe('amount_unit');
    const rows = [[...HEADINGS.slice(0, 4), `Montant HT (${unit})`], payment('R1', '1,50')];
    expect(outcomesOf(await read(csvOf(rows), K))).toEqual([[150_000], []]);
  });
  test.each(['heures', 'h', 'nb', 'DM', 'AAAA', '3 lots'])('nor is (%s) behind it an amount', async (note) => {
    const heads = [...HEADINGS.slice(0, 4), `Montant HT (${note})`];
    expect((await read(csvOf([heads, payment('R1', '1,50')]))).code).toBe('columns_missing');
  });
  test.each(['€', 'en €', 'euros', '€ HT', 'HT en €', 'HT', 'EUR', 'en euros courants', 'réglé', '€ à payer le 30'])(
    'while (%s) behind it is one of euros',
    async (note) => {
      const heads = [...HEADINGS.slice(0, 4), `Montant HT (${note})`];
      const { code, accepted } = await read(csvOf([heads, payment('R1', '1,50')]));
      expect([code, accepted.map(({ cents }) => cents)]).toEqual(
        note.startsWith('€ à') ? ['columns_missing', []] : [undefined, [150]],
      );
    },
  );
});

describe('a note that says the unit refuses the file, and tells to declare k€ where k€ is what it says', () => {
  test.each([
    ['Montants en k€', /"unit": "kEUR"/],
    ['Dépenses 2012 (en milliers d’euros)', /"unit": "kEUR"/],
    ['Unité : k€', /"unit": "kEUR"/],
    ['Montants exprimés en francs', /: exportez-les en euros ; si la mention ne parle pas des montants, ôtez-la$/],
    ['Montants en M€', /: exportez-les en euros ; si la mention ne parle pas des montants, ôtez-la$/],
  ])('%s', async (title, todo) => {
    const { code, detail } = await read(csvOf([[title], HEADINGS, payment('R1', '10,00')]));
    expect(code).toBe('amount_unit');
    expect(detail).toMatch(todo);
  });
  test('euros under a dialect of k€ are not a thousand times as much', async () => {
    for (const rows of [[['Montants en euros'], HEADINGS], [[...HEADINGS.slice(0, 4), 'Montant HT (€)']]])
      expect((await read(csvOf([...rows, payment('R1', '10,00')]), K)).code).toBe('amount_unit');
  });
});

describe('a sign behind a heading that changes what it means is no decoration', () => {
  test.each(['Montant HT (%)', 'Montant HT %', 'Montant HT (-)', 'Montant HT (‰)'])('%s', async (heading) => {
    const rows = [[...HEADINGS.slice(0, 4), heading], payment('R1', '10,00')];
    expect((await read(csvOf(rows))).code).toBe('columns_missing');
  });
  test.each(['Montant HT (+/-)', 'Montant HT *', 'Montant HT :'])('%s', async (heading) => {
    const rows = [[...HEADINGS.slice(0, 4), heading], payment('R1', '10,00')];
    expect(outcomesOf(await read(csvOf(rows)))).toEqual([[1000], []]);
  });
});
