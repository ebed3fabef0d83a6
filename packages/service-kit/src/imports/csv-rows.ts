import { readCsvRows } from '@gpect/tabular-files/csv-rows';
import { findDelimiter } from '@gpect/tabular-files/delimiter';
import { type Row, textOf } from '@gpect/tabular-files/table';
import { decodeText } from '@gpect/tabular-files/text-encoding';
import { FileUnreadable } from '@gpect/tabular-files/unreadable';
import { Problem } from '../http/problem.js';

/** A line below the heading: its number in the file (1 is the heading) and its cells by heading. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  /** Set when the line has not as many cells as the heading. */
  readonly misshapen?: string;
}

const HEADING_CHARACTERS = 100_000;

/**
 * Reads CSV in UTF-8 (BOM or not, the separator as the heading shows) row by row, in the memory of a few rows.
 * @throws Problem 422 where the file as a whole cannot be read: not UTF-8, columns missing, broken quotes.
 */
export async function* readCsv(bytes: AsyncIterable<Buffer>, columns: readonly string[]): AsyncGenerator<CsvRow> {
  let heading: string[] | undefined;
  try {
    const { head, whole } = await peek(decodeText(bytes, 'utf-8'));
    for await (const rows of readCsvRows(asBuffers(whole), findDelimiter(head))) {
      for (const row of rows) {
        if (heading) yield toRow(heading, row);
        else heading = headingOf(row, columns);
      }
    }
  } catch (error) {
    if (!(error instanceof FileUnreadable)) throw error;
    throw new Problem(422, error.code.replaceAll('_', '-'), 'The file cannot be read', {
      detail: `${error.said.en}; lines above were taken: mend it and send the whole file again, no line is taken twice`,
    });
  }
  if (!heading)
    throw new Problem(422, 'file-empty', 'The file is empty', {
      detail: `the first line must name the columns: ${columns.join(', ')}`,
    });
}

function toRow(heading: readonly string[], { line, cells }: Row): CsvRow {
  const named = Object.fromEntries(heading.map((name, i) => [name, textOf(cells[i])]));
  return cells.length === heading.length
    ? { line, cells: named }
    : { line, cells: named, misshapen: `${cells.length} cells under ${heading.length} headings` };
}

function headingOf({ cells }: Row, columns: readonly string[]): string[] {
  const heading = cells.map(textOf);
  const missing = columns.filter((column) => !heading.includes(column));
  if (missing.length === 0) return heading;
  throw new Problem(422, 'columns-missing', 'Columns are missing', {
    detail: `the heading must name ${columns.join(', ')}; it names ${heading.join(', ')}`,
    errors: missing.map((column) => ({ pointer: `/${column}`, detail: `no column ${column}` })),
  });
}

/** The heading line, and the whole text with it. */
async function peek(text: AsyncGenerator<string>): Promise<{ head: string; whole: AsyncGenerator<string> }> {
  let head = '';
  for (let next = await text.next(); !next.done; next = await text.next()) {
    head += next.value;
    if (/[\r\n]/.test(head) || head.length > HEADING_CHARACTERS) break;
  }
  const whole = (async function* () {
    yield head;
    yield* text;
  })();
  return { head: head.split(/[\r\n]/, 1)[0] ?? '', whole };
}

async function* asBuffers(text: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const piece of text) yield Buffer.from(piece, 'utf8');
}
