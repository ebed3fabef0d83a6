import type { StartFault } from '../config/start-fault.js';
import type { HealthPart } from '../health/health.js';
import type { EventBus } from './kafka.js';
import { kafkaFault } from './kafka-fault.js';

/** Whether the brokers are there, take this service for who it is, and have every topic that it needs. */
export class KafkaWatch {
  #reached = false;
  #said = '';

  /** @param onFault of a first connection that waiting does not help, and each other reason once */
  constructor(
    private readonly bus: Pick<EventBus, 'topics'>,
    private readonly needed: readonly string[],
    private readonly onFault: (fault: StartFault) => void,
  ) {}

  /** Never rejects: what is wrong is the answer. */
  async look(): Promise<HealthPart> {
    try {
      const there = new Set(await this.bus.topics());
      this.#reached = true;
      const missing = this.needed.filter((topic) => !there.has(topic));
      if (missing.length === 0) {
        this.#said = '';
        return { state: 'ok', detail: 'reached; every topic is there' };
      }
      return this.#wrong({
        heals: true,
        reason: `topics are missing, or this service may not see them: ${missing.join(', ')}; make them as infra/kafka/topics.yaml says (npm run apply -w infra/kafka)`,
      });
    } catch (error) {
      return this.#wrong(kafkaFault(error));
    }
  }

  #wrong(fault: StartFault): HealthPart {
    // What once worked is mended on the brokers' side: the service goes on meanwhile.
    const now = this.#reached ? { ...fault, heals: true } : fault;
    if (now.reason !== this.#said || !now.heals) this.onFault(now);
    this.#said = now.reason;
    return { state: 'degraded', detail: now.reason };
  }
}
