import { posix } from 'node:path';
import type { ZipArchive } from './archives.js';
import { COST_OF_A_STRING, MOST_COLUMNS, MOST_SHARED_CHARACTERS, MOST_SHEETS } from './limits.js';
import type { MergedRange } from './merged-cells.js';
import { type Shift, shifted, shiftOf } from './raised-text.js';
import {
  brokenSheet,
  lineAfter,
  type NumberFormat,
  numberCell,
  PLAIN,
  plainNumber,
  RowBuilder,
  type Sheet,
  type SheetTells,
  truthOf,
  wholeNumber,
} from './spreadsheet.js';
import type { Cell, Row } from './table.js';
import { FileUnreadable } from './unreadable.js';
import { builtInFormat, formatOf } from './xlsx-format.js';
import { readXml, scanXml } from './xml.js';

/** What a sheet's cells refer to. Source: ECMA-376, parts 1 (SpreadsheetML). */
interface Workbook {
  readonly strings: readonly string[];
  /** Numbers of strings of which a part at least is struck through. */
  readonly struckStrings: ReadonlySet<number>;
  /** How the cell style of this number shows a number. */
  readonly formats: readonly NumberFormat[];
  /** Whether the cell style of this number strikes through what it shows. */
  readonly struck: readonly boolean[];
  readonly since1904: boolean;
  /** It says itself that what is saved of its formulas is not what they come to. */
  readonly isUnreckoned: boolean;
}

const DAYS_1900_TO_1904 = 1462;
const WORKBOOK = 'xl/workbook.xml';
const MOST_FORMATS = 100_000;
const NO_STRINGS: Pick<Workbook, 'strings' | 'struckStrings'> = { strings: [], struckStrings: new Set() };
const NO_STYLES: Pick<Workbook, 'formats' | 'struck'> = { formats: [], struck: [] };

/** The sheets of a workbook in their order; formulas count as the value that was saved with them. */
export async function openWorkbook(archive: ZipArchive): Promise<Sheet[]> {
  let since1904 = false;
  let isUnreckoned = false;
  const named: { name: string; relation: string; hidden: boolean }[] = [];
  await scanXml(archive.bytes(WORKBOOK).open(), WORKBOOK, {
    open: (name, attributes) => {
      if (localName(name) === 'workbookPr') since1904 = isTrue(attributes['date1904']);
      // A program that reckons formulas takes this away when it saves them.
      if (localName(name) === 'calcPr')
        isUnreckoned = isTrue(attributes['fullCalcOnLoad']) || !isOn(attributes['calcCompleted']);
      if (localName(name) !== 'sheet') return;
      if (named.length >= MOST_SHEETS) throw brokenSheet(`more than ${MOST_SHEETS} sheets`);
      named.push({
        name: attributes['name'] ?? '',
        // The prefix of the relation is the writer's own choice.
        relation: Object.entries(attributes).find(([a]) => a.endsWith(':id'))?.[1] ?? '',
        hidden: attributes['state'] !== undefined && attributes['state'] !== 'visible',
      });
    },
  });
  const parts = await relationsOf(archive);
  const part = (type: string, usual: string) =>
    [...parts.values()].find((r) => r.type.endsWith(type))?.path ?? (archive.has(usual) ? usual : undefined);
  const [strings, styles] = [part('/sharedStrings', 'xl/sharedStrings.xml'), part('/styles', 'xl/styles.xml')];
  const workbook: Workbook = {
    ...(strings && archive.has(strings) ? await sharedStrings(archive, strings) : NO_STRINGS),
    ...(styles && archive.has(styles) ? await stylesOf(archive, styles) : NO_STYLES),
    since1904,
    isUnreckoned,
  };
  return named.flatMap(({ name, relation, hidden }) => {
    const found = parts.get(relation);
    if (!found || !archive.has(found.path)) {
      if (hidden) return [];
      throw new FileUnreadable('sheet_missing', { why: found?.path ?? name });
    }
    // A sheet that is only a chart has no cells.
    if (found.type !== '' && !found.type.endsWith('/worksheet')) return [];
    return [{ name, hidden, since1904, rows: (tells) => readSheet(archive, found.path, workbook, tells) }];
  });
}

