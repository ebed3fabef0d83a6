import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { WrittenDialect } from '../src/dialect/dialect.js';
import { csvOf, HEADINGS, merging, payment, SIRET, struckThrough, xlsxOf } from './clerk-files.js';
import { opened, sentFile } from './mend-files.js';
import { CASE_DIALECT } from './read-case.js';

/**
 * Whatever was refused is refused again where it comes back as it was: together with the others, by itself, or beside others
 * that were mended. What a file alone tells of its lines does not come back with them.
 */

const dir = mkdtempSync(join(tmpdir(), 'gpect-refused-again-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const path = join(dir, 'file');
const sent = (bytes: Buffer, dialect: WrittenDialect, known?: Parameters<typeof sentFile>[3]) => {
  writeFileSync(path, bytes);
  return sentFile(bytes, dialect, path, known);
};
const takenOf = ({ decided }: Awaited<ReturnType<typeof sent>>) => [...(decided?.writes.keys() ?? [])];

/** Sends the refused lines of a file back in each of these ways; what was taken of them, which is to be nothing. */
async function takenUnmended(bytes: Buffer, dialect: WrittenDialect) {
  const first = await sent(bytes, dialect);
  const codes = (first.decided?.refusals ?? []).map(({ reason }) => reason);
  if (codes.length === 0) return { codes, taken: [] };
  const known = new Map([...(first.decided?.writes ?? [])].map(([id, { after }]) => [id, after]));
  const { head, lines, write } = opened(first.toMend);
  const taken: unknown[] = [];
  const send = async (how: string, file: Buffer, mended?: string) => {
    const ids = takenOf(await sent(file, dialect, known)).filter((id) => id !== mended);
    if (ids.length > 0) taken.push([how, ids]);
  };
  await send('together', first.toMend);
  const at = (names: readonly string[] | undefined) => head.findIndex((name) => names?.includes(name));
  const { columns } = dialect;
  const right = new Map([
    [at(columns.reference), 'MENDED-1'],
    [at(columns.siret), SIRET],
    [at(columns.paidOn), '15/03/2012'],
    [at(columns.scheme), 'DIF'],
    [at(columns.amount), '12,34'],
  ]);
  for (const [i, line] of lines.slice(0, 40).entries()) {
    await send(`line ${i} alone`, write([line]));
    const mended = head.map((_, column) => right.get(column) ?? '');
    await send(`line ${i} mended`, write(lines.map((other, j) => (j === i ? mended : other))), 'p/f/MENDED-1');
  }
  return { codes, taken };
}

const LABELLED = [...HEADINGS, 'Libellé'];
const paid = payment('R1', '100,00');
const noted = (text: string) => [text, '', '', '', ''];
const FILES: Readonly<Record<string, Buffer>> = {
  'a total with all that a payment has': csvOf([
    HEADINGS,
    paid,
    payment('R2', '100,00'),
    payment('TOTAL DIF', '200,00'),
    payment('R3', ''),
  ]),
  'a total by its label': csvOf([
    LABELLED,
    [...payment('R0', '50,00'), 'x'],
    [...paid, 'x'],
    [...payment('R2', '150,00'), 'Total DIF'],
    [...payment('R3', ''), 'x'],
  ]),
  'days of both orders': csvOf([
    HEADINGS,
    payment('R1', '10,00', '15/03/2012'),
    payment('R2', '10,00', '03/25/2012'),
    payment('R3', '10,00', '03/04/2012'),
    payment('R4', 'n.c.', '05/04/2012'),
  ]),
  'days that begin with their year': csvOf([
    HEADINGS,
    payment('R1', '10,00', '2012-25-03'),
    payment('R2', '10,00', '2012-03-04'),
  ]),
  'days that a sheet may have exchanged': xlsxOf([
    HEADINGS,
    payment('R1', '10,00', '25/03/2012'),
    ['R2', SIRET, { number: '41002', format: 'dd/mm/yyyy' }, 'DIF', '10,00'],
    ['R3', '12', { number: '41002', format: 'dd/mm/yyyy' }, 'DIF', '10,00'],
  ]),
  'a note that says k€': csvOf([
    HEADINGS,
    paid,
    ['Montants ci-dessous en k€'],
    payment('R2', '1,50'),
    ['R3', '123', '15/03/2012', 'DIF', '2,50'],
  ]),
  'a note that says TTC': csvOf([HEADINGS, paid, noted('Montants ci-dessous TTC'), payment('R2', '1,50')]),
  sections: csvOf([
    HEADINGS,
    paid,
    noted('Avoirs'),
    payment('R2', '40,00'),
    ['R6', '123', '15/03/2012', 'DIF', '2,50'],
    noted('Prévisionnel 2013'),
    payment('R4', '100,00'),
    noted('Paiements'),
    payment('R5', '100,00'),
  ]),
  'a section above the headings': csvOf([['Prévisionnel 2013'], HEADINGS, paid, ['R2', '123', ...paid.slice(2)]]),
  'another table': csvOf([
    HEADINGS,
    paid,
    ['N° facture', 'SIRET', 'Échéance', 'Dispositif', 'Montant TTC'],
    payment('T1', '50,00'),
  ]),
  'amounts that a comma cut in two': csvOf(
    [
      [...HEADINGS, 'Heures'],
      [...payment('R1', '20'), '50'],
      [...payment('R2', '30'), '25'],
    ],
    ',',
  ),
  'lines with a cell too many or too few': csvOf([
    [...HEADINGS, 'Libellé', 'TTC'],
    [...paid, 'x', '120,00'],
    [...payment('R2', '10,00').slice(0, 4), 'x', '12,00', ''],
    [...payment('R3', '10,00'), 'a', 'b', '12,00'],
    ['R4', SIRET, '15/03/2012', '10,00', 'x', '12,00'],
  ]),
  'a reference known with another amount': csvOf([HEADINGS, paid, payment('R1', '200,00')]),
  'a line of which sheets strike a cell': xlsxOf([HEADINGS, struckThrough(paid), payment('R2', '1,00')]),
  'lines below a merged cell': xlsxOf(
    merging([HEADINGS, paid, ['', SIRET, '15/03/2012', 'DIF', '20,00'], payment('R3', '')], 'A2:A3', 'E3:E4'),
  ),
  'a status that is known in one line': csvOf([
    [...HEADINGS, 'Statut'],
    [...paid, 'Payé'],
    [...payment('R2', '10,00'), 'Accepté'],
    [...payment('R3', '10,00'), 'Rejeté'],
  ]),
  'a last line that is cut off': csvOf([HEADINGS, paid, payment('R2', '20,00'), payment('R3', '12')]),
  'days that another program wrote': csvOf([
    HEADINGS,
    ...['15/03/2012', '28/03/2012', '4/3/2012', '5/3/2012'].map((day, i) => payment(`R${i}`, '1,00', day)),
  ]),
  'a note behind a number': csvOf([HEADINGS, payment('R1²', '1,00'), payment('R2', '1,00²')]),
  'a cell cut by a quotation mark': csvOf([
    LABELLED,
    [...paid, '"Excel'],
    [...payment('R2', '10,00'), 'x'],
    [...payment('R3', '10,00'), 'Word"'],
    [...payment('R4', '10,00'), 'x'],
  ]),
};

describe('what was refused and comes back unmended is not taken', () => {
  test.each(Object.keys(FILES))('%s', async (name) => {
    const { codes, taken } = await takenUnmended(FILES[name] ?? Buffer.of(), CASE_DIALECT);
    expect([codes.length > 0, taken]).toEqual([true, []]);
  });

  const cases = new URL('cases/', import.meta.url).pathname;
  test.each(readdirSync(cases).filter((name) => name !== 'right.json'))('%s', async (name) => {
    expect((await takenUnmended(readFileSync(cases + name), CASE_DIALECT)).taken).toEqual([]);
  });
});

describe('a clerk who does what is said has the lines taken, and nobody else', () => {
  const mended = async (file: Buffer, change: (lines: string[][]) => string[][]) => {
    const first = await sent(file, CASE_DIALECT);
    const { lines, write } = opened(first.toMend);
    const back = await sent(write(change(lines)), CASE_DIALECT);
    return {
      taken: takenOf(back).map((id) => id.slice(4)),
      refused: (back.decided?.refusals ?? []).map(({ reason }) => reason),
      said: (first.decided?.refusals ?? []).map(({ detail }) => detail),
    };
  };
  const withAmounts = (lines: string[][], ...amounts: string[]) =>
    lines.map((line, i) => line.map((text, column) => (column === 4 && amounts[i] ? amounts[i] : text)));
  /** Every mark taken away, and nothing mended. */
  const unmarked = (lines: string[][]) =>
    lines.map((line) => line.map((text) => text.replace(/^#VALEUR! \((.*)\)$/, '$1')));

  test('a note on the unit holds where it comes back, and says to take it out', async () => {
    const file = csvOf([HEADINGS, paid, noted('Montants ci-dessous en k€'), payment('R2', '1,50')]);
    const kept = await mended(file, (lines) => withAmounts(lines, '', '1500,00'));
    expect([kept.taken, kept.refused]).toEqual([[], ['amount_unit', 'amount_unit']]);
    expect(kept.said[0]).toMatch(/puis ôtez-la/);
    const out = await mended(file, (lines) => withAmounts(lines, '', '1500,00').slice(1));
    expect([out.taken, out.refused]).toEqual([['R2'], []]);
    expect((await mended(file, unmarked)).taken).toEqual([]);
  });

  const titled = csvOf([
    HEADINGS,
    paid,
    noted('Avoirs'),
    payment('R2', '40,00'),
    noted('Prévisionnel'),
    payment('R3', '50,00'),
  ]);
  test('a title holds where it comes back, whether the cells below it are marked or not', async () => {
    const again = ['section_taken_back', 'section_taken_back', 'section_unpaid', 'section_unpaid'];
    for (const change of [(lines: string[][]) => lines, unmarked])
      expect(await mended(titled, change)).toMatchObject({ taken: [], refused: again });
  });
  test('what is below it is taken with a minus, or where the title is taken out and the amount written anew', async () => {
    const minus = await mended(titled, (lines) => withAmounts(lines, '', '-40,00'));
    expect(minus.taken).toEqual(['R2']);
    const out = await mended(titled, (lines) => withAmounts(lines, '', '', '', '50,00').filter((_, i) => i !== 2));
    expect(out.taken).toEqual([]);
    const alone = await mended(titled, (lines) => withAmounts(lines, '', '', '', '50,00').slice(3));
    expect(alone.taken).toEqual(['R3']);
    const untouched = await mended(titled, (lines) => lines.filter((_, i) => i !== 2 && i !== 0));
    expect(untouched.taken).toEqual([]);
  });

  test('a total that is a payment is taken by another name', async () => {
    const file = FILES['a total with all that a payment has'] ?? Buffer.of();
    const renamed = await mended(file, ([total = [], ...others]) => [['R9', ...total.slice(1)], ...others]);
    expect(renamed.taken).toEqual(['R9']);
  });

  test('a day that its file made doubtful stays so where another cell of its line is mended', async () => {
    const file = FILES['days of both orders'] ?? Buffer.of();
    const other = await mended(file, (lines) => withAmounts(lines, '', '', '10,00').slice(1));
    expect([other.taken, other.refused]).toEqual([[], ['date_unreadable', 'date_unreadable']]);
  });
});
