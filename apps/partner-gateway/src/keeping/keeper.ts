import { EventEmitter, once } from 'node:events';
import type { Batch, Subscriber } from '@gpect/service-kit/kafka/kafka';
import { isTransient } from '@gpect/service-kit/mongo/transaction';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { ends, keep } from './kept-events.js';

const TOPICS = 'gpect.partner.*.out';
const PARTNER = /^gpect\.partner\.(.+)\.out$/;

/** Keeps what is on the partners' topics for those who poll and for webhooks, and says when there is more. */
export class Keeper {
  readonly #more = new EventEmitter().setMaxListeners(0);
  #subscriber: Subscriber | undefined;

  constructor(private readonly context: ServiceContext) {}

  async start(): Promise<void> {
    this.#subscriber = this.context.bus.subscribe({
      groupId: 'gpect.partner-gateway.keeper',
      topics: [TOPICS],
      positions: async () =>
        new Map(
          [...(await ends(this.context.connection))].map(([partner, end]) => [`gpect.partner.${partner}.out/0`, end]),
        ),
      onBatch: (batch) => this.#keep(batch),
    });
  }

  async stop(): Promise<void> {
    this.#more.emit('any');
    await this.#subscriber?.close();
  }

  /** Resolves when something of the partner has come, another replica may have kept it, or the time is over. */
  async more(partner: string, ms: number): Promise<void> {
    const signal = AbortSignal.timeout(ms);
    await once(this.#more, partner, { signal }).catch(() => undefined);
  }

  async #keep({ topic, messages, stale, heartbeat }: Batch): Promise<number> {
    const [first, last] = [messages[0]?.offset ?? 0, messages.at(-1)?.offset ?? 0];
    const partner = PARTNER.exec(topic)?.[1] ?? '';
    for (let wait = 100; ; wait = Math.min(wait * 2, 3000)) {
      try {
        await keep(this.context.connection, partner, messages);
        this.#more.emit(partner);
        this.#more.emit('any');
        return last + 1;
      } catch (error) {
        if (stale()) return first;
        if (!isTransient(error)) throw error;
        this.context.logger.warn(
          { err: error, topic },
          'what is on the topic could not be kept now; it is tried again',
        );
        await new Promise((resolve) => setTimeout(resolve, wait));
        await heartbeat();
      }
    }
  }
}
