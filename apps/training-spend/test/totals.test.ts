import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { csvOf, HEADINGS, outcomesOf, payment, previewerIn, readerIn, SIRET } from './clerk-files.js';

/** No total is counted as a payment, whatever it is called and in whichever column. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-totals-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const reader = readerIn(dir);
const read = (rows: readonly (readonly string[])[], dialect = {}) => reader(csvOf(rows), dialect);
const LABELLED = ['Libellé', ...HEADINGS];
const labelled = (label: string, reference: string, amount: string) => [label, ...payment(reference, amount)];
const NAMES = [
  'ENSEMBLE',
  'Récapitulatif',
  'RECAPITULATIF 2012',
  'Sous-total',
  'Report',
  'Cumul',
  'À reporter',
  'A reporter',
  'S/T',
  'Récap',
  'Total',
  'Montant global',
  ...['Ss-total', 'SS-TOTAL', 'sstotal', 'S.Total', 'Sous/total', 'sous-tot.', 'S/Tot.', 'T O T A L', '=== TOTAL ==='],
  ...['[Total]', '<Total>', '- Total -', '*** Total ***', '∑', 'Dépenses totales', 'Net à payer'],
];

describe('what is called nothing but a total', () => {
  test.each(NAMES)(
    '%s, with all cells of a payment, is one where it sums up the lines above, else refused',
    async (name) => {
      for (const above of [['1,00', '5,00'], ['6,00']]) {
        const lines = above.map((amount, i) => payment(`R${i}`, amount));
        const sum = await read([HEADINGS, ...lines, payment(name, '6,00')]);
        expect([outcomesOf(sum)[1], sum.totals, sum.accepted.length]).toEqual([[], 1, above.length]);
        const differs = await read([HEADINGS, ...lines, payment(name, '7,00')]);
        expect([outcomesOf(differs)[1], differs.accepted.length]).toEqual([['total_or_payment'], above.length]);
      }
    },
  );
  test.each(NAMES)('%s in a column that is not read is no payment where it sums up the lines above', async (name) => {
    const lines = [labelled('x', 'R1', '1,00'), labelled('y', 'R2', '5,00')];
    const whole = await read([LABELLED, ...lines, labelled(name, 'R3', '6,00')]);
    expect(whole.accepted.map(({ cents }) => cents)).toEqual([100, 500]);
    const bare = await read([LABELLED, ...lines, [name, '', '', '', '', '6,00']]);
    expect([outcomesOf(bare), bare.totals]).toEqual([[[100, 500], []], 1]);
  });
});

describe('a reference that begins as one of a total', () => {
  test.each([
    ...['TOTAL DIF', 'Total Dupont SA', 'TOTAL N°1', 'TOTAL DIF 2012', 'Totaux OPCA', 'Sous-total DIF', 'S/T 12'],
    ...[
      'Tot. mars',
      'RAN',
      'S.T.',
      'ST',
      'S.T. DIF',
      'ΣTotal',
      '∑ DIF',
      'TOTAL1',
      'SST',
      'Sommes',
      'Montant cumulé',
      'Reprise du solde',
      'Synthèse',
    ],
    ...['Global', 'Balance', 'Balance 2012', 'Solde antérieur DIF', 'À nouveau DIF'],
  ])('%s names no payment, whatever its amount, with all cells of one', async (name) => {
    const lines = [payment('R1', '100,00'), payment('R2', '100,00')];
    for (const amount of ['250,00', '200,00', '100,00']) {
      const { accepted, refused, totals } = await read([HEADINGS, ...lines, payment(name, amount)]);
      expect([accepted.length, totals === 1 ? ['total_or_payment'] : Object.values(refused)]).toEqual([
        2,
        ['total_or_payment'],
      ]);
    }
  });
  test('names one where the firm beside it is called so', async () => {
    const rows = [
      [...HEADINGS, 'Entreprise'],
      [...payment('R1', '10,00'), 'X'],
      [...payment('TOTAL RAFFINAGE', '50,00'), 'Total Raffinage SA'],
    ];
    expect(outcomesOf(await read(rows))).toEqual([[1000, 5000], []]);
  });
  test.each([
    'Global Services',
    'GLOBAL-12',
    'SST 2012',
    'SST-12',
    'RAN12',
    'Balance scorecard',
    'Sommer',
    'TOTAL-2012',
  ])('%s begins otherwise', async (reference) => {
    const rows = [HEADINGS, payment('R1', '10,00'), payment(reference, '50,00')];
    expect(outcomesOf(await read(rows))).toEqual([[1000, 5000], []]);
  });
  test.each([
    ...['SST', 'Synthèse', 'Synthèse documentaire', 'Global Services', 'Total Quality Management', 'Balance scorecard'],
    ...['Balance', 'RAN', 'Sommes', 'Total Énergies'],
  ])('%s labels payments of any amount', async (label) => {
    const rows = ['10,00', '50,00', '70,00'].map((amount, i) => labelled(label, `R${i}`, amount));
    expect(outcomesOf(await read([LABELLED, ...rows]))).toEqual([[1000, 5000, 7000], []]);
  });
});

describe('what may name a total or a payment', () => {
  test('in a column that is not read is refused where it has the amount of the line above, or of several', async () => {
    for (const above of [[labelled('x', 'R1', '6,00')], [labelled('x', 'R1', '1,00'), labelled('y', 'R2', '5,00')]]) {
      const { accepted, refused } = await read([LABELLED, ...above, labelled('Total DIF', 'R3', '6,00')]);
      expect([accepted.length, Object.values(refused)]).toEqual([above.length, ['total_or_payment']]);
    }
  });
  test('and is paid where its amount is another', async () => {
    const rows = [LABELLED, labelled('x', 'R1', '1,00'), labelled('Total Énergies', 'R2', '6,00')];
    expect(outcomesOf(await read(rows))).toEqual([[100, 600], []]);
  });
  test.each(['Somme', 'St Omer', 'Saint-Omer', 'ST', 'Totalement', 'Report de séance', 'Général'])(
    '%s in a column of its own is none',
    async (label) => {
      const rows = [
        LABELLED,
        labelled(label, 'R1', '1,00'),
        labelled(label, 'R2', '5,00'),
        labelled(label, 'R3', '7,00'),
      ];
      expect(outcomesOf(await read(rows))).toEqual([[100, 500, 700], []]);
    },
  );
});

describe('an amount without a payment’s reference and establishment', () => {
  test.each([
    [['', '', '', '', '6,00']],
    [['', '', '31/12/2012', 'DIF', '6,00']],
    [['Lille', '', '', 'DIF', '6,00']],
    [['', SIRET, '', '', '6,00']],
  ])('%j that several lines above make is their total', async (cells) => {
    const lines = [payment('R1', '1,00'), payment('R2', '5,00')];
    const sum = await read([HEADINGS, ...lines, cells]);
    expect([outcomesOf(sum), sum.totals]).toEqual([[[100, 500], []], 1]);
    const other = await read([HEADINGS, ...lines, [...cells.slice(0, 4), '7,00']]);
    expect([other.accepted.length, Object.values(other.refused).length]).toEqual([2, 1]);
  });
});

describe('a dialect that names its totals', () => {
  const dialect = { totals: ['Bilan du mois', 'Arrêté'] };
  test.each(['BILAN DU MOIS', 'Bilan du mois de mars', 'arrêté : 2012'])('%s is one, whatever it has', async (name) => {
    const rows = [HEADINGS, payment('R1', '1,00'), payment(name, '7,00')];
    const file = await read(rows, dialect);
    expect([outcomesOf(file), file.totals, file.remarks]).toEqual([
      [[100], []],
      1,
      ['totals_set_aside', 'total_differs'],
    ]);
  });
  test('no payment is refused for a name that may be either', async () => {
    const rows = [HEADINGS, payment('R1', '1,00'), payment('TOTAL RAFFINAGE', '1,00'), payment('Bilans 3', '1,00')];
    expect(outcomesOf(await read(rows, dialect))).toEqual([[100, 100, 100], []]);
  });
});

describe('a firm that is called like a total', () => {
  const FIRM = ['Référence', 'SIRET', 'Date de paiement', 'Dispositif', 'Montant HT', 'Raison sociale'];
  const paid = (reference: string, amount: string, firm: string) => [...payment(reference, amount), firm];
  test.each(['Raison sociale', 'Entreprise', 'Adhérent', "Nom de l'entreprise", 'Société', 'Département', 'Client'])(
    'is paid, in a column called %s, whatever its amount and its dialect',
    async (heading) => {
      for (const totals of [undefined, ['Total', 'Somme', 'Report']])
        for (const firm of ['TOTAL', 'Total', 'TOTAL RAFFINAGE', 'Somme', 'REPORT', 'Cumul'])
          for (const isFirst of [false, true]) {
            const rows = [
              paid('R1', '600,00', 'X'),
              paid('R2', '600,00', firm),
              paid('R3', '1200,00', firm),
              paid('R4', '70,00', firm),
            ];
            const all = [[...HEADINGS, heading], ...rows];
            const placed = isFirst ? all.map((cells) => [cells.at(-1) ?? '', ...cells.slice(0, -1)]) : all;
            const file = await read(placed, totals ? { totals } : {});
            expect([firm, outcomesOf(file), file.totals]).toEqual([firm, [[60000, 60000, 120000, 7000], []], 0]);
          }
    },
  );
  test('and lacks something is refused for it, never a total', async () => {
    const rows = [FIRM, paid('R1', '600,00', 'X'), ['R2', '', '15/03/2012', '', '600,00', 'TOTAL']];
    const file = await read(rows);
    expect([outcomesOf(file)[0], file.totals, Object.values(file.refused)]).toEqual([[60000], 0, ['siret_missing']]);
  });
  test.each(['Sous-total X', 'Total général', 'S/T'])('but no firm is called %s', async (name) => {
    const sum = await read([FIRM, paid('R1', '1,00', 'X'), paid('R2', '5,00', 'X'), paid('R3', '6,00', name)]);
    expect(outcomesOf(sum)[0]).toEqual([100, 500]);
  });
  test('but a line without a payment’s cells is a total there too', async () => {
    const rows = [FIRM, paid('R1', '600,00', 'X'), paid('R2', '20,00', 'Y'), ['', '', '', '', '620,00', 'TOTAL']];
    const file = await read(rows);
    expect([outcomesOf(file), file.totals]).toEqual([[[60000, 2000], []], 1]);
  });
});

describe('a word of the dialect', () => {
  const after = (label: string) => [...payment('R3', '75,00'), label];
  const rows = (label: string, first = 'x') => [
    [...HEADINGS, 'Libellé'],
    [...payment('R1', '1,00'), first],
    [...payment('R2', '5,00'), 'y'],
    after(label),
  ];
  test.each(['Report de séance', 'Total Énergies : sécurité', 'Récapituler', 'Somme toute'])(
    'that begins the label of a payment names no total: %s',
    async (label) => {
      const file = await read(rows(label), { totals: ['Total', 'Report', 'Récap', 'Somme'] });
      expect([outcomesOf(file), file.totals]).toEqual([[[100, 500, 7500], []], 0]);
    },
  );
  test('that is all of the label of a payment is refused where it is no sum', async () => {
    const file = await read(rows('Report'), { totals: ['Report'] });
    expect([outcomesOf(file), file.totals]).toEqual([[[100, 500], ['total_or_payment']], 0]);
  });
  test.each(['Total RAFFINAGE', 'Total : Lille', 'Total 12'])(
    '%s as a reference is no total by it alone',
    async (name) => {
      const lines = [HEADINGS, payment('R1', '1,00'), payment(name, '75,00')];
      expect((await read(lines, { totals: ['Total'] })).totals).toBe(0);
    },
  );
  test('that a preview proposes sets no payment aside', async () => {
    const firms = ['X', 'TOTAL RAFFINAGE', 'TOTAL'];
    const lines = firms.map((firm, i) => [...payment(`R${i}`, `${75 + i},00`), firm, i === 1 ? 'Total qualité' : 'x']);
    const rows = [[...HEADINGS, 'Raison sociale', 'Libellé'], ...lines, ['Total', '', '', '', '228,00', '', '']];
    const { dialect } = await previewerIn(dir)(csvOf(rows));
    expect(dialect.totals).toEqual(['Total']);
    const file = await read(rows, dialect);
    expect([outcomesOf(file), file.totals]).toEqual([[[7500, 7600, 7700], []], 1]);
  });
  test('names a total that has nothing else', async () => {
    const lines = [HEADINGS, payment('R1', '1,00'), payment('R2', '5,00'), ['Total DIF', '', '', '', '6,00']];
    const file = await read(lines, { totals: ['Total'] });
    expect([outcomesOf(file), file.totals, file.remarks]).toEqual([[[100, 500], []], 1, ['totals_agree']]);
  });
});

describe('equal prices are no sum', () => {
  test.each(['Lire un compte de résultat', 'Somme', 'Report de séance', 'Écart type et statistiques', 'Général'])(
    '%s at the same price three times',
    async (label) => {
      const rows = [1, 2, 3].map((n) => labelled(label, `R${n}`, '600,00'));
      expect(outcomesOf(await read([LABELLED, ...rows]))).toEqual([[60000, 60000, 60000], []]);
    },
  );
  test('one line behind a subtotal is not several', async () => {
    const rows = [
      LABELLED,
      labelled('x', 'R1', '6,00'),
      ['Sous-total', '', '', '', '', '6,00'],
      labelled('y', 'R2', '6,00'),
      labelled('Lire un résultat', 'R3', '6,00'),
    ];
    expect(outcomesOf(await read(rows))).toEqual([[600, 600, 600], []]);
  });
});
