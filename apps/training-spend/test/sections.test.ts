import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workbook } from '@gpect/test-kit/table-habits';
import { afterAll, describe, expect, test } from '@jest/globals';
import { sectionOfPart } from '../src/dialect/sections.js';
import { csvOf, HEADINGS, payment, readerIn, SIRET, xlsxOf } from './clerk-files.js';
import { CASE_DIALECT } from './read-case.js';

/** Several tables in one file, and titles between the lines, as clerks put them together. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-sections-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);
const first = [HEADINGS, payment('R1', '101,00'), payment('R2', '102,00')];
const below = [payment('T1', '50,00'), payment('T2', '50,00')];
const title = (text: string) => [text, '', '', '', ''];
const centsOf = async (bytes: Buffer) => {
  const { accepted, refused, remarks, code } = await read(bytes);
  return { code, cents: accepted.map(({ cents }) => cents), refused: Object.values(refused), remarks };
};
const both = [10100, 10200];

describe('a title above the headings by which nothing below was paid', () => {
  test.each([
    ...[
      'SPECIMEN',
      'Spécimen - ne pas utiliser',
      'TEST',
      'Fichier de test',
      'Projet de budget',
      'Projet de budget 2013',
    ],
    ...['PROVISOIRE', 'Tableau provisoire', 'Liste provisoire des paiements'],
  ])('%s', async (text) => {
    const { cents, refused } = await centsOf(csvOf([title(text), ...first]));
    expect([cents, refused]).toEqual([[], ['section_unpaid', 'section_unpaid']]);
  });
  test.each(['Test de niveau', 'Tests et certifications', 'Projet Lille', 'Gestion de projet', 'Paiements 2012'])(
    'but not %s',
    async (text) => {
      expect((await centsOf(csvOf([title(text), ...first]))).cents).toEqual(both);
    },
  );
  test('nor a course that is called so, between the lines', async () => {
    expect((await centsOf(csvOf([...first, title('TEST'), payment('R3', '1,00')]))).cents).toEqual([...both, 100]);
  });
});

describe('lines below a title by which they do not count', () => {
  test.each([
    ...['Dossiers annulés et remplacés', 'Ne pas prendre en compte', 'À supprimer', 'Rejets bancaires', 'Trop-versés'],
    ...[
      'Indus',
      'Non éligibles',
      'Désistements',
      'Caducs',
      'Forclos',
      'Dossiers déjà transmis',
      'Payé par l’entreprise',
    ],
  ])('%s', async (text) => {
    const { cents, refused } = await centsOf(csvOf([...first, title(text), payment('R3', '1,00')]));
    expect([cents, refused.length]).toEqual([both, 2]);
  });
  test.each([
    'Ne pas utiliser',
    'A supprimer',
    'Poubelle',
    'Corbeille',
    'Modèle',
    'Exemple',
    'Test',
    'Archive',
    '2011 déjà envoyé',
  ])('nor those of a sheet called %s beside another', async (name) => {
    const rows = { Paiements: first, [name]: [HEADINGS, payment('R3', '1,00')] };
    expect((await centsOf(workbook(rows, 'xlsx'))).cents).toEqual(both);
    expect((await centsOf(workbook({ Modèle: first }, 'xlsx'))).cents).toEqual(both);
  });
});

describe('another table below is never read under the headings of the first', () => {
  test.each([
    [['N° facture', 'SIRET', 'Échéance', 'Dispositif', 'Montant TTC']],
    [['N° facture', 'SIRET', 'Échéance', 'Dispositif', 'k€']],
    [['N° dossier', 'SIRET', 'Date prévue', 'Dispositif', 'Montant prévu']],
    [['Référence', 'SIRET', 'Date de paiement', 'Dispositif', 'Montant TTC']],
    [['Bénéficiaire', 'N° SIRET', 'Date', 'Type', 'TVA']],
    [['Facture', 'Siret OF', 'Date de facture', 'Libellé', 'Reste à payer']],
    [['', 'SIRET', 'Échéance', '', 'TTC']],
    [['Nom', 'Prénom', 'Date de naissance', 'Ville', 'Solde']],
    [['Dispositif', 'Montant']],
  ])('%j', async (headings) => {
    for (const blank of [[], [['', '', '', '', '']]]) {
      const { cents, refused } = await centsOf(csvOf([...first, ...blank, headings, ...below]));
      expect([cents, refused]).toEqual([both, ['other_table', 'other_table', 'other_table']]);
    }
    const sheet = await centsOf(xlsxOf([...first, headings, ...below]));
    expect([sheet.cents, sheet.refused]).toEqual([both, ['other_table', 'other_table', 'other_table']]);
  });
  test.each([
    [
      ['Réf', 'N° Siret', 'Date règlement', 'Dispositif', 'Mt HT'],
      ['T1', SIRET, '15/03/2012', 'DIF', '50,00'],
    ],
    [
      ['SIRET', 'Référence', 'Montant HT', 'Dispositif', 'Date de paiement'],
      [SIRET, 'T1', '50,00', 'DIF', '15/03/2012'],
    ],
  ])('is read under its own where they bind: %j', async (headings, line) => {
    const { cents, refused, remarks } = await centsOf(csvOf([...first, headings, line]));
    expect([cents, refused, remarks]).toEqual([[...both, 5000], [], ['headings_repeated']]);
  });
  test('and the first one is read again where its headings come again', async () => {
    const other = ['N° facture', 'SIRET', 'Échéance', 'Dispositif', 'Montant TTC'];
    const { cents, refused } = await centsOf(csvOf([...first, other, ...below, HEADINGS, payment('R3', '1,00')]));
    expect([cents, refused.length]).toEqual([[...both, 100], 3]);
  });
  test('a line that lacks something is no headings', async () => {
    const { refused } = await centsOf(csvOf([...first, ['R3', '', 'à venir', 'DIF', 'néant'], payment('R4', '1,00')]));
    expect(refused).toEqual([expect.not.stringMatching('other_table')]);
  });
});

describe('a title says what the lines below it are', () => {
  test.each([
    ...['Avoirs et remboursements', 'Annulations', 'ANNULATIONS 2012', 'Avoirs', 'Remboursements', 'Trop-perçus'],
    ...['Paiements annulés', 'Notes de crédit', 'Extournes', 'Reversements', 'II. Annulations', 'Stages annulés'],
    ...['Avoirs (à déduire)', '=== AVOIRS ===', 'Avoirs du 1er trimestre'],
  ])('%s: positive amounts do not count, negative ones do', async (text) => {
    for (const repeated of [[], [HEADINGS]]) {
      const { cents, refused } = await centsOf(csvOf([...first, title(text), ...repeated, ...below]));
      expect([cents, refused]).toEqual([both, ['section_taken_back', 'section_taken_back', 'section_taken_back']]);
    }
    const negative = await centsOf(csvOf([...first, title(text), payment('T1', '-50,00')]));
    expect([negative.cents, negative.refused]).toEqual([[...both, -5000], ['section_taken_back']]);
  });
  test.each([
    ...['Prévisionnel 2013', 'Impayés', 'Engagements', 'À recevoir', 'Reste à payer', 'En attente', 'Non payés'],
    ...[
      'Budget',
      'Prévisions',
      'Versements à venir',
      'Rejets',
      'Paiements non effectués',
      'Demandes en cours',
      'Provisions',
    ],
    ...['Engagé non payé', 'B - Impayés', 'Engagements restant à payer', 'Dossiers refusés', 'Impayés : 2 dossiers'],
  ])('%s: nothing counts', async (text) => {
    for (const repeated of [[], [HEADINGS]]) {
      const { cents, refused } = await centsOf(csvOf([...first, title(text), ...repeated, ...below]));
      expect([cents, refused]).toEqual([both, ['section_unpaid', 'section_unpaid', 'section_unpaid']]);
    }
  });
  test.each(['Paiements', 'Versements 2012', 'Règlements'])(
    'until another says that they are paid: %s',
    async (text) => {
      const { cents } = await centsOf(
        csvOf([...first, title('Annulations'), ...below, title(text), payment('R3', '1,00')]),
      );
      expect(cents).toEqual([...both, 100]);
    },
  );
  test.each([
    'Formation continue',
    'Paiements et avoirs',
    'Hors avoirs',
    'Les avoirs sont en négatif',
    'Agence de Lille',
  ])('%s says nothing that is known: lines are read, and it is told', async (text) => {
    const { cents, remarks } = await centsOf(csvOf([...first, title(text), ...below]));
    expect([cents, remarks]).toEqual([[...both, 5000, 5000], ['title_unknown']]);
  });
  test('what stands at the foot is no title', async () => {
    expect((await centsOf(csvOf([...first, title('Fait à Lille, le directeur')]))).remarks).toEqual([]);
  });
  test.each([
    ['Annulations 2012', ['section_taken_back', 'section_taken_back']],
    ['État des engagements', ['section_unpaid', 'section_unpaid']],
    ['Prévisionnel 2013', ['section_unpaid', 'section_unpaid']],
    ['Remboursements aux entreprises', []],
    ['Direction du budget', []],
    ['Formation « gérer ses impayés »', []],
  ])('above the headings: %s', async (text, refused) => {
    const read = await centsOf(csvOf([title(text), HEADINGS, ...below]));
    expect([read.cents, read.refused]).toEqual([refused.length > 0 ? [] : [5000, 5000], refused]);
  });
});

/** How people group their payments: by firm, by place, by course, by service. */
const GROUPS = [
  ...[
    'CREDIT AGRICOLE',
    'Crédit Mutuel',
    'RENAULT',
    'Agence de Lille',
    'Préviade mutuelle',
    'Préviade',
    'BUDGET TELECOM',
  ],
  ...["Reprise d'entreprise", 'Avoir confiance en soi', 'Gestion de projet', 'Commande numérique', 'Estime de soi'],
  ...['Estimation immobilière', 'Accord de branche', 'Engagement de développement (EDEC)', 'Direction du budget'],
  ...['Demandes individuelles', 'Gestion des impayés', 'Élaborer un budget', 'Refuser sans blesser', 'Projet'],
  ...['Recouvrement et litiges clients', 'Comptabilité : les provisions', 'Devis et facturation', 'DIF', 'Plan'],
  ...[
    'Annulation de séjours : accueil',
    'Plan de reprise',
    'Suspension hydraulique',
    'Crédit bancaire',
    'Budget 2012 : 12000',
  ],
];

