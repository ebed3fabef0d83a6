import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, test } from '@jest/globals';
import { csvOf, merging, odsOf, outcomesOf, previewerIn, readerIn, SIRET, xlsxOf } from './clerk-files.js';
import { CASE_DIALECT, readTable } from './read-case.js';

/** Headings on two lines, the upper one over several columns: each column is what both say, or the file is refused. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-two-rows-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);
const preview = previewerIn(dir);

type Heads = readonly [upper: string, lower: string];
const split = (upper: string, lower: string): Heads => [upper, lower];
const row = (text: string) => text.split('|');

/** The file in each way it can be written: text, sheets with and without merged cells. */
function written([upper, lower]: Heads, lines: readonly (readonly string[])[]): Buffer[] {
  const rows = [row(upper), row(lower), ...lines.map((cells) => [...cells])];
  const merges = [];
  const [above = [], under = []] = rows;
  for (let at = 0; at < under.length; at++) {
    const column = String.fromCharCode(65 + at);
    if ((under[at] ?? '') === '') merges.push(`${column}1:${column}2`);
    let last = at;
    while (above[at] !== '' && above[last + 1] === '' && (under[last + 1] ?? '') !== '') last++;
    if (last > at) merges.push(`${column}1:${String.fromCharCode(65 + last)}1`);
  }
  return [csvOf(rows), csvOf(rows, '\t'), xlsxOf(rows), xlsxOf(merging(rows, ...merges)), odsOf(rows)];
}

const AROUND = split('Référence|Entreprise||Date de paiement|Dispositif|', '|SIRET|Raison sociale|||');
const with_ = (upper: string, lower: string) => split(`${AROUND[0]}${upper}`, `${AROUND[1]}${lower}`);
const line = (...amounts: string[]) => ['R1', SIRET, 'Dupont', '15/03/2012', 'DIF', ...amounts];

describe('a column is what both lines say', () => {
  test.each<[string, Heads, string[], number[]]>([
    ['the amount without its tax', with_('Montant|', 'HT|TTC'), ['100,00', '119,60'], [10000]],
    [
      'the amount without its tax below a name in the plural',
      with_('Montants|', 'HT|TTC'),
      ['100,00', '119,60'],
      [10000],
    ],
    ['the amount without its tax behind the other', with_('Montant|', 'TTC|HT'), ['119,60', '100,00'], [10000]],
    [
      'of two groups the one that is no other amount',
      with_('Demandé||Réglé|', 'Montant HT|Heures|Montant HT|Heures'),
      ['500,00', '30', '100,00', '20'],
      [10000],
    ],
    [
      'the group of the amount that it is',
      with_('Prévisionnel|Réglé', 'Montant HT|Montant HT'),
      ['500,00', '100,00'],
      [10000],
    ],
    [
      'of two groups with their years the one that is no other amount',
      with_('Prévu 2012||Réalisé 2012|', 'Montant HT|Heures|Montant HT|Heures'),
      ['500,00', '30', '100,00', '20'],
      [10000],
    ],
    [
      'of two groups with a colon behind them the same',
      with_('Demandé :||Réglé :|', 'Montant HT|Heures|Montant|Heures'),
      ['500,00', '30', '100,00', '20'],
      [10000],
    ],
    [
      'its own heading beside groups of others',
      with_('Montant HT|Stagiaires|', '|Hommes|Femmes'),
      ['100,00', '2', '3'],
      [10000],
    ],
    [
      'a day of a group of days',
      split('Référence|SIRET|Dispositif|Montant HT|Dates|', '||||Date de facture|Date de paiement'),
      [],
      [10000],
    ],
  ])('%s', async (_what, heads, amounts, taken) => {
    const cells = amounts.length > 0 ? line(...amounts) : ['R1', SIRET, 'DIF', '100,00', '01/02/2012', '15/03/2012'];
    for (const file of written(heads, [cells])) {
      const found = await read(file);
      expect([found.detail, outcomesOf(found)]).toEqual([undefined, [taken, []]]);
      expect(found.accepted[0]?.paidOn).toBe('2012-03-15');
      expect(found.remarks).toContain('headings_on_two_lines');
    }
  });

  test('and a group that says its unit says it of the amounts', async () => {
    for (const file of written(with_('Montant (k€)|', 'HT|TTC'), [line('1,5', '1,8')]))
      expect(outcomesOf(await read(file))).toEqual(['amount_unit', []]);
  });
});

