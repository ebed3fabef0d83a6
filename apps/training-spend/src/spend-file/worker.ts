import { EventEmitter } from 'node:events';
import { mayBegin, Turns } from '@gpect/domain-values/turns';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { isAway } from '@gpect/service-kit/faults/away';
import type { Logger } from '@gpect/service-kit/observability/logger';
import { Lease } from '@gpect/service-kit/outbox/lease';
import { ReadersBusy } from '@gpect/tabular-files/reader-places';
import { FileUnreadable } from '@gpect/tabular-files/unreadable';
import { Overtaken } from '../spend-line/overtaken.js';
import { type FileDocument, isUnderWay, type WaitingFile } from './file-store.js';
import { ingestFile, Unbindable } from './ingest-file.js';
import { namesOf, spendFile } from './spend-file.js';
import type { SpendParts } from './spend-parts.js';
import { withdrawFile } from './withdraw-file.js';

/**
 * Files that one replica reads at the same time: while one waits for the database, another is read. The last place is for a
 * funder that has none, however long the files of the others are.
 */
const AT_ONCE = 3;
/** Files of each funder that are looked up: other replicas read some of them. */
const LOOKED_UP = 20;
const IDLE_MS = 500;
const LEASE_MS = 5000;
const RENEW_MS = 1500;
const PATIENCE_MS = [500, 1000, 2000, 5000, 15_000, 60_000];

/** Reads the files that wait, funders in turn, each one's oldest first; the replicas share them by leases. */
export class FileWorker {
  readonly #moved = new EventEmitter();
  readonly #turns = new Turns();
  readonly #underWay = new Map<string, WaitingFile & { readonly work: Promise<void> }>();
  /** Files that failed for a reason of ours: when to try again. */
  readonly #later = new Map<string, { at: number; failures: number }>();
  /** Files of which some lines turned out to be known: each of their lines is looked up. */
  readonly #careful = new Set<string>();
  readonly #stopping = new AbortController();
  #loop: Promise<void> | undefined;
  #woken = false;

  constructor(
    private readonly parts: SpendParts,
    private readonly logger: Logger,
    /** Told of each file that came to its end here. */
    private readonly onSettled: (file: FileDocument) => Promise<void> = async () => undefined,
  ) {
    this.#moved.setMaxListeners(0);
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** A file came: look at once. */
  wake(): void {
    this.#woken = true;
    this.#moved.emit('wake');
  }

  /** What is under way stops behind its next transaction; whoever starts next goes on there. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#loop;
    await Promise.all([...this.#underWay.values()].map(({ work }) => work));
  }

  /** Waits until a file has come to its end, here or in another replica. */
  async settled(id: string, gone: () => boolean): Promise<FileDocument> {
    for (;;) {
      const file = await this.parts.files.find(id);
      if (!file) throw new Error(`${id} is not there`);
      if (!isUnderWay(file) || gone() || this.#stopped) return file;
      await this.#moves(id);
    }
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        this.#woken = false;
        await this.#startWaiting();
      } catch (error) {
        this.logger.warn({ err: error }, 'the files that wait cannot be looked up now; trying again');
      }
      if (!this.#woken) await this.#moves('wake');
    }
  }

  async #startWaiting(): Promise<void> {
    if (this.#underWay.size >= AT_ONCE) return;
    const now = Date.now();
    const later = [...this.#later].flatMap(([id, { at }]) => (at > now ? [id] : []));
    let waiting = await this.parts.files.waiting(LOOKED_UP, [...this.#underWay.keys(), ...later]);
    while (!this.#stopped) {
      const taken = [...this.#underWay.values()];
      const next = this.#turns.next(waiting, (file) => mayBegin(file, taken, AT_ONCE));
      if (!next) return;
      waiting = waiting.filter((file) => file !== next);
      const lease = new Lease(this.parts.connection, `file ${next.id}`, LEASE_MS);
      if (await lease.acquire()) this.#begin(next, lease);
    }
  }

  #begin(file: WaitingFile, lease: Lease): void {
    this.#turns.served(file);
    const work = this.#work(file.id, lease).finally(() => {
      this.#underWay.delete(file.id);
      this.wake();
    });
    this.#underWay.set(file.id, { ...file, work });
  }

  get #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #work(id: string, lease: Lease): Promise<void> {
    const renewing = setInterval(() => void lease.acquire().catch(() => undefined), RENEW_MS);
    try {
      const file = await this.parts.files.find(id);
      if (file && isUnderWay(file)) await this.#goOn(file, () => !this.#stopped && lease.held());
      this.#later.delete(id);
      this.#careful.delete(id);
      const after = await this.parts.files.find(id);
      if (after && !isUnderWay(after)) await this.onSettled(after);
    } catch (error) {
      this.#tryLater(id, error);
    } finally {
      clearInterval(renewing);
      await lease.release().catch(() => undefined);
      this.#moved.emit(id);
    }
  }

  async #goOn(file: FileDocument, mayGoOn: () => boolean): Promise<void> {
    if (file.status === 'WITHDRAWING') return withdrawFile(this.parts, file, mayGoOn);
    try {
      const how = { trusting: !this.#careful.has(file._id), stopping: this.#stopping.signal };
      await ingestFile(this.parts, file, mayGoOn, how);
    } catch (error) {
      if (error instanceof FileUnreadable || error instanceof Unbindable) return this.#reject(file._id, error);
      throw error;
    }
  }

  /** The file as a whole is no table: said once, with what to do. */
  async #reject(id: string, error: FileUnreadable | Unbindable): Promise<void> {
    const file = await this.parts.files.find(id);
    if (!file) return;
    const line = error instanceof FileUnreadable ? error.line : undefined;
    const taken =
      file.next > 0
        ? {
            fr: ` ; ${file.next} lignes au-dessus ont été prises : corrigez et renvoyez le fichier, aucune ligne n’est prise deux fois`,
            en: `; ${file.next} lines above were taken: mend it and send it again, no line is taken twice`,
          }
        : { fr: '', en: '' };
    const reason = error.code;
    const [detail, detailEn] = [error.said.fr + taken.fr, error.said.en + taken.en];
    const rejected = { ...namesOf(file), reason, detail, ...(line && file.next > 0 ? { line } : {}) };
    await this.parts.runner.run([target(spendFile, id, { kind: 'reject', rejected })], {
      extras: () => ({
        write: (session) => this.parts.files.change(file, { status: 'REJECTED', reason, detail, detailEn }, session),
      }),
    });
  }

  #tryLater(id: string, error: unknown): void {
    if (error instanceof ReadersBusy) return;
    if (error instanceof Overtaken) {
      this.#careful.add(id);
      return;
    }
    const failures = (this.#later.get(id)?.failures ?? 0) + 1;
    const wait = PATIENCE_MS[Math.min(failures, PATIENCE_MS.length) - 1] ?? 1000;
    this.#later.set(id, { at: Date.now() + wait, failures });
    this.logger[isAway(error) ? 'warn' : 'error'](
      { err: error, file: id, wait },
      'the file cannot be read on now; it is tried again',
    );
  }

  /** Until this is told of, here, or a moment has passed: another replica tells nobody. */
  async #moves(name: string): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#moved.off(name, done);
        resolve();
      };
      const timer = setTimeout(done, IDLE_MS);
      this.#moved.on(name, done);
    });
  }
}
