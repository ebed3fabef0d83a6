import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import { REPEATABLE, type Session } from '@gpect/service-kit/mongo/transaction';
import mongoose from 'mongoose';

interface PartDocument {
  /** `<upload>/<offset>`, the offset of its first byte in 15 digits, so that parts sort as they stand. */
  readonly _id: string;
  readonly data: mongoose.mongo.Binary;
}

export const PART_BYTES = 1_000_000;
export const BEGUN_UPLOADS = 'begun_uploads';

export function newUploadId(): string {
  return randomBytes(16).toString('hex');
}

/**
 * The bytes of uploads, kept where every replica finds them and where they are in the transactions that speak of them.
 * (GridFS takes part in no transaction and cannot be appended to.) They stay: they are the proof of every figure.
 */
export class FileParts {
  constructor(private readonly connection: mongoose.Connection) {}

  /**
   * Appends a stream to an upload, part by part. Where the sender goes away in the middle, what came is kept.
   * The parts are on disk for good with the durable transaction that registers the file behind them.
   * @returns the bytes that the upload has now and the SHA-256 of what was appended
   */
  async append(
    upload: string,
    offset: number,
    stream: AsyncIterable<Buffer>,
  ): Promise<{ size: number; sha256: string }> {
    const hash = createHash('sha256');
    let size = offset;
    let pieces: Buffer[] = [];
    let pending = 0;
    const flush = async () => {
      if (pending === 0) return;
      const data = Buffer.concat(pieces);
      pieces = [];
      pending = 0;
      await this.#parts().insertOne(partOf(upload, size, data), { writeConcern: REPEATABLE });
      size += data.length;
    };
    try {
      for await (const chunk of stream) {
        hash.update(chunk);
        pieces.push(chunk);
        pending += chunk.length;
        if (pending >= PART_BYTES) await flush();
      }
    } finally {
      await flush();
    }
    return { size, sha256: hash.digest('hex') };
  }

  /** Marks that bytes are on their way: should nobody be there to end it, they are removed after a while. */
  async begin(upload: string): Promise<void> {
    await this.#begun().insertOne({ _id: upload, at: new Date() });
  }

  /** A file stands behind the bytes now. */
  async settled(upload: string): Promise<void> {
    await this.#begun().deleteOne({ _id: upload });
  }

  async begunBefore(instant: Date): Promise<string[]> {
    const found = await this.#begun()
      .find({ at: { $lt: instant } })
      .toArray();
    return found.map(({ _id }) => _id);
  }

  /** Keeps a small file within a transaction. */
  async keep(upload: string, bytes: Buffer, session: Session): Promise<void> {
    await this.#parts().insertOne(partOf(upload, 0, bytes), { session });
  }

  async size(upload: string): Promise<number> {
    const [last] = await this.#parts().find(ofUpload(upload)).sort({ _id: -1 }).limit(1).toArray();
    return last ? Number(last._id.slice(upload.length + 1)) + last.data.length() : 0;
  }

  /** The bytes from the first on. */
  open(upload: string): Readable {
    return Readable.from(this.#read(upload), { objectMode: false });
  }

  async sha256(upload: string): Promise<string> {
    const hash = createHash('sha256');
    for await (const data of this.#read(upload)) hash.update(data);
    return hash.digest('hex');
  }

  async drop(upload: string): Promise<void> {
    await this.#parts().deleteMany(ofUpload(upload));
    await this.settled(upload);
  }

  async *#read(upload: string): AsyncGenerator<Buffer> {
    const cursor = this.#parts().find(ofUpload(upload)).sort({ _id: 1 }).batchSize(2);
    try {
      for await (const part of cursor) yield Buffer.from(part.data.buffer.subarray(0, part.data.length()));
    } finally {
      await cursor.close();
    }
  }

  #begun() {
    return collectionOf<{ _id: string; at: Date }>(this.connection, BEGUN_UPLOADS);
  }

  #parts() {
    return collectionOf<PartDocument>(this.connection, 'file_parts');
  }
}

function partOf(upload: string, offset: number, data: Buffer): PartDocument {
  return { _id: `${upload}/${String(offset).padStart(15, '0')}`, data: new mongoose.mongo.Binary(data) };
}

function ofUpload(upload: string) {
  return { _id: { $gte: `${upload}/`, $lt: `${upload}0` } };
}
