import type { Batch } from '../kafka/batch.js';
import { PartitionStopped } from '../kafka/stopped.js';
import { type LogIdentity, NOT_THE_SAME, printOf, type Seen } from './log-identity.js';

/** Where the reading of one partition stands: the offset to go on from, and of which log. */
export class Place {
  next: number;
  #topic: string | undefined;
  #last: Seen | undefined;
  /** After which connection and refusal the log was seen to be the one that was read. */
  #agreed: string | undefined;
  /** The connection over which it was asked for the last event that was read. */
  #asked: number | undefined;
  /** Where the broker began when it was asked for the next event. */
  #begins: number | undefined;

  constructor(
    private readonly partition: string,
    { next, topic, last }: LogIdentity & { readonly next: number },
  ) {
    this.next = next;
    this.#topic = topic;
    this.#last = last;
  }

  get identity(): LogIdentity {
    return {
      ...(this.#topic === undefined ? {} : { topic: this.#topic }),
      ...(this.#last === undefined ? {} : { last: this.#last }),
    };
  }

  /**
   * Compares the log that a batch is of with the one that was read until now, once for each connection: the last event that
   * was read is looked at again. Undefined where the batch goes on from here, else the offset to go to.
   * @throws PartitionStopped where it is another log
   */
  agree({ log, messages }: Pick<Batch, 'log' | 'messages'>): number | undefined {
    if (log.topic !== '') {
      if (this.#topic !== undefined && this.#topic !== log.topic)
        throw new PartitionStopped(NOT_THE_SAME.remade(this.partition, this.next));
      this.#topic = log.topic;
    }
    const first = messages[0]?.offset ?? 0;
    const now = `${log.connection} ${log.refusals}`;
    if (this.#agreed !== now && this.next > 0) {
      // Of an older release's position it is known that something stood there.
      const { offset, print } = this.#last ?? { offset: this.next - 1 };
      const again = messages.find((message) => message.offset === offset);
      const found = again && printOf(again);
      // What an older release read, and this one does not, is no other log.
      if (found !== undefined && print !== undefined && found !== print)
        throw new PartitionStopped(NOT_THE_SAME.another(this.partition, offset));
      if (!again && log.end <= offset) throw new PartitionStopped(NOT_THE_SAME.shorter(this.partition, this.next));
      if (!again && this.#asked !== log.connection) {
        this.#asked = log.connection;
        return offset;
      }
      // Where the broker was asked for it (and may have refused) and begins behind it, the topic keeps it no longer.
    }
    this.#agreed = now;
    this.#asked = undefined;
    // The database is behind the reader (it was rebuilt): back to where it stands, once; what was before may be gone.
    if (this.next >= first || this.#begins === first) return undefined;
    this.#begins = first;
    return this.next;
  }

  /** What is read up to here ends with this event. */
  read(message: Batch['messages'][number]): void {
    const print = printOf(message);
    if (print !== undefined) this.#last = { offset: message.offset, print };
  }
}
