import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, readdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isAway } from '@gpect/service-kit/faults/away';
import { Problem } from '@gpect/service-kit/http/problem';
import type { Logger } from '@gpect/service-kit/observability/logger';
import { Lease } from '@gpect/service-kit/outbox/lease';
import { said } from '@gpect/tabular-files/messages';
import type { Spend } from '../spend.js';
import { type FileDocument, isUnderWay } from '../spend-file/file-store.js';
import { fullReport, linesToMend } from '../spend-file/report.js';
import { answerPath, type Entry, entriesIn, openEntry, ownFolder, type Standing, standingOf } from './drop-entries.js';
import { codeOf, DROP_FAULTS, type DropFaultCode, NotTaken } from './drop-faults.js';
import { receiveStream } from './receive.js';

const LOOK_MS = 1000;
/** What is not taken is tried again after so long, or as soon as it changes. */
const LATER_MS = 10 * 60_000;
/** An empty file may be one to which nothing was written yet. */
const EMPTY_STILL_MS = 10_000;
/** Where files go that were taken, and where the answers are; beside each other in the funder's folder. */
const TAKEN = 'pris';
const ANSWERS = 'retours';
/** What transfer programs call a file that is still being written. */
const UNFINISHED = /^\.|\.(?:part|partial|tmp|filepart|crdownload)$|~$/i;
const CODE = /^[a-z0-9][a-z0-9-]{0,79}$/;

/** A funder's folder. */
interface Place {
  readonly programme: string;
  readonly funder: string;
  readonly folder: string;
}

/**
 * A folder that an SFTP server writes to, as `<programme>/<funder>/<file>`: each file that stands still is taken, moved to
 * `pris/`, and answered in `retours/` (its report, and the lines to mend). What cannot be taken is said once, there and in the
 * log, and stops nothing else. One replica at a time looks.
 */
export class DropFolder {
  /** How each thing stood when it was seen last, and since when it stands so. */
  readonly #seen = new Map<string, { readonly state: string; readonly since: number }>();
  /** What is left where it is: why, and how it stood, until when. */
  readonly #left = new Map<string, { readonly code: string; readonly state: string; readonly until: number }>();
  /** Files that were taken and could not be moved. */
  readonly #unmoved = new Map<string, { readonly state: string; readonly id: string }>();
  /** Names under which a file came here and is not answered yet, by its id. */
  readonly #unanswered = new Map<string, Set<string>>();
  readonly #lease: Lease;
  #stopped = false;
  #loop: Promise<void> | undefined;

