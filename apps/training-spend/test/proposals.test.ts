import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { csvOf, HEADINGS, payment, previewerIn, readerIn } from './clerk-files.js';
import { CASE_DIALECT } from './read-case.js';

/** What the preview proposes is never laxer than what a careful clerk would declare. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-proposals-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);
const preview = previewerIn(dir);

/** The headings of a usual file, one of them called otherwise, and perhaps others besides. */
const called = (at: number, heading: string, ...more: string[]) =>
  csvOf([
    [...HEADINGS.map((usual, i) => (i === at ? heading : usual)), ...more],
    [...payment('R1', '10,00'), ...more.map(() => '12,00')],
  ]);
const [AMOUNT, DAY, FIRM] = [4, 2, 1];

/** What the preview takes for a field, and what it asks. */
async function proposedFor(field: 'amount' | 'paidOn' | 'siret', bytes: Buffer) {
  const { dialect, faults } = await preview(bytes);
  return [(dialect.columns as Record<string, unknown>)[field], faults.join('\n')] as const;
}

describe('a column is proposed as the amount paid where its heading says so', () => {
  test.each([
    ...['Montant HT', 'MONTANT H.T.', 'Mt HT', 'mnt_ht', 'Montant hors taxes', 'Montant payé', 'Montant versé HT'],
    ...['Montant réglé', 'Mt réglé', 'Montant pris en charge', 'Montant HT payé', 'Montant HT (€)', 'Montant'],
  ])('%s', async (heading) => {
    expect(await proposedFor('amount', called(AMOUNT, heading))).toEqual([[heading], '']);
  });
  test.each([
    ...['Montant TTC', 'Coût total', 'Budget', 'Montant engagé', 'Montant HT prévu', 'Montant facturé', 'TVA'],
    ...['Montant demandé', 'Montant remboursé', 'Reste à payer', 'Montant HT cumulé', 'Montant HT/heure', 'Mt. T.T.C.'],
    ...['Montant H.T. (hors frais)', 'Montant unitaire HT', 'Prix HT', 'Total HT', 'Cumul HT', 'Montant HT N-1'],
    ...['Montant HT estimé', 'MONTANT ACCORDE HT', 'Solde', 'Coût HT', 'Montant HT dû', 'Montant HT %', 'Autre chose'],
  ])('and not for %s, which it names and asks about', async (heading) => {
    const [columns, asked] = await proposedFor('amount', called(AMOUNT, heading));
    expect([columns, asked]).toEqual([undefined, expect.stringContaining(`« ${heading} »`)]);
    expect(asked).toMatch(/le montant payé hors taxe/);
  });
  test('of two that say so neither is taken, and an amount beside what remains is none', async () => {
    for (const more of ['Montant payé', 'Reste à payer', 'Montant engagé']) {
      const [columns, asked] = await proposedFor('amount', called(AMOUNT, 'Montant', more));
      expect([columns, asked !== '']).toEqual(more === 'Montant payé' ? [[more], false] : [undefined, true]);
    }
    const [columns, asked] = await proposedFor('amount', called(AMOUNT, 'Montant HT', 'Montant versé'));
    expect([columns, asked]).toEqual([undefined, expect.stringMatching(/« Montant HT ».*« Montant versé »/)]);
    expect(await proposedFor('amount', called(AMOUNT, 'Montant', 'TVA', 'Montant TTC'))).toEqual([['Montant'], '']);
  });
});

describe('a column is proposed as the day of payment where its heading says so', () => {
  test.each([
    'Date de paiement',
    'Dt règlement',
    'DATE REGLT',
    'Payé le',
    'Date de versement',
    'Date virement',
    'Date',
  ])('%s', async (heading) => {
    expect(await proposedFor('paidOn', called(DAY, heading))).toEqual([[heading], '']);
  });
  test.each([
    ...['Date de naissance', "Date d'échéance", 'Date prévue de paiement', 'Date limite', 'Date de facture'],
    ...['Date de début de formation', 'Date de paiement prévue', 'Date fin', 'DATE ENGAGT', 'Le'],
  ])('and not for %s', async (heading) => {
    const [columns, asked] = await proposedFor('paidOn', called(DAY, heading));
    expect([columns, asked]).toEqual([undefined, expect.stringContaining(`« ${heading} »`)]);
  });
});

describe('a column is proposed as the SIRET of the firm where its heading says so', () => {
  test.each(['SIRET', 'N° Siret', 'SIRET entreprise', 'Siret étab.', "N° de SIRET de l'adhérent"])(
    '%s',
    async (heading) => {
      expect(await proposedFor('siret', called(FIRM, heading))).toEqual([[heading], '']);
    },
  );
  test.each(['SIRET OF', 'SIRET organisme', 'Siret prestataire', 'SIRET payeur', 'SIRET siège', 'Numéro'])(
    'and not for %s',
    async (heading) => {
      const [columns, asked] = await proposedFor('siret', called(FIRM, heading));
      expect([columns, asked]).toEqual([undefined, expect.stringContaining(`« ${heading} »`)]);
    },
  );
});

