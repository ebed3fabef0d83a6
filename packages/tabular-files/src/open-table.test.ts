import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import xlsx from 'xlsx';
import { type FileBytes, openTable } from './open-table.js';
import { type Declared, type Row, type Table, textOf } from './table.js';
import { FileUnreadable } from './unreadable.js';
import { zipOf } from './zip-fixture.js';

const dir = mkdtempSync(join(tmpdir(), 'gpect-tables-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

let count = 0;
function onDisk(bytes: Buffer): FileBytes {
  const path = join(dir, `f${count++}`);
  writeFileSync(path, bytes);
  return { size: statSync(path).size, open: () => createReadStream(path), path: async () => path };
}
async function rowsOf(table: Table): Promise<Row[]> {
  const all: Row[] = [];
  for (const at of table.parts.keys()) for await (const rows of table.rows(at)) all.push(...rows);
  return all;
}
async function read(bytes: Buffer, declared: Declared = { encoding: 'auto', delimiter: 'auto' }) {
  const table = await openTable(onDisk(bytes), declared);
  try {
    const rows = await rowsOf(table);
    return { ...table, lines: rows.map((r) => r.line), texts: rows.map((r) => r.cells.map(textOf)), rows };
  } finally {
    table.close();
  }
}
async function refusal(bytes: Buffer, declared?: { encoding: string; delimiter: string }): Promise<string> {
  try {
    await read(bytes, declared);
  } catch (error) {
    if (error instanceof FileUnreadable) return error.code;
    throw error;
  }
  return 'was read';
}

const TEXT = 'Référence;Libellé;Coût\nA1;Œuvre à 10 €;12,50\n';
const CELLS = [
  ['Référence', 'Libellé', 'Coût'],
  ['A1', 'Œuvre à 10 €', '12,50'],
];

test('a line of Windows-1252 among lines of UTF-8 keeps its own signs, and a title does not hide the headings', async () => {
  const bytes = Buffer.concat([
    Buffer.from('Dépenses\nRéférence;Coût\n'),
    iconv.encode('Œuvre;10 €\n', 'windows-1252'),
    Buffer.from('É;1\n'),
  ]);
  const { texts, parts } = await read(bytes);
  expect(texts).toEqual([['Dépenses'], ['Référence', 'Coût'], ['Œuvre', '10 €'], ['É', '1']]);
  expect(parts[0]?.head).toHaveLength(4);
});

test.each([
  ['xlsx', 'zip'],
  ['ods', 'zip'],
  ['xlsx', 'gzip'],
  ['ods', 'gzip'],
] as const)('a workbook (%s) alone in an archive (%s) is read as it is without it', async (bookType, packed) => {
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(
    book,
    xlsx.utils.aoa_to_sheet([
      ['a', 'b'],
      ['x', 'y'],
    ]),
    'Feuille',
  );
  const bytes = xlsx.write(book, { type: 'buffer', bookType }) as Buffer;
  const { format, packing, texts } = await read(packed === 'gzip' ? gzipSync(bytes) : zipOf({ 'dépenses.bin': bytes }));
  expect([format, packing, texts]).toEqual([
    bookType,
    packed,
    [
      ['a', 'b'],
      ['x', 'y'],
    ],
  ]);
});

test.each([
  'Thumbs.db',
  'dossier/desktop.ini',
  '~$dépenses.xlsx',
  '.~lock.dépenses.csv#',
  '._dépenses.csv',
  '.DS_Store',
])('what a system leaves beside a file in a zip is no second file: %s', async (name) => {
  const { texts } = await read(zipOf({ 'dépenses.csv': Buffer.from(TEXT), [name]: Buffer.from('x') }));
  expect(texts).toEqual(CELLS);
});

test.each([
  ['a zip that was cut off', zipOf({ 'a.csv': Buffer.from(TEXT) }).subarray(0, 60)],
  ['a gzip that was cut off', gzipSync(Buffer.from(TEXT.repeat(5000))).subarray(0, 200)],
])('what is said in French of %s holds no English', async (_what, bytes) => {
  const error = await read(bytes).catch((thrown: unknown) => thrown);
  expect((error as FileUnreadable).said.fr).not.toMatch(/central|directory|record|signature|unexpected|Z_/i);
});

describe('encodings are found', () => {
  test.each([
    ['utf-8', Buffer.from(TEXT)],
    ['utf-8', Buffer.from(`\ufeff${TEXT}`)],
    ['windows-1252', iconv.encode(TEXT, 'windows-1252')],
    ['iso-8859-15', iconv.encode(TEXT, 'iso-8859-15')],
    ['utf-16le', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['utf-16le', Buffer.from(TEXT, 'utf16le')],
    ['utf-16be', iconv.encode(TEXT, 'utf-16be', { addBOM: true })],
    ['utf-16be', iconv.encode(TEXT, 'utf-16be')],
  ])('%s: %#', async (encoding, bytes) => {
    expect(await read(bytes)).toMatchObject({ encoding, texts: CELLS, format: 'csv', delimiter: ';' });
  });
  test('also where the first letter that tells comes after a long plain beginning', async () => {
    const late = `a;b\n${'x;1\n'.repeat(100_000)}é;2\n`;
    expect((await read(iconv.encode(late, 'windows-1252'))).texts.at(-1)).toEqual(['é', '2']);
    expect((await read(Buffer.from(late))).texts.at(-1)).toEqual(['é', '2']);
  });
  test.each([
    ['utf-8', iconv.encode(TEXT, 'windows-1252'), 'encoding_differs'],
    ['windows-1252', Buffer.from(TEXT), 'encoding_differs'],
    ['utf-16le', Buffer.from('a;b\n1;2\n'), 'encoding_differs'],
    ['windows-1252', Buffer.from('a;b\n1;2\n'), 'was read'],
    ['windows-1252', Buffer.from(`a;b\n${'x;1\n'.repeat(100_000)}é;2\n`), 'encoding_differs'],
    ['macintosh', Buffer.from(`a;b\n${'x;1\n'.repeat(100_000)}é;2\n`), 'encoding_differs'],
    ['cp850', Buffer.from(`a;b\n${'x;1\n'.repeat(100_000)}é;2\n`), 'encoding_differs'],
    ['iso-8859-15', Buffer.from(`a;b\n${'x;1\n'.repeat(100_000)}é;2\n`), 'encoding_differs'],
    ['auto', Buffer.concat([Buffer.from('\ufeffa;b\n'), Buffer.from([0xe9, 0x0a])]), 'was read'],
  ])('%s declared, checked: %#', async (encoding, bytes, expected) => {
    expect(await refusal(bytes, { encoding, delimiter: 'auto' })).toBe(expected);
  });
});

describe('separators are found', () => {
  test.each([';', '\t', ',', '|'])('%j', async (delimiter) => {
    const text = `ref${delimiter}amount${delimiter}note\nA1${delimiter}12.5${delimiter}x\nA2${delimiter}3${delimiter}y; z\n`;
    expect(await read(Buffer.from(text))).toMatchObject({ delimiter });
  });
  test('a decimal comma in each line does not pass for one', async () => {
    expect((await read(Buffer.from('a;b\n1,5;2,5\n1,5;2,5\n'))).delimiter).toBe(';');
  });
  test('declared ones are checked', async () => {
    expect(await refusal(Buffer.from('a,b\n1,2\n'), { encoding: 'auto', delimiter: ';' })).toBe('delimiter_differs');
    expect(await refusal(Buffer.from('a;b\n1;2\n'), { encoding: 'auto', delimiter: ';' })).toBe('was read');
  });
});

test('line ends of every kind, mixed, and line breaks in quotes; lines keep their numbers', async () => {
  const { texts, lines } = await read(Buffer.from('a;b\r\n1;"x\r\ny"\n2;z\r\n\n;\n"3";"say ""yes"""\r4;d" e\n'));
  expect(texts).toEqual([
    ['a', 'b'],
    ['1', 'x\r\ny'],
    ['2', 'z'],
    ['3', 'say "yes"'],
    ['4', 'd" e'],
  ]);
  expect(lines).toEqual([1, 2, 4, 7, 8]);
});

describe('a quotation mark that is not closed', () => {
  test.each([
    ['before a line with marks of its own', 'a;b;c\n1;2;"x\n3;4;"y"\n5;6;z\n'],
    ['before lines without any', 'a;b;c\n1;2;"x\n3;4;y\n5;6;z\n'],
    ['in a cell in the middle', 'a;b;c\n1;"2;x\n3;4;"y"\n5;6;z\n'],
  ])('%s swallows no line', async (_where, text) => {
    const { texts, lines, rows } = await read(Buffer.from(text));
    expect([texts.map((cells) => cells[0]), lines]).toEqual([
      ['a', '1', '3', '5'],
      [1, 2, 3, 4],
    ]);
    expect(rows[1]?.mended).toBe(true);
  });
  test('before a line that ends in one may be one cell: both lines are given, and said to be cut', async () => {
    const { texts, rows } = await read(Buffer.from('a;b;c\n1;2;"x\n3;4;19"\n5;6;z\n'));
    expect(texts.map((cells) => cells[0])).toEqual(['a', '1', '3', '5']);
    expect(rows.map(({ cut }) => cut === true)).toEqual([false, true, true, false]);
  });
});

test('one line in another encoding changes no other line, and is told', async () => {
  const bytes = Buffer.concat([Buffer.from('Réf;b\nÉ1;x\n'), Buffer.from('É2;y\n', 'latin1'), Buffer.from('É3;z\n')]);
  const { texts, remarks, encoding } = await read(bytes);
  expect([encoding, texts.map(([ref]) => ref), remarks.map(({ code }) => code)]).toEqual([
    'utf-8',
    ['Réf', 'É1', 'É2', 'É3'],
    ['bytes_in_other_encoding'],
  ]);
});
test.each(['macintosh', 'cp850'])(
  '%s is not read as Windows-1252, and is read where it is declared',
  async (encoding) => {
    const bytes = iconv.encode('Référence;Libellé\nDÉ-1;évaluation\n', encoding);
    expect(await refusal(bytes)).toBe('encoding_ambiguous');
    expect(await refusal(bytes, { encoding: 'utf-8', delimiter: 'auto' })).toBe('encoding_ambiguous');
    expect((await read(bytes, { encoding, delimiter: 'auto' })).texts[1]).toEqual(['DÉ-1', 'évaluation']);
  },
);
describe('a word that Windows-1252 would make no French of is asked about', () => {
  test.each([
    ['cp850', 'N°12'],
    ['cp850', 'FORÊT-1'],
    ['cp850', 'GARÇON'],
    ['cp850', 'hôpital'],
    ['cp850', 'Coût 1'],
    ['cp850', 'maître'],
    ['macintosh', 'Noël'],
    ['macintosh', 'Cœur'],
    ['macintosh', 'N°12'],
    ['macintosh', 'HÔPITAL'],
    ['macintosh', 'FORÊT'],
    ['macintosh', 'GARÇON'],
  ])('of %s: %s', async (encoding, word) => {
    const bytes = iconv.encode(`Reference;Libelle\n${word};x\n`, encoding);
    expect(await refusal(bytes)).toBe('encoding_ambiguous');
    expect((await read(bytes, { encoding, delimiter: 'auto' })).texts[1]).toEqual([word, 'x']);
  });
  test.each([
    ...[
      'N°12',
      'n° 3',
      'FORÊT',
      'FéDéRATION',
      'MAïS',
      'HAïTI',
      'CHâTEAU',
      'Muñoz',
      'Gómez',
      'Ångström',
      'Bjørn',
      'Niccolò',
    ],
    ...[
      'd‘un',
      'l’eau',
      'aujourd’hui',
      '12 K€uros',
      'k€',
      '5 €',
      'Lille–Paris',
      '« oui »',
      'œuvre',
      'ŒUVRE',
      'Cœur',
      'São',
    ],
    ...[
      '10 m²',
      '20 µm',
      'L’Haÿ',
      'Ë',
      'Citroën',
      'NOËL',
      'où',
      'Île',
      'ÉCOLE',
      '3×4',
      'A · B',
      '“oui”',
      'Microsoft®',
      'Word™',
    ],
  ])('while %s is read as it is', async (word) => {
    for (const heading of ['Libelle', 'Libellé']) {
      const bytes = iconv.encode(`Reference;${heading}\n${word};x\n`, 'win1252');
      expect((await read(bytes)).texts[1]).toEqual([word, 'x']);
    }
  });
});
test('UTF-32 is told for what it is, whichever way it is written', async () => {
  const points = [...'Référence;SIRET\n1;2\n3;4\n'].map((letter) => letter.codePointAt(0) ?? 0);
  for (const mark of [[], [0xfeff]])
    for (const write of ['writeUInt32LE', 'writeUInt32BE'] as const) {
      const bytes = Buffer.alloc((points.length + mark.length) * 4);
      for (const [i, point] of [...mark, ...points].entries()) bytes[write](point, i * 4);
      expect(await refusal(bytes)).toBe('encoding_unreadable');
    }
});
test('a title with commas above the headings hides no separator', async () => {
  const text = 'Dépenses, année 2012\nÉdité le 02/01/2013, 14h\n\na;b;c\n1;2,50;x\n3;4,50;y\n';
  expect((await read(Buffer.from(text))).delimiter).toBe(';');
});

test('an apostrophe that guards a formula is not part of the text', async () => {
  expect((await read(Buffer.from("a;b\n'=1+1;'n\n"))).texts[1]).toEqual(['=1+1', "'n"]);
});

describe('what is no table is told for what it is', () => {
  const entry = Buffer.from('x');
  /** The same archive, its entries marked as encrypted (general purpose flag, bit 0). */
  const encrypted = (archive: Buffer): Buffer => {
    const marked = Buffer.from(archive);
    for (
      let at = marked.indexOf('PK\x01\x02', 0, 'latin1');
      at >= 0;
      at = marked.indexOf('PK\x01\x02', at + 1, 'latin1')
    )
      marked.writeUInt16LE(marked.readUInt16LE(at + 8) | 1, at + 8);
    for (
      let at = marked.indexOf('PK\x03\x04', 0, 'latin1');
      at >= 0;
      at = marked.indexOf('PK\x03\x04', at + 1, 'latin1')
    )
      marked.writeUInt16LE(marked.readUInt16LE(at + 6) | 1, at + 6);
    return marked;
  };
  test.each<[string, Buffer, string]>([
    ['a binary workbook of Excel', zipOf({ 'xl/workbook.bin': entry }), 'xlsb_given'],
    ['a document of Numbers', zipOf({ 'Index/Document.iwa': entry }), 'numbers_given'],
    ['one of Numbers before 2013', zipOf({ 'Index.zip': entry }), 'numbers_given'],
    ['a letter of Word', zipOf({ 'word/document.xml': entry }), 'document_given'],
    ['slides', zipOf({ 'ppt/presentation.xml': entry }), 'document_given'],
    ['RTF', Buffer.from('{\\rtf1 x}'), 'document_given'],
    ['XML of Excel 2003', Buffer.from('<?xml version="1.0"?><Workbook xmlns="urn:x"/>'), 'xml_given'],
    ['a zip with a password', encrypted(zipOf({ 'depenses.csv': Buffer.from('a;b\n1;2\n') })), 'archive_encrypted'],
    ['nothing', Buffer.alloc(0), 'file_empty'],
    ['blank lines', Buffer.from('\n;;\n'), 'file_empty'],
  ])('%s', async (_what, bytes, code) => {
    expect(await refusal(bytes)).toBe(code);
  });
});

describe('packed', () => {
  test('gzip', async () => {
    expect(await read(gzipSync(Buffer.from(TEXT)))).toMatchObject({ packing: 'gzip', texts: CELLS });
  });
  test('zip, with what a Mac puts beside the file', async () => {
    const zip = zipOf({ 'spend.csv': Buffer.from(TEXT), '__MACOSX/._spend.csv': Buffer.from('x') });
    expect(await read(zip)).toMatchObject({ packing: 'zip', texts: CELLS });
  });
});

describe('spreadsheets, written by another library', () => {
  const sheet = (options: xlsx.WritingOptions, from = mixed(options.bookType), more = true) => {
    const book = xlsx.utils.book_new();
    xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(from, { cellDates: false }), 'Dépenses');
    if (more) xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet([['autre', 'feuille']]), 'Notes');
    return xlsx.write(book, { ...options, type: 'buffer' }) as Buffer;
  };
  // A day is a styled number in XLSX and a value of its own in ODS.
  const mixed = (type: string | undefined): unknown[][] => {
    const day = (serial: number) =>
      type === 'ods'
        ? { t: 'd', v: new Date(Date.UTC(1899, 11, 30 + serial)), z: 'dd/mm/yyyy' }
        : { t: 'n', v: serial, z: 'dd/mm/yyyy' };
    return [
      ['Référence', 'SIRET', 'Montant', 'Payé le'],
      ['A1', 35600000000048, 2472.8, day(39937)],
      [],
      ['A2', '00001002500013', 0.1 + 0.2, day(39938)],
      ['é&<>', null, -1234.56, null],
    ];
  };
  test.each(['xlsx', 'ods'] as const)(
    '%s: numbers to the cent, days, text, gaps and line numbers',
    async (bookType) => {
      const { format, rows } = await read(sheet({ bookType, bookSST: true }));
      expect(format).toBe(bookType);
      expect(rows.map((r) => r.line)).toEqual([1, 2, 4, 5, 6]);
      expect(rows[1]?.cells).toEqual([
        'A1',
        { number: '35600000000048' },
        { number: '2472.8' },
        // As the file gives it: this library writes days of ODS as instants, whose day in Paris is its reader's to take.
        { date: bookType === 'ods' ? '2009-05-04T00:00:00.000Z' : '2009-05-04' },
      ]);
      expect(rows[2]?.cells.slice(0, 3)).toEqual(['A2', '00001002500013', { number: '0.3' }]);
      expect(rows[3]?.cells.slice(0, 3)).toEqual(['é&<>', '', { number: '-1234.56' }]);
    },
  );
  test('strings within the cells, as other programs write them', async () => {
    expect((await read(sheet({ bookType: 'xlsx', bookSST: false }))).texts[0]?.[0]).toBe('Référence');
  });
  test('a blank sheet, too many columns', async () => {
    expect(await refusal(sheet({ bookType: 'xlsx' }, [[]], false))).toBe('file_empty');
    expect(await refusal(sheet({ bookType: 'ods' }, [[]], false))).toBe('file_empty');
    expect(await refusal(sheet({ bookType: 'xlsx' }, [Array(1500).fill('x')]))).toBe('too_many_columns');
  });
  test('every visible sheet is read, each line known by its number; hidden ones are named and left out', async () => {
    const book = xlsx.utils.book_new();
    for (const name of ['vieux', 'Janvier', 'Février', 'blanche'])
      xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(name === 'blanche' ? [[]] : [['Réf'], [name]]), name);
    book.Workbook = { Sheets: [{ Hidden: 1 }, { Hidden: 0 }, { Hidden: 0 }, { Hidden: 0 }] };
    const bytes = xlsx.write(book, { bookType: 'xlsx', type: 'buffer' }) as Buffer;
    const { rows, parts, remarks } = await read(bytes);
    expect(parts.map(({ name, before, lines }) => [name, before, lines])).toEqual([
      ['Janvier', 0, 2],
      ['Février', 2, 2],
    ]);
    expect(rows.map(({ line, cells }) => [line, textOf(cells[0])])).toEqual([
      [1, 'Réf'],
      [2, 'Janvier'],
      [3, 'Réf'],
      [4, 'Février'],
    ]);
    expect(remarks.map(({ code }) => code)).toEqual(['sheet_hidden']);
    const named = await read(bytes, { encoding: 'auto', delimiter: 'auto', sheets: ['VIEUX'] });
    expect(named.texts).toEqual([['Réf'], ['vieux']]);
  });
  test('the sheet of .xls is refused by what it is', async () => {
    expect(await refusal(sheet({ bookType: 'biff8' }))).toBe('old_excel_given');
  });
  test('a sheet whose XML is cut off or declares entities', async () => {
    const parts = (content: string) => ({ mimetype: Buffer.from('x'), 'content.xml': Buffer.from(content) });
    expect(await refusal(zipOf(parts('<office:document-content><table:table>')))).toBe('sheet_broken');
    expect(await refusal(zipOf(parts('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')))).toBe('sheet_broken');
  });
});

