import { createReadStream } from 'node:fs';
import { Problem } from '@gpect/service-kit/http/problem';
import { ReaderKilled } from '@gpect/tabular-files/isolated-workbook';
import { type Language, withoutDialect } from '@gpect/tabular-files/messages';
import { type OpenTable, openTable } from '@gpect/tabular-files/open-table';
import { ReadersBusy } from '@gpect/tabular-files/reader-places';
import type { Declared } from '@gpect/tabular-files/table';
import { FileUnreadable } from '@gpect/tabular-files/unreadable';
import type { Spooled } from './spool.js';

/** Who sent it, and in which language it is answered. */
interface Asker {
  readonly sender: string;
  readonly language: Language;
  /** Its files are read by a dialect. */
  readonly hasDialect?: true;
}

/**
 * Opens a file as the table that it is.
 * @throws Problem 422 in the language asked for, where it is none; 503 where too many workbooks wait for a reader
 */
export async function withTable<T>(
  { path, size }: Spooled,
  declared: Declared,
  { sender, language, hasDialect }: Asker,
  use: (table: OpenTable) => Promise<T>,
): Promise<T> {
  let table: OpenTable | undefined;
  try {
    const file = { size, open: () => createReadStream(path), path: async () => path };
    table = await openTable(file, declared, { user: { sender, kind: 'people' } });
    return await use(table);
  } catch (caught) {
    if (caught instanceof ReadersBusy) throw busy(caught);
    const error = caught instanceof ReaderKilled ? new FileUnreadable('reader_killed') : caught;
    if (!(error instanceof FileUnreadable)) throw error;
    const said = error.said[language];
    throw unreadable(error.code, hasDialect ? said : withoutDialect(said));
  } finally {
    table?.close();
  }
}

export function unreadable(code: string, detail: string): Problem {
  return new Problem(422, code.replaceAll('_', '-'), 'The file cannot be read', { detail });
}

function busy({ retryAfterSeconds }: ReadersBusy): Problem {
  const detail = `as many workbooks are read as may be at the same time, and enough wait; nothing was done: send it again in ${retryAfterSeconds} s, or as CSV, which waits for nobody`;
  return new Problem(503, 'readers-busy', 'Too many workbooks at the same time', { detail }, retryAfterSeconds);
}
