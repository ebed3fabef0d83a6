import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { outcomesOf, readerIn, withColumn } from './clerk-files.js';

/** What columns of signs and of status say of a payment: paid, not paid, taken back, or something that nobody here knows. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-statuses-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);

describe('a line that was not paid is not counted', () => {
  test.each([
    ['Statut', 'Non réglé'],
    ['Statut', 'En attente'],
    ['Statut', 'EN COURS DE TRAITEMENT'],
    ['Statut', 'À payer'],
    ['Statut du dossier', 'pas encore payé'],
    ['État', 'Suspendu'],
    ['Situation paiement', 'bloqué'],
    ['Statut', 'Brouillon'],
    ['Statut', 'Impayé'],
    ['Payé', 'non'],
    ['Payé (O/N)', 'N'],
    ['Réglé', '0'],
    ['Réglé', 'FAUX'],
    ['Observations', 'Non réglé'],
    ['Mouvement', 'à payer'],
  ])('%s %s', async (heading, word) => {
    const { accepted, refused, details } = await read(withColumn(heading, word));
    expect([accepted, Object.values(refused)]).toEqual([[], ['not_paid']]);
    expect(details[0]).toContain(word);
  });
  test('nor one whose amount is negative', async () => {
    expect(outcomesOf(await read(withColumn('Statut', 'En attente', '-10,00')))).toEqual([[], ['not_paid']]);
  });
});

describe('a line that is taken back is not counted as one that pays', () => {
  test.each([
    ['Statut', 'Supprimé'],
    ['Statut', 'Rejeté'],
    ['Statut', 'Refusé'],
    ['Statut', 'Annulé'],
    ['Mouvement', 'Suppression'],
    ['Signe', '-'],
    ['Signe', '−'],
    ['Signe', 'moins'],
    ['+/-', '-'],
    ['Sens', 'C'],
    ['Sens', 'Crédit'],
    ['Sens', '-'],
    ['D/C', 'c'],
    ['', '-'],
  ])('%s %s', async (heading, word) => {
    expect(outcomesOf(await read(withColumn(heading, word)))).toEqual([[], ['amount_taken_back']]);
    expect(outcomesOf(await read(withColumn(heading, word, '-10,00')))).toEqual([[-1000], []]);
  });
});

describe('a word that nobody knows refuses its line and is named', () => {
  test.each([
    ['Statut du paiement', 'ZK12'],
    ['Statut', 'partiellement payé'],
    ['Statut paiement', 'partiellement payé'],
    ['Signe', '?'],
    ['Sens', 'X'],
    ['État du dossier', 'accordé'],
  ])('%s %s', async (heading, word) => {
    const { accepted, refused, details } = await read(withColumn(heading, word));
    expect([accepted, Object.values(refused)]).toEqual([[], ['status_unknown']]);
    expect(details[0]).toContain(word);
  });
  test('unless the dialect says what it means', async () => {
    const statuses = { ZK12: 'paid', 'zk 13': 'unpaid' } as const;
    expect(outcomesOf(await read(withColumn('Statut', 'zk-12'), { statuses }))).toEqual([[1000], []]);
    expect(outcomesOf(await read(withColumn('Statut', 'ZK13'), { statuses }))).toEqual([[], ['not_paid']]);
  });
});

describe('a line that was paid is counted', () => {
  test.each([
    ['Statut', 'Payé'],
    ['Statut', 'RÉGLÉE'],
    ['Statut', ''],
    ['Statut', 'Soldé'],
    ['Statut', 'Payé le 12/03/2012'],
    ['Statut', 'non annulé'],
    ['Signe', '+'],
    ['Sens', 'D'],
    ['Sens', 'Débit'],
    ['Payé', 'oui'],
    ['Payé', '10,00'],
    ['Règlement', 'virement'],
    ['Type', 'En cours d’emploi'],
    ['Nature', 'Formation'],
    ['Situation', 'Lille'],
    ['Statut juridique', 'SARL'],
    ['Ville', '-'],
  ])('%s %s', async (heading, word) => {
    expect(outcomesOf(await read(withColumn(heading, word)))).toEqual([[1000], []]);
  });
});
