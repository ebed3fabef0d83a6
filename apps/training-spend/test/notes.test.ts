import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { csvOf, HEADINGS, odsOf, outcomesOf, payment, readerIn, type Written, xlsxOf } from './clerk-files.js';

/** The sign of a note behind a number or a reference is none of its digits, whatever program raised it. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-notes-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);

const right = payment('R1', '1500');
/** A line with a note behind one of its cells. */
const noted = (at: number, note: (text: string, cell: string) => Written): Written[] =>
  right.map((text, i) => (i === at ? note(text, `${'ABCDE'[i]}2`) : text));
const WHERE: readonly (readonly [string, number, string])[] = [
  ['reference', 0, 'reference_unreadable'],
  ['SIRET', 1, 'siret_invalid'],
  ['day', 2, 'date_unreadable'],
  ['amount', 4, 'amount_unreadable'],
];
const inXlsx =
  (mark: string, align = 'superscript') =>
  (text: string, cell: string) => ({
    xml: `<c r="${cell}" t="inlineStr"><is><r><t>${text}</t></r><r><rPr><vertAlign val="${align}"/></rPr><t>${mark}</t></r></is></c>`,
  });
const inOds = (mark: string) => (text: string) => ({
  xml: `<table:table-cell office:value-type="string"><text:p>${text}<text:span text:style-name="up">${mark}</text:span></text:p></table:table-cell>`,
});

describe.each(WHERE)('behind a %s', (_name, at, code) => {
  test.each(['2', '(1)', ' 3'])('a raised %s in a sheet refuses the line', async (mark) => {
    const files = [inXlsx(mark), inXlsx(mark, 'subscript')].map((note) => xlsxOf([HEADINGS, noted(at, note)]));
    for (const file of [...files, odsOf([HEADINGS, noted(at, inOds(mark))])])
      expect(outcomesOf(await read(file))).toEqual([[], [code]]);
  });
  test.each(['¹', '²³', '⁷', '₂'])('a %s of Unicode refuses the line', async (mark) => {
    const line = right.map((text, i) => (i === at ? text + mark : text));
    expect(outcomesOf(await read(csvOf([HEADINGS, line])))).toEqual([[], [code]]);
  });
});

test('a raised letter alone is a note behind a reference', async () => {
  expect(outcomesOf(await read(xlsxOf([HEADINGS, noted(0, inXlsx('a'))])))).toEqual([[], ['reference_unreadable']]);
});

test('what is raised and no note is read as it is written', async () => {
  const raised = (text: string, up: string, cell: string, behind = '') => ({
    xml: `<c r="${cell}" t="inlineStr"><is><r><t>${text}</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>${up}</t></r><r><rPr><vertAlign val="baseline"/></rPr><t xml:space="preserve">${behind}</t></r></is></c>`,
  });
  const line = [raised('N', 'o', 'A2', ' 12'), ...right.slice(1), raised('60 m', '2', 'F2', ' au 1er')];
  const { accepted } = await read(xlsxOf([[...HEADINGS, 'Libellé'], line]));
  expect(accepted.map(({ reference, cents }) => [reference, cents])).toEqual([['No 12', 150_000]]);
});

test('the apostrophe by which a spreadsheet keeps a text a text is no part of a reference', async () => {
  const references = ["'D-1", 'D-1', "'É7", 'É7', '’É7', "'D-1'", "''D-1"];
  const { accepted } = await read(csvOf([HEADINGS, ...references.map((reference) => payment(reference, '10,00'))]));
  expect(accepted.map(({ reference }) => reference)).toEqual(['D-1', 'É7']);
  const own = await read(csvOf([HEADINGS, payment("L'AVENIR-1", '10,00'), payment("D'ARC'", '10,00')]));
  expect(own.accepted.map(({ reference }) => reference)).toEqual(["L'AVENIR-1", "D'ARC'"]);
});
