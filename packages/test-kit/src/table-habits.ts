import { gzipSync } from 'node:zlib';
import xlsx from 'xlsx';

/** A column of a kind of file, and a cell of it that every reader takes. */
export interface HabitColumn {
  readonly name: string;
  /** As a clerk heads it. */
  readonly heading: string;
  readonly value: string;
  readonly holds?: 'siret' | 'day' | 'number' | 'id';
}

/** What a careful clerk would want of a file: what it is refused for whole, or of its lines what is not taken and is told. */
interface Right {
  readonly whole?: string;
  /** Lines that say what the plain file says. */
  readonly same?: number;
  /** The code of each refused line, by its number. */
  readonly refused?: Readonly<Record<number, string>>;
  readonly remarks?: readonly string[];
  readonly totals?: number;
}

interface Habit {
  readonly name: string;
  readonly bytes: Buffer;
  readonly right: Right;
}

type Grid = readonly (readonly string[])[];

const csv = (rows: Grid, delimiter = ';', end = '\r\n') => rows.map((row) => row.join(delimiter)).join(end) + end;
const utf8 = (text: string) => Buffer.from(text, 'utf8');
const day = (iso: string) => iso.split('-').reverse().join('/');

/** A workbook; sheets that begin with `-` are hidden. */
export function workbook(
  sheets: Readonly<Record<string, readonly (readonly (string | number | Date)[])[]>>,
  type: 'xlsx' | 'ods',
) {
  const book = xlsx.utils.book_new();
  book.Workbook = { Sheets: [] };
  for (const [name, rows] of Object.entries(sheets)) {
    xlsx.utils.book_append_sheet(
      book,
      xlsx.utils.aoa_to_sheet(rows as never[][], { cellDates: true }),
      name.replace('-', ''),
    );
    book.Workbook.Sheets?.push({ Hidden: name.startsWith('-') ? 1 : 0 });
  }
  return xlsx.write(book, { type: 'buffer', bookType: type, cellDates: true }) as Buffer;
}

