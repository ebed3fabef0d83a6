import { parse } from 'csv-parse/sync';
import { FileUnreadable } from './unreadable.js';

export const DELIMITERS = [';', '\t', ',', '|'] as const;

/**
 * Finds the delimiter of the first lines: the one that cuts the most lines into as many cells as the first of them, and
 * among equals the one that cuts finest. A text of one column has none of them; `;` reads it.
 */
export function findDelimiter(head: string): string {
  let best = { delimiter: ';' as string, score: 0 };
  for (const delimiter of DELIMITERS) {
    const widths = widthsOf(head, delimiter);
    const width = widths[0] ?? 0;
    if (width < 2) continue;
    const same = widths.filter((w) => w === width).length / widths.length;
    const score = same * 1000 + Math.min(width, 500);
    if (score > best.score) best = { delimiter, score };
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

/** Cells of each of the first lines that are not blank. */
function widthsOf(head: string, delimiter: string): number[] {
  const records = parse(head, {
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    to: 30,
  });
  return records.map((cells) => cells.length);
}
