import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sayable } from '@gpect/domain-values/text';
import { fileNameFault } from '@gpect/file-uploads/file-name';
import { codeOf, NotTaken } from './drop-faults.js';

/** Something in a funder's folder. */
export interface Entry {
  /** Its name as text; what is no UTF-8 in it is U+FFFD, which no name has. */
  readonly name: string;
  /** Its path as the file system has it: names there are bytes. */
  readonly path: Buffer;
  /** Tells it from every other. */
  readonly key: string;
}

/** How a thing stands; undefined where it has gone meanwhile. */
export interface Standing {
  readonly isFile: boolean;
  readonly size: number;
  /** Another text once anything about it changed. */
  readonly state: string;
}

/** What is in a folder, in the order of its names. @throws NotTaken the folder cannot be read */
export async function entriesIn(folder: string): Promise<Entry[]> {
  let names: Buffer[];
  try {
    names = await readdir(folder, 'buffer');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw new NotTaken('folder_unreadable', codeOf(error), error);
  }
  return names
    .sort((a, b) => a.compare(b))
    .map((bytes) => {
      const path = Buffer.concat([Buffer.from(`${folder}/`), bytes]);
      return { name: bytes.toString('utf8'), path, key: path.toString('latin1') };
    });
}

export async function standingOf({ path }: Entry): Promise<Standing | undefined> {
  try {
    const found = await lstat(path);
    const { size, mtimeMs, ctimeMs, ino } = found;
    return { isFile: found.isFile(), size, state: found.isFile() ? `${ino} ${size} ${mtimeMs} ${ctimeMs}` : 'no file' };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new NotTaken('file_unreadable', codeOf(error), error);
  }
}

/** Opens what is a file with a name, and nothing else: no link is followed, no pipe is waited for. @throws NotTaken */
export async function openEntry(entry: Entry, { isFile }: Standing): Promise<FileHandle> {
  if (!isFile) throw new NotTaken('not_a_file');
  if (fileNameFault(entry.name)) throw new NotTaken('file_name');
  try {
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
    return await open(entry.path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    throw new NotTaken('file_unreadable', codeOf(error), error);
  }
}

/**
 * One of our folders in a funder's own; made where it is not there. A link in its place would lead into another's folder.
 * @throws an error with the code ELOOP or ENOTDIR where it is no folder
 */
export async function ownFolder(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  const { O_RDONLY, O_NOFOLLOW, O_DIRECTORY } = constants;
  await (await open(path, O_RDONLY | O_NOFOLLOW | O_DIRECTORY)).close();
  return path;
}

/** Bytes of a name at the most, so that an answer's ending still fits behind it. */
const LONGEST_ANSWER = 200;

/** Where the answers to a file begin: its name, as far as a name can be written again, and short enough for an ending. */
export function answerPath(folder: string, name: string): string {
  const plain = sayable(name).replace(/[\\/\n\r\t]/g, '_');
  if (plain === name && Buffer.byteLength(plain) <= LONGEST_ANSWER) return join(folder, plain);
  const mark = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return join(
    folder,
    `${Buffer.from(plain)
      .subarray(0, LONGEST_ANSWER)
      .toString('utf8')
      .replace(/\ufffd+$/, '')}.${mark}`,
  );
}
