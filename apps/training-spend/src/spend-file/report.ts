import { Readable } from 'node:stream';
import type { components } from '@gpect/contracts/generated/api-training-spend';
import type { LineRefusal } from '@gpect/service-kit/imports/line-import';
import { versionsOf } from '../dialect/dialects.js';
import type { FileDocument, FileStore } from './file-store.js';
import { mendCsv } from './mend-csv.js';
import type { SpendParts } from './spend-parts.js';

export type SpendFileReport = components['schemas']['SpendFile'];

const REPORTED_REFUSALS = 10_000;

/** A file as its funder sees it, the refusals apart. */
export function toReport(file: FileDocument): SpendFileReport {
  const { programme, funder, fileId, status, door, receivedAt, counts, cents, totals, remarks } = file;
  const optional = Object.fromEntries(
    (
      [
        'dialectVersion',
        'format',
        'packing',
        'encoding',
        'delimiter',
        'columns',
        'linesExpected',
        'reason',
        'detail',
      ] as const
    ).flatMap((name) => (file[name] === undefined ? [] : [[name, file[name]]])),
  );
  return {
    programme,
    funder,
    fileId,
    file: file.file,
    ...(file.alsoAs.length > 0 ? { alsoAs: [...file.alsoAs] } : {}),
    status,
    receivedAt: receivedAt.toISOString(),
    door,
    lines: totals.lines,
    ...optional,
    counts,
    cents,
    totals,
    remarks,
  };
}

export async function reportedRefusals(files: FileStore, id: string): Promise<LineRefusal[]> {
  const found = await files.refusals(id).limit(REPORTED_REFUSALS).toArray();
  return found.map(({ line, column, value, reason, detail }) => ({ line, column, value, reason, detail }));
}

/** The file with its refusals, as they stand now. */
export async function fullReport(files: FileStore, file: FileDocument): Promise<SpendFileReport> {
  return { ...toReport(file), refusals: await reportedRefusals(files, file._id) };
}

/** The answer to an import that was waited for. */
export async function importReport(files: FileStore, file: FileDocument) {
  const { counts, cents, totals } = file;
  return {
    file: file.file,
    fileId: file.fileId,
    lines: totals.lines,
    ...counts,
    cents: { in: totals.cents, ...cents },
    refusals: await reportedRefusals(files, file._id),
  };
}

/** The refused lines, to be mended and sent back, as the funder's newest dialect reads them. */
export async function linesToMend({ connection, files }: SpendParts, file: FileDocument): Promise<Readable> {
  const newest = (await versionsOf(connection, file.funder)).at(-1)?.dialect;
  const dialect = newest ?? { encoding: 'auto', delimiter: 'auto' };
  return Readable.from(mendCsv(file, files.refusals(file._id), dialect));
}
