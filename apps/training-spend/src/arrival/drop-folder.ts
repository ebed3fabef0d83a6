import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '@gpect/service-kit/http/problem';
import type { Logger } from '@gpect/service-kit/observability/logger';
import { Lease } from '@gpect/service-kit/outbox/lease';
import type { Spend } from '../spend.js';
import type { FileDocument } from '../spend-file/file-store.js';
import { fullReport, linesToMend } from '../spend-file/report.js';
import { receiveStream } from './receive.js';

const LOOK_MS = 1000;
const LATER_MS = 10 * 60_000;
/** Where files go that were taken, and where the answers are; beside each other in the funder's folder. */
const TAKEN = 'pris';
const ANSWERS = 'retours';
/** What transfer programs call a file that is still being written. */
const UNFINISHED = /^\.|\.(?:part|partial|tmp|filepart|crdownload)$|~$/i;
const CODE = /^[a-z0-9][a-z0-9-]{0,79}$/;

/**
 * A folder that an SFTP server writes to, as `<programme>/<funder>/<file>`: each file that stands still is taken, moved to
 * `pris/`, and answered in `retours/` (its report, and the lines to mend). One replica at a time looks.
 */
export class DropFolder {
  readonly #seen = new Map<string, string>();
  /** Files beyond the quota, until when they are left alone. */
  readonly #later = new Map<string, number>();
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

  /** Answers a file that came through the folder, once it is read or rejected. */
  async answer(file: FileDocument): Promise<void> {
    if (file.door !== 'DROP') return;
    const { files } = this.spend;
    const folder = join(this.root, file.programme, file.funder, ANSWERS);
    await mkdir(folder, { recursive: true });
    const path = join(folder, basename(file.file));
    await writeWhole(`${path}.rapport.json`, Readable.from([JSON.stringify(await fullReport(files, file), null, 1)]));
    if (file.counts.refused === 0) return;
    await writeWhole(`${path}.a-corriger.csv`, await linesToMend(this.spend, file));
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
    for (const programme of await foldersIn(this.root)) {
      for (const funder of await foldersIn(join(this.root, programme))) {
        const folder = join(this.root, programme, funder);
        const entries = await readdir(folder, { withFileTypes: true });
        const names = entries.filter((e) => e.isFile() && !UNFINISHED.test(e.name)).map((e) => e.name);
        for (const name of names.sort()) {
          if (this.#stopped) return;
          if (await this.#standsStill(join(folder, name))) await this.#take(programme, funder, folder, name);
        }
      }
    }
  }

  /** Not written to between two looks. */
  async #standsStill(path: string): Promise<boolean> {
    const { size, mtimeMs } = await stat(path);
    const state = `${size} ${mtimeMs}`;
    const still = this.#seen.get(path) === state;
    this.#seen.set(path, state);
    return still && size > 0;
  }

  /** What is beyond the quota stays where it is, and is looked at again after a while. */
  async #inQuota(funder: string, path: string): Promise<boolean> {
    if ((this.#later.get(path) ?? 0) > Date.now()) return false;
    try {
      await this.spend.quotas.takeFile(funder, (await stat(path)).size);
      this.#later.delete(path);
      return true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#later.set(path, Date.now() + LATER_MS);
      this.logger.warn({ funder, path, detail: error.more.detail }, 'a file of the drop folder is not taken');
      return false;
    }
  }

  async #take(programme: string, funder: string, folder: string, name: string): Promise<void> {
    const path = join(folder, name);
    if (!(await this.#inQuota(funder, path))) return;
    const id = await receiveStream(this.spend, { programme, funder, name, door: 'DROP' }, createReadStream(path));
    await mkdir(join(folder, TAKEN), { recursive: true });
    // Should this process die before the move, the file is seen again and known by its bytes.
    await rename(path, join(folder, TAKEN, name));
    this.#seen.delete(path);
    this.logger.info({ file: id, name }, 'taken from the drop folder');
    this.spend.worker.wake();
    const known = await this.spend.files.find(id);
    if (known?.status === 'READ') await this.answer({ ...known, file: name, door: 'DROP' });
  }
}

async function foldersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries.filter((e) => e.isDirectory() && CODE.test(e.name)).map((e) => e.name);
}

/** Under another name first, so that nobody fetches half an answer. */
async function writeWhole(path: string, content: Readable): Promise<void> {
  await pipeline(content, createWriteStream(`${path}.part`));
  await rename(`${path}.part`, path);
}