/** Files that people really send, of one kind: each says what the plain file says, or is refused for what it is. */
function habitsOf(columns: readonly HabitColumn[]): { readonly plain: Buffer; readonly habits: readonly Habit[] } {
  const names = columns.map((c) => c.name);
  const headings = columns.map((c) => c.heading);
  const row = columns.map((c) => c.value);
  const changed = (holds: string, to: (value: string) => string) =>
    columns.map((c) => (c.holds === holds ? to(c.value) : c.value));
  const has = (holds: string) => columns.some((c) => c.holds === holds);
  const blank = columns.map(() => '');
  const native = columns.map((c): string | number | Date => {
    if (c.holds === 'day') return new Date(`${c.value}T12:00:00Z`);
    return c.holds === 'siret' || c.holds === 'number' ? Number(c.value) : c.value;
  });
  const total = ['Total', ...blank.slice(1)];
  const one = (name: string, bytes: Buffer, right: Right = {}): Habit => ({
    name,
    bytes,
    right: { same: 1, ...right },
  });
  const none = (name: string, bytes: Buffer, whole: string): Habit => ({ name, bytes, right: { same: 0, whole } });
  const grid = [names, row];
  const first = columns[0]?.name ?? '';
  return {
    plain: utf8(csv(grid)),
    habits: [
      one('Windows-1252, headings as a clerk writes them', Buffer.from(csv([headings, row]), 'latin1')),
      one('UTF-16 with tabs, as Excel saves Unicode text', Buffer.from(`\ufeff${csv(grid, '\t')}`, 'utf16le')),
      one('a byte-order mark and commas', utf8(`\ufeff${csv(grid, ',')}`)),
      one('line ends of a Mac of before', utf8(csv(grid, ';', '\r'))),
      one('XLSX, all text', workbook({ Feuil1: grid }, 'xlsx')),
      one('XLSX, numbers and days of the spreadsheet', workbook({ Feuil1: [names, native] }, 'xlsx'), {
        remarks: has('siret') ? ['siret_restored'] : [],
      }),
      one('ODS, all text', workbook({ Feuille1: grid }, 'ods')),
      one(
        'headings in capitals, with accents and spaces',
        utf8(csv([headings.map((h) => ` ${h.toUpperCase()} `), row])),
      ),
      one('a title above the headings', utf8(csv([[`Suivi, ${first}`], ...grid]))),
      one('a name over several columns', utf8(csv([['Suivi', ...blank.slice(1)], ...grid]))),
      one(
        'headings on two lines, some of them on the upper one alone',
        utf8(csv([[first, 'Entreprise', ...blank.slice(2)], ['', ...names.slice(1)], row])),
        { remarks: ['headings_on_two_lines'] },
      ),
      one(
        'headings on two lines that come again on the next page',
        utf8(
          csv([
            [first, 'Entreprise', ...blank.slice(2)],
            ['', ...names.slice(1)],
            row,
            [first, 'Entreprise', ...blank.slice(2)],
            ['', ...names.slice(1)],
          ]),
        ),
        { remarks: ['headings_on_two_lines', 'headings_repeated'] },
      ),
      one('its columns in another order', utf8(csv([[...names].reverse(), [...row].reverse()]))),
      one(
        'columns that nobody asks for',
        utf8(
          csv([
            [...names, 'Observations'],
            [...row, 'vu le 3'],
          ]),
        ),
        {
          remarks: ['columns_unread'],
        },
      ),
      one(
        'the same column twice',
        utf8(
          csv([
            [...names, first],
            [...row, row[0] ?? ''],
          ]),
        ),
        {
          remarks: ['column_repeated'],
        },
      ),
      none(
        'two columns of one name that differ',
        utf8(
          csv([
            [...names, first],
            [...row, '1'],
          ]),
        ),
        'columns_ambiguous',
      ),
      none(
        'a table that is turned round',
        utf8(csv(names.map((name, i) => [name, row[i] ?? '', row[i] ?? '']))),
        'columns_missing',
      ),
      none('an archive of another program', Buffer.from('377abcaf271c0004000000', 'hex'), 'other_archive_given'),
      none('a mail', utf8('From: a@b.fr\r\nTo: c@d.fr\r\nSubject: Suivi\r\n\r\nBonjour\r\n'), 'mail_given'),
      none('a column missing', utf8(csv([names.slice(1), row.slice(1)])), 'columns_missing'),
      one(
        'blank lines and blank columns',
        utf8(
          csv([
            [...names, ''],
            [...blank, ''],
            [...row, ''],
            [...blank, ''],
          ]),
        ),
      ),
      one('every cell in quotation marks', utf8(csv([names, row.map((c) => `"${c}"`)]))),
      one('no-break and zero-width spaces around cells', utf8(csv([names, row.map((c) => `\u00a0${c}\u200b `)]))),
      one('a total line', utf8(csv([...grid, total])), { totals: 1, remarks: ['totals_set_aside'] }),
      one('the headings again, at a page break', utf8(csv([...grid, names, row])), {
        same: 2,
        remarks: ['headings_repeated'],
      }),
      one('a cell too many', utf8(csv([...grid, [...row, 'de trop']])), { refused: { 3: 'cells_count' } }),
      one('a hidden sheet', workbook({ '-Ancien': grid, Feuil1: grid }, 'xlsx'), { remarks: ['sheet_hidden'] }),
      one('a cover sheet', workbook({ 'Lisez-moi': [['Mode d’emploi']], Feuil1: grid }, 'xlsx'), {
        remarks: ['sheet_without_columns'],
      }),
      one(
        'a sign of inches in a label',
        utf8(
          csv([
            [...names, 'Note'],
            [...row, '5" de haut'],
            [...row, 'x'],
          ]),
        ),
        {
          same: 2,
          remarks: ['columns_unread'],
        },
      ),
      one(
        'a quotation mark cut off a label',
        utf8(
          csv([
            [...names, 'Note'],
            [...row, '"vu'],
            [...row, 'x'],
          ]),
        ),
        {
          same: 2,
          remarks: ['columns_unread', 'quotes_mended'],
        },
      ),
      one('a first line that names the separator', utf8(`sep=;\r\n${csv(grid)}`)),
      one('the sign with which DOS ends a text', utf8(`${csv(grid)}\u001a`)),
      one('accents apart from their letters', utf8(csv([headings.map((h) => h.normalize('NFD')), row]))),
      one(
        'separators behind the last column',
        utf8(
          csv([
            [...names, '', ''],
            [...row, '', ''],
          ]),
        ),
      ),
      one('two sheets', workbook({ Mars: grid, Avril: grid }, 'xlsx'), { same: 2, remarks: ['sheets_read'] }),
      none('bytes of nothing at its end', utf8(`${csv(grid)}\0\0`), 'binary_given'),
      one('packed', gzipSync(utf8(csv(grid)))),
      none('a web page named .xls', utf8(`<html><table><tr><td>${first}</td></tr></table></html>`), 'html_given'),
      none(
        'a workbook of before 2007',
        Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
        'old_excel_given',
      ),
      none(
        'a workbook with a password',
        Buffer.concat([
          Buffer.from('d0cf11e0a1b11ae1', 'hex'),
          Buffer.alloc(600),
          Buffer.from('EncryptedPackage', 'utf16le'),
        ]),
        'password_given',
      ),
      none('a PDF', utf8('%PDF-1.7\n'), 'pdf_given'),
      none('nothing', Buffer.alloc(0), 'file_empty'),
      none('headings alone', utf8(csv([names])), 'no_lines'),
      ...(has('siret')
        ? [
            one('a SIRET as a formula of text', utf8(csv([names, changed('siret', (v) => `"=""${v}"""`)]))),
            one(
              'a SIRET in groups',
              utf8(
                csv([
                  names,
                  changed('siret', (v) => `${v.slice(0, 3)} ${v.slice(3, 6)} ${v.slice(6, 9)} ${v.slice(9)}`),
                ]),
              ),
            ),
            one('a SIRET that a spreadsheet spoilt', utf8(csv([...grid, changed('siret', () => '5,52E+13')])), {
              refused: { 3: 'siret_digits_lost' },
            }),
          ]
        : []),
      ...(has('day')
        ? [
            one('days as in France', utf8(csv([names, changed('day', day)]))),
            one('days with a time', utf8(csv([names, changed('day', (v) => `${day(v)} 00:00:00`)]))),
            none('days month first', utf8(csv([names, changed('day', () => '07/31/2010')])), 'dates_differ'),
            none(
              'a note that days of two meanings are month first',
              utf8(csv([['Dates au format MM/JJ/AAAA'], names, changed('day', () => '07/03/2010')])),
              'dates_differ',
            ),
            one('a day that there is not', utf8(csv([...grid, changed('day', () => '31/02/2010')])), {
              refused: { 3: 'date_unreadable' },
            }),
          ]
        : []),
      ...(has('number')
        ? [
            one('numbers with a zero behind the comma', utf8(csv([names, changed('number', (v) => `${v},0`)]))),
            one('half a number', utf8(csv([...grid, changed('number', (v) => `${v},5`)])), {
              refused: { 3: 'number_unreadable' },
            }),
            one('a number beyond all bounds', utf8(csv([...grid, changed('number', () => '-7')])), {
              refused: { 3: 'number_out_of_range' },
            }),
          ]
        : []),
      ...(has('id')
        ? [
            one(
              'an identifier that a spreadsheet took for a number',
              utf8(csv([...grid, changed('id', () => '1,2E+15')])),
              {
                refused: { 3: 'reference_unreadable' },
              },
            ),
            ...['-', 'néant', '../x', 'idem', 'n/a'].map((none) =>
              one(`no identifier, but ${none}`, utf8(csv([...grid, changed('id', () => none)])), {
                refused: { 3: 'missing' },
              }),
            ),
            one('an identifier longer than any', utf8(csv([...grid, changed('id', () => 'S'.repeat(300))])), {
              refused: { 3: 'reference_unreadable' },
            }),
          ]
        : []),
      one('a sign that nobody can read', utf8(csv([...grid, row.map((c, i) => (i === 0 ? `${c}\u0001` : c))])), {
        refused: { 3: has('id') ? 'text_unfit' : 'siret_invalid' },
      }),
    ],
  };
}

