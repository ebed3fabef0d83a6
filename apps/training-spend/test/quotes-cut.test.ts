import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { HEADINGS, payment, readerIn, SIRET } from './clerk-files.js';

/** A quotation mark that lost its partner swallows no payment: what may be one cell or several lines is refused, each line whole. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-quotes-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const reader = readerIn(dir);
const read = async (rows: readonly (readonly string[])[]) => {
  const { code, accepted, refused } = await reader(Buffer.from(rows.map((cells) => cells.join(';')).join('\r\n')));
  return { code, cents: accepted.map(({ cents }) => cents), refused };
};
const line = (reference: string, amount: string, label: string) => [...payment(reference, amount), label];
const last = line('R9', '300,00', 'Soudage');
const both = { cents: [30000], refused: { 2: 'quote_cut', 3: 'quote_cut' } };

describe('a mark cut at the end of a label, and one that seems to close it on the next line', () => {
  test.each<[string, string[]]>([
    ['the lines as wide as the headings', [...HEADINGS, 'Libellé']],
    ['lines narrower than the headings', [...HEADINGS, 'Libellé', '', '', '']],
    ['lines much narrower', [...HEADINGS, 'Libellé', 'a', 'b', 'c', 'd', 'e', 'f', 'g']],
  ])('%s', async (_what, headings) => {
    expect(
      await read([headings, line('R1', '200,00', '"Bureautique'), line('R2', '200,00', 'Ecran 19"'), last]),
    ).toEqual(both);
  });
  test('lines of differing widths, as Excel leaves blank cells out', async () => {
    const headings = [...HEADINGS, 'Libellé', 'a', 'b', 'c'];
    const rows = [line('R1', '200,00', '"Bureautique'), [...line('R2', '200,00', 'Ecran 19"'), 'x'], last];
    expect(await read([headings, ...rows])).toEqual(both);
  });
  test('a label in the middle of its line, and in the first column', async () => {
    const inside = (reference: string, label: string) => [reference, label, SIRET, '15/03/2012', 'DIF', '10,00'];
    const headings = [HEADINGS[0] ?? '', 'Libellé', ...HEADINGS.slice(1)];
    expect(await read([headings, inside('R1', '"Bureautique'), inside('R2', '19"'), inside('R3', 'x')])).toEqual({
      cents: [1000],
      refused: both.refused,
    });
    const first = (label: string, reference: string) => [label, ...payment(reference, '10,00')];
    expect(
      await read([['Libellé', ...HEADINGS], first('"Bureautique', 'R1'), first('19"', 'R2'), first('x', 'R3')]),
    ).toEqual({
      cents: [1000],
      refused: both.refused,
    });
  });
  test('an empty cell in marks in between, and a line above that is wider than all', async () => {
    const rows = [
      ['Dépenses', '', '', '', '', '', '', '', '', ''],
      [...HEADINGS, 'Libellé'],
      line('R1', '200,00', '"Bureautique'),
      line('R2', '200,00', '""'),
      line('R3', '200,00', '19"'),
      last,
    ];
    const { cents, refused } = await read(rows);
    expect([cents, Object.values(refused)]).toEqual([[30000], ['quote_cut', 'quote_cut', 'quote_cut']]);
  });
  test('a comment that holds a payment is not counted as one, nor is its line lost', async () => {
    const comment = `"voir aussi\r\nR8;${SIRET};15/03/2012;DIF;50,00\r\nmerci"`;
    const { cents, refused } = await read([[...HEADINGS, 'Libellé'], line('R1', '200,00', comment), last]);
    expect([cents, Object.values(refused)]).toEqual([[30000], ['quote_cut', 'quote_cut', 'quote_cut']]);
  });
});

describe('a cell of several lines is one', () => {
  const headings = [...HEADINGS, 'Libellé', ''];
  test.each([
    ['"deux\r\nlignes"'],
    ['"deux;\r\nlignes ; et un point-virgule"'],
    ['"le 15/03/2012\r\nà Lille"'],
    ['"12 rue de Lille\r\n59000 Lille\r\n03 20 00 00 00"'],
    ['"dit ""oui""\r\npuis ""non"""'],
  ])('%j', async (label) => {
    expect(await read([headings, line('R1', '200,00', label), last])).toEqual({ cents: [20000, 30000], refused: {} });
  });
  test('two of them on one line, with an amount and a day between', async () => {
    const headings = ['Référence', 'SIRET', 'Libellé', 'Date de paiement', 'Dispositif', 'Montant HT', 'Commentaire'];
    const rows = (n: number) => [`10000000000${n}`, SIRET, '"a\r\nb"', '15/03/2012', 'DIF', `${n},00`, '"c\r\nd"'];
    expect(await read([headings, rows(1), rows(2)])).toMatchObject({ cents: [100, 200], refused: {} });
  });
  test('also in the first column, and in the headings', async () => {
    const rows = [
      ['"Libellé\r\nde l’action"', '"Référence\r\n"', ...HEADINGS.slice(1)],
      ['"deux\r\nlignes"', ...payment('R1', '10,00')],
      ['x', ...payment('R2', '20,00')],
    ];
    expect(await read(rows)).toEqual({ cents: [1000, 2000], refused: {} });
  });
});
