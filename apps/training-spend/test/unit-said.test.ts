import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { csvOf, HEADINGS, outcomesOf, payment, readerIn } from './clerk-files.js';
import { CASE_DIALECT } from './read-case.js';

/** However a file says its unit or its currency: in a heading, in notes of several cells, in a column of its own. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-unit-said-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);
const K = { unit: 'kEUR' } as const;
const amounts = (heading: string) => [...HEADINGS.slice(0, 4), heading];

describe('a heading that names thousands of euros is read under a dialect of k€ alone', () => {
  test.each([
    'Montant HT (€ 000)',
    'Montant HT (10^3 €)',
    'Montant HT (10³ €)',
    'Montant HT (en K)',
    'Montant HT (1000 €)',
    'Montant HT (1 000 €)',
    'Montant HT (€’000)',
    'Montant HT (kilo-euros)',
    'Montant HT (en milliers)',
    'Montant HT (T€)',
    'Montant HT (1e3 €)',
  ])('%s', async (heading) => {
    const file = csvOf([amounts(heading), payment('R1', '12,50')]);
    expect((await read(file)).code).toBe('amount_unit');
    expect(outcomesOf(await read(file, K))).toEqual([[1_250_000], []]);
  });
  test.each(['Montant en K', 'Montants en milliers', 'Montant HT K€', 'Montant M€'])(
    '%s, named so by the dialect itself',
    async (heading) => {
      const columns = { ...CASE_DIALECT.columns, amount: [heading] };
      expect((await read(csvOf([amounts(heading), payment('R1', '12,50')]), { columns })).code).toBe('amount_unit');
    },
  );
});

describe('a heading that names millions, another currency or cents is refused under any dialect', () => {
  test.each(['(M€)', '(10^6 €)', '(en M)', '(€ 000 000)', '(USD)', '(CHF)', '(MAD)', '(cts)', '(Md€)', '(K$)'])(
    'Montant HT %s',
    async (note) => {
      const file = csvOf([amounts(`Montant HT ${note}`), payment('R1', '12,50')]);
      expect([(await read(file)).code, (await read(file, K)).code]).toEqual(['amount_unit', 'amount_unit']);
    },
  );
});

describe('a note of one cell or several, above the headings, below them or among the lines', () => {
  test.each([
    [['Montants en K']],
    [['Montants', 'en', 'K€']],
    [['Montants', 'exprimés en', 'milliers']],
    [['', '', '', 'Unité :', 'K']],
    [['Unité', '', '', '', '(10^3 €)']],
    [['', '', '', '', '(€ 000)']],
    [['Devise', 'USD']],
    [['Devise : francs suisses (CHF)']],
    [['en', '', '', 'M€']],
    [['Les montants sont en milliers d’euros.']],
    [['', '', '', '', 'k€']],
  ])('%j', async (note) => {
    const line = Array.from({ length: 5 }, (_, i) => note[i] ?? '');
    const lines = [payment('R1', '10,00'), payment('R2', '20,00')];
    expect((await read(csvOf([note, HEADINGS, ...lines]))).code).toBe('amount_unit');
    const below = await read(csvOf([HEADINGS, line, ...lines]));
    expect([below.code ?? below.accepted]).not.toContain(1000);
    expect(below.accepted).toEqual([]);
    const among = await read(csvOf([HEADINGS, payment('R0', '5,00'), line, ...lines]));
    expect([among.code, among.accepted]).toEqual(['amount_unit', []]);
    const foot = await read(csvOf([HEADINGS, ...lines, line]));
    expect([foot.code, foot.accepted]).toEqual(['amount_unit', []]);
  });
  test.each([
    [['Liste K : dispositifs']],
    [['Association', 'au capital de 40 000 €']],
    [['Montants en euros']],
    [['Devise', 'EUR']],
    [['Salle M', 'Bâtiment K']],
    [['F']],
    [['K']],
  ])('%j says nothing else than euros', async (note) => {
    expect(outcomesOf(await read(csvOf([note, HEADINGS, payment('R1', '10,00')])))).toEqual([[1000], []]);
  });
});

describe('whichever way a note is written, at the foot as well as above', () => {
  const lines = [payment('R1', '10,00'), payment('R2', '20,00')];
  test.each([
    'Montants (en k-€)',
    '(en K€uros)',
    '1 = 1000 €',
    '1 unité = 1 000 €',
    'Montants divisés par 1000',
    '* montants en milliers d’euros',
    'NB : les montants sont en k€',
  ])('%s', async (note) => {
    for (const rows of [
      [[note], HEADINGS, ...lines],
      [HEADINGS, ...lines, [note]],
    ]) {
      const { code, accepted, detail } = await read(csvOf(rows));
      expect([code, accepted, detail?.includes(note)]).toEqual(['amount_unit', [], true]);
    }
    expect((await read(csvOf([HEADINGS, ...lines, [note]]), K)).accepted.map(({ cents }) => cents)).toEqual([
      1_000_000, 2_000_000,
    ]);
  });
  test('a note on taxes at the foot is one on all amounts', async () => {
    expect(outcomesOf(await read(csvOf([HEADINGS, ...lines, ['Montants TTC']])))).toEqual(['amount_ttc', []]);
  });
  test.each([
    ['the title of a table that is another one', [['Budget (k€)'], ['Année', 'Montant', 'Solde'], ['2012', '12', '3']]],
    ['a total that is told in thousands as well', [['Total (k€)', '', '', '', '0,03']]],
    ['a figure beside the table', [['Subvention en k€', '', '', '', '120']]],
    ['who sends it', [['Association au capital de 40 000 €'], ['OPCA Nord, rue des Francs-Bourgeois']]],
    ['that they are in euros', [['Montants en euros, hors taxes']]],
  ])('%s says nothing of the lines above', async (_what, below) => {
    const { code, accepted } = await read(csvOf([HEADINGS, ...lines, ...below]));
    expect([code, accepted.map(({ cents }) => cents)]).toEqual([undefined, [1000, 2000]]);
  });
  test.each(['Montant HT K€', 'Montant HT K€uros', 'Montant HT en k€', 'Montant HT - k-€', 'Montant HT KEUR'])(
    'the heading %s is the amount, in thousands',
    async (heading) => {
      const file = csvOf([amounts(heading), payment('R1', '12,50')]);
      expect((await read(file)).code).toBe('amount_unit');
      expect(outcomesOf(await read(file, K))).toEqual([[1_250_000], []]);
    },
  );
  test.each(['Montant HT €', 'Montant HT en euros', 'Montant HT EUR', 'Montant HT - Euros'])(
    'the heading %s is the amount',
    async (heading) => {
      expect(outcomesOf(await read(csvOf([amounts(heading), payment('R1', '12,50')])))).toEqual([[1250], []]);
    },
  );
});

describe('a unit or a currency in a column of its own', () => {
  const withColumn = (heading: string, ...words: string[]) =>
    csvOf([[...HEADINGS, heading], ...words.map((word, i) => [...payment(`R${i}`, '10,00'), word])]);
  test.each([
    ['Unité', 'k€'],
    ['Unité', 'K'],
    ['Unité', '1000'],
    ['Unité', 'milliers d’euros'],
    ['Devise', 'USD'],
    ['Devise', 'XYZ'],
    ['Monnaie', 'francs'],
    ['Code devise', 'CHF'],
    ['Currency', 'dollars'],
    ['Observations', 'k€'],
    ['', 'K€'],
    ['', '$'],
  ])('%s %s refuses its line, and no other', async (heading, word) => {
    const { accepted, refused, details } = await read(withColumn(heading, 'EUR', word, ''));
    expect([accepted.map(({ cents }) => cents), Object.values(refused)]).toEqual([[1000, 1000], ['amount_unit']]);
    expect(details[0]).toContain(word);
  });
  test.each([
    ['Unité', 'heure'],
    ['Unité', 'stagiaire'],
    ['Devise', '€'],
    ['Devise', 'Euros'],
    ['Monnaie', 'eur'],
    ['Observations', 'Lot K'],
    ['Ville', 'Mons'],
    ['Sexe', 'F'],
    ['Sexe', 'M'],
    ['Mode', 'ESP'],
    ['Lot', 'K'],
    ['Note', '000'],
  ])('%s %s is read', async (heading, word) => {
    expect(outcomesOf(await read(withColumn(heading, word)))).toEqual([[1000], []]);
  });
  test('of k€ is read under a dialect of k€, and euros are refused there', async () => {
    expect(outcomesOf(await read(withColumn('Unité', 'k€', 'EUR', '€'), K))).toEqual([
      [1_000_000],
      ['amount_unit', 'amount_unit'],
    ]);
  });
});