/** What a reader says of a file. */
interface Said {
  readonly code?: string;
  readonly asks: readonly object[];
  readonly report?: {
    readonly total?: number;
    readonly refusals: readonly { readonly line: number; readonly reason: string }[];
    readonly remarks?: readonly { readonly code: string }[];
  };
  readonly preview?: {
    readonly codedFaults?: readonly { readonly code: string }[];
    readonly remarks: readonly { readonly code: string }[];
    readonly lines: readonly { readonly line: number; readonly refusal?: { readonly reason: string } }[];
  };
  readonly toMend?: Buffer;
}
type Case = readonly [name: string, run: () => Promise<{ readonly got: unknown; readonly wanted: unknown }>];

/** A value that no column takes. */
const WRONG = 'n;c.';

/**
 * Each habit with what a reader says of it and what is wanted; last, that what was refused comes back the same.
 * @param spoilt the column whose cell is spoilt for that
 */
export function habitCases(
  columns: readonly HabitColumn[],
  read: (bytes: Buffer) => Promise<Said>,
  spoilt: string,
): readonly Case[] {
  const { plain, habits } = habitsOf(columns);
  const cases = habits.map(
    ({ name, bytes, right }): Case => [
      name,
      async () => {
        const [said] = (await read(plain)).asks;
        const tried = await read(bytes);
        const { code, asks, report } = tried;
        const told = new Set(report?.remarks?.map((remark) => remark.code));
        const refused = Object.fromEntries((report?.refusals ?? []).map(({ line, reason }) => [line, reason]));
        const { whole, same = 0, remarks = [], totals = 0 } = right;
        return {
          got: {
            code,
            asks,
            refused,
            total: report?.total ?? 0,
            remarks: remarks.filter((one) => told.has(one)),
            preview: saidByPreview(tried),
          },
          wanted: {
            preview: saidByReport(tried),
            code: whole,
            asks: Array.from({ length: same }, () => said ?? 'something'),
            refused: right.refused ?? {},
            total: totals,
            remarks,
          },
        };
      },
    ],
  );
  return [
    ...cases,
    [
      'what was refused comes back the same, and is taken once it is mended',
      () => mendCycle(columns, read, plain, spoilt),
    ],
  ];
}

