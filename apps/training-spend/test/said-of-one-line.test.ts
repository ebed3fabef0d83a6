import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { csvOf, HEADINGS, outcomesOf, payment, readerIn } from './clerk-files.js';

/** What a column of its own says of the amount of one line: that it holds its tax, or is in another unit. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-said-of-a-line-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);
const besides = async (heading: string, word: string, dialect = {}) =>
  outcomesOf(
    await read(
      csvOf([
        [...HEADINGS, heading],
        [...payment('R1', '10,00'), ''],
        [...payment('R2', '20,00'), word],
      ]),
      dialect,
    ),
  );

test.each([
  ['HT/TTC', 'TTC'],
  ['HT ou TTC', 'ttc'],
  ['Taxe', 'TTC'],
  ['Type de montant', 'TTC'],
  ['Nature du montant', 'Montant TTC'],
  ['Base', 'TTC'],
  ['Régime', 'T.T.C.'],
  ['', 'TTC'],
  ['TTC ?', 'Oui'],
  ['TTC', 'X'],
  ['TVA incluse', 'oui'],
  ['Montant TTC', 'Oui'],
  ['Observations', 'montant TTC'],
  ['Observations', 'TVA incluse'],
  ['Commentaire', 'toutes taxes comprises'],
  ['Remarque', 'attention, montant saisi TTC'],
])('the amount of a line whose column « %s » says « %s » holds its tax', async (heading, word) => {
  expect(await besides(heading, word)).toEqual([[1000], ['amount_unreadable']]);
});
test.each([
  ['HT/TTC', 'HT'],
  ['TTC ?', 'Non'],
  ['TTC', ''],
  ['Montant TTC', '23,92'],
  ['TVA', 'Oui'],
  ['Libellé', 'Calculer des prix TTC'],
  ['Intitulé', 'TVA et montants toutes taxes'],
  ['Observations', 'facture TTC reçue'],
  ['Observations', 'montant TTC : 23,92'],
  ['Raison sociale', 'TTC'],
])('while « %s » may say « %s »', async (heading, word) => {
  expect(await besides(heading, word)).toEqual([[1000, 2000], []]);
});

test.each([
  ['Observations', 'montant en francs'],
  ['Observations', 'en francs'],
  ['Commentaire', 'prix en francs'],
  ['Observations', 'montant en milliers'],
  ['Observations', 'en k€'],
  ['Observations', '1 k€'],
  ['Observations', 'USD'],
  ['Dev.', 'CHF'],
])('the amount of a line whose column « %s » says « %s » is in another unit', async (heading, word) => {
  expect(await besides(heading, word)).toEqual([[1000], ['amount_unit']]);
});
test.each([
  ['Observations', 'Budget de 3 k€'],
  ['Observations', 'vu en mars'],
  ['Observations', 'montant en euros'],
  ['Initiales', 'CHF'],
])('while of a unit « %s » may say « %s »', async (heading, word) => {
  expect(await besides(heading, word)).toEqual([[1000, 2000], []]);
});

test.each([
  ['Observations', 'paiement bloqué'],
  ['Observations', 'sera payé en mai'],
  ['Observations', 'chèque non encaissé'],
  ['Observations', 'non réalisé'],
  ['Observations', 'formation non suivie'],
  ['Observations', 'payé par l’entreprise'],
  ['Commentaire', 'opposition'],
  ['Observations', 'montant estimé'],
  ['Observations', 'provisoire'],
  ['Observations', 'erreur de saisie'],
  ['Observations', 'pour mémoire'],
  ['Observations', 'rembourst'],
  ['Observations', 'remb.'],
  ['Observations', 'ann.'],
  ['Libellé', 'dont frais pédagogiques'],
  ['Libellé', 'inclus dans R0'],
  ['Observations', 'déjà compté dans R0'],
  ['Libellé', 'compris dans la facture 12'],
])('a line whose column « %s » says « %s » is no payment of its own', async (heading, word) => {
  const [taken, refused] = await besides(heading, word);
  expect([taken, refused.length]).toEqual([[1000], 1]);
});
test.each([
  ['Observations', 'réalisé'],
  ['Observations', 'non soumis à TVA'],
  ['Observations', 'paiement reçu le 12'],
  ['Libellé', 'Repas compris dans le prix'],
  ['Libellé', 'Erreur médicale'],
  ['Libellé', 'Mémoire et attention'],
  ['Observations', 'payé par virement'],
  ['Observations', 'pris en charge par l’OPCA'],
  ['Libellé', 'Opposition et médiation'],
])('while « %s » may say « %s » of a payment', async (heading, word) => {
  expect(await besides(heading, word)).toEqual([[1000, 2000], []]);
});
