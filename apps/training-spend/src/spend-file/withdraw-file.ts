import { target } from '@gpect/service-kit/aggregate/aggregate';
import { problemOf } from '@gpect/service-kit/http/problem';
import { identityOf, keptAs, type LineDocument } from '../spend-line/kept-line.js';
import { linesOfFile, saveLines } from '../spend-line/line-store.js';
import { type Change, withdraw } from '../spend-line/spend-line.js';
import type { FileDocument, FileStore, Undone } from './file-store.js';
import { namesOf, type ReferencedChange, spendFile } from './spend-file.js';
import type { SpendParts } from './spend-parts.js';

const CHUNK = 1000;
const NOTHING: Undone = { cancelled: 0, corrected: 0, recorded: 0 };

/** Marks a file to be withdrawn. Asked again it stays so. @throws Problem 409 while it is read, or where it took no line */
export async function requestWithdrawal(files: FileStore, file: FileDocument, reason: string): Promise<void> {
  if (file.status === 'WITHDRAWING' || file.status === 'WITHDRAWN') return;
  if (file.status === 'RECEIVED' || file.status === 'READING')
    throw problemOf({
      code: 'file_under_way',
      kind: 'transition',
      state: file.status,
      allowed: ['READ', 'REJECTED'],
      detail: 'the file is being read; withdraw it once it is read',
    });
  if (file.next === 0)
    throw problemOf({
      code: 'nothing_to_withdraw',
      kind: 'transition',
      state: file.status,
      allowed: ['READ'],
      detail: 'no line of the file was taken',
    });
  await files.change(file, { status: 'WITHDRAWING', reason, undone: NOTHING });
}

/**
 * Undoes what a file said, some lines a transaction, each with its events; a line that another file says too goes on
 * counting. Cut off anywhere it goes on with the lines that still name the file.
 */
export async function withdrawFile(parts: SpendParts, file: FileDocument, mayGoOn: () => boolean): Promise<void> {
  let undone = file.undone ?? NOTHING;
  let chunk: LineDocument[] = [];
  // The lines that were undone no longer name the file, so what was cut off begins again with those that still do.
  for await (const line of linesOfFile(parts.connection, file._id)) {
    if (!mayGoOn()) return;
    if (chunk.push(line) < CHUNK) continue;
    undone = await withdrawLines(parts, file, chunk, undone);
    chunk = [];
  }
  undone = await withdrawLines(parts, file, chunk, undone);
  const { runner, files } = parts;
  const withdrawn = { ...namesOf(file), reason: file.reason ?? '', ...undone };
  await runner.run([target(spendFile, file._id, { kind: 'finish-withdrawal', withdrawn })], {
    extras: () => ({
      write: async (session) => {
        await files.change(file, { status: 'WITHDRAWN' }, session);
        await files.dropRefusals(file._id, session);
      },
    }),
  });
}

async function withdrawLines(
  { connection, runner, files }: SpendParts,
  file: FileDocument,
  lines: readonly LineDocument[],
  before: Undone,
): Promise<Undone> {
  const changes: ReferencedChange[] = [];
  const writes = lines.map((line) => {
    const { line: after, change } = withdraw(line, file._id);
    if (change) changes.push({ reference: identityOf(line).reference, change });
    return { before: line, after: keptAs(line._id, line, after) };
  });
  const undone = added(
    before,
    changes.map((c) => c.change),
  );
  const command = { kind: 'say-changes', file: namesOf(file), changes, because: 'FILE_WITHDRAWN' } as const;
  await runner.run([target(spendFile, file._id, command)], {
    extras: () => ({
      write: async (session) => {
        await files.change(file, { undone }, session);
        await saveLines(connection, writes, session);
      },
    }),
  });
  return undone;
}

function added(before: Undone, changes: readonly Change[]): Undone {
  const undone = { ...before };
  for (const { kind } of changes) undone[kind]++;
  return undone;
}
