import { addDays, instantInParis, todayInParis } from '@gpect/domain-values/calendar';
import { Problem } from '@gpect/service-kit/http/problem';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type mongoose from 'mongoose';

/** What may be sent in a day (of Paris), by one funder and by all together. */
export interface UploadQuota {
  readonly files: number;
  readonly bytes: number;
  readonly filesOfAll: number;
  readonly bytesOfAll: number;
  /** Of one file. */
  readonly fileBytes: number;
}

interface DayOfUploads {
  /** `<funder>/<day>`, or `*` for all of them. */
  readonly _id: string;
  readonly files: number;
  readonly bytes: number;
  readonly expires: Date;
}

export const UPLOAD_DAYS = 'upload_days';
/** Every funder: no code of one. */
const ALL = '*';
const DAY_MS = 24 * 3_600_000;
/** Bytes of a file of unknown length are taken from the quota in blocks, not with every part. */
const BLOCK_BYTES = 16_000_000;

export async function indexUploadDays(connection: mongoose.Connection): Promise<void> {
  await daysOf(connection).createIndex({ expires: 1 }, { expireAfterSeconds: 0 });
}

/** Counts what was sent, before it is kept: whatever comes at once, on whatever replica, no more than the quota is taken. */
export class Quotas {
  constructor(
    private readonly connection: mongoose.Connection,
    private readonly quota: UploadQuota,
  ) {}

  /** One more file of so many bytes. @throws Problem 413 or 429 */
  async takeFile(funder: string, bytes: number, now = new Date()): Promise<void> {
    this.#requireSize(bytes);
    await this.#take(funder, { files: 1, bytes }, now);
  }

  /**
   * Keeps one more file, of so many bytes as far as that is known: the others are taken as they come. What was not kept is
   * given back. @throws Problem 413 or 429
   */
  async keepWithin<T>(
    funder: string,
    stream: AsyncIterable<Buffer>,
    known: number,
    keep: (counted: AsyncIterable<Buffer>) => Promise<T>,
  ): Promise<T> {
    const day = todayInParis(new Date());
    await this.takeFile(funder, known);
    const taken = { files: 1, bytes: known };
    try {
      return await keep(this.#counted(funder, stream, taken));
    } catch (error) {
      for (const whose of [funder, ALL]) await this.#give(whose, day, taken);
      throw error;
    }
  }

  async *#counted(funder: string, stream: AsyncIterable<Buffer>, taken: { bytes: number }): AsyncGenerator<Buffer> {
    let size = 0;
    for await (const chunk of stream) {
      size += chunk.length;
      this.#requireSize(size);
      if (size > taken.bytes) {
        await this.#take(funder, { files: 0, bytes: BLOCK_BYTES }, new Date());
        taken.bytes += BLOCK_BYTES;
      }
      yield chunk;
    }
  }

  #requireSize(bytes: number): void {
    const { fileBytes } = this.quota;
    if (bytes > fileBytes)
      throw new Problem(413, 'file-too-large', 'The file is too large', {
        detail: `one file has at most ${inWords(fileBytes)}: send it in several`,
      });
  }

  async #take(funder: string, more: { files: number; bytes: number }, now: Date): Promise<void> {
    const { files, bytes, filesOfAll, bytesOfAll } = this.quota;
    const day = todayInParis(now);
    await this.#takeFrom(funder, day, more, { files, bytes }, now);
    try {
      await this.#takeFrom(ALL, day, more, { files: filesOfAll, bytes: bytesOfAll }, now);
    } catch (error) {
      await this.#give(funder, day, more);
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
    const detail = `${whose === ALL ? 'all funders together' : whose} may send ${most.files} files and ${inWords(most.bytes)} a day; ${sent.files - files} files and ${inWords(sent.bytes - bytes)} came today: send it from midnight (Paris) on`;
    const wait = Math.max(1, Math.ceil((tomorrow - now.getTime()) / 1000));
    throw new Problem(429, 'upload-quota', 'More files than may be sent in a day', { detail }, wait);
  }

  async #give(whose: string, day: string, { files, bytes }: { files: number; bytes: number }): Promise<void> {
    await this.#days().updateOne({ _id: `${whose}/${day}` }, { $inc: { files: -files, bytes: -bytes } });
  }

  #days() {
    return daysOf(this.connection);
  }
}

const daysOf = (connection: mongoose.Connection) => collectionOf<DayOfUploads>(connection, UPLOAD_DAYS);

function inWords(bytes: number): string {
  return bytes >= 1e9 ? `${bytes / 1e9} GB` : `${bytes / 1e6} MB`;
}
