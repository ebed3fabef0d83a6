import type { IncomingMessage } from '../events/cloudevents.js';
import type { Batch, Log } from './batch.js';
import { Breath } from './breath.js';

/** How much of one partition waits here at the most; beyond it nothing more of that partition is fetched for now. */
const MOST_MESSAGES = 500;
const MOST_BYTES = 1_000_000;
/** How much of a partition is taken at once: large events make a slice of few. */
const SLICE_BYTES = 250_000;

/** What waits, as it was fetched. */
interface Sized {
  readonly bytes: number;
}

export interface InTurnOptions<T extends Sized> {
  /** Messages that a partition may have taken before the others are served. */
  readonly slice: number;
  /** Partitions of which a slice is taken at the same time. */
  readonly atOnce: number;
  /** What waits as a message; only of what is taken now. */
  readonly read: (topic: string, partition: number, waiting: T) => IncomingMessage;
  /** Takes a slice; the offset to go on from. */
  readonly take: (batch: Batch) => Promise<number>;
  /** A slice was taken: the partition stands there. */
  readonly reached: (topic: string, partition: number, next: number) => void;
  /** The partition is to be read again from there. */
  readonly seek: (topic: string, partition: number, offset: number) => void;
  readonly pause: (topic: string, partition: number) => void;
  readonly resume: (topic: string, partition: number) => void;
  /** Trying again does not help; the partition is to be read again from this offset. */
  readonly failed: (topic: string, partition: number, offset: number, error: unknown) => void;
}

interface Line<T> {
  readonly topic: string;
  readonly partition: number;
  messages: readonly T[];
  /** Of them so many are taken already. */
  taken: number;
  log: Log;
  /** Grows when what waits here was thrown away: a slice of before goes no further. */
  epoch: number;
  busy: boolean;
  queued: boolean;
  paused: boolean;
}

/**
 * Takes what was read of many partitions, a slice of each in turn: who has sent a thousand events keeps nobody waiting for
 * longer than a slice. A fetch of kafkajs is handled whole before the next one is made, so what it brought is put here and
 * the next one begins at once; a partition of which much waits here is not fetched meanwhile.
 */
export class InTurn<T extends Sized> {
  readonly #lines = new Map<string, Line<T>>();
  #turns: Line<T>[] = [];
  #taking = 0;
  readonly #breath = new Breath();
  #closed = false;

  constructor(private readonly options: InTurnOptions<T>) {}

  put(topic: string, partition: number, messages: readonly T[], log: Log): void {
    const key = `${topic}/${partition}`;
    const line: Line<T> = this.#lines.get(key) ?? {
      ...{ topic, partition, messages: [], taken: 0, log, epoch: 0 },
      ...{ busy: false, queued: false, paused: false },
    };
    this.#lines.set(key, line);
    line.messages = line.messages.slice(line.taken).concat(messages);
    line.taken = 0;
    line.log = log;
    if (!line.paused && isLong(line, 1)) {
      line.paused = true;
      this.options.pause(topic, partition);
    }
    this.#queue(line);
    this.#serve();
  }

  /** Throws away what waits: these partitions are read again from another place, or by another reader. */
  drop(): void {
    for (const line of this.#lines.values()) {
      forget(line);
      this.#resume(line);
    }
  }

  close(): void {
    this.#closed = true;
    this.drop();
  }

  #queue(line: Line<T>): void {
    if (line.busy || line.queued || waitingOf(line) === 0) return;
    line.queued = true;
    this.#turns.push(line);
  }

  #serve(): void {
    while (this.#taking < this.options.atOnce) {
      const line = this.#turns.shift();
      if (!line) return;
      line.queued = false;
      if (waitingOf(line) > 0) void this.#take(line);
    }
  }

  async #take(line: Line<T>): Promise<void> {
    const { topic, partition, epoch } = line;
    const messages = sliceOf(line, this.options.slice).map((one) => this.options.read(topic, partition, one));
    const after = (messages.at(-1)?.offset ?? 0) + 1;
    line.busy = true;
    this.#taking++;
    let mine = true;
    // What waits for something else, for a while, gives its turn away: it keeps none of the others waiting.
    const giveWay = () => {
      if (!mine) return;
      mine = false;
      this.#taking--;
      this.#serve();
    };
    const stale = () => this.#closed || line.epoch !== epoch;
    try {
      const next = await this.options.take({
        topic,
        partition,
        messages,
        log: line.log,
        stale,
        heartbeat: async () => undefined,
        giveWay,
      });
      if (!stale()) {
        this.options.reached(topic, partition, next);
        if (next === after) pass(line, messages.length);
        else {
          forget(line);
          this.options.seek(topic, partition, next);
        }
        if (!isLong(line, 2)) this.#resume(line);
      }
    } catch (error) {
      if (!stale()) {
        forget(line);
        line.paused = false;
        this.options.failed(topic, partition, messages[0]?.offset ?? 0, error);
      }
    } finally {
      await this.#breath.after(messages.length);
      line.busy = false;
      this.#queue(line);
      giveWay();
      this.#serve();
    }
  }

  #resume(line: Line<T>): void {
    if (!line.paused) return;
    line.paused = false;
    this.options.resume(line.topic, line.partition);
  }
}

const waitingOf = ({ messages, taken }: Line<unknown>): number => messages.length - taken;

function forget(line: Line<unknown>): void {
  line.messages = [];
  line.taken = 0;
  line.epoch++;
}

/** Taken ones are let go now and then, not each time: one sender may have sent a hundred thousand small ones. */
function pass(line: Line<unknown>, count: number): void {
  line.taken += count;
  if (line.taken * 2 < line.messages.length) return;
  line.messages = line.messages.slice(line.taken);
  line.taken = 0;
}

/** The first of what waits: so many messages at the most, and no more than fit, but always one. */
function sliceOf<T extends Sized>({ messages, taken }: Line<T>, most: number): readonly T[] {
  let all = 0;
  const first = messages.slice(taken, taken + most);
  const tooMany = first.findIndex(({ bytes }, i) => {
    all += bytes;
    return i > 0 && all > SLICE_BYTES;
  });
  return first.slice(0, tooMany < 0 ? most : tooMany);
}

/** @param share of what may wait */
function isLong(line: Line<Sized>, share: number): boolean {
  if (waitingOf(line) >= MOST_MESSAGES / share) return true;
  let all = 0;
  for (const { bytes } of line.messages.slice(line.taken)) all += bytes;
  return all >= MOST_BYTES / share;
}
