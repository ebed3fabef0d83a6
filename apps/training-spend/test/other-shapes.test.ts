import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { csvOf, HEADINGS, outcomesOf, payment, readerIn, SIRET, xlsxOf } from './clerk-files.js';

/** What is no list of payments is named for what it is, with what to do: a table turned round, a pivot table, an archive, a mail. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-other-shapes-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);

const lines = [HEADINGS, payment('R1', '10,00'), payment('R2', '20,00')];
const turned = HEADINGS.map((_, i) => lines.map((cells) => cells[i] ?? ''));

describe('a table in another shape says which', () => {
  test.each([
    ['turned round', turned, /transposé.*Transposé/],
    ['turned round, below a title', [['Paiements', '', ''], ...turned], /transposé/],
    [
      'by month',
      [
        ['SIRET', 'janvier', 'février', 'mars', 'Total'],
        ['55208131706650', '1', '2', '3', '6'],
      ],
      /tableau croisé/,
    ],
    [
      'by year',
      [
        ['Entreprise', 'Dispositif', '2010', '2011', '2012'],
        ['A', 'DIF', '1', '2', '3'],
      ],
      /tableau croisé/,
    ],
    [
      'by quarter',
      [
        ['SIRET', 'T1 2012', 'T2 2012', 'T3 2012'],
        ['55208131706650', '1', '2', '3'],
      ],
      /tableau croisé/,
    ],
    [
      'as Excel makes it',
      [
        ['Étiquettes de lignes', 'Somme de Montant HT'],
        ['DIF', '30,00'],
      ],
      /tableau croisé.*une ligne par paiement/,
    ],
  ])('%s', async (_what, rows, french) => {
    for (const file of [csvOf(rows), xlsxOf(rows)]) {
      const { code, detail } = await read(file);
      expect([code, detail]).toEqual(['columns_missing', expect.stringMatching(french)]);
    }
  });
  test.each([
    [
      'as LibreOffice makes it',
      [
        ['Filtre', ''],
        ['SIRET', 'Total Résultat'],
        ['55208131706650', '30,00'],
      ],
    ],
    [
      'as LibreOffice sums',
      [
        ['SIRET', 'Somme - Montant HT'],
        ['55208131706650', '30,00'],
      ],
    ],
    [
      'by month in figures',
      [
        ['SIRET', '01/2012', '02/2012', '03/2012'],
        ['55208131706650', '1', '2', '3'],
      ],
    ],
    [
      'by month with its year',
      [
        ['SIRET', 'Nom', 'Janv. 2012', 'Fév. 2012', 'Mars 2012'],
        ['55208131706650', 'x', '1', '2', '3'],
      ],
    ],
  ])('%s, and which columns are missing', async (_what, rows) => {
    for (const file of [csvOf(rows), xlsxOf(rows)])
      expect((await read(file)).detail).toMatch(/aucune colonne pour la référence.*tableau croisé/);
  });
  test.each([
    [`Nombre d'heures`, '3'],
    [`Nb d’heures`, '3'],
    ['Moyenne de coût horaire', '3'],
    ['Étiquettes de lignes', 'x'],
  ])('%s beside most columns of payments is a column, and the others are missing', async (name, cell) => {
    const rows = [
      [...HEADINGS.slice(0, 4), 'Somme versée', name],
      [...payment('R1', '10,00'), cell],
    ];
    const { detail } = await read(csvOf(rows));
    expect(detail).toMatch(/aucune colonne pour le montant/);
    expect(detail).not.toMatch(/tableau/);
  });
  test('years and months of a list that lacks a column are no periods of a pivot table', async () => {
    const heads = ['Jour', 'Bénéficiaire', 'Action', 'Mesure prise', 'A', 'B', 'C'];
    const { detail } = await read(csvOf([heads, ['15/03/2012', SIRET, 'x', 'DIF', '2010', '2011', '2012']]));
    expect(detail).not.toMatch(/tableau/);
  });
  test('a list that lacks a column is told the column', async () => {
    const { detail } = await read(csvOf(lines.map((cells) => cells.slice(0, 4))));
    expect(detail).toContain('montant');
  });
  test('columns of months beside those of payments are no pivot table', async () => {
    const months = ['janvier', 'février', 'mars'];
    expect(
      outcomesOf(
        await read(
          csvOf([
            [...HEADINGS, ...months],
            [...payment('R1', '10,00'), '', 'x', ''],
          ]),
        ),
      ),
    ).toEqual([[1000], []]);
  });
});

describe('what holds a table, and is none, is named', () => {
  const signed = (hex: string) => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(600)]);
  const mail = (...headers: string[]) => Buffer.from(`${headers.join('\r\n')}\r\n\r\nBonjour ;\r\n`);
  test.each([
    ['7z', signed('377abcaf271c0004'), 'other_archive_given', '7z'],
    ['RAR', signed('526172211a0700'), 'other_archive_given', 'RAR'],
    ['RAR of today', signed('526172211a070100'), 'other_archive_given', 'RAR'],
    ['XZ', signed('fd377a585a00'), 'other_archive_given', 'XZ'],
    [
      'tar',
      Buffer.concat([Buffer.alloc(257, 'a'), Buffer.from('ustar\0'), Buffer.alloc(300)]),
      'other_archive_given',
      'tar',
    ],
    [
      'a message of Outlook',
      Buffer.concat([signed('d0cf11e0a1b11ae1'), Buffer.from('__properties_version1.0', 'utf16le')]),
      'mail_given',
      'pièce jointe',
    ],
    [
      'a mail',
      mail('From: a@b.fr', 'To: c@d.fr', 'Subject: Paiements', 'MIME-Version: 1.0'),
      'mail_given',
      'pièce jointe',
    ],
    ['a mail as it came', mail('Return-Path: <a@b.fr>', 'Received: by x', 'Date: Mon'), 'mail_given', 'pièce jointe'],
    ['a web page in one file', mail('MIME-Version: 1.0', 'Content-Type: multipart/related'), 'html_given', 'page web'],
  ])('%s', async (_what, bytes, code, french) => {
    const found = await read(bytes);
    expect([found.code, found.detail]).toEqual([code, expect.stringContaining(french)]);
  });
  test('a list below lines of a title that look like those of a mail is one', async () => {
    for (const between of [[], [['']]]) {
      const rows = [['Date: 31/12/2012'], ['From: OPCA'], ...between, HEADINGS, payment('R1', '10,00')];
      expect(outcomesOf(await read(csvOf(rows)))).toEqual([[1000], []]);
    }
  });
  test('a list whose first heading is a word of mails is one', async () => {
    const rows = [
      ['Date', ...HEADINGS.filter((name) => name !== 'Date de paiement')],
      ['15/03/2012', ...payment('R1', '10,00').filter((_, i) => i !== 2)],
    ];
    expect(outcomesOf(await read(csvOf(rows)))).toEqual([[1000], []]);
  });
});

describe('a star behind a reference refers to a note, and is none of its signs', () => {
  test.each(['R1*', 'R1 *', 'R1**', 'R1 (*)'])('%s', async (reference) => {
    const { accepted, refused } = await read(csvOf([HEADINGS, payment('R1', '10,00'), payment(reference, '10,00')]));
    expect([accepted.length, Object.values(refused)]).toEqual([1, ['reference_unreadable']]);
  });
  test.each(['*R1', 'R*1', 'R-1'])('%s is one', async (reference) => {
    expect(outcomesOf(await read(csvOf([HEADINGS, payment(reference, '10,00')])))).toEqual([[1000], []]);
  });
});
