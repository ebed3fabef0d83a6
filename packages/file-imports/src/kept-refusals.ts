import { randomBytes } from 'node:crypto';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import { type Owners, type Ownership, owned } from '@gpect/service-kit/rights/ownership';
import { type LineToMend, mendCsv } from '@gpect/tabular-files/mend-csv';
import type mongoose from 'mongoose';

const IMPORTS = 'imports';
const REFUSED_LINES = 'import_refusals';
export const IMPORT_COLLECTIONS = [IMPORTS, REFUSED_LINES] as const;

const DAY_MS = 24 * 3_600_000;
const KEPT_DAYS = 30;
/** Lines, and characters of their cells, that are kept of one file. */
export const MOST_KEPT = { lines: 100_000, characters: 50_000_000 };

/** A file some of whose lines were refused: how it was written, and whom it was sent for. */
interface ImportDocument {
  /** `<programme>/<import>` */
  readonly _id: string;
  readonly file: string;
  readonly headings: readonly string[];
  readonly delimiter?: string;
  readonly owners: Owners;
  readonly expires: Date;
}

interface RefusedLine extends LineToMend {
  /** `<programme>/<import>/<line>` */
  readonly _id: string;
  readonly expires: Date;
}

export function newImportId(): string {
  return randomBytes(16).toString('hex');
}

/** The refused lines of files, for as long as people take to mend them. */
export class KeptRefusals {
  constructor(private readonly connection: mongoose.Connection) {}

  async keepLines(programme: string, id: string, lines: readonly LineToMend[]): Promise<void> {
    if (lines.length === 0) return;
    const documents = lines.map((line, i) => ({
      ...line,
      _id: inProgramme(programme, id, String(line.line).padStart(10, '0'), String(i)),
      expires: expiry(),
    }));
    await this.#lines().insertMany(documents);
  }

  async keepFile(
    programme: string,
    id: string,
    file: Pick<ImportDocument, 'file' | 'headings' | 'delimiter' | 'owners'>,
  ): Promise<void> {
    await this.#files().insertOne({ ...file, _id: inProgramme(programme, id), expires: expiry() });
  }

  find(programme: string, id: string): Promise<ImportDocument | null> {
    return this.#files().findOne({ _id: inProgramme(programme, id) });
  }

  /** The lines as they were sent, with why and what to do beside them. */
  toMend({ _id, ...file }: ImportDocument): AsyncGenerator<Buffer> {
    const lines = this.#lines().find({ _id: { $gte: `${_id}/`, $lt: `${_id}0` } });
    return mendCsv(file, lines.sort({ _id: 1 }));
  }

  async ensureIndexes(): Promise<void> {
    for (const collection of [this.#files(), this.#lines()])
      await collection.createIndex({ expires: 1 }, { expireAfterSeconds: 0 });
  }

  #files() {
    return collectionOf<ImportDocument>(this.connection, IMPORTS);
  }

  #lines() {
    return collectionOf<RefusedLine>(this.connection, REFUSED_LINES);
  }
}

const expiry = (): Date => new Date(Date.now() + KEPT_DAYS * DAY_MS);

/** An imported file is theirs for whom it was sent. */
export function importOwnership(connection: mongoose.Connection): Ownership {
  const kept = new KeptRefusals(connection);
  return {
    import: owned({ path: ['programme', 'import'] }, async ({ programme, import: id }) => {
      const found = await kept.find(String(programme), String(id));
      return found?.owners;
    }),
  };
}
