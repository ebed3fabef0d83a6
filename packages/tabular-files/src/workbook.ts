import type { ZipArchive } from './archives.js';
import { LAST_LINE } from './limits.js';
import { openOds } from './ods-rows.js';
import { type Remark, remark } from './remarks.js';
import { brokenSheet, type Sheet } from './spreadsheet.js';
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
  const read: Sheet[] = [];
  let before = 0;
  for (const sheet of chosen) {
    const { part, last, hidden } = await lookThrough(sheet, before);
    if (part.lines === 0) continue;
    parts.push(part);
    read.push(sheet);
    if (hidden.count > 0) remarks.push(remark('rows_hidden', { count: hidden.count, line: hidden.first }));
    before = last;
  }
  if (parts.length === 0) throw new FileUnreadable('file_empty.sheets');
  return {
    parts,
    remarks,
    rows: (at) => {
      const [sheet, part] = [read[at], parts[at]];
      if (!sheet || !part) throw new Error(`there is no part ${at}`);
      return numbered(
        sheet.rows(() => undefined),
        part.before,
      );
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
): Promise<{ part: Part; last: number; hidden: { count: number; first: number } }> {
  const head: Row[] = [];
  const hiddenColumns = new Set<number>();
  let lines = 0;
  let last = before;
  const hidden = { count: 0, first: 0 };
  for await (const batch of numbered(
    sheet.rows((column) => hiddenColumns.add(column)),
    before,
  )) {
    if (head.length < HEAD_ROWS) head.push(...batch.slice(0, HEAD_ROWS - head.length));
    lines += batch.length;
    last = batch.at(-1)?.line ?? last;
    for (const row of batch) {
      if (!row.hidden) continue;
      hidden.count++;
      hidden.first ||= row.line - before;
    }
  }
  if (last > LAST_LINE) throw brokenSheet(`more than ${LAST_LINE} rows`);
  return {
    part: {
      name: sheet.name,
      before,
      lines,
      head,
      hiddenColumns: [...hiddenColumns],
      ...(sheet.since1904 ? { since1904: true } : {}),
    },
    last,
    hidden,
  };
}

async function* numbered(batches: AsyncGenerator<Row[]>, before: number): AsyncGenerator<Row[]> {
  if (before === 0) yield* batches;
  else for await (const rows of batches) yield rows.map((row) => ({ ...row, line: row.line + before }));
}
