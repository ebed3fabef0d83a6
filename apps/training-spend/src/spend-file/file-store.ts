import { dictionary } from '@gpect/domain-values/records';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import type { LineRefusal } from '@gpect/tabular-files/line-refusal';
import type { Remark } from '@gpect/tabular-files/remarks';
import type mongoose from 'mongoose';
import { fileIdOf, type Origin } from '../spend-line/file-id.js';
import type { Seen } from '../spend-line/file-reading.js';
import { Overtaken } from '../spend-line/overtaken.js';
import { type KeptCounts, NO_COUNTS, NO_OUTCOMES, NO_TOTALS, type Outcomes, type Totals } from './outcomes.js';
import type { FileNames } from './spend-file.js';

export type FileStatus = 'RECEIVED' | 'READING' | 'READ' | 'REJECTED' | 'WITHDRAWING' | 'WITHDRAWN';
export type Channel = 'UPLOAD' | 'RESUMABLE' | 'DROP' | 'EVENT';

/** How far a file was read, and what its lines became. Written in the transactions of the lines themselves. */
export interface Progress {
  /** Lines below the headings that have their outcome. */
  readonly next: number;
  readonly counts: KeptCounts;
  readonly cents: Outcomes;
  readonly totals: Totals;
  readonly remarks: {
    readonly siretRestored: number;
    readonly establishmentClosed: number;
    readonly amountsRounded?: number;
    readonly linesCutShort?: number;
    readonly quotesMended?: number;
    readonly repeatedHere?: number;
    readonly seen?: Seen;
  };
}

export const NOT_BEGUN: Progress = {
  next: 0,
  counts: NO_COUNTS,
  cents: NO_OUTCOMES,
  totals: NO_TOTALS,
  remarks: { siretRestored: 0, establishmentClosed: 0 },
};

/** What was found out about a file when it was opened. */
export interface Shape {
  readonly dialectVersion: number;
  readonly format: 'csv' | 'xlsx' | 'ods';
  readonly packing?: 'gzip' | 'zip';
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly headings: readonly string[];
  readonly columns: Readonly<Record<string, string>>;
  readonly linesExpected: number;
  /** What is to be known of how it was read. */
  readonly noted: readonly Remark[];
}

export interface FileDocument extends FileNames, Progress, Partial<Shape> {
  /** `fileIdOf` its programme, funder and bytes; `fileId` is the last part of it, as events say it. */
  readonly _id: string;
  readonly status: FileStatus;
  readonly door: Channel;
  readonly receivedAt: Date;
  /** Where its bytes are. */
  readonly upload: string;
  readonly size: number;
  readonly alsoAs: readonly string[];
  readonly reason?: string;
  readonly detail?: string;
  readonly detailEn?: string;
  /** Readers that this file ended while it was opened, and the process that is opening it. */
  readonly opening?: { readonly by: string; readonly ended: number };
  /** Lines undone so far, while a file is withdrawn. */
  readonly undone?: Undone;
}

/** A file that waits, and its funder. */
export interface WaitingFile {
  readonly id: string;
  readonly sender: string;
}

export interface Undone {
  readonly cancelled: number;
  readonly corrected: number;
  readonly recorded: number;
}

/** A refused line with the cells as the funder wrote them, to be mended and sent back. */
export interface RefusalDocument extends LineRefusal {
  /** The detail in English; absent in refusals of before. */
  readonly detailEn?: string;
  /** `<file's _id>/<line in 9 digits>`. */
  readonly _id: string;
  readonly cells: readonly string[];
}

export const FILE_COLLECTIONS = ['files', 'refusals', 'file_parts'] as const;
/** Statuses in which a file waits for a worker. */
const UNDER_WAY: readonly FileStatus[] = ['RECEIVED', 'READING', 'WITHDRAWING'];

export function isUnderWay({ status }: Pick<FileDocument, 'status'>): boolean {
  return UNDER_WAY.includes(status);
}

export class FileStore {
  constructor(private readonly connection: mongoose.Connection) {}

  async ensureIndexes(): Promise<void> {
    await this.#files().createIndex({ status: 1, funder: 1, receivedAt: 1 });
    await this.#files().createIndex({ programme: 1, receivedAt: -1 });
    await this.#files().createIndex({ upload: 1 });
  }

