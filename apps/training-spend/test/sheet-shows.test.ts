import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { csvOf, HEADINGS, odsNumber, odsOf, outcomesOf, payment, readerIn, xlsxOf } from './clerk-files.js';

/** An amount is never another one than its sheet shows: its sign, a truth that is kept as a number, a formula that nobody reckoned. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-sheet-shows-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);
const withAmount = (amount: Parameters<typeof odsOf>[0][number][number]) => [
  HEADINGS,
  [...payment('R1', '').slice(0, 4), amount],
];
const NUMBER = '<number:number number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/>';
const text = (of: string) => `<number:text>${of}</number:text>`;
const otherwise = (condition: string) => `<style:map style:condition="${condition}" style:apply-name="P"/>`;
/** A style of its own before `N`, as LibreOffice writes the first section of a format. */
const firstSection = (inside: string) =>
  `<number:number/></number:number-style><number:number-style style:name="P">${inside}</number:number-style><number:number-style style:name="N">`;

describe('a format of OpenDocument that writes a sign of its own', () => {
  test.each([
    ['a minus', text('-') + NUMBER],
    ['brackets', text('(') + NUMBER + text(')')],
    ['a minus behind', NUMBER + text(' -')],
    ['a minus for what is not negative', firstSection(text('-') + NUMBER) + NUMBER + otherwise('value()&gt;=0')],
  ])('refuses the amount, as a workbook of Excel does: %s', async (_what, style) => {
    expect(outcomesOf(await read(odsOf(withAmount(odsNumber('1234.5')), style)))).toEqual([[], ['amount_unreadable']]);
  });
  test.each([
    ['with brackets', text('(') + NUMBER + text(')') + otherwise('value()&gt;=0')],
    ['with a minus', text('-') + NUMBER + otherwise('value()&gt;0')],
  ])('leaves the amount what it is where the sign is that of negative amounts: %s', async (_what, style) => {
    const sheet = (value: string) => odsOf(withAmount(odsNumber(value)), firstSection(NUMBER) + style);
    expect(outcomesOf(await read(sheet('1234.5')))).toEqual([[123_450], []]);
    expect(outcomesOf(await read(sheet('-1234.5')))).toEqual([[-123_450], []]);
  });
  test('refuses the amount where what is not negative is shown in thousands', async () => {
    const inThousands = NUMBER.replace('/>', ' number:display-factor="1000"/>');
    const sheet = odsOf(
      withAmount(odsNumber('12500')),
      firstSection(inThousands) + text('-') + NUMBER + otherwise('value()&gt;=0'),
    );
    expect(outcomesOf(await read(sheet))).toEqual([[], ['amount_scaled']]);
  });
});

describe('a truth of OpenDocument is no amount', () => {
  const TRUTHS =
    '<number:number/></number:number-style><number:boolean-style style:name="T"><number:boolean/></number:boolean-style><style:style style:name="t" style:family="table-cell" style:data-style-name="T"/><number:number-style style:name="N"><number:number/>';
  test.each([
    ['kept as a number', 'table:style-name="t" table:formula="of:=TRUE()" office:value-type="float" office:value="1"'],
    ['kept as a truth', 'office:value-type="boolean" office:boolean-value="true"'],
  ])('%s', async (_what, attributes) => {
    const cell = { xml: `<table:table-cell ${attributes}><text:p>1</text:p></table:table-cell>` };
    expect(outcomesOf(await read(odsOf(withAmount(cell), TRUTHS)))).toEqual([[], ['amount_unreadable']]);
  });
});

describe('a workbook that asks to be reckoned when it is opened', () => {
  const formula = (value: string) => ({ xml: `<c r="E2"><f>A1*2</f><v>${value}</v></c>` });
  test.each([
    ['fullCalcOnLoad="1"', '0'],
    ['fullCalcOnLoad="1"', '100'],
    ['calcCompleted="0"', '100'],
  ])('has no value for its formulas: %s, %s', async (asked, value) => {
    const sheet = xlsxOf(withAmount(formula(value)), { reckoning: `calcId="1" ${asked}` });
    expect(outcomesOf(await read(sheet))).toEqual([[], ['formula_without_value']]);
  });
  test('has a value for what is no formula, and for the formulas of one that asks for nothing', async () => {
    const asking = { reckoning: 'fullCalcOnLoad="1"' };
    expect(outcomesOf(await read(xlsxOf(withAmount({ number: '5', format: '0.00' }), asking)))).toEqual([[500], []]);
    expect(outcomesOf(await read(xlsxOf(withAmount(formula('5')), { reckoning: 'calcId="1"' })))).toEqual([[500], []]);
  });
  test('its words in columns that are not read are heard all the same', async () => {
    const [headings = [], line = []] = withAmount({ number: '5', format: '0.00' });
    const word = { xml: '<c r="F2" t="str"><f>A1</f><v>Annulé</v></c>' };
    const sheet = xlsxOf(
      [
        [...headings, 'Statut'],
        [...line, word],
      ],
      { reckoning: 'fullCalcOnLoad="1"' },
    );
    expect((await read(sheet)).accepted).toEqual([]);
  });
});

test.each(['\u00ad5,00', '\u00ad 5,00', '5,00\u00ad', '(\u00ad5,00)'])(
  'a hyphen that some programs show and others do not makes an amount doubtful: %j',
  async (amount) => {
    const { details, ...file } = await read(csvOf([HEADINGS, payment('R1', amount)]));
    expect(outcomesOf({ details, ...file })).toEqual([[], ['amount_ambiguous']]);
    expect(details[0]).toContain('trait d’union');
  },
);
