import type { ZipArchive } from './archives.js';
import { LAST_LINE } from './limits.js';
import { MergedCells, type MergedRange } from './merged-cells.js';
import { openOds } from './ods-rows.js';
import { type Remark, remark } from './remarks.js';
import { brokenSheet, type Sheet, type SheetTells } from './spreadsheet.js';
import { HEAD_ROWS, type Part, type Row } from './table.js';
import { FileUnreadable } from './unreadable.js';
import { openWorkbook } from './xlsx-rows.js';

export type WorkbookFormat = 'xlsx' | 'ods';

/** A workbook that was looked at to its end: what can be read of it, and what is to be known of that. */
export interface Workbook {
  readonly parts: readonly Part[];
  readonly remarks: readonly Remark[];
  rows(part: number): AsyncGenerator<Row[]>;
}

/** Names that are remarked one by one; of a workbook with more the first are told. */
const MOST_NAMED = 20;
const MOST_MERGED_TOLD = 1000;
const UNHEARD: SheetTells = { hides: () => undefined, merges: () => undefined };

/** Begins to mark the merged cells of a sheet's rows. */
type Marking = () => (row: Row) => Row;

/**
 * The visible sheets of a workbook that hold anything, each read once to its end first: its lines are counted, and a
 * damaged one gives none. Where sheets are named, those alone.
 */
export async function openSheets(
  archive: ZipArchive,
  format: WorkbookFormat,
  wanted: readonly string[] = [],
): Promise<Workbook> {
  const sheets = format === 'xlsx' ? await openWorkbook(archive) : await openOds(archive);
  const { chosen, remarks } = choose(sheets, wanted);
  const parts: Part[] = [];
  const read: { sheet: Sheet; marking: Marking }[] = [];
  let before = 0;
  for (const sheet of chosen) {
    const { part, last, hidden, marking } = await lookThrough(sheet, before);
    if (part.lines === 0) continue;
    parts.push(part);
    read.push({ sheet, marking });
    if (hidden.count > 0) remarks.push(remark('rows_hidden', { count: hidden.count, line: hidden.first }));
    before = last;
  }
  if (parts.length === 0) throw new FileUnreadable('file_empty.sheets');
  return {
    parts,
    remarks,
    rows: (at) => {
      const part = parts[at];
      const { sheet, marking } = read[at] ?? {};
      if (!sheet || !marking || !part) throw new Error(`there is no part ${at}`);
      return numbered(marked(sheet.rows(UNHEARD), marking()), part.before);
    },
  };
}

function choose(sheets: readonly Sheet[], wanted: readonly string[]): { chosen: Sheet[]; remarks: Remark[] } {
  if (wanted.length > 0) {
    // Who names a sheet means it, hidden or not.
    const names = new Set(wanted.map(alike));
    const chosen = sheets.filter((sheet) => names.has(alike(sheet.name)));
    if (chosen.length === 0)
      throw new FileUnreadable('sheet_missing.named', { wanted: wanted.join(', '), names: namesOf(sheets) });
    const others = sheets.filter((sheet) => !sheet.hidden && !chosen.includes(sheet));
    return { chosen, remarks: others.slice(0, MOST_NAMED).map(({ name }) => remark('sheet_not_named', { name })) };
  }
  const chosen = sheets.filter((sheet) => !sheet.hidden);
  if (chosen.length === 0) throw new FileUnreadable('sheet_missing', { why: namesOf(sheets) });
  const hidden = sheets.filter((sheet) => sheet.hidden).slice(0, MOST_NAMED);
  return { chosen, remarks: hidden.map(({ name }) => remark('sheet_hidden', { name })) };
}

function namesOf(sheets: readonly Sheet[]): string {
  return sheets
    .slice(0, MOST_NAMED)
    .map(({ name }) => name)
    .join(', ');
}

/** Names as people compare them. */
function alike(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}

async function lookThrough(
  sheet: Sheet,
  before: number,
): Promise<{ part: Part; last: number; hidden: { count: number; first: number }; marking: Marking }> {
  const head: Row[] = [];
  const hiddenColumns = new Set<number>();
  const merged = new MergedCells();
  let width = 0;
  let lines = 0;
  let last = before;
  const hidden = { count: 0, first: 0 };
  const tells = {
    hides: (column: number) => hiddenColumns.add(column),
    merges: (range: MergedRange) => merged.add(range),
  };
  for await (const batch of sheet.rows(tells)) {
    if (head.length < HEAD_ROWS) head.push(...batch.slice(0, HEAD_ROWS - head.length));
    lines += batch.length;
    last = before + (batch.at(-1)?.line ?? 0);
    for (const row of batch) {
      width = Math.max(width, row.cells.length);
      if (!row.hidden) continue;
      hidden.count++;
      hidden.first ||= row.line;
    }
  }
  const tops = merged.tops(MOST_MERGED_TOLD).map(({ column, line }) => ({ column, line: line + before }));
  const mark = merged.marking(width);
  if (last > LAST_LINE) throw brokenSheet(`more than ${LAST_LINE} rows`);
  return {
    part: {
      name: sheet.name,
      before,
      lines,
      head: head.map((row) => ahead({ ...mark(row), ...spansOf(merged, row) }, before)),
      hiddenColumns: [...hiddenColumns],
      ...(tops.length > 0 ? { mergedCells: tops } : {}),
      ...(sheet.since1904 ? { since1904: true } : {}),
    },
    last,
    hidden,
    marking: () => merged.marking(width),
  };
}

function spansOf(merged: MergedCells, { line }: Row): Pick<Row, 'spans'> {
  const spans = merged.spans(line);
  return spans.length > 0 ? { spans } : {};
}

async function* marked(batches: AsyncGenerator<Row[]>, mark: (row: Row) => Row): AsyncGenerator<Row[]> {
  for await (const rows of batches) yield rows.map(mark);
}

async function* numbered(batches: AsyncGenerator<Row[]>, before: number): AsyncGenerator<Row[]> {
  if (before === 0) yield* batches;
  else for await (const rows of batches) yield rows.map((row) => ahead(row, before));
}

function ahead(row: Row, before: number): Row {
  return before === 0 ? row : { ...row, line: row.line + before };
}
