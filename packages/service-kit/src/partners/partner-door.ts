import { partnerContractOf } from '@gpect/contracts/event-contracts';
import { partnerOfTopic, partnerTopic } from '@gpect/contracts/partner-topics';
import type mongoose from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import type { CommandRunner } from '../aggregate/command-runner.js';
import type { Replayer } from '../dead-letters/dead-letters.js';
import {
  BEHIND_PARKED,
  orderKeyOf,
  type ParkedEvent,
  ParkedEvents,
  toDeadLetter,
  toParked,
} from '../dead-letters/parked-events.js';
import type { IncomingMessage } from '../events/cloudevents.js';
import type { ProblemBody } from '../http/problem.js';
import { Position } from '../inbox/positions.js';
import type { Batch } from '../kafka/kafka.js';
import { untilTaken } from '../kafka/until-taken.js';
import { isTransient, type Session } from '../mongo/transaction.js';
import type { Logger } from '../observability/logger.js';
import type { Metrics } from '../observability/metrics.js';
import { type Answer, type KeptAnswer, PartnerAnswers, refusal, toAnswerMessage } from './answers.js';
import { ARRIVES_MS, aWhile } from './arriving.js';
import { inOrderBySubject } from './by-subject.js';
import { fingerprintOf, keyOf, namedIn } from './identity.js';
import { findPartner } from './known-partners.js';
import { OwnApi, OwnFault, type PartnerCommands, TryAgain } from './own-api.js';
import type { Partner } from './partner.js';
import { readPartnerEvent } from './partner-event.js';
import { binaryEvent, inBinaryMode } from './sent-event.js';

export interface PartnerDoorOptions {
  readonly service: string;
  readonly commands: PartnerCommands;
  /** Also answers what belongs to no service: unknown types, broken envelopes, partners that nobody declared. */
  readonly answersTheRest?: boolean;
  readonly connection: mongoose.Connection;
  readonly runner: CommandRunner;
  /** Where the service itself answers. */
  readonly url: string;
  /** Topics that there are, of a pattern. */
  readonly existing: (topics: readonly string[]) => Promise<string[]>;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Events of one transaction of answers. */
const CHUNK = 50;

/**
 * Takes what partners send to this service. Each event becomes a command of the service's own API, under the same checks,
 * rights and audit as anybody's, with the event's id as its idempotency key; the answer is kept and published in one
 * transaction with the place reached. So an event takes effect once, and has one answer, whatever dies in between.
 */
export class PartnerDoor implements Replayer {
  readonly #parked: ParkedEvents;
  readonly #ownApi: OwnApi;
  readonly answers: PartnerAnswers;
  readonly #partitions = new Map<string, Position>();

  constructor(private readonly options: PartnerDoorOptions) {
    this.answers = new PartnerAnswers(options.connection);
    this.#parked = new ParkedEvents(options.connection);
    this.#ownApi = new OwnApi(options.service, options.commands, options.url);
  }

  /** Takes a batch of one partner's topic; the offset to go on from. Tries for ever while the database is away. */
  async onBatch(batch: Batch): Promise<number> {
    const key = `${batch.topic}/${batch.partition}`;
    return untilTaken(
      batch,
      () => this.#take(batch, key),
      this.options.logger,
      () => this.#partitions.delete(key),
    );
  }

  async #take(batch: Batch, key: string): Promise<number> {
    const position = this.#partitions.get(key) ?? (await Position.load(this.options.connection, key));
    this.#partitions.set(key, position);
    const todo = batch.messages.filter((m) => m.offset >= position.next);
    for (let i = 0; i < todo.length; i += CHUNK) {
      if (batch.stale()) return position.next;
      const chunk = todo.slice(i, i + CHUNK);
      try {
        await this.#takeChunk(chunk, position, batch);
      } catch (error) {
        if (isTransient(error)) throw error;
        await this.#takeOneByOne(chunk, position, batch);
      }
      await batch.heartbeat();
    }
    return position.next;
  }