describe('a title says so by all that it says', () => {
  test.each(GROUPS)('%s is the name of a group', async (text) => {
    const { cents, refused } = await centsOf(csvOf([...first, title(text), ...below]));
    expect([cents, refused]).toEqual([[...both, 5000, 5000], [expect.not.stringMatching('section')]]);
  });
  test.each(GROUPS)('%s is the name of a sheet, or stands above the headings', async (text) => {
    expect(sectionOfPart([], text, false)).toBeUndefined();
    const { cents } = await centsOf(csvOf([title(text), HEADINGS, ...below]));
    expect(cents).toEqual([5000, 5000]);
  });
  test.each(['Annulations', 'Impayés', 'Prévisionnel 2013', 'Avoirs'])('%s ends where another begins', async (text) => {
    for (const next of ['RENAULT', 'Agence de Lille', 'Gestion de projet']) {
      const rows = [...first, title(text), payment('T1', '50,00'), title(next), payment('R3', '1,00')];
      const { cents, refused, remarks } = await centsOf(csvOf(rows));
      expect([cents, refused.length, remarks]).toEqual([[...both, 100], 3, ['title_unknown']]);
    }
  });
  test.each(['Page 2', 'Suite', 'Budget 2012 : 12000', 'Les montants sont en euros', 'FAC-12', 'Édité le 3 mars 2012'])(
    'and not where a note stands: %s',
    async (note) => {
      const rows = [...first, title('Annulations'), payment('T1', '50,00'), title(note), payment('R3', '1,00')];
      expect((await centsOf(csvOf(rows))).cents).toEqual(both);
    },
  );
  test.each([
    ['Annulations', '', '', '', '100,00'],
    ['Annulations', '', '', '', '100,00 €'],
    ['Annulations 2012', '', '', '2', ''],
    ['Impayés', '', '', '2 dossiers', ''],
    ['Impayés', '', '', '2 lignes', '1 100,00'],
    ['', '', '', 'Reste à payer', '100,00'],
  ])('a count or a subtotal beside it: %j', async (...cells) => {
    const { cents, refused } = await centsOf(csvOf([...first, cells as string[], ...below]));
    expect([cents, refused.length]).toEqual([both, 3]);
  });
  test.each([
    ['RENAULT', '', '', '', '100,00'],
    ['Reste à payer', '', '', '', '0,00'],
    ['Budget', '', '', '', '12 000,00'],
  ])('which makes no title of another: %j', async (...cells) => {
    expect((await centsOf(csvOf([...first, cells as string[], ...below]))).cents).toEqual([...both, 5000, 5000]);
  });
});

