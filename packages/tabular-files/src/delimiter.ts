import { parse } from 'csv-parse/sync';
import { FileUnreadable } from './unreadable.js';

export const DELIMITERS = [';', '\t', ',', '|'] as const;

/**
 * Finds the delimiter of the first lines: the one that cuts the most cells out of lines of one width, the first of which
 * looks like headings (no cell of it is a number). Titles above them may hold any sign. A text of one column has none; `;`
 * reads it.
 */
export function findDelimiter(head: string): string {
  const said = /^\ufeff?"?sep=([;,\t|])"?\r?\n/i.exec(head)?.[1];
  if (said) return said;
  let best = { delimiter: ';' as string, score: 0 };
  for (const delimiter of DELIMITERS) {
    const records = recordsOf(head, delimiter);
    const lines = new Map<number, number>();
    for (const { length } of records) if (length > 1) lines.set(length, (lines.get(length) ?? 0) + 1);
    for (const [width, count] of lines) {
      const first = records.find((cells) => cells.length === width);
      if (first?.some((cell) => /^\s*[-+]?\d[\d\s.,]*$/.test(cell))) continue;
      const score = count * Math.min(width - 1, 500);
      if (score > best.score) best = { delimiter, score };
    }
  }
  return best.delimiter;
}

/** @throws FileUnreadable where the headings are one cell by the declared delimiter and several by another */
export function checkDelimiter(head: string, declared: string): void {
  if ((widthsOf(head, declared)[0] ?? 0) > 1) return;
  const found = findDelimiter(head);
  if (found === declared || (widthsOf(head, found)[0] ?? 0) < 2) return;
  throw new FileUnreadable('delimiter_differs', { found: nameOf(found), declared: nameOf(declared) });
}

function nameOf(delimiter: string): string {
  return delimiter === '\t' ? 'TAB' : `"${delimiter}"`;
}

/** How many cells each of the first lines has that are not blank. */
function widthsOf(head: string, delimiter: string): number[] {
  return recordsOf(head, delimiter).map((cells) => cells.length);
}

function recordsOf(head: string, delimiter: string): string[][] {
  return parse(head, {
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    to: 30,
  });
}