async function* readSheet(
  archive: ZipArchive,
  part: string,
  workbook: Workbook,
  tells: SheetTells,
): AsyncGenerator<Row[]> {
  const rows = new RowBuilder();
  let line = 0;
  let hidden = false;
  let column = -1;
  let type = '';
  let style = 0;
  let value = '';
  let formula = false;
  let listening = false;
  let inPhonetics = false;
  let struck = false;
  let inStruck = false;
  let shift: Shift | undefined;
  const put = () => {
    const ofString = type === 's' && workbook.struckStrings.has(wholeNumber(value.trim()) ?? -1);
    rows.put(column, cellOf(type, value, style, workbook, line), line, struck || ofString);
  };
  yield* readXml(
    archive.bytes(part).open(),
    part,
    {
      open: (name, attributes) => {
        switch (localName(name)) {
          case 'col':
            if (isTrue(attributes['hidden']) || attributes['width'] === '0')
              hideFrom(wholeNumber(attributes['min']), wholeNumber(attributes['max']), tells);
            break;
          case 'row':
            line = lineAfter(line, attributes['r']);
            hidden = isTrue(attributes['hidden']) || attributes['ht'] === '0';
            column = -1;
            break;
          case 'c':
            column = attributes['r'] ? columnOf(attributes['r']) : column + 1;
            type = attributes['t'] ?? 'n';
            style = wholeNumber(attributes['s']) ?? 0;
            value = '';
            formula = false;
            struck = workbook.struck[style] === true;
            break;
          case 'strike':
            inStruck = isOn(attributes['val']);
            break;
          case 'vertAlign':
            shift = shiftOf(attributes['val']);
            break;
          case 'r':
            inStruck = false;
            shift = undefined;
            break;
          case 'mergeCell': {
            const range = rangeOf(attributes['ref'] ?? '');
            if (range) tells.merges(range);
            break;
          }
          case 'f':
            formula = true;
            break;
          case 'v':
          case 't':
            listening = !inPhonetics;
            break;
          case 'rPh':
            inPhonetics = true;
        }
      },
      text: (text) => {
        if (!listening) return;
        value += shift ? shifted(text, shift, value) : text;
        struck ||= inStruck && text.trim() !== '';
      },
      close: (name) => {
        switch (localName(name)) {
          case 'is':
            inStruck = false;
            shift = undefined;
            break;
          case 'v':
          case 't':
            listening = false;
            break;
          case 'rPh':
            inPhonetics = false;
            break;
          case 'c':
            if (formula && workbook.isUnreckoned) rows.put(column, { text: value, kind: 'formula' }, line);
            else if (value !== '') put();
            else if (formula && type !== 'str') rows.put(column, { text: '', kind: 'formula' }, line);
            break;
          case 'row':
            rows.endRow(line, 1, hidden);
        }
      },
    },
    () => rows.take(),
  );
  yield* rows.take(1);
}

function cellOf(type: string, value: string, style: number, workbook: Workbook, line: number): Cell {
  const { strings, formats, since1904 } = workbook;
  switch (type) {
    case 's': {
      const text = strings[wholeNumber(value.trim()) ?? -1];
      if (text === undefined) throw new FileUnreadable('sheet_broken.strings', { line });
      return text;
    }
    case 'n': {
      const number = plainNumber(value);
      if (number === undefined) return value;
      const format = formats[style] ?? PLAIN;
      if (format.kind !== 'date' && format.kind !== 'month') return numberCell(number, format);
      const date = dateOf(number, since1904);
      if (date === undefined) return { number };
      return format.kind === 'date' ? { date } : { number, kind: 'month', shown: date.slice(0, 7) };
    }
    case 'd':
      return { date: value.trim() };
    case 'e':
      return { text: value, kind: 'error' };
    case 'b':
      return truthOf(isTrue(value));
    default:
      return unescaped(value);
  }
}

/** The day of a serial: days since 1899-12-30 (or 1904-01-01), the time of day dropped. */
function dateOf(serial: string, since1904: boolean): string | undefined {
  const days = Math.floor(Number(serial)) + (since1904 ? DAYS_1900_TO_1904 : 0);
  if (!(days > 60 && days < 2_958_466)) return undefined;
  return new Date(Date.UTC(1899, 11, 30 + days)).toISOString().slice(0, 10);
}

interface Relation {
  readonly type: string;
  readonly path: string;
}

async function relationsOf(archive: ZipArchive): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>();
  const part = 'xl/_rels/workbook.xml.rels';
  if (!archive.has(part)) return relations;
  await scanXml(archive.bytes(part).open(), part, {
    open: (_name, { Id, Type = '', Target }) => {
      if (Id === undefined || Target === undefined) return;
      if (relations.size >= MOST_SHEETS * 2) throw brokenSheet(`more than ${MOST_SHEETS * 2} parts`);
      const path = Target.startsWith('/') ? Target.slice(1) : posix.normalize(`xl/${Target}`);
      relations.set(Id, { type: Type, path });
    },
  });
  return relations;
}