describe('a text that says nothing known, with an amount beside it, may be the title of another section', () => {
  const group = (amount: string) => ['RENAULT', '', '', '', amount];
  test.each(['Avoirs', 'Impayés'])('below %s: lines stay refused, and are told why and what to do', async (text) => {
    const { accepted, details } = await read(csvOf([...first, title(text), group('77,00'), ...below]));
    expect(accepted.map(({ cents }) => cents)).toEqual(both);
    for (const detail of details.slice(-2)) expect(detail).toMatch(/RENAULT.*ligne 5.*peut-être le titre.*Paiements/);
    const sure = await read(csvOf([...first, title(text), ...below]));
    expect(sure.details.join()).not.toContain('peut-être');
  });
  test('and the next title, alone on its line, ends what was in doubt', async () => {
    const rows = [...first, title('Avoirs'), group('77,00'), ...below, title('Paiements'), payment('R3', '1,00')];
    expect((await centsOf(csvOf(rows))).cents).toEqual([...both, 100]);
  });
  test('elsewhere lines below are read, and it is told; not where it is the sum of those above', async () => {
    expect((await centsOf(csvOf([...first, group('77,00'), ...below]))).remarks).toEqual(['title_unknown']);
    const summed = await centsOf(csvOf([...first, group('203,00'), ...below]));
    expect([summed.cents, summed.remarks]).toEqual([[...both, 5000, 5000], ['totals_agree']]);
  });
});

