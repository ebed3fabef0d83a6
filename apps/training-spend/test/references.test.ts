import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { WrittenDialect } from '../src/dialect/dialect.js';
import { csvOf, HEADINGS, odsNumber, odsOf, outcomesOf, payment, readerIn, SIRET, xlsxOf } from './clerk-files.js';

/** One payment has one reference, however programs wrote it; what is damaged is refused, since it would count twice. */

const dir = mkdtempSync(join(tmpdir(), 'gpect-references-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const read = readerIn(dir);
const references = async (bytes: Buffer) => {
  const { accepted, refused } = await read(bytes);
  return [accepted.map(({ reference }) => reference), Object.values(refused)];
};

describe('two spellings of one reference are one payment', () => {
  test.each([
    ['letters put together or not', 'DÉ-1', 'DE\u0301-1'],
    ['a no-break space', 'D 1', 'D\u00a01'],
    ['two spaces', 'D 1', 'D  1'],
    ['a no-break dash', 'D-1', 'D\u20111'],
    ['a long dash', 'D-1', 'D\u20131'],
    ['a soft hyphen', 'D-12', 'D-1\u00ad2'],
    ['an apostrophe of print', "L'A1", 'L’A1'],
  ])('%s', async (_what, one, other) => {
    const rows = [HEADINGS, payment(one, '10,00'), payment(other, '10,00')];
    expect(await references(csvOf(rows))).toEqual([[one], []]);
    expect(await references(xlsxOf(rows))).toEqual([[one], []]);
  });
  test('a SIRET that is part of the key, in groups or not', async () => {
    const spaced = ['R1', '552 081 317 06650', ...payment('R1', '10,00').slice(2)];
    const file = await read(csvOf([HEADINGS, payment('R1', '10,00'), spaced]), { key: ['reference', 'siret'] });
    expect(file.accepted.map(({ reference }) => reference)).toEqual([`R1|${SIRET}`]);
  });
});

describe('a key of a day, an amount or a scheme is what was read of it, however it was written', () => {
  test.each<[string, NonNullable<WrittenDialect['key']>, readonly string[][], string]>([
    ['a day', ['reference', 'paidOn'], [['15/03/2012'], ['15/3/2012'], ['15/03/12'], ['2012-03-15']], 'R1|2012-03-15'],
    ['an amount', ['reference', 'amount'], [['10,00'], ['10'], ['10,0'], ['10,00 €']], 'R1|10.00'],
    ['a scheme', ['reference', 'scheme'], [['DIF'], ['D.I.F.'], ['dif']], 'R1|DIF'],
    ['a SIRET', ['siret', 'reference'], [[SIRET], ['552 081 317 06650']], `${SIRET}|R1`],
  ])('%s', async (what, key, written, reference) => {
    const at = { 'a SIRET': 1, 'a day': 2, 'a scheme': 3, 'an amount': 4 }[what] ?? 0;
    const rows = written.map(([cell = '']) => payment('R1', '10,00').map((own, i) => (i === at ? cell : own)));
    for (const file of [csvOf([HEADINGS, ...rows]), xlsxOf([HEADINGS, ...rows])]) {
      const { accepted, refused } = await read(file, { key });
      expect([accepted.map((line) => line.reference), refused]).toEqual([[reference], {}]);
    }
  });
  test('of a sheet too, where a day and an amount are numbers', async () => {
    const [reference = '', siret = '', , scheme = ''] = payment('R1', '10,00');
    const asText = payment('R1', '1234,50');
    const numbers = [
      reference,
      siret,
      { number: '40983', format: 'dd/mm/yyyy' },
      scheme,
      { number: '1234.5', format: '0.00' },
    ];
    const key: NonNullable<WrittenDialect['key']> = ['reference', 'paidOn', 'amount'];
    const { accepted } = await read(xlsxOf([HEADINGS, asText, numbers]), { key });
    expect(accepted.map((line) => line.reference)).toEqual(['R1|2012-03-15|1234.50']);
  });
  test('and a part that cannot be read refuses its line for what it is', async () => {
    const rows = [HEADINGS, payment('R1', 'abc'), payment('R2', '10,00').with(2, 'demain')];
    expect(outcomesOf(await read(csvOf(rows), { key: ['reference', 'paidOn', 'amount'] }))).toEqual([
      [],
      ['amount_unreadable', 'date_unreadable'],
    ]);
  });
});

describe('a reference of digits whose zeros a spreadsheet took away', () => {
  const sent = async (...lines: (readonly [reference: string, amount: string])[]) => {
    const { accepted, refused, remarks } = await read(csvOf([HEADINGS, ...lines.map(([r, a]) => payment(r, a))]));
    return {
      taken: accepted.map(({ reference, cents }) => [reference, cents]),
      refused: Object.values(refused),
      remarks,
    };
  };
  test.each([
    ['000102', '102'],
    ['102', '000102'],
    ['000102', '0102'],
  ])('%s and %s that say the same are one payment', async (one, other) => {
    const { taken, refused } = await sent([one, '10,00'], [other, '10,00']);
    expect([taken, refused]).toEqual([[[one, 1000]], []]);
  });
  test('and if they say something else the second is refused, also where what differs corrects', async () => {
    expect(await sent(['000102', '10,00'], ['102', '20,00'])).toMatchObject({
      taken: [['000102', 1000]],
      refused: ['reference_zeros'],
    });
    const rows = [HEADINGS, payment('000102', '10,00'), payment('102', '20,00')];
    const file = await read(csvOf(rows), { differing: 'correct' });
    expect([outcomesOf(file), file.details[0]]).toEqual([
      [[1000], ['reference_zeros']],
      expect.stringMatching('000102'),
    ]);
  });
  test.each([
    ['A-0102', 'A-102'],
    ['102', '1020'],
    ['2012-01', '2012-1'],
  ])('but %s and %s are two', async (one, other) => {
    expect((await sent([one, '10,00'], [other, '10,00'])).taken).toHaveLength(2);
  });
  test('a key of several parts is looked at part by part', async () => {
    const key: WrittenDialect['key'] = ['reference', 'siret'];
    const rows = [HEADINGS, payment('0012', '10,00'), payment('12', '10,00')];
    expect((await read(csvOf(rows), { key })).accepted.map(({ reference }) => reference)).toEqual([`0012|${SIRET}`]);
  });
});

describe('a reference whose letters are damaged is refused', () => {
  test.each([
    ['a letter that was lost', 'D\ufffd-1'],
    ['UTF-8 read as Windows-1252', 'DÃ©-1'],
    ['a dash read so', 'D â€“ 1'],
    ['a quotation mark that was not closed', '"R1'],
  ])('%s', async (_what, reference) => {
    expect(await references(csvOf([HEADINGS, payment(reference, '10,00')]))).toEqual([[], ['reference_unreadable']]);
  });
  test.each([
    ['CP850', 0x90],
    ['CP850', 0x85],
    ['MacRoman', 0x83],
    ['MacRoman', 0x8e],
  ])('%s behind a digit, where no word tells: %s', async (_what, byte) => {
    const headings = ['Reference', ...HEADINGS.slice(1)];
    const rows = Buffer.from(
      csvOf([headings, payment('1?-1', '10,00')])
        .toString('latin1')
        .replace('?', String.fromCharCode(byte)),
      'latin1',
    );
    expect(await references(rows)).toEqual([[], ['reference_unreadable']]);
  });
});

test('numbers of more digits than a spreadsheet keeps are no references', async () => {
  const long = (number: string) => [{ number, format: '0' }, ...payment('', '10,00').slice(1)];
  const rows = [HEADINGS, long('20120000000000123'), long('20120000000000124'), long('201200000000012')];
  expect(await references(xlsxOf(rows))).toEqual([
    ['201200000000012'],
    ['reference_unreadable', 'reference_unreadable'],
  ]);
});

describe('a sheet of OpenDocument', () => {
  test('shows the zeros at the head of a reference', async () => {
    const row = [odsNumber('12'), ...payment('', '10,00').slice(1)];
    const style = '<number:number number:decimal-places="0" number:min-integer-digits="4"/>';
    expect(await references(odsOf([HEADINGS, row], style))).toEqual([['0012'], []]);
  });
  test('has notes and shapes over its cells, whose text is not theirs', async () => {
    const note = '<office:annotation><text:p>vu</text:p></office:annotation>';
    const shape = '<draw:custom-shape><text:p>2</text:p></draw:custom-shape>';
    const cell = (text: string) => ({
      xml: `<table:table-cell office:value-type="string">${note}${shape}<text:p>${text}</text:p></table:table-cell>`,
    });
    const [reference = '', ...others] = payment('R1', '10,00');
    const amount = others.pop() ?? '';
    const file = await read(odsOf([HEADINGS, [cell(reference), ...others, cell(amount)]]));
    expect([file.accepted.map((line) => line.reference), outcomesOf(file)]).toEqual([['R1'], [[1000], []]]);
  });
});
