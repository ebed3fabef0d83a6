import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ReaderKilled } from '@gpect/tabular-files/isolated-workbook';
import type { Language } from '@gpect/tabular-files/messages';
import { type OpenTable, openTable } from '@gpect/tabular-files/open-table';
import type { Declared } from '@gpect/tabular-files/table';
import { FileUnreadable } from '@gpect/tabular-files/unreadable';
import { Problem } from '../http/problem.js';

/** A file on disk for as long as it is read. */
interface Spooled {
  readonly path: string;
  readonly size: number;
}

/** Keeps what is sent on disk while `use` reads it: a table is looked at whole before a line of it is given. */
export async function spooled<T>(stream: AsyncIterable<Buffer>, use: (file: Spooled) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'gpect-file-'));
  try {
    const path = join(folder, 'file');
    await pipeline(stream, createWriteStream(path));
    const { size } = await stat(path);
    return await use({ path, size });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Opens a file as the table that it is. @throws Problem 422 in the language asked for, where it is none */
export async function withTable<T>(
  { path, size }: Spooled,
  declared: Declared,
  language: Language,
  use: (table: OpenTable) => Promise<T>,
): Promise<T> {
  let table: OpenTable | undefined;
  try {
    table = await openTable({ size, open: () => createReadStream(path), path: async () => path }, declared);
    return await use(table);
  } catch (caught) {
    const error = caught instanceof ReaderKilled ? new FileUnreadable('reader_killed') : caught;
    if (!(error instanceof FileUnreadable)) throw error;
    throw unreadable(error.code, error.said[language]);
  } finally {
    table?.close();
  }
}

export function unreadable(code: string, detail: string): Problem {
  return new Problem(422, code.replaceAll('_', '-'), 'The file cannot be read', { detail });
}
