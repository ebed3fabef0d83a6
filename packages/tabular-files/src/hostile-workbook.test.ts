import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openIsolated, ReaderKilled } from './isolated-workbook.js';
import { readerPlaces } from './reader-places.js';
import { type NumberCell, type Row, textOf } from './table.js';
import { FileUnreadable } from './unreadable.js';
import { zipOf } from './zip-fixture.js';

const dir = mkdtempSync(join(tmpdir(), 'gpect-hostile-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
let count = 0;

const relations = (target: string) =>
  `<Relationships><Relationship Id="a" Type="x/worksheet" Target="${target}"/><Relationship Id="s" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`;
const workbookOf = (sheet: string, more: Readonly<Record<string, string>> = {}) =>
  zipOf(
    Object.fromEntries(
      Object.entries({
        'xl/workbook.xml': '<workbook><sheets><sheet name="S" q:id="a"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels': relations('worksheets/sheet1.xml'),
        'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
        ...more,
      }).map(([name, text]) => [name, Buffer.from(text)]),
    ),
  );

async function read(bytes: Buffer, limits = { heapMb: 128, silentMs: 20_000 }, sender = ''): Promise<Row[] | string> {
  const path = join(dir, `w${count++}`);
  writeFileSync(path, bytes);
  let workbook: Awaited<ReturnType<typeof openIsolated>> | undefined;
  try {
    workbook = await openIsolated(path, 'xlsx', [], { limits, user: { sender, kind: 'people' } });
    const rows: Row[] = [];
    for await (const some of workbook.rows(0)) rows.push(...some);
    return rows;
  } catch (error) {
    if (error instanceof FileUnreadable) return error.code;
    if (error instanceof ReaderKilled) return 'killed';
    throw error;
  } finally {
    workbook?.close();
  }
}
const cell = (at: string, value: string, attributes = '') => `<c r="${at}" ${attributes}><v>${value}</v></c>`;

describe('a workbook that means harm', () => {
  test.each(['1e20000000', '1e60000000', '-1e-20000000', '1e999999999999', '9'.repeat(100_000), `1${'0'.repeat(60)}`])(
    'with a number that nobody could write down keeps it as text: %#',
    async (number) => {
      const rows = await read(workbookOf(`<row r="1">${cell('A1', number)}${cell('B1', '2')}</row>`));
      expect(rows).toEqual([{ line: 1, cells: [number, { number: '2' }] }]);
    },
  );
  test.each([
    ['a reference of 300 000 digits', `<row r="1"><c r="${'1'.repeat(300_000)}A"><v>1</v></c></row>`],
    ['a reference without letters', '<row r="1"><c r="12"><v>1</v></c></row>'],
    ['lines that do not follow each other', '<row r="2"/><row r="2"/>'],
    ['a line that is no number', '<row r="1e3"/>'],
    ['a line beyond any sheet', '<row r="99999999"/>'],
    ['a text without end', `<row r="1"><c r="A1" t="str"><v>${'x'.repeat(6_000_000)}</v></c></row>`],
    ['elements within each other without end', '<a>'.repeat(5000)],
  ])('with %s is damaged', async (_what, sheet) => {
    expect(await read(workbookOf(sheet))).toBe('sheet_broken');
  });
  test.each([
    ['-1e308', '5'],
    ['-999999999', '999999999'],
    ['1', '1e308'],
    ['0x1', 'Infinity'],
    ['NaN', '-1'],
  ])('with columns hidden from %s to %s is read at once', async (min, max) => {
    const columns = `<cols><col min="${min}" max="${max}" hidden="1"/></cols>`;
    const rows = await read(workbookOf(`${columns}<row r="1">${cell('A1', '1', 's="-1e308"')}</row>`), {
      heapMb: 128,
      silentMs: 5000,
    });
    expect(rows).toEqual([{ line: 1, cells: [{ number: '1' }] }]);
  });
  test('with a shared string of no whole number is damaged', async () => {
    for (const at of ['-1', '1e0', '0.5', 'x'])
      expect(await read(workbookOf(`<row r="1">${cell('A1', at, 't="s"')}</row>`))).toBe('sheet_broken');
  });
  test('with formats of any length shows plain numbers', async () => {
    const format = '['.repeat(200_000);
    const styles = `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="${format}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>`;
    const rows = await read(workbookOf(`<row r="1">${cell('A1', '5', 's="0"')}</row>`, { 'xl/styles.xml': styles }));
    expect(rows).toEqual([{ line: 1, cells: [{ number: '5' }] }]);
  });
  test('with empty shared strings without end is refused, as they take memory too', async () => {
    const strings = `<sst>${'<si/>'.repeat(3_000_000)}</sst>`;
    expect(await read(workbookOf('<row r="1"/>', { 'xl/sharedStrings.xml': strings }))).toBe('too_many_strings');
  }, 60_000);
  test('that takes more memory than it may kills its own thread, and nothing else', async () => {
    const strings = `<sst>${'<si><t>abcdefghijklmnop</t></si>'.repeat(900_000)}</sst>`;
    const bytes = workbookOf('<row r="1"/>', { 'xl/sharedStrings.xml': strings });
    expect(await read(bytes, { heapMb: 8, silentMs: 60_000 })).toBe('killed');
  }, 60_000);
  test('that gives no sign in time is ended', async () => {
    expect(await read(workbookOf('<row r="1"/>'), { heapMb: 128, silentMs: 1 })).toBe('killed');
  });
  test('whose cells refer to shared strings that are not there is damaged', async () => {
    expect(await read(workbookOf(`<row r="1">${cell('A1', '0', 't="s"')}</row>`))).toBe('sheet_broken');
  });
});

test('twenty workbooks that come at once are read a few at a time, also those that end their reader', async () => {
  const good = workbookOf(`<row r="1">${cell('A1', '1')}</row>`);
  const strings = `<sst>${'<si><t>abcdefghijklmnop</t></si>'.repeat(200_000)}</sst>`;
  const deadly = workbookOf('<row r="1"/>', { 'xl/sharedStrings.xml': strings });
  let most = 0;
  const watching = setInterval(() => {
    most = Math.max(most, readerPlaces.counts.taken);
  }, 1);
  readerPlaces.set({ atOnce: 2, waiting: 100, patienceMs: 120_000 });
  const read20 = Array.from({ length: 20 }, (_, i) =>
    read(i % 5 === 0 ? deadly : good, { heapMb: i % 5 === 0 ? 8 : 128, silentMs: 60_000 }, `sender ${i % 4}`),
  );
  const answers = await Promise.all(read20);
  clearInterval(watching);
  expect(answers.filter((answer) => answer === 'killed')).toHaveLength(4);
  expect(answers.filter((answer) => answer !== 'killed')).toEqual(
    Array.from({ length: 16 }, () => [{ line: 1, cells: [{ number: '1' }] }]),
  );
  expect(most).toBe(2);
}, 120_000);

test.each([
  ['0.00%', '0.5', 'percent', '50 %'],
  ['[h]:mm', '1.4583333333', 'duration', '35:00'],
  ['hh:mm', '0.5', 'time', '12:00'],
  ['mmm-yy', '40923', 'month', '2012-01'],
  ['mmmm yyyy', '40923', 'month', '2012-01'],
  ['#,##0.00" k€"', '1.5', 'unit', '1.5 k€'],
  ['[$$-409]#,##0.00', '12', 'unit', '12 $'],
  ['0.00" €"', '333.3333', undefined, '333.3333'],
  ['General', '5', undefined, '5'],
  ['"jour" 0', '5', 'unit', '5 jour'],
  ['"Avoir "0.00', '5', 'unit', '5 Avoir'],
  ['-0.00', '5', 'unit', '-5'],
  ['(0.00)', '5', 'unit', '(5)'],
  ['_(#,##0.00_);\\(#,##0.00\\)', '5', undefined, '5'],
  ['[=0]"-";0.00', '5', undefined, '5'],
  ['00000', '12', undefined, '00012'],
  ['"2012-"0000', '12', 'unit', '2012-0012'],
  ['000" "000', '12345', undefined, '012 345'],
] as const)('a number in the format %s is shown as what it means', async (code, value, kind, shown) => {
  const quoted = code.replaceAll('"', '&quot;');
  const styles = `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="${quoted}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>`;
  const rows = (await read(
    workbookOf(`<row r="1">${cell('A1', value, 's="0"')}</row>`, { 'xl/styles.xml': styles }),
  )) as Row[];
  const read1 = rows[0]?.cells[0] as NumberCell;
  expect([read1.kind, textOf(read1)]).toEqual([kind, shown]);
});
