import { EventEmitter, once } from 'node:events';
import { partnerOfTopic, partnerTopic } from '@gpect/contracts/partner-topics';
import { untilTaken } from '@gpect/service-kit/inbox/until-taken';
import type { Batch } from '@gpect/service-kit/kafka/batch';
import type { Subscriber } from '@gpect/service-kit/kafka/subscription';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { readerHealth } from '@gpect/service-kit/service/reader-health';
import { ends, keep } from './kept-events.js';
import { KeptLog, keptLogs } from './kept-log.js';

/** Keeps what is on the partners' topics for those who poll and for webhooks, and says when there is more. */
export class Keeper {
  readonly #more = new EventEmitter().setMaxListeners(0);
  readonly #logs = new Map<string, KeptLog>();
  #subscriber: Subscriber | undefined;

  constructor(private readonly context: ServiceContext) {}

  async start(): Promise<void> {
    this.context.health.report('kept-events', () => readerHealth(this.#subscriber));
    this.#subscriber = this.context.bus.subscribe({
      groupId: 'gpect.partner-gateway.keeper',
      topics: [partnerTopic('*', 'out')],
      positions: async () => {
        const reached = [...(await ends(this.context.connection)), ...(await keptLogs(this.context.connection))];
        return new Map(reached.map(([partner, next]) => [`${partnerTopic(partner, 'out')}/0`, next]));
      },
      onBatch: (batch) => this.#keep(batch),
    });
  }

  async stop(): Promise<void> {
    await this.#subscriber?.close();
  }

  /** Resolves when something of the partner has come, another replica may have kept it, or the time is over. */
  async more(partner: string, ms: number): Promise<void> {
    const signal = AbortSignal.timeout(ms);
    await once(this.#more, partner, { signal }).catch(() => undefined);
  }

  #keep(batch: Batch): Promise<number> {
    const partner = partnerOfTopic(batch.topic, 'out') ?? '';
    const { connection, logger } = this.context;
    const take = async () => {
      const log = this.#logs.get(partner) ?? (await KeptLog.load(connection, partner));
      this.#logs.set(partner, log);
      const elsewhere = await log.agree(batch, logger);
      if (elsewhere !== undefined) return elsewhere;
      await keep(connection, log, batch.messages);
      await log.kept(batch.messages);
      this.#more.emit(partner);
      return log.next;
    };
    return untilTaken(batch, take, logger, () => this.#logs.delete(partner));
  }
}
