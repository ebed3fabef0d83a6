import { Readable } from 'node:stream';
import type { components } from '@gpect/contracts/generated/api-training-spend';
import type { LineRefusal } from '@gpect/tabular-files/line-refusal';
import { mendCsv } from '@gpect/tabular-files/mend-csv';
import type { Language } from '@gpect/tabular-files/messages';
import { versionsOf } from '../dialect/dialects.js';
import { remarksOf } from './file-remarks.js';
import type { FileDocument, FileStore } from './file-store.js';
import { NO_COUNTS } from './outcomes.js';
import type { SpendParts } from './spend-parts.js';

export type SpendFileReport = components['schemas']['SpendFile'];

const REPORTED_REFUSALS = 10_000;

/** A file as its funder sees it, the refusals apart. */
export function toReport(document: FileDocument, language: Language = 'fr'): SpendFileReport {
  const { detail: french, detailEn = french } = document;
  const detail = language === 'en' ? detailEn : french;
  const file = { ...document, ...(detail === undefined ? {} : { detail }) };
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
    counts: { ...NO_COUNTS, ...counts },
    cents,
    totals,
    remarks: {
      siretRestored: remarks.siretRestored,
      establishmentClosed: remarks.establishmentClosed,
      list: remarksOf(file).map(({ code, said }) => ({ code, detail: said[language] })),
    },
  };
}

export async function reportedRefusals(files: FileStore, id: string, language: Language): Promise<LineRefusal[]> {
  const found = await files.refusals(id).limit(REPORTED_REFUSALS).toArray();
  return found.map(({ line, column, value, reason, detail, detailEn = detail }) => ({
    line,
    column,
    value,
    reason,
    detail: language === 'en' ? detailEn : detail,
  }));
}

/** The file with its refusals, as they stand now. */
export async function fullReport(
  files: FileStore,
  file: FileDocument,
  language: Language = 'fr',
): Promise<SpendFileReport> {
  return { ...toReport(file, language), refusals: await reportedRefusals(files, file._id, language) };
}

/** The answer to an import that was waited for. */
export async function importReport(files: FileStore, file: FileDocument, language: Language) {
  const { counts, cents, totals } = file;
  return {
    file: file.file,
    fileId: file.fileId,
    lines: totals.lines,
    ...NO_COUNTS,
    ...counts,
    cents: { in: totals.cents, ...cents },
    remarks: remarksOf(file).map(({ code, said }) => ({ code, detail: said[language] })),
    refusals: await reportedRefusals(files, file._id, language),
  };
}

/** The refused lines, to be mended and sent back, as the funder's newest dialect reads them. */
export async function linesToMend({ connection, files }: SpendParts, file: FileDocument): Promise<Readable> {
  const newest = (await versionsOf(connection, file.funder)).at(-1)?.dialect;
  const dialect = newest ?? { delimiter: 'auto' };
  return Readable.from(mendCsv(file, files.refusals(file._id), dialect));
}
