import { ConnectionPool, type ConnectionPoolEventPayload, ResponseError, SASLMechanisms } from '@platformatic/kafka';
import { LATE, within } from '../time/within.js';
import type { KafkaAccess } from './access.js';

export interface Broker {
  readonly host: string;
  readonly port: number;
}
export type Connection = Awaited<ReturnType<ConnectionPool['get']>>;

/** The broker was not reached: nothing of what was to be sent has left this process. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
}

/** No broker at all answers: nothing is known of any partition. */
export class NoBroker extends Error {
  override readonly name = 'NoBroker';
}

const CONNECT_MS = 3000;
/** How long one broker is waited for with a question that another could answer (ms). */
const QUESTION_MS = 3000;

/** The brokers, and what is asked of them, one by one: none that is away keeps another from being asked. */
export class Brokers {
  readonly #pool: ConnectionPool;
  readonly #first: readonly Broker[];
  /** Those that the brokers themselves name; the one that answered last comes first. */
  #named: readonly Broker[] = [];
  #answered: Broker | undefined;

  constructor({ brokers, clientId, access }: { brokers: string; clientId: string; access?: KafkaAccess | undefined }) {
    this.#first = brokers.split(',').map((broker) => {
      const colon = broker.lastIndexOf(':');
      return { host: broker.slice(0, colon), port: Number(broker.slice(colon + 1)) };
    });
    this.#pool = new ConnectionPool(clientId, {
      connectTimeout: CONNECT_MS,
      requestTimeout: 30_000,
      ...securityOf(access),
    });
    // Whoever asked is told; an error that nobody listens to would end the process.
    this.#pool.on('connecting', ({ connection }: ConnectionPoolEventPayload) =>
      connection.on('error', () => undefined),
    );
  }

  named(brokers: readonly Broker[]): void {
    this.#named = brokers;
  }

  /** Asks one broker. @throws {NotSent} where it is not reached; a connection over which it did not answer is closed. */
  async ask<T>(broker: Broker, question: (connection: Connection) => Promise<T>, withinMs: number): Promise<T> {
    let connection: Connection;
    try {
      connection = await this.#pool.get(broker);
    } catch (error) {
      throw new NotSent(`the broker ${nameOf(broker)} is not reached: ${causeOf(error)}`);
    }
    try {
      const answer = await within(withinMs, question(connection), LATE);
      if (answer === LATE) throw new Error(`the broker ${nameOf(broker)} did not answer within ${withinMs} ms`);
      return answer;
    } catch (error) {
      // An answer that comes late would be taken for another one's.
      if (!(error instanceof ResponseError)) connection.socket?.destroy();
      throw error;
    }
  }

  /** Asks any of them, the next where one does not answer. @throws {NoBroker} where none does */
  async askAny<T>(question: (connection: Connection) => Promise<T>): Promise<T> {
    const all = [...(this.#answered ? [this.#answered] : []), ...this.#first, ...this.#named];
    const brokers = new Map(all.map((broker) => [nameOf(broker), broker]));
    const why: string[] = [];
    for (const broker of brokers.values()) {
      try {
        const answer = await this.ask(broker, question, QUESTION_MS);
        this.#answered = broker;
        return answer;
      } catch (error) {
        if (error instanceof ResponseError) throw error;
        why.push(causeOf(error));
      }
    }
    throw new NoBroker(`no broker answers: ${why.join('; ')}`);
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }
}

export const nameOf = ({ host, port }: Broker): string => `${host}:${port}`;

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function securityOf(access: KafkaAccess | undefined): object {
  if (!access?.username && !access?.certificates) return {};
  const { username, password, certificates } = access;
  return {
    tls: certificates ? { ca: [certificates] } : {},
    tlsServerName: true,
    ...(username ? { sasl: { mechanism: SASLMechanisms.SCRAM_SHA_512, username, password } } : {}),
  };
}
