import { Worker } from 'node:worker_threads';
import type { Params } from './messages.js';
import { type Leave, type ReaderUser, readerPlaces } from './reader-places.js';
import type { Remark } from './remarks.js';
import type { Part, Row } from './table.js';
import { FileUnreadable, type UnreadableMessage } from './unreadable.js';
import type { Workbook, WorkbookFormat } from './workbook.js';

export type Asked = { readonly kind: 'begin'; readonly part: number } | { readonly kind: 'next' };
export type Told =
  | { readonly kind: 'alive' }
  | { readonly kind: 'open'; readonly parts: readonly Part[]; readonly remarks: readonly Remark[] }
  | { readonly kind: 'rows'; readonly rows: Row[] }
  | { readonly kind: 'end' }
  | {
      readonly kind: 'unreadable';
      readonly message: UnreadableMessage;
      readonly params: Params;
      readonly line?: number;
    };

/** Memory and time that reading a workbook may take. */
export interface ReaderLimits {
  /** Heap of the thread; the largest honest workbook has its shared strings in it. */
  readonly heapMb: number;
  /** So long the thread may give no sign: longer than any honest step takes on a machine that is busy. */
  readonly silentMs: number;
}
const LIMITS: ReaderLimits = { heapMb: 512, silentMs: 60_000 };

/** The thread that read a file died of it, or was ended since it got nowhere; the service goes on. */
export class ReaderKilled extends Error {
  override readonly name = 'ReaderKilled';
}

// Tests run the sources; a thread runs what the build made of them.
const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? '../dist/workbook-thread.js' : './workbook-thread.js',
  import.meta.url,
);

/** How a workbook is read, beside what it is. */
export interface Isolation {
  readonly limits?: ReaderLimits;
  readonly user?: ReaderUser;
  /** Told before it waits for a place, and before the thread begins. */
  waits?(): Promise<void>;
  begins?(): Promise<void>;
}
const ANYBODY: ReaderUser = { sender: '', kind: 'people' };

/**
 * Opens a workbook in a thread of its own, with bounds to its memory and time: unpacking and parsing cannot stop the
 * service, whatever a file holds. The thread has one of the places of this process until it has ended.
 * @throws FileUnreadable, ReaderKilled, ReadersBusy
 */
export async function openIsolated(
  path: string,
  format: WorkbookFormat,
  wanted: readonly string[] = [],
  { limits = LIMITS, user = ANYBODY, waits, begins }: Isolation = {},
): Promise<Workbook & { close(): void }> {
  await waits?.();
  const leave = await readerPlaces.take(user);
  let thread: Conversation;
  try {
    await begins?.();
    thread = new Conversation(path, format, wanted, limits, leave);
  } catch (error) {
    leave();
    throw error;
  }
  try {
    const opened = await thread.next();
    if (opened.kind !== 'open') throw new ReaderKilled(`the reader answered ${opened.kind}`);
    return {
      parts: opened.parts,
      remarks: opened.remarks,
      close: () => thread.close(),
      async *rows(part) {
        for (let told = await thread.ask({ kind: 'begin', part }); ; told = await thread.ask({ kind: 'next' })) {
          if (told.kind !== 'rows') return;
          yield told.rows;
        }
      },
    };
  } catch (error) {
    thread.close();
    throw error;
  }
}

/** One question at a time, and its answer or its end. */
class Conversation {
  readonly #thread: Worker;
  #waiting: { answer: (told: Told) => void; fail: (error: Error) => void } | undefined;
  #answered: Told | undefined;
  #ended: Error | undefined;
  #silence: NodeJS.Timeout | undefined;

  constructor(path: string, format: WorkbookFormat, wanted: readonly string[], limits: ReaderLimits, leave: Leave) {
    this.#thread = new Worker(THREAD, {
      workerData: { path, format, wanted, signMs: Math.max(10, limits.silentMs / 10) },
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMb, maxYoungGenerationSizeMb: 32 },
      stdout: false,
      stderr: false,
    });
    this.#thread.on('message', (told: Told) => {
      this.#listen(limits);
      if (told.kind === 'alive') return;
      this.#answer(told);
    });
    this.#thread.on('error', (error) => this.#end(new ReaderKilled(`the reader died: ${error.message}`)));
    // Its memory is free when it has ended, not when it is told to.
    this.#thread.on('exit', () => {
      leave();
      this.#end(new ReaderKilled('the reader ended'));
    });
    this.#listen(limits);
  }

  ask(asked: Asked): Promise<Told> {
    this.#thread.postMessage(asked);
    return this.next();
  }

  async next(): Promise<Told> {
    const told = await new Promise<Told>((answer, fail) => {
      if (this.#ended) return fail(this.#ended);
      if (this.#answered) {
        answer(this.#answered);
        this.#answered = undefined;
      } else this.#waiting = { answer, fail };
    });
    if (told.kind === 'unreadable') throw new FileUnreadable(told.message, told.params, told.line);
    return told;
  }

  close(): void {
    clearInterval(this.#silence);
    this.#ended ??= new ReaderKilled('the reader was closed');
    void this.#thread.terminate();
  }

  #answer(told: Told): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) waiting.answer(told);
    else this.#answered = told;
  }

  #end(error: ReaderKilled): void {
    clearInterval(this.#silence);
    this.#ended ??= error;
    this.#waiting?.fail(this.#ended);
    this.#waiting = undefined;
  }

  /** It gives signs while it works and while it waits; silence means that one step does not end. */
  #listen({ silentMs }: ReaderLimits): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.#end(new ReaderKilled(`the reader gave no sign for ${silentMs} ms`));
      void this.#thread.terminate();
    }, silentMs).unref();
  }
}
