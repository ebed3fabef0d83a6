import type { LogIdentity } from '@gpect/service-kit/inbox/log-identity';
import { Place } from '@gpect/service-kit/inbox/place';
import type { Batch } from '@gpect/service-kit/kafka/batch';
import { PartitionStopped } from '@gpect/service-kit/kafka/stopped';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type { Logger } from '@gpect/service-kit/observability/logger';
import type mongoose from 'mongoose';
import { endOf, markKept } from './kept-events.js';

/** How far a partner's topic is kept, and of which log. */
interface KeptLogDocument extends LogIdentity {
  /** The partner. */
  readonly _id: string;
  /** Offset of the next event to keep. */
  readonly next: number;
  /** The position of what stands at offset 0: above all positions of the logs before. */
  readonly base: number;
}

export const KEPT_LOGS = 'kept_logs';
const logsOf = (connection: mongoose.Connection) => collectionOf<KeptLogDocument>(connection, KEPT_LOGS);

/**
 * Positions, which partners go by, only grow: of a topic that was made again, or that Kafka was restored to, the events are
 * kept behind those that are kept already, each once. So nothing of it is lost, and nobody has to decide anything.
 */
export class KeptLog {
  private constructor(
    private readonly connection: mongoose.Connection,
    readonly partner: string,
    private place: Place,
    private readonly known: { base: number },
  ) {}

  static async load(connection: mongoose.Connection, partner: string): Promise<KeptLog> {
    const found = await logsOf(connection).findOne({ _id: partner });
    // Kept by a release that did not note of which log.
    const document = found ?? { next: await endOf(connection, partner), base: 0 };
    return new KeptLog(connection, partner, new Place(partner, document), { base: document.base });
  }

  get next(): number {
    return this.place.next;
  }

  get base(): number {
    return this.known.base;
  }

  /** Undefined where the batch goes on from here, else the offset to go to. */
  async agree(batch: Batch, logger: Logger): Promise<number | undefined> {
    try {
      return this.place.agree(batch);
    } catch (error) {
      if (!(error instanceof PartitionStopped)) throw error;
      await markKept(this.connection, this.partner);
      this.known.base = Math.max(await endOf(this.connection, this.partner), this.known.base + this.place.next);
      this.place = new Place(this.partner, { next: 0 });
      const { partner, base } = this;
      logger.warn(
        { partner, base, why: error.message.split('. ')[0] },
        "a partner's topic is another one than was kept: all of it is kept behind what is kept already",
      );
      return this.place.agree(batch);
    }
  }

  /** Notes up to where it is kept. What was kept and not noted is kept again, at its own position. */
  async kept(messages: Batch['messages']): Promise<void> {
    const last = messages.at(-1);
    if (!last) return;
    this.place.read(last);
    this.place.next = Math.max(this.place.next, last.offset + 1);
    const { base, next } = this;
    await logsOf(this.connection).updateOne(
      { _id: this.partner },
      { $set: { next, base, ...this.place.identity } },
      { upsert: true },
    );
  }
}

/** The position behind the last event that was kept of a partner; 0 where none was. */
export async function keptUpTo(connection: mongoose.Connection, partner: string): Promise<number> {
  const found = await logsOf(connection).findOne({ _id: partner });
  return found ? found.base + found.next : 0;
}

/** Where each partner's topic is kept up to. */
export async function keptLogs(connection: mongoose.Connection): Promise<Map<string, number>> {
  const documents = await logsOf(connection).find().sort({ _id: 1 }).toArray();
  return new Map(documents.map(({ _id, next }) => [_id, next]));
}