describe('what only one of them would be is never read', () => {
  test.each<[string, Heads, string[]]>([
    ['a part of the amount', with_('Montant HT||', 'Formation|Déplacement|Total'), ['60,00', '40,00', '100,00']],
    ['the amount of one year', with_('Montant HT||', '2010|2011|2012'), ['60,00', '40,00', '100,00']],
    [
      'an amount that was asked for',
      with_('Demandé||Accordé|', 'Montant HT|Heures|Montant|Heures'),
      ['60,00', '1', '4,00', '1'],
    ],
    [
      'the amount that two have',
      with_('OPCA||Entreprise|', 'Montant HT|Heures|Montant HT|Heures'),
      ['60,00', '1', '4,00', '1'],
    ],
    [
      'the SIRET of another',
      split('Référence|Organisme de formation||Date de paiement|Dispositif|Montant HT', '|SIRET|Nom|||'),
      ['10,00'],
    ],
  ])('%s', async (_what, heads, amounts) => {
    for (const file of written(heads, [line(...amounts)])) {
      const { code, accepted, detail } = await read(file);
      expect([accepted, code]).toEqual([[], expect.stringMatching(/^columns_(missing|ambiguous)$/)]);
      expect(detail).toMatch(/nom|tableau croisé/);
    }
  });
});

describe('lines above the headings that are none', () => {
  const HEADS = 'Référence|SIRET|Date de paiement|Dispositif|Montant HT';
  const cells = ['R1', SIRET, '15/03/2012', 'DIF', '100,00'];
  test.each([
    ['a title', 'Bordereau des factures||||'],
    ['a title in the middle', '||Bordereau des factures||'],
    ['who sends it', 'Organisme|OPCA Nord|||'],
    ['who sends it, and of when', 'Financeur : OPCA Nord||||Édition : mars'],
    ['who sends it to whom', 'OPCA Nord|||Région|'],
    ['words over each of them', 'Votre numéro|Votre entreprise|Jour|Mesure|En euros'],
  ])('%s', async (_what, above) => {
    for (const file of [csvOf([row(above), row(HEADS), cells]), xlsxOf([row(above), row(HEADS), cells])])
      expect(outcomesOf(await read(file))).toEqual([[10000], []]);
  });

  test('a title that is merged over the whole table', async () => {
    const rows = [row('Bordereau des factures||||'), row(HEADS), cells];
    expect(outcomesOf(await read(xlsxOf(merging(rows, 'A1:E1'))))).toEqual([[10000], []]);
  });

  test('a line that says again what each column is', async () => {
    const rows = [row(HEADS), row('ref|siret|dt_paiement|dispositif|mt_ht'), cells];
    expect((await read(csvOf(rows))).accepted.map(({ cents }) => cents)).toEqual([10000]);
  });
});

test('headings below forty lines of a letterhead are found', async () => {
  const letterhead = Array.from({ length: 39 }, (_, i) => [`Adresse, ligne ${i}`, '', '', '', '']);
  const cells = ['R1', SIRET, '15/03/2012', 'DIF', '100,00'];
  const rows = [...letterhead, 'Référence|SIRET|Date de paiement|Dispositif|Montant HT'.split('|'), cells];
  for (const file of [csvOf(rows), xlsxOf(rows), odsOf(rows)])
    expect(outcomesOf(await read(file))).toEqual([[10000], []]);
});

test('both lines come again on each page, and are no lines of the table', async () => {
  const heads = with_('Montant|', 'HT|TTC').map(row);
  const cells = (n: number) => [`R${n}`, ...line('100,00', '119,60').slice(1)];
  const rows = [...heads, cells(1), ...heads, cells(2), ...heads, cells(3)];
  for (const file of [csvOf(rows), xlsxOf(rows)])
    expect(outcomesOf(await read(file))).toEqual([[10000, 10000, 10000], []]);
});

test('refused lines come back under headings on one line, and are read as before', async () => {
  const lines = [line('100,00', '500,00', '1'), ['R2', 'x', ...line('20,00', '70,00', '2').slice(2)]];
  const rows = [...with_('Réglé|Demandé|', 'Montant HT|Montant HT|Heures').map(row), ...lines];
  const path = join(dir, 'refused');
  writeFileSync(path, csvOf(rows));
  const open = () => Readable.from([csvOf(rows)], { objectMode: false });
  const { headings = [] } = await readTable({ size: 1000, open, path: async () => path }, CASE_DIALECT);
  expect(outcomesOf(await read(csvOf([[...headings], ...lines])))).toEqual([[10000], ['siret_invalid']]);
});

