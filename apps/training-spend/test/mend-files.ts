import { Readable } from 'node:stream';
import { mendCsv } from '@gpect/tabular-files/mend-csv';
import { parse } from 'csv-parse/sync';
import { completed, type WrittenDialect } from '../src/dialect/dialect.js';
import type { DecidedLines } from '../src/spend-file/decide-lines.js';
import type { LineDocument } from '../src/spend-line/kept-line.js';
import { csvOf } from './clerk-files.js';
import { readTable } from './read-case.js';

/** Files of refused lines, as the service writes them and clerks send them back. */

/** What became of a file, and its refused lines as they are given back. */
export interface Sent {
  readonly code?: string;
  readonly detail?: string;
  readonly decided?: DecidedLines;
  readonly toMend: Buffer;
}

/** @param path of the file on disk, which workbooks are read from */
export async function sentFile(
  bytes: Buffer,
  dialect: WrittenDialect,
  path: string,
  known?: ReadonlyMap<string, LineDocument>,
): Promise<Sent> {
  const file = {
    size: bytes.length,
    open: () => Readable.from([bytes], { objectMode: false }),
    path: async () => path,
  };
  const { code, detail, decided, headings = [], delimiter } = await readTable(file, dialect, known);
  const pieces: Buffer[] = [];
  const written = { headings, ...(delimiter ? { delimiter } : {}) };
  const refused = Readable.from(decided?.refusals ?? []);
  for await (const piece of mendCsv(written, refused, completed(dialect))) pieces.push(piece);
  return {
    ...(code ? { code } : {}),
    ...(detail ? { detail } : {}),
    ...(decided ? { decided } : {}),
    toMend: Buffer.concat(pieces),
  };
}

/** A file of refused lines as its headings and lines, to be mended and written again. */
export function opened(toMend: Buffer): { head: string[]; lines: string[][]; write: (lines: string[][]) => Buffer } {
  const first = toMend.toString().split('\r\n')[0] ?? '';
  const delimiter = [';', '\t', '|', ','].find((mark) => first.includes(`motif${mark}`)) ?? ';';
  const [head = [], ...lines] = parse(toMend, { bom: true, delimiter, relax_column_count: true }) as string[][];
  const quoted = (text: string) => (/[;,|\t"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return {
    head,
    lines,
    write: (of) =>
      csvOf(
        [head, ...of].map((cells) => cells.map(quoted)),
        delimiter,
      ),
  };
}