async function sharedStrings(archive: ZipArchive, part: string): Promise<Pick<Workbook, 'strings' | 'struckStrings'>> {
  const strings: string[] = [];
  const struckStrings = new Set<number>();
  let inStruck = false;
  let shift: Shift | undefined;
  let current = '';
  let characters = 0;
  let listening = false;
  let inPhonetics = false;
  await scanXml(archive.bytes(part).open(), part, {
    open: (name, attributes) => {
      const local = localName(name);
      if (local === 'si') current = '';
      if (local === 'si' || local === 'r') {
        inStruck = false;
        shift = undefined;
      } else if (local === 'vertAlign') shift = shiftOf(attributes['val']);
      else if (local === 'strike') inStruck = isOn(attributes['val']);
      else if (local === 'rPh') inPhonetics = true;
      else if (local === 't') listening = !inPhonetics;
    },
    text: (text) => {
      if (!listening) return;
      current += shift ? shifted(text, shift, current) : text;
      if (inStruck && text.trim() !== '') struckStrings.add(strings.length);
    },
    close: (name) => {
      const local = localName(name);
      if (local === 't') listening = false;
      if (local === 'rPh') inPhonetics = false;
      if (local !== 'si') return;
      // An empty one costs memory too.
      characters += current.length + COST_OF_A_STRING;
      if (characters > MOST_SHARED_CHARACTERS) throw new FileUnreadable('too_many_strings');
      strings.push(unescaped(current));
    },
  });
  return { strings, struckStrings };
}

async function stylesOf(archive: ZipArchive, part: string): Promise<Pick<Workbook, 'formats' | 'struck'>> {
  const custom = new Map<number, NumberFormat>();
  const formats: NumberFormat[] = [];
  const struckFonts: boolean[] = [];
  const struck: boolean[] = [];
  // Fonts and formats stand elsewhere too: in what a condition shows, in styles that no cell refers to.
  let within = '';
  await scanXml(archive.bytes(part).open(), part, {
    open: (name, attributes) => {
      const local = localName(name);
      if (custom.size + formats.length + struckFonts.length > MOST_FORMATS)
        throw brokenSheet(`more than ${MOST_FORMATS} formats`);
      if (local === 'cellXfs' || local === 'fonts') within = local;
      if (local === 'numFmt')
        custom.set(wholeNumber(attributes['numFmtId']) ?? -1, formatOf(attributes['formatCode'] ?? ''));
      if (local === 'font' && within === 'fonts') struckFonts.push(false);
      if (local === 'strike' && within === 'fonts') struckFonts[struckFonts.length - 1] = isOn(attributes['val']);
      if (local === 'xf' && within === 'cellXfs') {
        const format = wholeNumber(attributes['numFmtId']) ?? 0;
        formats.push(custom.get(format) ?? builtInFormat(format) ?? PLAIN);
        struck.push(struckFonts[wholeNumber(attributes['fontId']) ?? 0] === true);
      }
    },
    close: (name) => {
      if (localName(name) === within) within = '';
    },
  });
  return { formats, struck };
}

/** Signs that XML cannot hold are written `_x000D_` (ECMA-376 22.9.2.19). */
function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** `BC12` is column 54, from 0. @throws FileUnreadable for what names none */
function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}(?=[0-9]{1,8}$)/.exec(reference)?.[0];
  if (letters === undefined) throw brokenSheet(reference.slice(0, 40));
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** `A2:B5`; undefined for what is no range of cells. */
function rangeOf(reference: string): MergedRange | undefined {
  const [from, to, ...others] = reference.split(':').map((cell) => {
    const [, letters, digits] = /^([A-Z]{1,3})([0-9]{1,8})$/.exec(cell) ?? [];
    return letters && digits ? { column: columnOf(cell), line: Number(digits) } : undefined;
  });
  return from && to && others.length === 0 ? { from, to } : undefined;
}

/** Columns from one to another, as far as any is read: what is written there is a number of anybody's making. */
function hideFrom(first: number | undefined, last: number | undefined, { hides }: SheetTells): void {
  if (first === undefined || last === undefined) return;
  for (let at = Math.max(1, first); at <= Math.min(MOST_COLUMNS, last); at++) hides(at - 1);
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** A property of a font is on where it stands, unless it says otherwise. */
function isOn(value: string | undefined): boolean {
  return value === undefined || isTrue(value);
}

function isTrue(attribute: string | undefined): boolean {
  return attribute === '1' || attribute === 'true';
}