  async find(id: string): Promise<FileDocument | undefined> {
    return (await this.#files().findOne({ _id: id })) ?? undefined;
  }

  /** Whether a file's bytes are those of an upload. */
  async hasUpload(upload: string): Promise<boolean> {
    return (await this.#files().findOne({ upload }, { projection: { _id: 1 } })) !== null;
  }

  async insert(file: FileDocument, session: Session): Promise<void> {
    await this.#files().insertOne(file, { session });
  }

  /** Of each funder some of the files that wait for a worker, the oldest first. @param except those that are not looked for */
  async waiting(each: number, except: readonly string[]): Promise<WaitingFile[]> {
    const status = { $in: [...UNDER_WAY] };
    const funders = await this.#files().distinct('funder', { status });
    const files = await Promise.all(
      funders.map((funder) =>
        this.#files()
          .find({ status, funder, _id: { $nin: [...except] } })
          .project<Pick<FileDocument, '_id' | 'funder' | 'receivedAt'>>({ funder: 1, receivedAt: 1 })
          .sort({ receivedAt: 1 })
          .limit(each)
          .toArray(),
      ),
    );
    return files
      .flat()
      .sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime())
      .map(({ _id, funder }) => ({ id: _id, sender: funder }));
  }

  async list(programme: string, funders: readonly string[] | undefined, limit: number): Promise<FileDocument[]> {
    return this.#files()
      .find({ programme, ...(funders ? { funder: { $in: [...funders] } } : {}) })
      .sort({ receivedAt: -1, _id: 1 })
      .limit(limit)
      .toArray();
  }

  /** The file of a funder that an origin names. */
  async ofOrigin(programme: string, funder: string, { file }: Pick<Origin, 'file'>): Promise<FileDocument | undefined> {
    const from = fileIdOf(programme, funder, file);
    return (await this.#files().findOne({ _id: { $gte: from, $lt: `${from}g` } })) ?? undefined;
  }

  /** Changes a file that is still as it was seen. @throws Overtaken */
  async change(
    seen: Pick<FileDocument, '_id' | 'status' | 'next'>,
    set: Partial<FileDocument>,
    session?: Session,
  ): Promise<void> {
    const { matchedCount } = await this.#files().updateOne(
      { _id: seen._id, status: seen.status, next: seen.next },
      { $set: set },
      session ? { session } : {},
    );
    if (matchedCount !== 1) throw new Overtaken(`${seen._id} is no longer where it was`);
  }

  /** Back to the first line, with nothing said of it. */
  async reopen(seen: FileDocument, upload: string, session: Session): Promise<void> {
    await this.change(seen, { ...NOT_BEGUN, status: 'RECEIVED', upload, receivedAt: new Date() }, session);
    await this.#files().updateOne(
      { _id: seen._id },
      { $unset: { reason: '', detail: '', detailEn: '', undone: '', noted: '', opening: '' } },
      { session },
    );
    await this.dropRefusals(seen._id, session);
  }

  /** Marks that somebody opens it; `ended` readers ended over it before. */
  async setOpening(id: string, opening: FileDocument['opening']): Promise<void> {
    await this.#files().updateOne({ _id: id }, opening ? { $set: { opening } } : { $unset: { opening: '' } });
  }

  async alsoAs(id: string, name: string): Promise<void> {
    await this.#files().updateOne({ _id: id, file: { $ne: name } }, { $addToSet: { alsoAs: name } });
  }

  /** Moves lines of another file from waiting to what became of them. */
  async settle(id: string, counts: Partial<Outcomes>, cents: Partial<Outcomes>, session: Session): Promise<void> {
    const $inc = dictionary<number>();
    for (const [outcome, count] of Object.entries(counts)) $inc[`counts.${outcome}`] = count;
    for (const [outcome, amount] of Object.entries(cents)) $inc[`cents.${outcome}`] = amount;
    await this.#files().updateOne({ _id: id }, { $inc }, { session });
  }

  async keepRefusals(refusals: readonly RefusalDocument[], session: Session): Promise<void> {
    if (refusals.length > 0) await this.#refusals().insertMany([...refusals], { session });
  }

  async dropRefusals(id: string, session: Session): Promise<void> {
    await this.#refusals().deleteMany(ofFile(id), { session });
  }

  /** The refused lines of a file, in their order. */
  refusals(id: string): mongoose.mongo.FindCursor<RefusalDocument> {
    return this.#refusals().find(ofFile(id)).sort({ _id: 1 });
  }

  #files() {
    return collectionOf<FileDocument>(this.connection, 'files');
  }

  #refusals() {
    return collectionOf<RefusalDocument>(this.connection, 'refusals');
  }
}

export function refusalId(fileId: string, line: number): string {
  return `${fileId}/${String(line).padStart(9, '0')}`;
}

function ofFile(id: string) {
  return { _id: { $gte: `${id}/`, $lt: `${id}0` } };
}
