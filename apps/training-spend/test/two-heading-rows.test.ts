import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, test } from '@jest/globals';
import { csvOf, fateOf, merging, odsOf, previewerIn, readerIn, SIRET, xlsxOf } from './clerk-files.js';
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
      expect([found.detail, fateOf(found)]).toEqual([undefined, [taken, []]]);
      expect(found.accepted[0]?.paidOn).toBe('2012-03-15');
      expect(found.remarks).toContain('headings_on_two_lines');
    }
  });

  test('and a group that says its unit says it of the amounts', async () => {
    for (const file of written(with_('Montant (k€)|', 'HT|TTC'), [line('1,5', '1,8')]))
      expect(fateOf(await read(file))).toEqual(['amount_unit', []]);
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
      expect(fateOf(await read(file))).toEqual([[10000], []]);
  });

  test('a title that is merged over the whole table', async () => {
    const rows = [row('Bordereau des factures||||'), row(HEADS), cells];
    expect(fateOf(await read(xlsxOf(merging(rows, 'A1:E1'))))).toEqual([[10000], []]);
  });

  test('a line that says again what each column is', async () => {
    const rows = [row(HEADS), row('ref|siret|dt_paiement|dispositif|mt_ht'), cells];
    expect((await read(csvOf(rows))).accepted.map(({ cents }) => cents)).toEqual([10000]);
  });
});

test('both lines come again on each page, and are no lines of the table', async () => {
  const heads = with_('Montant|', 'HT|TTC').map(row);
  const cells = (n: number) => [`R${n}`, ...line('100,00', '119,60').slice(1)];
  const rows = [...heads, cells(1), ...heads, cells(2), ...heads, cells(3)];
  for (const file of [csvOf(rows), xlsxOf(rows)]) expect(fateOf(await read(file))).toEqual([[10000, 10000, 10000], []]);
});

test('refused lines come back under headings on one line, and are read as before', async () => {
  const lines = [line('100,00', '500,00', '1'), ['R2', 'x', ...line('20,00', '70,00', '2').slice(2)]];
  const rows = [...with_('Réglé|Demandé|', 'Montant HT|Montant HT|Heures').map(row), ...lines];
  const path = join(dir, 'refused');
  writeFileSync(path, csvOf(rows));
  const open = () => Readable.from([csvOf(rows)], { objectMode: false });
  const { headings = [] } = await readTable({ size: 1000, open, path: async () => path }, CASE_DIALECT);
  expect(fateOf(await read(csvOf([[...headings], ...lines])))).toEqual([[10000], ['siret_invalid']]);
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