  constructor(
    private readonly root: string,
    private readonly spend: Spend,
    private readonly logger: Logger,
  ) {
    this.#lease = new Lease(spend.connection, 'drop-folder');
  }

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loop;
    await this.#lease.release().catch(() => undefined);
  }

  /** Things in the folder that this replica cannot take now. */
  get notTaken(): number {
    return this.#left.size;
  }

  /** Answers a file that came through the folder, once it is read or rejected. Never rejects: the file is settled all the same. */
  async answer(file: FileDocument): Promise<void> {
    const names = this.#unanswered.get(file._id) ?? (file.door === 'DROP' ? [file.file] : []);
    this.#unanswered.delete(file._id);
    const folder = join(this.root, file.programme, file.funder);
    for (const name of names) {
      try {
        await this.#write(folder, { ...file, file: name });
      } catch (error) {
        this.logger.error({ err: error, file: file._id, folder }, 'the answer to a file cannot be put beside it');
      }
    }
  }

  async #write(folder: string, file: FileDocument): Promise<void> {
    const { files } = this.spend;
    const path = answerPath(await ownFolder(folder, ANSWERS), basename(file.file));
    await writeWhole(`${path}.rapport.json`, asJson(await fullReport(files, { ...file, door: 'DROP' })));
    if (file.counts.refused > 0) await writeWhole(`${path}.a-corriger.csv`, await linesToMend(this.spend, file));
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        if (await this.#lease.acquire()) await this.#look();
      } catch (error) {
        this.logger.warn({ err: error, folder: this.root }, 'the drop folder cannot be read now; trying again');
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  async #look(): Promise<void> {
    const here = new Set<string>();
    for (const programme of await foldersIn(this.root)) {
      const funders = await this.#each(here, { programme, funder: '', folder: join(this.root, programme) }, foldersOf);
      for (const funder of funders ?? []) {
        const place = { programme, funder, folder: join(this.root, programme, funder) };
        const entries = await this.#each(here, place, ({ folder }) => entriesIn(folder));
        for (const entry of entries ?? []) {
          // A long file may have cost the lease.
          if (this.#stopped || !(await this.#lease.acquire())) return;
          here.add(entry.key);
          await this.#lookAt(place, entry);
        }
      }
    }
    for (const known of [this.#seen, this.#left, this.#unmoved])
      for (const key of known.keys()) if (!here.has(key)) known.delete(key);
  }

  /** A folder that cannot be read hides what is in it, and nothing else. */
  async #each<T>(here: Set<string>, place: Place, read: (place: Place) => Promise<T>): Promise<T | undefined> {
    here.add(place.folder);
    try {
      const found = await read(place);
      this.#left.delete(place.folder);
      return found;
    } catch (error) {
      await this.#leave(place, place.folder, '', undefined, error);
      return undefined;
    }
  }

  async #lookAt(place: Place, entry: Entry): Promise<void> {
    const { name, key } = entry;
    if (UNFINISHED.test(name) || name === TAKEN || name === ANSWERS) return;
    let standing: Standing | undefined;
    try {
      standing = await standingOf(entry);
      if (!standing || !this.#standsStill(key, standing)) return;
      const left = this.#left.get(key);
      if (left && left.state === standing.state && left.until > Date.now()) return;
      await this.#take(place, entry, standing);
      this.#left.delete(key);
    } catch (error) {
      await this.#leave(place, key, standing?.state ?? '', name, error);
    }
  }

  /** Not written to between two looks. */
  #standsStill(key: string, { isFile, size, state }: Standing): boolean {
    const before = this.#seen.get(key);
    if (before?.state !== state) this.#seen.set(key, { state, since: Date.now() });
    if (before?.state !== state) return false;
    return !isFile || size > 0 || Date.now() - before.since >= EMPTY_STILL_MS;
  }

  /** @throws NotTaken */
  async #take(place: Place, entry: Entry, standing: Standing): Promise<void> {
    const before = this.#unmoved.get(entry.key);
    const id = before?.state === standing.state ? before.id : await this.#receive(place, entry, standing);
    this.#unmoved.set(entry.key, { state: standing.state, id });
    // Written to, or another under its name, while it was read: it stays, and is taken again as it stands then.
    if ((await standingOf(entry))?.state !== standing.state) return;
    try {
      // Should this process die before the move, the file is seen again and known by its bytes.
      await rename(entry.path, join(await ownFolder(place.folder, TAKEN), entry.name));
    } catch (error) {
      throw new NotTaken('file_not_moved', codeOf(error), error);
    }
    this.#unmoved.delete(entry.key);
    this.logger.info({ file: id, name: entry.name }, 'taken from the drop folder');
  }

  async #receive({ programme, funder }: Place, entry: Entry, standing: Standing): Promise<string> {
    const handle = await openEntry(entry, standing);
    try {
      const said = { programme, funder, name: entry.name, door: 'DROP' } as const;
      const id = await this.spend.quotas.keepWithin(funder, bytesOf(handle), standing.size, (counted) =>
        receiveStream(this.spend, said, counted),
      );
      this.#unanswered.set(id, (this.#unanswered.get(id) ?? new Set()).add(entry.name));
      this.spend.worker.wake();
      const known = await this.spend.files.find(id);
      if (known && !isUnderWay(known)) await this.answer(known);
      return id;
    } finally {
      await handle.close().catch(() => undefined);
    }
  }

  /** Leaves something where it is, and says why: once, until it changes. What concerns everything else is thrown on. */
  async #leave(place: Place, key: string, state: string, name: string | undefined, error: unknown): Promise<void> {
    if (isAway(error)) throw error;
    const { code, why } = faultOf(error);
    const before = this.#left.get(key);
    this.#left.set(key, { code, state, until: Date.now() + LATER_MS });
    if (before?.code === code && before.state === state) return;
    const { programme, funder, folder } = place;
    const detail = said(DROP_FAULTS[code], { why });
    const level = code === 'not_taken' ? 'error' : 'warn';
    const path = join(folder, name ?? '');
    this.logger[level](
      { err: error, programme, funder, path, reason: code, detail: detail.en },
      'not taken from the drop folder',
    );
    if (name === undefined) return;
    const answer = {
      programme,
      funder,
      file: name,
      door: 'DROP',
      status: 'NOT_TAKEN',
      reason: code,
      detail: detail.fr,
    };
    try {
      await writeWhole(`${answerPath(await ownFolder(folder, ANSWERS), name)}.rapport.json`, asJson(answer));
    } catch (unwritten) {
      this.logger.warn({ err: unwritten, path }, 'and it cannot be said beside it');
    }
  }
}

/** Why something is not taken, as its sender is told. */
function faultOf(error: unknown): { code: DropFaultCode; why: string } {
  if (error instanceof NotTaken) return error;
  if (error instanceof Problem && error.status === 429) return { code: 'upload_quota', why: '' };
  if (error instanceof Problem && error.status === 413) return { code: 'file_too_large', why: '' };
  const why = codeOf(error);
  return why === undefined ? { code: 'not_taken', why: '' } : { code: 'file_unreadable', why };
}

async function* bytesOf(handle: FileHandle): AsyncGenerator<Buffer> {
  for await (const chunk of handle.createReadStream({ autoClose: false })) yield chunk as Buffer;
}

async function foldersOf({ folder }: Place): Promise<string[]> {
  try {
    return await foldersIn(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw new NotTaken('folder_unreadable', codeOf(error), error);
  }
}

async function foldersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries.filter((e) => e.isDirectory() && CODE.test(e.name)).map((e) => e.name);
}

const asJson = (value: object): Readable => Readable.from([JSON.stringify(value, null, 1)]);

/** Under another name first, so that nobody fetches half an answer. */
async function writeWhole(path: string, content: Readable): Promise<void> {
  const half = `${path}.${randomUUID().slice(0, 8)}.part`;
  await pipeline(content, createWriteStream(half));
  await rename(half, path);
}
