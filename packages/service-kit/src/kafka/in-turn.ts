import type { IncomingMessage } from '../events/cloudevents.js';
import type { Batch, Log } from './batch.js';

/** How much of one partition waits here at the most; beyond it nothing more of that partition is fetched for now. */
const MOST_MESSAGES = 500;
const MOST_CHARACTERS = 1_000_000;
/** How much of a partition is taken at once: large events make a slice of few. */
const SLICE_CHARACTERS = 250_000;

export interface InTurnOptions {
  /** Messages that a partition may have taken before the others are served. */
  readonly slice: number;
  /** Partitions of which a slice is taken at the same time. */
  readonly atOnce: number;
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

interface Line {
  readonly topic: string;
  readonly partition: number;
  messages: IncomingMessage[];
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
export class InTurn {
  readonly #lines = new Map<string, Line>();
  #turns: Line[] = [];
  #taking = 0;
  #closed = false;

  constructor(private readonly options: InTurnOptions) {}

  put(topic: string, partition: number, messages: readonly IncomingMessage[], log: Log): void {
    const key = `${topic}/${partition}`;
    const line = this.#lines.get(key) ?? {
      ...{ topic, partition, messages: [], log, epoch: 0 },
      ...{ busy: false, queued: false, paused: false },
    };
    this.#lines.set(key, line);
    // One by one: as arguments of one call a partner's hundred thousand small records would not fit on the stack.
    for (const message of messages) line.messages.push(message);
    line.log = log;
    if (!line.paused && isLong(line.messages, 1)) {
      line.paused = true;
      this.options.pause(topic, partition);
    }
    this.#queue(line);
    this.#serve();
  }

  /** Throws away what waits: these partitions are read again from another place, or by another reader. */
  drop(): void {
    for (const line of this.#lines.values()) {
      line.messages = [];
      line.epoch++;
      this.#resume(line);
    }
  }

  close(): void {
    this.#closed = true;
    this.drop();
  }

  #queue(line: Line): void {
    if (line.busy || line.queued || line.messages.length === 0) return;
    line.queued = true;
    this.#turns.push(line);
  }

  #serve(): void {
    while (this.#taking < this.options.atOnce) {
      const line = this.#turns.shift();
      if (!line) return;
      line.queued = false;
      if (line.messages.length > 0) void this.#take(line);
    }
  }

  async #take(line: Line): Promise<void> {
    const { topic, partition, epoch } = line;
    const messages = sliceOf(line.messages, this.options.slice);
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
        if (next === after) line.messages = line.messages.slice(messages.length);
        else {
          line.messages = [];
          line.epoch++;
          this.options.seek(topic, partition, next);
        }
        if (!isLong(line.messages, 2)) this.#resume(line);
      }
    } catch (error) {
      if (!stale()) {
        line.messages = [];
        line.epoch++;
        line.paused = false;
        this.options.failed(topic, partition, messages[0]?.offset ?? 0, error);
      }
    } finally {
      line.busy = false;
      this.#queue(line);
      giveWay();
      this.#serve();
    }
  }

  #resume(line: Line): void {
    if (!line.paused) return;
    line.paused = false;
    this.options.resume(line.topic, line.partition);
  }
}

/** The first of what waits: so many messages at the most, and no more than fit, but always one. */
function sliceOf(waiting: readonly IncomingMessage[], most: number): IncomingMessage[] {
  let characters = 0;
  const tooMany = waiting.slice(0, most).findIndex(({ value }, i) => {
    characters += value.length;
    return i > 0 && characters > SLICE_CHARACTERS;
  });
  return waiting.slice(0, tooMany < 0 ? most : tooMany);
}

/** @param share of what may wait */
function isLong(messages: readonly IncomingMessage[], share: number): boolean {
  if (messages.length >= MOST_MESSAGES / share) return true;
  let characters = 0;
  for (const { value } of messages) characters += value.length;
  return characters >= MOST_CHARACTERS / share;
}
