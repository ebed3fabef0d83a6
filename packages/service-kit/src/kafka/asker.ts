import kafkajs from 'kafkajs';

/** A connection to ask by, and how many questions are on their way over it. */
interface Line {
  readonly admin: Promise<kafkajs.Admin>;
  asked: number;
}

/**
 * Asks the brokers, all questions over one connection. After one that failed the next ones go over a new one, since the old
 * one remembers topics that are gone; those that are on their way over it are answered first.
 */
export class Asker {
  #line: Line | undefined;
  #closed = false;

  constructor(private readonly kafka: kafkajs.Kafka) {}

  async ask<T>(question: (admin: kafkajs.Admin) => Promise<T>): Promise<T> {
    if (this.#closed) throw new kafkajs.KafkaJSNonRetriableError('the connection to the brokers is closed');
    this.#line ??= { admin: this.#connect(), asked: 0 };
    const line = this.#line;
    line.asked++;
    try {
      return await question(await line.admin);
    } catch (error) {
      if (this.#line === line) this.#line = undefined;
      throw error;
    } finally {
      line.asked--;
      if (this.#line !== line && line.asked === 0) void leave(line);
    }
  }

  /** Nothing is asked any more, and no connection is opened again. */
  async close(): Promise<void> {
    this.#closed = true;
    const line = this.#line;
    this.#line = undefined;
    if (line) await leave(line);
  }

  async #connect(): Promise<kafkajs.Admin> {
    const admin = this.kafka.admin({ retry: { retries: 1 } });
    await admin.connect();
    return admin;
  }
}

async function leave({ admin }: Line): Promise<void> {
  await admin.then((open) => open.disconnect()).catch(() => undefined);
}
