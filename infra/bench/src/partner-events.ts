import { examplesOf } from '@gpect/contracts/event-contracts';
import { partnerTopic } from '@gpect/contracts/partner-topics';
import kafkajs from 'kafkajs';
import { v7 as uuidv7 } from 'uuid';

export const PROGRAMME = 'npdc-2007-2013';
const TYPE = 'fr.gpect.partner.firm-detection-sent.v1';

/** A firm that a carrier detects for the action of its own code. */
export function eventOf(partner: string, siret: string): { readonly id: string } & Record<string, unknown> {
  const data = { ...(examplesOf(TYPE)[0] as object), programme: PROGRAMME, action: partner, basin: 'lille', siret };
  return {
    specversion: '1.0',
    id: uuidv7(),
    source: `/partners/${partner}`,
    type: TYPE,
    subject: `${PROGRAMME}/${siret}`,
    time: new Date().toISOString(),
    data,
  };
}

/** A partner's system, with a Kafka client: sends events and sees their answers come. */
export class PartnerSystem {
  readonly #waiting = new Map<string, () => void>();
  readonly #consumer: kafkajs.Consumer;
  readonly #producer: kafkajs.Producer;
  answered = 0;

  constructor(
    private readonly code: string,
    broker: string,
  ) {
    const kafka = new kafkajs.Kafka({ brokers: [broker], logLevel: kafkajs.logLevel.NOTHING });
    this.#producer = kafka.producer({ maxInFlightRequests: 1 });
    this.#consumer = kafka.consumer({ groupId: uuidv7(), maxWaitTimeInMs: 300 });
  }

  async open(): Promise<this> {
    await Promise.all([this.#producer.connect(), this.#consumer.connect()]);
    await this.#consumer.subscribe({ topic: partnerTopic(this.code, 'out'), fromBeginning: false });
    await this.#consumer.run({
      eachMessage: async ({ message: { headers } }) => {
        if (!String(headers?.['ce_type']).startsWith('fr.gpect.partner.event-')) return;
        this.answered++;
        this.#waiting.get(String(headers?.['ce_causationid']))?.();
      },
    });
    return this;
  }

  /** Sends events; resolves when the last of them is answered. */
  async ask(sirets: readonly string[]): Promise<void> {
    const events = sirets.map((siret) => eventOf(this.code, siret));
    const answered = events.map(({ id }) => new Promise<void>((resolve) => this.#waiting.set(id, resolve)));
    const messages = events.map(({ data, ...attributes }) => ({
      key: String(attributes['subject']),
      value: JSON.stringify(data),
      headers: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, String(value)])),
    }));
    await this.#producer.send({ topic: partnerTopic(this.code, 'in'), acks: -1, messages });
    await Promise.all(answered);
    for (const { id } of events) this.#waiting.delete(id);
  }

  async close(): Promise<void> {
    await Promise.all([this.#consumer.disconnect(), this.#producer.disconnect()]);
  }
}
