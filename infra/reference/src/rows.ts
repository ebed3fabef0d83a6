import { createReadStream, statSync } from 'node:fs';
import { openTable } from '@gpect/tabular-files/open-table';
import { textOf } from '@gpect/tabular-files/table';

/** Every line of an official file (XLSX, ODS or CSV, packed or not) as the texts of its cells, sheet after sheet. */
export async function rowsOf(path: string): Promise<string[][]> {
  const file = { size: statSync(path).size, open: () => createReadStream(path), path: async () => path };
  const table = await openTable(file, { encoding: 'auto', delimiter: 'auto' });
  try {
    const rows: string[][] = [];
    for (const part of table.parts.keys())
      for await (const some of table.rows(part))
        rows.push(...some.map(({ cells }) => cells.map((cell) => textOf(cell).trim())));
    return rows;
  } finally {
    table.close();
  }
}

/** What is wrong with a file that was given to be loaded, in words for who gave it. */
export class NotTheFile extends Error {
  override readonly name = 'NotTheFile';
}

/** The place of each column by its heading, and the lines below; headings are compared without case and accents. */
export function below(rows: readonly string[][], headings: readonly string[]): (readonly string[])[] {
  const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase();
  const at = rows.findIndex((row) => headings.every((heading) => row.some((cell) => plain(cell) === heading)));
  const head = rows[at];
  if (!head) throw new NotTheFile(`no line has the headings ${headings.join(', ')}`);
  const places = headings.map((heading) => head.findIndex((cell) => plain(cell) === heading));
  return rows.slice(at + 1).map((row) => places.map((place) => row[place] ?? ''));
}
