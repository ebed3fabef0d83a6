import { addDays, instantInParis, todayInParis } from '@gpect/domain-values/calendar';
import { isAway } from '@gpect/service-kit/faults/away';
import { Problem } from '@gpect/service-kit/http/problem';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type { Language } from '@gpect/tabular-files/messages';
import type mongoose from 'mongoose';
import { uploadProblem } from './upload-messages.js';

/** What may be sent in a day (of Paris), by one sender (a funder, a carrier, a consultants' firm) and by all together. */
export interface UploadQuota {
  readonly files: number;
  readonly bytes: number;
  readonly filesOfAll: number;
  readonly bytesOfAll: number;
  /** Of one file. */
  readonly fileBytes: number;
}

interface DayOfUploads {
  /** `<sender>/<day>`, or `*` for all of them. */
  readonly _id: string;
  readonly files: number;
  readonly bytes: number;
  readonly expires: Date;
}

export const UPLOAD_DAYS = 'upload_days';
/** Every sender: no code of one. */
const ALL = '*';
const DAY_MS = 24 * 3_600_000;
/** Bytes of a file of unknown length are taken from the quota in blocks, not with every part. */
const BLOCK_BYTES = 16_000_000;

export async function indexUploadDays(connection: mongoose.Connection): Promise<void> {
  await daysOf(connection).createIndex({ expires: 1 }, { expireAfterSeconds: 0 });
}

/** What is done with a file, of which each byte is counted as it comes. */
type Use<T> = (counted: AsyncIterable<Buffer>) => Promise<T>;

/** Counts what was sent, before it is kept: whatever comes at once, on whatever replica, no more than the quota is taken. */
export class Quotas {
  constructor(
    private readonly connection: mongoose.Connection,
    private readonly quota: UploadQuota,
  ) {}

  /** One more file of so many bytes. @throws Problem 413 or 429 */
  async takeFile(sender: string, bytes: number, now = new Date()): Promise<void> {
    this.#requireSize(bytes);
    await this.#take(sender, { files: 1, bytes }, now);
  }

  /**
   * Keeps one more file, of so many bytes as far as that is known: the others are taken as they come. What was not kept is
   * given back. @throws Problem 413 or 429
   */
  keepWithin<T>(sender: string, stream: AsyncIterable<Buffer>, known: number, keep: Use<T>): Promise<T> {
    return this.#within(sender, stream, known, keep, () => true);
  }

  /**
   * Reads one more file, counted whatever is found in it: what cannot be read costs as much. Given back where the fault was
   * ours and it is sent again. @throws Problem 413 or 429
   */
  readWithin<T>(sender: string, stream: AsyncIterable<Buffer>, known: number, read: Use<T>): Promise<T> {
    return this.#within(sender, stream, known, read, isOurs);
  }

  /** @param isGivenBack whether after this error what was counted is given back */
  async #within<T>(
    sender: string,
    stream: AsyncIterable<Buffer>,
    known: number,
    use: Use<T>,
    isGivenBack: (error: unknown) => boolean,
  ): Promise<T> {
    const day = todayInParis(new Date());
    await this.takeFile(sender, known);
    const taken = { files: 1, bytes: known };
    try {
      return await use(this.#counted(sender, stream, taken));
    } catch (error) {
      if (isGivenBack(error)) for (const whose of [sender, ALL]) await this.#give(whose, day, taken);
      throw error;
    }
  }

  async *#counted(sender: string, stream: AsyncIterable<Buffer>, taken: { bytes: number }): AsyncGenerator<Buffer> {
    let size = 0;
    for await (const chunk of stream) {
      size += chunk.length;
      this.#requireSize(size);
      if (size > taken.bytes) {
        await this.#take(sender, { files: 0, bytes: BLOCK_BYTES }, new Date());
        taken.bytes += BLOCK_BYTES;
      }
      yield chunk;
    }
  }

  #requireSize(bytes: number): void {
    const { fileBytes } = this.quota;
    if (bytes > fileBytes) throw uploadProblem('file_too_large', (language) => ({ most: sizeIn(language, fileBytes) }));
  }

  async #take(sender: string, more: { files: number; bytes: number }, now: Date): Promise<void> {
    const { files, bytes, filesOfAll, bytesOfAll } = this.quota;
    const day = todayInParis(now);
    await this.#takeFrom(sender, day, more, { files, bytes }, now);
    try {
      await this.#takeFrom(ALL, day, more, { files: filesOfAll, bytes: bytesOfAll }, now);
    } catch (error) {
      await this.#give(sender, day, more);
      throw error;
    }
  }

  async #takeFrom(
    whose: string,
    day: string,
    { files, bytes }: { files: number; bytes: number },
    most: { files: number; bytes: number },
    now: Date,
  ): Promise<void> {
    const sent = await this.#days().findOneAndUpdate(
      { _id: `${whose}/${day}` },
      { $inc: { files, bytes }, $setOnInsert: { expires: new Date(now.getTime() + 7 * DAY_MS) } },
      { upsert: true, returnDocument: 'after' },
    );
    if (!sent || (sent.files <= most.files && sent.bytes <= most.bytes)) return;
    await this.#give(whose, day, { files, bytes });
    const tomorrow = instantInParis(addDays(day, 1)).getTime();
    const wait = Math.max(1, Math.ceil((tomorrow - now.getTime()) / 1000));
    const said = (language: Language) => ({
      ...{ who: whose, files: most.files, bytes: sizeIn(language, most.bytes) },
      ...{ sentFiles: sent.files - files, sentBytes: sizeIn(language, sent.bytes - bytes) },
    });
    throw uploadProblem(whose === ALL ? 'upload_quota.all' : 'upload_quota', said, wait);
  }

  async #give(whose: string, day: string, { files, bytes }: { files: number; bytes: number }): Promise<void> {
    await this.#days().updateOne({ _id: `${whose}/${day}` }, { $inc: { files: -files, bytes: -bytes } });
  }

  #days() {
    return daysOf(this.connection);
  }
}

/** A fault that is over when the same is sent again. */
const isOurs = (error: unknown): boolean => isAway(error) || (error instanceof Problem && error.status === 503);

/** What a service is told of files that people send it. */
export interface UploadLimits {
  readonly UPLOADS_A_DAY: number;
  readonly UPLOAD_GB_A_DAY: number;
  readonly ALL_UPLOADS_A_DAY: number;
  readonly ALL_UPLOAD_GB_A_DAY: number;
  readonly LARGEST_UPLOAD_GB: number;
}

const GB = 1e9;

export function quotaOf(limits: UploadLimits): UploadQuota {
  return {
    files: limits.UPLOADS_A_DAY,
    bytes: limits.UPLOAD_GB_A_DAY * GB,
    filesOfAll: limits.ALL_UPLOADS_A_DAY,
    bytesOfAll: limits.ALL_UPLOAD_GB_A_DAY * GB,
    fileBytes: limits.LARGEST_UPLOAD_GB * GB,
  };
}

const daysOf = (connection: mongoose.Connection) => collectionOf<DayOfUploads>(connection, UPLOAD_DAYS);

/** `20 Go`, `1,5 Mo`; `20 GB`, `1.5 MB`. */
function sizeIn(language: Language, bytes: number): string {
  const [size, unit] = bytes >= GB ? [bytes / GB, 'G'] : [bytes / 1e6, 'M'];
  const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(size);
  return language === 'fr' ? `${number} ${unit}o` : `${number} ${unit}B`;
}