test('a proposal binds them by both, and the preview shows it', async () => {
  for (const file of written(with_('Montant|', 'HT|TTC'), [line('100,00', '119,60')])) {
    const { dialect, faults, lines } = await preview(file);
    expect([
      faults,
      dialect.columns?.amount,
      lines.map(({ read: r }) => (r as { amountCents?: number })?.amountCents),
    ]).toEqual([[], ['Montant HT'], [10000]]);
  }
});

const HEADS = 'Référence;SIRET;Date de paiement;Dispositif;Montant HT';
const file = (...rows: string[]) => csvOf(rows.map((text) => text.split(';')));
const paid = (reference: string, ...amounts: string[]) => [reference, SIRET, '15/03/2012', 'DIF', ...amounts].join(';');
/** A file of one payment below these headings. */
const under = (...heads: string[]) => file(...heads, paid('R1', '500,00', '3', '100,00', '4'));

describe('a name by which an amount, a day or a SIRET is another one refuses the file, with what to do', () => {
  test.each([
    'Prévisionnel',
    'Demandé',
    'Demandé 2012',
    'Montants sollicités',
    'Plafond',
    'Facturé',
    'Coût total',
    'Part entreprise',
    'Convention',
    'Engagements',
    'En attente',
    'Éligible',
    'Autofinancement',
    'Liquidé',
    'Montants validés',
    'Retenu',
    'RETENU 2012',
    'Ordonnancé',
    'Contractualisé',
    'Programmé',
    'Base',
    'Base de calcul',
    'AE',
    'État',
    'Région',
    'Conseil régional',
    'Financement FSE',
    'Entreprise',
    'À la charge de l’employeur',
  ])('%s over the only amount', async (name) => {
    for (const heads of [
      [`Dossier;;;;${name};`, `${HEADS};Heures`],
      [`;;;;${name};`, `${HEADS};Heures`],
      [`Dossier;;;;${name};`, ';;;;Montants;', `${HEADS};Heures`],
      [`${HEADS};Heures`, `;;;;${name};`],
    ]) {
      const { code, detail, accepted } = await read(under(...heads));
      expect([accepted, code]).toEqual([[], 'columns_ambiguous']);
      expect(detail).toMatch(new RegExp(`${name}.*le montant payé.*sur une seule ligne`));
    }
  });
  test.each<[string, string, string, string]>([
    ['narrow groups', 'Dossier;;;;Demandé;Réglé', `${HEADS};Montant payé`, 'Demandé'],
    [
      'centred over their columns',
      'Dossier;;;;;Demandé;;;Réglé;',
      `${HEADS};Heures;Jours;Montant;Heures;Jours`,
      'Demandé',
    ],
    ['of two payers', 'Dossier;;;;Entreprise;;OPCA;', `${HEADS};Heures;Montant;Heures`, 'Entreprise'],
    ['of two payments', 'Dossier;;;;Réglé 2011;;Réglé 2012;', `${HEADS};Heures;Montant;Heures`, 'Réglé 2012'],
    ['below them', `${HEADS};Montant`, ';;;;demandé;réglé', 'demandé'],
    ['below a day and an amount', HEADS, ';;prévue;;engagé', 'prévue'],
    ['below a SIRET', HEADS, ';organisme de formation;;;', 'organisme de formation'],
    [
      'over a SIRET',
      ';Organisme de formation;;Prestation;Paiement;',
      'Référence;SIRET;Nom;Dispositif;Date de paiement;Montant HT',
      'Organisme',
    ],
  ])('%s', async (_what, upper, lower, name) => {
    const { code, detail, accepted } = await read(under(upper, lower));
    expect([accepted, code]).toEqual([[], 'columns_ambiguous']);
    expect(detail).toMatch(new RegExp(`${name}.*sur une seule ligne`));
  });
  test('beside a number', async () => {
    const rows = [
      ['Dossier', '12', '', '', 'Demandé', ''],
      [...HEADS.split(';'), 'Heures'],
      paid('R1', '5', '3').split(';'),
    ];
    expect((await read(xlsxOf(rows))).code).toBe('columns_ambiguous');
  });
  test('of engagements and payments, each with its year', async () => {
    const cells = ['R1', SIRET, 'DIF', '01/02/2012', '500,00', '15/03/2012', '100,00'].join(';');
    const lower = 'Référence;SIRET;Dispositif;Date;Montant HT;Date de paiement;Montant payé';
    expect((await read(file('Dossier;;;Engagement 2012;;Paiement 2012;', lower, cells))).code).toBe(
      'columns_ambiguous',
    );
  });
  test.each(['Facturé', 'Demandé', 'Prévu', 'Accordé HT', 'Remboursement attendu'])(
    '%s over a day and its amount',
    async (name) => {
      const heads = [`Dossier;;;${name};`, 'Référence;SIRET;Dispositif;Date de paiement;Montant'];
      expect((await read(file(...heads, `R1;${SIRET};DIF;15/03/2012;119,60`))).code).toBe('columns_ambiguous');
    },
  );
  test.each(['Paiement TTC', 'Règlements (TTC)'])(
    '%s over a day and its amount says that it holds its tax',
    async (name) => {
      const heads = [`Dossier;;;${name};`, 'Référence;SIRET;Dispositif;Date de paiement;Montant'];
      expect((await read(file(...heads, `R1;${SIRET};DIF;15/03/2012;119,60`))).code).toBe('amount_ttc');
    },
  );
  test('not where the funder names the column so', async () => {
    const { columns } = CASE_DIALECT;
    const amount = { columns: { ...columns, amount: ['Montant engagé'] } };
    const bytes = file(
      'Dossier;;;;Engagements;',
      'Référence;SIRET;Date de paiement;Dispositif;Montant engagé;Heures',
      paid('R1', '5,00', '3'),
    );
    expect(outcomesOf(await read(bytes, amount))).toEqual([[500], []]);
  });
});