describe('what is said of taxes and units beside the headings is heard like theirs', () => {
  const headings = [...HEADINGS.slice(0, 4), 'Montant'];
  test.each(['Tous les montants sont TTC', 'Montants exprimés TTC', 'Montants T.T.C.', 'Toutes taxes comprises'])(
    'above, below, or as a unit: %s',
    async (text) => {
      for (const own of [headings, HEADINGS])
        expect((await centsOf(csvOf([title(text), own, ...below]))).code).toBe('amount_ttc');
      expect((await centsOf(csvOf([HEADINGS, ['', '', '', '', '(TTC)'], ...below]))).code).toBe('amount_ttc');
      const foot = await centsOf(csvOf([...first, title(text), ...below]));
      expect([foot.code, foot.cents]).toEqual(['amount_ttc', []]);
    },
  );
  test.each(['Montants HT et TTC', 'Montants hors taxes', 'Non TTC'])('%s says nothing else', async (text) => {
    expect((await centsOf(csvOf([title(text), HEADINGS, ...below]))).code).toBeUndefined();
  });
  test('a dialect that names a column with tax is told nothing new', async () => {
    const columns = { ...CASE_DIALECT.columns, amount: ['Montant TTC'] };
    const rows = [title('Montants TTC'), [...HEADINGS.slice(0, 4), 'Montant TTC'], ...below];
    expect((await read(csvOf(rows), { columns })).accepted).toHaveLength(2);
  });
  test.each(["Total (en milliers d'euros)", 'Total TTC', 'Total k€'])(
    'a total that is what the lines make: %s',
    async (label) => {
      const total = [label, '', '', '', '203,00'];
      const { code, cents } = await centsOf(csvOf([...first, total, ...below]));
      expect([code, cents]).toEqual([label.includes('TTC') ? 'amount_ttc' : 'amount_unit', []]);
      const differs = await centsOf(
        csvOf([...first, ['Total HT', '', '', '', '203,00'], [label, '', '', '', '242,79']]),
      );
      expect([differs.cents, differs.refused]).toEqual([both, []]);
    },
  );
  test('a number format', async () => {
    const amount = (format: string) => [['R9', SIRET, '15/03/2012', 'DIF', { number: '10', format }]];
    expect((await centsOf(xlsxOf([HEADINGS, ...amount('0.00" TTC"')]))).refused).toEqual(['amount_unreadable']);
    expect((await centsOf(xlsxOf([HEADINGS, ...amount('0.00" € HT"')]))).cents).toEqual([1000]);
  });
  test('a cell', async () => {
    expect((await centsOf(csvOf([HEADINGS, payment('R1', '10,00 TTC')]))).refused).toEqual(['amount_unreadable']);
  });
});

describe('what is said of totals is so', () => {
  const total = (amount: string) => ['Total', '', '', '', amount];
  test.each([
    ['a total above all lines is not compared with nothing', [HEADINGS, total('203,00'), ...first.slice(1)], 0],
    ['one that cannot be read is told beside those that agree', [...first, total('203,00'), total('n.c.')], 1],
  ])('%s', async (_what, rows, agreeing) => {
    const { said, remarks } = await read(csvOf(rows as string[][]));
    expect([remarks, said.join()]).toEqual([['totals_agree'], expect.stringMatching(/1 n’a pas pu être comparée/)]);
    expect(said.join()).toContain(`${agreeing} ${agreeing === 1 ? 'est égale' : 'sont égales'}`);
    expect(said.join()).not.toMatch(/rien à faire|0,00/);
  });
});
