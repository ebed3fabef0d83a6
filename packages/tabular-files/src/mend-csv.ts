import { stringify } from 'csv-stringify';
import { asFormula, isChangedBySpreadsheets } from './changed-by-spreadsheets.js';
import { isOurs, numberOfLine, OURS } from './our-columns.js';

/** A refused line: why, and its cells as its sender wrote them, in their order. */
export interface LineToMend {
  readonly line: number;
  readonly column: string;
  readonly reason: string;
  readonly detail: string;
  readonly cells: readonly string[];
}

/** How the file of refused lines is written: as its sender's files are read. */
interface Written {
  readonly headings?: readonly string[];
  /** Of the file that came, where nobody declared another. */
  readonly delimiter?: string;
}

const BOM = '\ufeff';

/** What a spreadsheet would run as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** What the reader would take an apostrophe away from, though it is part of the text. */
const OWN_APOSTROPHE = /^'+[=+\-@\d]/;

/**
 * A cell that no spreadsheet runs or changes: an apostrophe stands before what would be a formula, and what would become another
 * number or a day is the value of one. The reader takes both away again.
 */
export function harmless(text: string): string {
  if (isChangedBySpreadsheets(text)) return asFormula(text);
  return FORMULA.test(text) || OWN_APOSTROPHE.test(text) ? `'${text}` : text;
}

/**
 * The refused lines as their sender wrote them, with the separator that is declared, so that the mended file can be sent back
 * as it is. It is UTF-8 by its byte-order mark, whatever its sender's files are: no other encoding holds every sign, and the
 * mark is taken by every dialect.
 */
export async function* mendCsv(
  { headings = [], delimiter }: Written,
  refusals: AsyncIterable<LineToMend>,
  dialect: { readonly delimiter: string } = { delimiter: 'auto' },
): AsyncGenerator<Buffer> {
  const rows = stringify({
    delimiter: dialect.delimiter === 'auto' ? (delimiter ?? ';') : dialect.delimiter,
    record_delimiter: '\r\n',
    // It quotes what holds its own record delimiter; a line feed or a carriage return alone ends a line too.
    quoted_match: /[\r\n]/,
  });
  const feeding = (async () => {
    // Ours of a file that was mended before say nothing of this time.
    const theirs = headings.flatMap((heading, i) => (isOurs(heading) ? [] : [i]));
    rows.write([...theirs.map((i) => headings[i] ?? ''), ...OURS].map(harmless));
    for await (const { line, column, reason, detail, cells } of refusals) {
      const own = theirs.map((i) => cells[i] ?? '');
      // What stands beyond the headings is shown behind ours, so that the line is refused again until it is mended.
      const beyond = cells.slice(headings.length);
      const number = numberOfLine(line, [...own, ...beyond]);
      if (!rows.write([...own, number, reason, column, detail, ...beyond].map(harmless)))
        await new Promise((resolve) => rows.once('drain', resolve));
    }
    rows.end();
  })();
  feeding.catch((error: unknown) => rows.destroy(error as Error));
  yield Buffer.from(BOM);
  for await (const text of rows) yield Buffer.from(String(text));
  await feeding;
}
