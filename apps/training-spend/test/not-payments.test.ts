import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { outcomesOf, readerIn, withColumn } from './clerk-files.js';

/** What a label, a comment, a type or a factor beside a positive amount says of it: a credit, a refund, money not yet spent. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-not-payments-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);

describe('a positive amount whose line says that it is taken back is refused by column and word', () => {
  test.each([
    ['Libellé', 'Annulation formation Excel'],
    ['Libellé', 'Facture annulée'],
    ['Libellé', 'Dossier annulé le 12/03/2012'],
    ['Libellé', 'Formation Excel (annulée)'],
    ['Libellé', 'Formation Excel - ANNULÉ'],
    ['Libellé', 'Avoir sur facture 12'],
    ['Libellé', 'Avoir fournisseur'],
    ['Libellé', "Facture d'avoir 12"],
    ['Libellé', 'Contre-passation'],
    ['Libellé', 'Remboursement trop-perçu'],
    ['Libellé', 'Remboursement de l’acompte'],
    ['Libellé', 'Remboursement'],
    ['Libellé', 'Remise'],
    ['Libellé', 'Reprise acompte'],
    ['Libellé', 'Régul. annulation'],
    ['Libellé', 'Note de crédit 4'],
    ['Intitulé', 'Credit note 12'],
    ['Description', 'Refund'],
    ['Commentaire', 'Avoir'],
    ['Commentaire', 'à rembourser'],
    ['Commentaire', 'rejeté par la banque'],
    ['Commentaire', 'Paiement rejeté'],
    ['Type de pièce', 'Avoir'],
    ['Type de pièce', 'Note de crédit'],
    ['Nature', 'Indu'],
    ['Code journal', 'AV'],
    ['Coefficient', '-1'],
    ['Coef.', '-1,00'],
    ['Quantité', '-1'],
    ['Montant TTC', '-12,00'],
    ['TVA', '(2,00)'],
  ])('%s %s', async (heading, word) => {
    const { accepted, refused, details } = await read(withColumn(heading, word));
    expect([accepted, Object.values(refused)]).toEqual([[], ['amount_taken_back']]);
    expect(details[0]).toContain(heading);
    expect(details[0]).toContain(word);
    expect(outcomesOf(await read(withColumn(heading, word, '-10,00')))).toEqual([[-1000], []]);
  });
});

describe('a line that says that nothing was paid yet is refused by column and word', () => {
  test.each([
    ['Commentaire', 'impayé'],
    ['Libellé', 'Facture impayée'],
    ['Libellé', 'Formation Excel - impayé'],
    ['Libellé', 'Provision'],
    ['Libellé', 'Provision pour dossier 12'],
    ['Libellé', 'Provision 2012'],
    ['Remarques', 'doublon'],
    ['Type', 'Provision'],
    ['Type de pièce', 'Engagement'],
    ['Type de pièce', 'Prévisionnel'],
    ['Nature', 'Devis'],
    ['Nature', 'Pro forma'],
    ['Payé', 'Non'],
    ['Coefficient', '0'],
  ])('%s %s', async (heading, word) => {
    const { accepted, refused, details } = await read(withColumn(heading, word));
    expect([accepted, Object.values(refused)]).toEqual([[], ['not_paid']]);
    expect(details[0]).toContain(word);
  });
  test.each(['Accord', 'Demande'])('a stage before anything is paid: %s', async (word) => {
    expect(outcomesOf(await read(withColumn('Étape', word)))).toEqual([[], ['not_paid']]);
  });
});

describe('an ordinary label is counted', () => {
  test.each([
    ['Libellé', 'Formation gestion des impayés'],
    ['Libellé', 'Gestion des factures impayées'],
    ['Libellé', 'Remboursement de frais pédagogiques'],
    ['Libellé', 'Remboursement des salaires'],
    ['Libellé', 'Avoir confiance en soi'],
    ['Libellé', 'Avoir du leadership'],
    ['Libellé', 'Savoirs de base'],
    ['Libellé', 'Provisions et dépréciations'],
    ['Libellé', 'Engagement et motivation des équipes'],
    ['Libellé', 'Le budget prévisionnel'],
    ['Libellé', 'Reprise d’entreprise'],
    ['Libellé', 'Remise à niveau en anglais'],
    ['Libellé', 'Gérer les litiges, annulations et refus'],
    ['Libellé', 'Notes de frais'],
    ['Mode de règlement', 'Remboursement'],
    ['Raison sociale', 'ANNULIA'],
    ['Ville', 'Refuge'],
    ['Type', 'Facture'],
    ['Coefficient', '215'],
    ['Coefficient', ''],
    ['Montant TTC', '12,00'],
    ['Solde', '-10,00'],
  ])('%s %s', async (heading, word) => {
    expect(outcomesOf(await read(withColumn(heading, word)))).toEqual([[1000], []]);
  });
  test('and so is one that the dialect declares to be paid', async () => {
    const statuses = { Remise: 'paid', 'Avoir sur facture 12': 'paid', Provision: 'paid' } as const;
    for (const word of ['Remise', 'Avoir sur facture 12', 'Provision'])
      expect(outcomesOf(await read(withColumn('Libellé', word), { statuses }))).toEqual([[1000], []]);
  });
});