const codesOf = (told: readonly { readonly code: string }[]) => told.map(({ code }) => code);
const reasonsOf = (refused: readonly { readonly line: number; readonly reason: string }[]) =>
  refused.map(({ line, reason }) => `${line} ${reason}`);

/** What a preview says of a file, in short; of one that cannot be opened there is none. */
function saidByPreview({ preview }: Said): unknown {
  if (!preview) return 'none';
  const { codedFaults = [], remarks, lines } = preview;
  const [fault] = codedFaults;
  if (fault) return fault.code;
  const refused = lines.flatMap(({ line, refusal }) => (refusal ? [{ line, reason: refusal.reason }] : []));
  return [codesOf(remarks), reasonsOf(refused)];
}

/** The same of its report. */
function saidByReport({ code, report, preview }: Said): unknown {
  if (!preview) return 'none';
  return code ?? [codesOf(report?.remarks ?? []), reasonsOf(report?.refusals ?? [])];
}

async function mendCycle(
  columns: readonly HabitColumn[],
  read: (bytes: Buffer) => Promise<Said>,
  plain: Buffer,
  spoilt: string,
): Promise<{ got: unknown; wanted: unknown }> {
  const value = columns.find((c) => c.name === spoilt)?.value ?? '';
  const rows = columns.map((c) => (c.name === spoilt ? `"${WRONG}"` : c.value));
  const first = await read(utf8(csv([columns.map((c) => c.name), rows])));
  const again = await read(first.toMend ?? Buffer.alloc(0));
  const refusals = ({ report }: Said) => report?.refusals.map(({ line: _line, ...refusal }) => refusal);
  const mended = await read(Buffer.from(String(again.toMend).replace(`"${WRONG}"`, value)));
  return {
    got: [refusals(first)?.length, refusals(again), mended.asks, mended.report?.refusals],
    wanted: [1, refusals(first), (await read(plain)).asks, []],
  };
}
