import type { ServiceName } from '@gpect/contracts/api-documents';
import { topicOf } from '@gpect/contracts/event-contracts';
import { partnerTopic } from '@gpect/contracts/partner-topics';
import type { Express } from 'express';
import type mongoose from 'mongoose';
import { DeadLetters } from '../dead-letters/dead-letters.js';
import { handledTypes } from '../inbox/event-handler.js';
import { Inbox } from '../inbox/inbox.js';
import { LogWatch, placeOfPartition } from '../inbox/log-watch.js';
import { HELD, readPositions } from '../inbox/positions.js';
import type { Subscriber } from '../kafka/subscription.js';
import type { Logger } from '../observability/logger.js';
import type { Metrics } from '../observability/metrics.js';
import { PartnerDoor } from '../partners/partner-door.js';
import { type handlerOf, isSentTo, type ServiceContext, type ServiceDefinition } from './definition.js';

const POSITION_CHECK_MS = 2000;
/** Events of a partner that are taken before others are served, and partners that are served at the same time. */
const PARTNERS_IN_TURN = { slice: 32, atOnce: 4 };

/** What a service reads: the events of other services, and those that partners send it. */
export class Readers {
  readonly inbox: Inbox | undefined;
  readonly partnerDoor: PartnerDoor | undefined;
  readonly deadLetters: DeadLetters;
  /** Topics of other services. */
  readonly topics: readonly string[];
  readonly partnerTopics: readonly string[];
  /** What of its topics is another log than the one that was read. */
  readonly logs: LogWatch;
  #events: Subscriber | undefined;
  #partners: Subscriber | undefined;
  #looking: NodeJS.Timeout | undefined;

  /** @param app answers the requests that events of partners become */
  constructor(
    private readonly name: ServiceName,
    private readonly context: ServiceContext,
    private readonly metrics: Metrics,
    { handler, partners }: { readonly handler: ReturnType<typeof handlerOf>; readonly partners: PartnersDefinition },
    app: () => Express,
  ) {
    const { connection, runner, logger, bus } = context;
    this.inbox = handler && new Inbox({ consumer: name, connection, runner, handler, logger, metrics });
    const read = handler ? [...handledTypes(handler)] : [];
    for (const type of read) metrics.reads.set({ type }, 1);
    this.topics = [...new Set(read.map(topicOf))];
    this.partnerDoor = isSentTo(partners)
      ? new PartnerDoor({
          service: name,
          commands: partners.partnerCommands ?? {},
          answersTheRest: partners.answersTheRest ?? false,
          connection,
          runner,
          app: (request, response) => app()(request, response),
          existing: (patterns) => bus.existing(patterns),
          logger,
          metrics,
        })
      : undefined;
    this.partnerTopics = this.partnerDoor ? [partnerTopic('*', 'in')] : [];
    this.deadLetters = new DeadLetters(
      connection,
      [this.inbox, this.partnerDoor].filter((reader) => reader !== undefined),
    );
    this.logs = new LogWatch(connection, bus, logger);
  }

  get events(): Subscriber | undefined {
    return this.#events;
  }

  get partners(): Subscriber | undefined {
    return this.#partners;
  }

  /** Partitions that are not read on, and why. */
  async stopped(): Promise<ReadonlyMap<string, string>> {
    return new Map([
      ...(await this.logs.differing()),
      ...(this.#events?.stopped() ?? []),
      ...(this.#partners?.stopped() ?? []),
    ]);
  }

  async ensureIndexes(): Promise<void> {
    await this.deadLetters.parked.ensureIndexes();
    await this.partnerDoor?.answers.ensureIndexes();
  }

  start(): void {
    const { inbox, partnerDoor } = this;
    const { connection, logger, bus } = this.context;
    const onRenewed = (why: string) => this.metrics.renewed.inc({ why });
    if (inbox)
      this.#events = bus.subscribe({
        groupId: `gpect.${this.name}`,
        topics: this.topics,
        positions: () => inbox.positions(),
        onBatch: (batch) => inbox.onBatch(batch),
        onRenewed,
      });
    if (partnerDoor)
      this.#partners = bus.subscribe({
        groupId: `gpect.${this.name}.partners`,
        topics: this.partnerTopics,
        inTurn: PARTNERS_IN_TURN,
        positions: () => readPositions(connection),
        onBatch: (batch) => partnerDoor.onBatch(batch),
        onRenewed,
      });
    this.#looking = setInterval(() => {
      inbox?.newer.take().catch((error: unknown) => logger.debug({ err: error }, 'kept events cannot be taken now'));
      void followRebuild(connection, inbox, this.#events, logger);
      void followRebuild(connection, partnerDoor, this.#partners, logger);
    }, POSITION_CHECK_MS);
  }

  /** Nothing is looked for any more; what is being taken goes on. */
  stopLooking(): void {
    clearInterval(this.#looking);
  }

  async close(): Promise<void> {
    await Promise.all([this.#events?.close(), this.#partners?.close()]);
    await this.inbox?.store();
    await this.partnerDoor?.store();
  }
}

/** What a service does with events of partners. */
type PartnersDefinition = Pick<ServiceDefinition, 'partnerCommands' | 'answersTheRest'>;

/** When the database stands behind what this process knows (it was emptied to be rebuilt), reading goes back to there. */
async function followRebuild(
  connection: mongoose.Connection,
  reader: Pick<Inbox, 'known' | 'forget'> | undefined,
  subscriber: Subscriber | undefined,
  logger: Logger,
): Promise<void> {
  try {
    const known = reader?.known() ?? new Map<string, number>();
    if (known.size === 0) return;
    const positions = await readPositions(connection);
    for (const [key, next] of known) {
      const stored = positions.get(key) ?? 0;
      if (stored >= next || stored === HELD) continue;
      const { topic, number } = placeOfPartition(key);
      logger.info(
        { partition: key, from: next, to: stored },
        'the database stands further back: reading again from there',
      );
      reader?.forget(key);
      subscriber?.seek(topic, number, stored);
    }
  } catch (error) {
    logger.debug({ err: error }, 'positions cannot be read now');
  }
}
