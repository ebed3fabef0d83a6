import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { CASE_DIALECT, readCase } from './read-case.js';

/** Habits of clerks and of their programs that once were read as something else without a word. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-habits-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const SIRET = '55208131706650';
const HEADINGS = ['Référence', 'SIRET', 'Date de paiement', 'Dispositif', 'Montant HT'];
const line = (reference: string, amount: string) => [reference, SIRET, '15/03/2012', 'DIF', amount];

let files = 0;
async function read(rows: readonly (readonly string[])[], delimiter = ';', dialect = CASE_DIALECT) {
  const path = join(dir, `${files++}.csv`);
  writeFileSync(path, rows.map((cells) => cells.join(delimiter)).join('\r\n'));
  const { code, accepted, refused } = await readCase(path, dialect);
  return code ?? [accepted.map(({ cents }) => cents), Object.values(refused)];
}

describe('an amount is never another one', () => {
  test.each([
    ['0.500', []],
    ['1 234', [123_400]],
    ['0 123,45', []],
  ])('%s', async (amount, cents) => {
    expect((await read([HEADINGS, line('R1', amount)]))[0]).toEqual(cents);
  });
  test('three decimals of another mark prove nothing', async () => {
    expect(await read([HEADINGS, line('R1', '0.123'), line('R2', '1,500')])).toEqual([
      [],
      ['amount_unreadable', 'amount_ambiguous'],
    ]);
  });
  test.each([
    ['an empty column behind it', ['Note'], [...line('R1', '10,50'), '']],
    ['a column of words behind it', ['Ville'], line('R1', '10,50')],
    ['one more cell than headings', ['Stagiaires'], [...line('R1', '10,50'), '']],
  ])('that the comma between the columns cuts in two is refused: %s', async (_what, more, cells) => {
    expect(await read([[...HEADINGS, ...more], cells], ',')).toEqual([[], ['amount_split']]);
  });
  test('a department or a number behind a whole amount is no cents', async () => {
    expect(
      await read(
        [
          [...HEADINGS, 'Département'],
          [...line('R1', '10'), '59'],
        ],
        ',',
      ),
    ).toEqual([[1000], []]);
    expect(
      await read(
        [
          [...HEADINGS, 'Nb jours'],
          [...line('R1', '10'), '15'],
        ],
        ',',
      ),
    ).toEqual([[1000], []]);
  });
});

describe('a payment that another column takes back is not counted as one', () => {
  test.each([
    ['Type', 'Avoir'],
    ['Statut', 'ANNULÉE'],
    ['Sens', 'C'],
    ['État paiement', 'Rejeté'],
  ])('%s %s', async (heading, word) => {
    const rows = (amount: string) => [
      [...HEADINGS, heading],
      [...line('R1', amount), word],
    ];
    expect(await read(rows('50,00'))).toEqual([[], ['amount_taken_back']]);
    expect(await read(rows('-50,00'))).toEqual([[-5000], []]);
  });
  test('what says that it was paid is paid', async () => {
    expect(
      await read([
        [...HEADINGS, 'Statut'],
        [...line('R1', '50,00'), 'Payé'],
      ]),
    ).toEqual([[5000], []]);
  });
});

describe('a heading whose note changes what it means is not taken for the usual one', () => {
  test.each([
    ['Montant HT (K)', 'amount_unit'],
    ['Montant HT (000 €)', 'amount_unit'],
    ['Montant HT (centimes)', 'amount_unit'],
    ['Montant HT (prévu)', 'columns_missing'],
  ])('%s', async (heading, code) => {
    expect(await read([[...HEADINGS.slice(0, 4), heading], line('R1', '50,00')])).toBe(code);
  });
  test('one that says no more than it is', async () => {
    expect(await read([[...HEADINGS.slice(0, 4), 'Montant HT (€)'], line('R1', '50,00')])).toEqual([[5000], []]);
  });
});

test.each(['idem', '-', '"', 'n/c', '#N/A', '#REF!', '2,01E+09'])(
  '%s is no reference: two payments would have the same',
  async (reference) => {
    const [accepted, refused] = await read([HEADINGS, line(reference, '1,00'), line(reference, '2,00')]);
    expect([accepted, new Set(refused).size]).toEqual([[], 1]);
  },
);