describe('what is no table is refused, whole, before anything is read', () => {
  const huge = Buffer.alloc(30 * 2 ** 20, 'x');
  test.each([
    ['nothing', Buffer.alloc(0), 'file_empty'],
    ['blank lines', Buffer.from('\n\n;;\n'), 'file_empty'],
    ['a PDF named .csv', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n'), 'pdf_given'],
    ['a picture', Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.alloc(500)]), 'binary_given'],
    ['a line of 30 MB', Buffer.concat([Buffer.from('a;b\n1;2\n'), huge]), 'line_too_long'],
    ['a quoted line of 30 MB', Buffer.from(`a;b\n1;"${'x\n'.repeat(2_000_000)}`), 'line_too_long'],
    ['a quotation mark without end', Buffer.from('a;b;c\n1;2;"x\ny\n'), 'quote_not_closed'],
    ['a million columns', Buffer.from(`${'c;'.repeat(499_000)}\n1;2\n`), 'too_many_columns'],
    ['a gzip in a gzip', gzipSync(gzipSync(Buffer.from(TEXT))), 'archive_nested'],
    ['a zip in a zip', zipOf({ 'a.zip': zipOf({ 'a.csv': Buffer.from(TEXT) }) }), 'archive_nested'],
    ['a gzip that was cut off', gzipSync(Buffer.from(TEXT.repeat(5000))).subarray(0, 200), 'archive_broken'],
    ['a zip that was cut off', zipOf({ 'a.csv': Buffer.from(TEXT) }).subarray(0, 60), 'archive_broken'],
    ['an empty zip', zipOf({}), 'archive_empty'],
    ['two files', zipOf({ 'a.csv': Buffer.from(TEXT), 'b.csv': Buffer.from(TEXT) }), 'archive_several_files'],
    ['a path out of the archive', zipOf({ '../../etc/passwd': Buffer.from(TEXT) }), 'archive_unsafe_name'],
    ['an absolute path', zipOf({ '/etc/passwd': Buffer.from(TEXT) }), 'archive_unsafe_name'],
    ['a gzip bomb', gzipSync(Buffer.alloc(300 * 2 ** 20, 'a;b\n')), 'archive_bomb'],
    ['a zip bomb', zipOf({ 'a.csv': Buffer.alloc(300 * 2 ** 20, 'a;b\n') }), 'archive_bomb'],
    [
      'a bomb in a workbook',
      zipOf({
        mimetype: Buffer.from('x'),
        'content.xml': Buffer.concat([Buffer.from('<a>'), Buffer.alloc(300 * 2 ** 20, '<b/>')]),
      }),
      'archive_bomb',
    ],
  ])('%s', async (_what, bytes, code) => {
    expect(await refusal(bytes)).toBe(code);
  });
});

test.each(['macintosh', 'cp850'])(
  '%s beside lines of UTF-8 is asked about, and read as what somebody says that it is',
  async (encoding) => {
    const bytes = Buffer.concat([
      iconv.encode('Référence;Montant\nRéf1;1\n', encoding),
      Buffer.from('Réf2;2\n'),
      iconv.encode('Créée3;3\n', encoding),
    ]);
    expect(await refusal(bytes)).toBe('encoding_ambiguous');
    const { texts, remarks } = await read(bytes, { encoding, delimiter: 'auto' });
    expect(texts.map(([first]) => first)).toEqual(['Référence', 'Réf1', 'Réf2', 'Créée3']);
    expect(remarks.map(({ code }) => code)).toEqual(['bytes_in_other_encoding']);
  },
);
