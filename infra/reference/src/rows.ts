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