  /** One of them is poison, by a fault of ours: it is parked with its reason, and its subject behind it; the others go on. */
  async #takeOneByOne(chunk: readonly IncomingMessage[], position: Position, batch: Batch): Promise<void> {
    for (const message of chunk) {
      try {
        await this.#takeChunk([message], position, batch);
      } catch (error) {
        if (isTransient(error)) throw error;
        await this.#takeChunk([message], position, batch, error instanceof Error ? error.message : String(error));
      }
    }
  }

  async #takeChunk(
    chunk: readonly IncomingMessage[],
    position: Position,
    batch: Batch,
    poison?: string,
  ): Promise<void> {
    const next = (chunk.at(-1)?.offset ?? 0) + 1;
    const code = partnerOfTopic(batch.topic, 'in') ?? '';
    const ours = chunk.map(inBinaryMode).filter((message) => this.#isOurs(message));
    const { metrics } = this.options;
    metrics.consumed.inc({ fate: 'ignored' }, chunk.length - ours.length);
    if (ours.length === 0) {
      position.skipTo(next);
      await position.store();
      return;
    }
    await this.#requireAnswersTopic(code);
    const partner = await this.#partnerOf(code, batch);
    const known = await this.answers.among(ours.map((m) => keyOf(code, m)));
    const behind = await this.#parked.among(ours.map(orderKeyOf));
    const given = await inOrderBySubject(ours, async (message): Promise<Given> => {
      if (poison !== undefined) return { parked: toParked(message, poison, new Date()) };
      if (behind.has(orderKeyOf(message))) return { parked: toParked(message, BEHIND_PARKED, new Date()) };
      const given = await this.#answer(message, code, partner, known, batch);
      if ('parked' in given) behind.add(orderKeyOf(message));
      return given;
    });
    const answers = given.flatMap((g) => ('kept' in g ? [g] : []));
    const parked = given.flatMap((g) => ('parked' in g ? [g.parked] : []));
    await this.#write(answers, parked, code, (session) => position.write(next, session));
    position.committed(next);
    const fresh = answers.filter(({ repeated }) => !repeated).length;
    metrics.consumed.inc({ fate: 'applied' }, fresh);
    metrics.consumed.inc({ fate: 'repeated' }, answers.length - fresh);
    metrics.consumed.inc({ fate: 'parked' }, parked.length);
  }

  takes(topic: string): boolean {
    return partnerOfTopic(topic, 'in') !== undefined;
  }

  /** Undefined when it was taken, and answered, else why not. */
  async replayOne(parked: ParkedEvent): Promise<string | undefined> {
    const { message } = parked;
    const code = partnerOfTopic(message.topic, 'in') ?? '';
    const known = await this.answers.among([keyOf(code, message)]);
    const partner = await findPartner(this.options.connection, code);
    const given = await this.#answer(message, code, partner, known, { heartbeat: async () => undefined });
    if ('parked' in given) return given.parked.reason;
    await this.#write([given], [], code, (session) => this.#parked.remove(parked._id, session));
    return undefined;
  }

  /** One transaction: the answers, what is parked, and what else the caller keeps. */
  async #write(
    answers: readonly Answered[],
    parked: readonly ParkedEvent[],
    code: string,
    write: (session: Session) => Promise<void>,
  ): Promise<void> {
    const { service, runner, logger } = this.options;
    await runner.run([], {
      extras: () => ({
        messages: [
          ...answers.map(({ kept }) => toAnswerMessage(kept, code, service)),
          ...parked.map((p) => toDeadLetter(service, p)),
        ],
        write: async (session) => {
          await this.answers.keep(
            answers.flatMap(({ kept, repeated }) => (repeated ? [] : [kept])),
            session,
          );
          await this.#parked.park(parked, session);
          await write(session);
        },
      }),
    });
    for (const { message, reason } of parked)
      logger.error({ topic: message.topic, offset: message.offset, reason }, 'event parked');
  }

  /** Who was declared a moment ago may write before that has arrived here. */
  async #partnerOf(code: string, { heartbeat }: Pick<Batch, 'heartbeat'>): Promise<Partner | undefined> {
    for (const until = Date.now() + ARRIVES_MS; ; await aWhile()) {
      const found = await findPartner(this.options.connection, code);
      if (found || Date.now() > until) return found;
      await heartbeat();
    }
  }

  readonly #answered = new Set<string>();

  /** Without a topic for its answers a partner waits, and nobody else: an answer that cannot be published would stop all. */
  async #requireAnswersTopic(code: string): Promise<void> {
    if (this.#answered.has(code)) return;
    const topics = await this.options.existing([partnerTopic('*', 'out')]);
    const topic = partnerTopic(code, 'out');
    if (!topics.includes(topic)) throw new TryAgain(`there is no topic ${topic}`);
    this.#answered.add(code);
  }

  #isOurs(message: IncomingMessage): boolean {
    const owner = partnerContractOf(message.headers['ce_type'] ?? '')?.owner;
    return owner === undefined || !message.headers['ce_id']
      ? (this.options.answersTheRest ?? false)
      : owner === this.options.service;
  }

  async #answer(
    message: IncomingMessage,
    code: string,
    partner: Partner | undefined,
    known: Map<string, KeptAnswer>,
    { heartbeat }: Pick<Batch, 'heartbeat'>,
  ): Promise<Given> {
    if (message.batch) return { parked: toParked(message, message.fault ?? '', new Date()) };
    const key = keyOf(code, message);
    const fingerprint = fingerprintOf(message);
    const before = known.get(key);
    if (before?.fingerprint === fingerprint) return { kept: before, repeated: true };
    const named = namedIn(message);
    const keep = (answer: Answer, _id = key): Answered => {
      const kept = { _id, fingerprint, id: uuidv7(), time: new Date().toISOString(), answer, at: new Date() };
      known.set(_id, kept);
      return { kept, repeated: false };
    };
    if (before) {
      const own = `${key}\n${fingerprint}`;
      const [again] = (await this.answers.among([own])).values();
      return again ? { kept: again, repeated: true } : keep(refusal(named, ID_REUSED), own);
    }
    if (message.fault !== undefined) return keep(refusal(named, notText(message.fault)));
    const read = readPartnerEvent(binaryEvent(message), code, partner, Date.now());
    if (!read.ok) return keep(refusal(named, read.fault));
    try {
      return keep(await this.#ownApi.carryOut(read.value, partner as Partner, named, heartbeat));
    } catch (error) {
      if (!(error instanceof OwnFault)) throw error;
      return { parked: toParked(message, error.message, new Date()) };
    }
  }
}

interface Answered {
  readonly kept: KeptAnswer;
  readonly repeated: boolean;
}

/** An answer, or what cannot be answered yet. */
type Given = Answered | { readonly parked: ParkedEvent };

const notText = (fault: string): ProblemBody => ({
  type: 'urn:gpect:problem:record-unreadable',
  title: 'The record cannot be read',
  status: 422,
  detail: `${fault}; send text in UTF-8, each header once`,
});

const ID_REUSED: ProblemBody = {
  type: 'urn:gpect:problem:event-id-reused',
  title: 'Another event had this id',
  status: 422,
  detail: 'an event has one id for ever; give a new event a new id',
};
