import type { LineRefusal } from '@gpect/service-kit/imports/line-import';
import { modelOf } from '@gpect/service-kit/mongo/model';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import mongoose from 'mongoose';

/** How far a file was read, and what its lines became. Written in the transaction of the lines themselves. */
export interface Progress {
  readonly next: number;
  readonly accepted: number;
  readonly repeated: number;
  readonly cancelled: number;
  readonly refused: number;
  readonly done: boolean;
}

interface ProgressDocument extends Progress {
  readonly _id: string;
}

interface RefusalDocument extends LineRefusal {
  readonly file: string;
}

export const NOT_BEGUN: Progress = { next: 0, accepted: 0, repeated: 0, cancelled: 0, refused: 0, done: false };

const progressSchema: mongoose.Schema<ProgressDocument> = new mongoose.Schema<ProgressDocument>(
  { _id: String, next: Number, accepted: Number, repeated: Number, cancelled: Number, refused: Number, done: Boolean },
  { versionKey: false },
);
const refusalSchema: mongoose.Schema<RefusalDocument> = new mongoose.Schema<RefusalDocument>(
  { file: String, line: Number, column: String, value: String, reason: String, detail: String },
  { versionKey: false },
);
refusalSchema.index({ file: 1, line: 1 });

const progressModel = (connection: mongoose.Connection) => modelOf(connection, 'spend_file_progress', progressSchema);
const refusalModel = (connection: mongoose.Connection) => modelOf(connection, 'spend_file_refusals', refusalSchema);

export async function indexSpendFiles(connection: mongoose.Connection): Promise<void> {
  await progressModel(connection).createCollection();
  await refusalModel(connection).createCollection();
  await refusalModel(connection).createIndexes();
}

/** Another request reads the same file and was faster: go on from where it stands. */
export class FileReadElsewhere extends Error {
  override readonly name = 'FileReadElsewhere';
}

export class FileStore {
  constructor(
    private readonly connection: mongoose.Connection,
    private readonly id: string,
  ) {}

  async progress(): Promise<Progress> {
    return (await progressModel(this.connection).findById(this.id).lean()) ?? NOT_BEGUN;
  }

  async advance(from: Progress, to: Progress, refusals: readonly LineRefusal[], session: Session): Promise<void> {
    const model = progressModel(this.connection);
    if (from === NOT_BEGUN) await model.create([{ _id: this.id, ...to }], { session });
    else {
      const { matchedCount } = await model.updateOne(
        { _id: this.id, next: from.next, done: false },
        { $set: to },
        { session },
      );
      if (matchedCount !== 1) throw new FileReadElsewhere(this.id);
    }
    if (refusals.length > 0)
      await refusalModel(this.connection).insertMany(
        refusals.map((r) => ({ file: this.id, ...r })),
        { session },
      );
  }

  async refusals(limit: number): Promise<LineRefusal[]> {
    const found = await refusalModel(this.connection).find({ file: this.id }).sort({ line: 1 }).limit(limit).lean();
    return found.map(({ line, column, value, reason, detail }) => ({ line, column, value, reason, detail }));
  }
}