test('what a proposal leaves open is said once, in French, and no field is called by its name in code', async () => {
  const { faults } = await preview(called(AMOUNT, 'Budget'));
  expect(faults).toHaveLength(1);
  const all = (
    await preview(
      csvOf([
        ['A', 'B', 'C'],
        ['1', '2', '3'],
      ]),
    )
  ).faults.join('\n');
  expect(all).not.toMatch(/undefined|no column|paidOn \(|which scheme/);
  expect(all).toMatch(/le jour du paiement/);
});

test('headings that come again, totals and titles ask nothing of a scheme', async () => {
  const rows = [HEADINGS, payment('R1', '10,00'), ['', '', '', 'Total DIF', '10,00'], HEADINGS, payment('R2', '1,00')];
  const { faults, dialect } = await preview(csvOf(rows));
  expect([faults, dialect.schemes]).toEqual([[], { DIF: 'DIF' }]);
});

test('hors taxe and HT are the same', async () => {
  expect((await read(called(AMOUNT, 'Montant hors taxes'))).remarks).toEqual(['column_replaced']);
});

test('zeros that a spreadsheet took are proposed where several SIRET lack them: one alone may have lost another digit', async () => {
  const lines = (...sirets: string[]) =>
    csvOf([HEADINGS, ...sirets.map((siret, i) => [`R${i}`, siret, '15/03/2012', 'DIF', '10,00'])]);
  const whole = payment('R1', '')[1] ?? '';
  expect((await preview(lines('1002500013', whole))).dialect.leadingZerosLost).toBe(false);
  expect((await preview(lines('1002500013', '2000800017', whole))).dialect.leadingZerosLost).toBe(true);
});

describe('a column that says another thing is read where the dialect names it, and that is told', () => {
  test.each([
    ['amount', AMOUNT, 'Montant TTC', 'ttc'],
    ['amount', AMOUNT, 'Montant HT engagé', 'engage'],
    ['paidOn', DAY, "Date d'échéance", 'echeance'],
    ['siret', FIRM, 'SIRET OF', 'of'],
  ])('%s: %s', async (field, at, heading) => {
    const bytes = called(Number(at), String(heading));
    expect((await read(bytes)).code).toBe('columns_missing');
    const columns = { ...CASE_DIALECT.columns, [field]: [heading] };
    const { accepted, remarks } = await read(bytes, { columns });
    expect([accepted.length, remarks]).toEqual([1, ['column_named_other']]);
  });
  test('what says nothing else is not', async () => {
    expect((await read(called(AMOUNT, 'Montant HT'))).remarks).toEqual([]);
  });
});

describe('a column of operations whose words no dialect names', () => {
  const withWords = (heading: string, ...words: string[]) =>
    csvOf([[...HEADINGS, heading], ...words.map((word, i) => [...payment(`R${i}`, '10,00'), word])]);
  const columns = CASE_DIALECT.columns;
  test.each([
    ['Sens', ['D', 'C'], { D: 'record' }, ['« C »']],
    ['Opération', ['Création', 'Annulation'], { Création: 'record', Annulation: 'cancel' }, []],
    ['Mouvement', ['Paiement', 'Régul'], { Paiement: 'record' }, ['« Régul »']],
  ])('%s %j is proposed with what is known, and asked about the rest', async (heading, words, operations, asked) => {
    const { dialect, faults, lines } = await preview(withWords(String(heading), ...(words as string[])));
    expect([dialect['operations'], faults.length]).toEqual([operations, (asked as string[]).length]);
    for (const word of asked as string[]) expect(faults.join()).toContain(word);
    expect(lines.filter((line) => line.read?.operation === 'record')).toHaveLength(1);
  });
  test('is no such column where none of its words is one of an operation', async () => {
    const { dialect } = await preview(withWords('Opération', 'Formation Excel', 'Permis B'));
    expect(dialect.columns).not.toHaveProperty('operation');
  });
  test.each([
    ['Sens', 'C', 'amount_taken_back'],
    ['Sens', 'Z', 'status_unknown'],
    ['Opération', 'Annulation', 'amount_taken_back'],
    ['Opération', 'Régularisation', 'operation_unknown'],
  ])('that a dialect reads refuses each line whose word is not known: %s %s', async (heading, word, reason) => {
    const dialect = { columns: { ...columns, operation: [heading] } };
    const { accepted, refused } = await read(withWords(heading, 'Paiement', 'D', word, ''), dialect);
    expect(Object.values(refused)).toContain(reason);
    expect(accepted.map(({ reference }) => reference)).not.toContain('R2');
    expect(accepted.map(({ reference }) => reference)).toContain('R3');
  });
});