describe('headings that come again below other names', () => {
  test('that say another amount refuse the file', async () => {
    for (const [name, code] of [
      ['Engagements', 'columns_ambiguous'],
      ['Montant (k€)', 'amount_unit'],
      ['Montant TTC', 'amount_ttc'],
    ] as const)
      expect(
        (await read(file(HEADS, paid('R1', '100,00'), `Dossier;;;;${name}`, HEADS, paid('R2', '500,00')))).code,
      ).toBe(code);
  });
  test('that are groups too', async () => {
    const pages = (first: string, second: string, lower: string) =>
      read(
        file(
          first,
          lower,
          paid('R1', '100,00', '1', '500,00', '1'),
          second,
          lower,
          paid('R2', '500,00', '1', '100,00', '1'),
        ),
      );
    const swapped = await pages(
      'Dossier;;;;Réglé;;Demandé;',
      'Dossier;;;;Demandé;;Réglé;',
      `${HEADS};Heures;Montant HT;Heures`,
    );
    expect(swapped.accepted.map(({ cents }) => cents)).toEqual([10000]);
    expect(Object.values(swapped.refused)).toEqual(expect.arrayContaining(['other_table']));
    const units = await pages(
      'Dossier;;;;Montant;;;',
      'Dossier;;;;Montant (k€);;;',
      'Référence;SIRET;Date de paiement;Dispositif;HT;TVA;TTC;Net',
    );
    expect(units.code).toBe('amount_unit');
  });
  test('on the second sheet are said of its line', async () => {
    const sheet = (...rows: string[]) => rows.map((text) => text.split(';'));
    const second = sheet(HEADS, paid('R2', '1,00'), 'Dossier;;;;Engagements', HEADS, paid('R3', '500,00'));
    const { code, detail } = await read(xlsxOf(sheet(HEADS, paid('R1', '100,00')), second));
    expect([code, detail]).toEqual(['columns_ambiguous', expect.stringMatching(/Feuille 2.*ligne 3.*Engagements/)]);
  });
  test.each([
    ['a line with a word instead of an amount', 'R2;;;;à payer'],
    ['a line with words instead of most', 'Dossier Dupont;en attente;en cours;DIF;à payer'],
  ])('%s is none of them, above or below', async (_what, between) => {
    const { accepted, code, refused } = await read(
      file(HEADS, between, paid('R1', '100,00'), between, HEADS, paid('R3', '100,00')),
    );
    expect([code, accepted.length, Object.keys(refused).length]).toEqual([undefined, 2, 2]);
  });
  test('a letterhead above them is one line that is refused', async () => {
    const rows = [HEADS, paid('R1', '100,00'), 'OPCA Nord;;Service facturation;;Lille', HEADS, paid('R2', '100,00')];
    expect(outcomesOf(await read(file(...rows)))).toEqual([[10000, 10000], ['siret_missing']]);
  });
  test('that go on are those of the first page', async () => {
    const lower = 'Référence;SIRET;Date de paiement;Dispositif;HT;TTC';
    const rows = [
      'Dossier;;;;Montant;',
      lower,
      paid('R1', '100,00', '119,60'),
      'Dossier (suite);;;;Montant;',
      lower,
      paid('R2', '100,00', '119,60'),
    ];
    expect(outcomesOf(await read(file(...rows)))).toEqual([[10000, 10000], []]);
  });
});

describe('names over the headings that change nothing', () => {
  test.each([
    ['whose SIRET it is', 'Client;;Dossier;;Paiement;', 'SIRET;Nom;Référence;Dispositif;Date de paiement;Montant HT'],
    [
      'what was paid for',
      'Entreprise;;Dossier;;Session de formation;',
      'SIRET;Nom;Référence;Dispositif;Date de paiement;Montant HT',
    ],
    [
      'what was granted, with the day of its payment',
      'Adhérent;;Dossier;;Financement accordé;',
      'SIRET;Nom;Référence;Dispositif;Date de paiement;Montant HT',
    ],
  ])('%s', async (_what, upper, lower) => {
    expect(outcomesOf(await read(file(upper, lower, `${SIRET};Dupont;R1;DIF;15/03/2012;100,00`)))).toEqual([
      [10000],
      [],
    ]);
  });
  test.each([';Organisme collecteur;;Service comptable;', 'OPCA Nord;;Service facturation;;Lille;'])(
    'who sends it: %s',
    async (letterhead) => {
      expect(outcomesOf(await read(under(letterhead, `${HEADS};a;b;c`)))).toEqual([[50000], []]);
    },
  );
  test.each([
    'Règlements effectués',
    'Factures payées',
    'Montants payés HT (hors TVA)',
    'Prise en charge OPCA',
    'Réalisé 2012',
    'Plafond horaire : 9,15 €',
    'Relevé des conventions',
    'Effectué',
    'Décaissé 2012',
    'Montants mandatés',
    'Exécuté',
    'OPCA',
    'Lille',
    'Convention n° 2012-45',
  ])('%s over the only amount', async (name) => {
    for (const upper of [`Dossier;;;;${name};`, `Dossier;;${name};;;`])
      expect(outcomesOf(await read(under(upper, `${HEADS};Heures;a;b`)))).toEqual([[50000], []]);
  });
  test.each(['Direction de la formation', 'Service des paiements', 'Suivi budgétaire'])(
    '%s, in merged cells',
    async (title) => {
      const rows = [['OPCA Nord', '', '', title, ''], HEADS.split(';'), paid('R1', '100,00').split(';')];
      expect(outcomesOf(await read(xlsxOf(merging(rows, 'A1:C1', 'D1:E1'))))).toEqual([[10000], []]);
    },
  );
  test.each([
    ['obligatoire', 'obligatoire;obligatoire;obligatoire;obligatoire;obligatoire;facultatif;facultatif'],
    ['texte', 'texte;chiffres;jj/mm/aaaa;liste;somme;libre;libre'],
  ])('%s below each of them is one line that is refused', async (_what, below) => {
    const bytes = file(`${HEADS};;Commentaire`, below, paid('R1', '100,00', 'x', 'y'));
    const { accepted, refused, code } = await read(bytes);
    expect([code, accepted.length, Object.keys(refused).length]).toEqual([undefined, 1, 1]);
  });
});

describe('headings that go on below themselves are one', () => {
  test.each([
    ['of a day and an amount', 'Référence;SIRET;Date de;Dispositif;Montant;Montant', ';;paiement;;HT;TTC'],
    ['of a SIRET too', 'Référence;N°;Date de;Dispositif;Montant;Nom', ';SIRET;paiement;;HT;'],
    [
      'beside an amount that was asked for',
      'Référence;SIRET;Date de;Dispositif;Montant;Montant HT',
      ';;paiement;;HT;demandé',
    ],
  ])('%s', async (_what, upper, lower) => {
    const { code, accepted } = await read(file(upper, lower, paid('R1', '100,00', '500,00')));
    expect([code, accepted.map(({ cents }) => cents)]).toEqual([undefined, [10000]]);
  });
});
