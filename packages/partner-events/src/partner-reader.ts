import type { RequestListener } from 'node:http';
import { partnerContractOf } from '@gpect/contracts/event-contracts';
import { partnerOfTopic, partnerTopic } from '@gpect/contracts/partner-topics';
import type { CommandRunner } from '@gpect/service-kit/aggregate/command-runner';
import { Together } from '@gpect/service-kit/aggregate/together';
import {
  BEHIND_PARKED,
  orderKeyOf,
  type ParkedEvent,
  ParkedEvents,
  toDeadLetter,
  toParked,
} from '@gpect/service-kit/dead-letters/parked-events';
import { type IncomingMessage, placeOf } from '@gpect/service-kit/events/cloudevents';
import { isAway } from '@gpect/service-kit/faults/away';
import { Answers } from '@gpect/service-kit/http/idempotency';
import type { ProblemBody } from '@gpect/service-kit/http/problem';
import { Position } from '@gpect/service-kit/inbox/positions';
import { StoredLater } from '@gpect/service-kit/inbox/stored-later';
import { untilTaken } from '@gpect/service-kit/inbox/until-taken';
import type { Batch } from '@gpect/service-kit/kafka/batch';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import type { Logger } from '@gpect/service-kit/observability/logger';
import type { Metrics } from '@gpect/service-kit/observability/metrics';
import { logSecurity } from '@gpect/service-kit/observability/security-log';
import type { TopicReader } from '@gpect/service-kit/service/topic-reader';
import type mongoose from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import { type Answer, type KeptAnswer, PartnerAnswers, refusal, toAnswerMessage } from './answers.js';
import { ARRIVES_MS, aWhile } from './arriving.js';
import { inOrderBySubject } from './by-subject.js';
import { fingerprintAsWritten, fingerprintOf, keyOf, namedIn } from './identity.js';
import { findPartner } from './known-partners.js';
import { keyOfBefore, OwnApi, OwnFault, type PartnerCommands, TryAgain } from './own-api.js';
import { type Partner, sourceOf } from './partner.js';
import { readPartnerEvent } from './partner-event.js';
import { binaryEvent, inBinaryMode } from './sent-event.js';
import { type Answered, type Decided, type Given, Slice } from './slice.js';
import { MOST_PARTNER_BYTES, unreadable } from './unreadable.js';

export interface PartnerReaderOptions {
  readonly service: string;
  readonly commands: PartnerCommands;
  /** Also answers what belongs to no service: unknown types, broken envelopes, partners that nobody declared. */
  readonly answersTheRest?: boolean;
  readonly connection: mongoose.Connection;
  readonly runner: CommandRunner;
  /** The service's own application. */
  readonly app: RequestListener;
  /** Topics that there are, of a pattern. */
  readonly existing: (topics: readonly string[]) => Promise<string[]>;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Events of a partner that are taken before others are served, and partners that are served at the same time. */
const IN_TURN = { slice: 32, atOnce: 4 };
/** How long a position that only passed over events of others waits to be written. */
const STORE_MS = 500;

/**
 * Takes what partners send to this service. Each event becomes a command of the service's own API, under the same checks,
 * rights and audit as anybody's; its answer is kept and published in the transaction of its effect. So an event takes
 * effect once, and has one answer, whatever dies in between. Events that are taken together share that transaction.
 */
export class PartnerReader implements TopicReader {
  readonly name = 'partners';
  readonly topics: readonly string[] = [partnerTopic('*', 'in')];
  readonly inTurn = IN_TURN;
  readonly mostBytes = MOST_PARTNER_BYTES;
  readonly #parked: ParkedEvents;
  readonly #ownApi: OwnApi;
  readonly #commands: Answers;
  readonly #answers: PartnerAnswers;
  readonly #partitions = new Map<string, Position>();
  readonly #stored: StoredLater;

  constructor(private readonly options: PartnerReaderOptions) {
    this.#answers = new PartnerAnswers(options.connection);
    this.#parked = new ParkedEvents(options.connection);
    this.#commands = new Answers(options.connection);
    this.#ownApi = new OwnApi(options.service, options.commands, options.app);
    this.#stored = new StoredLater({
      afterMs: STORE_MS,
      logger: options.logger,
      positions: () => this.#partitions.values(),
    });
  }

  known(): Map<string, number> {
    return new Map([...this.#partitions].map(([key, position]) => [key, position.stored]));
  }

  forget(key: string): void {
    this.#partitions.delete(key);
  }

  /** Takes a batch of one partner's topic; the offset to go on from. Tries for ever while the database is away. */
  async onBatch(batch: Batch): Promise<number> {
    const key = `${batch.topic}/${batch.partition}`;
    return untilTaken(
      batch,
      () => this.#take(batch, key),
      this.options.logger,
      () => this.forget(key),
    );
  }

  async #take(batch: Batch, key: string): Promise<number> {
    const position = this.#partitions.get(key) ?? (await Position.load(this.options.connection, key));
    this.#partitions.set(key, position);
    return this.#stored.beside(position, () => this.#takeFrom(position, batch));
  }

  async #takeFrom(position: Position, batch: Batch): Promise<number> {
    const elsewhere = position.agree(batch);
    if (elsewhere !== undefined) return elsewhere;
    const todo = batch.messages.filter((m) => m.offset >= position.next);
    if (todo.length === 0 || batch.stale()) return position.next;
    try {
      await this.#takeSlice(todo, position, batch);
    } catch (error) {
      if (isAway(error)) throw error;
      await this.#takeOneByOne(todo, position, batch);
    }
    return position.next;
  }

  /** One of them is poison, by a fault of ours: it is parked with its reason, and its subject behind it; the others go on. */
  async #takeOneByOne(messages: readonly IncomingMessage[], position: Position, batch: Batch): Promise<void> {
    for (const message of messages) {
      if (batch.stale()) return;
      try {
        await this.#takeSlice([message], position, batch);
      } catch (error) {
        if (isAway(error)) throw error;
        await this.#takeSlice([message], position, batch, error instanceof Error ? error.message : String(error));
      }
    }
  }

  async #takeSlice(
    messages: readonly IncomingMessage[],
    position: Position,
    batch: Batch,
    poison?: string,
  ): Promise<void> {
    const next = (messages.at(-1)?.offset ?? 0) + 1;
    position.read(messages.at(-1));
    const code = partnerOfTopic(batch.topic, 'in') ?? '';
    const ours = messages.map(inBinaryMode).filter((message) => this.#isOurs(message));
    const { metrics } = this.options;
    metrics.consumed.inc({ fate: 'ignored' }, messages.length - ours.length);
    if (ours.length === 0) {
      position.skipTo(next);
      return;
    }
    const [partner, known, behind, before] = await Promise.all([
      this.#partnerOf(code, batch),
      this.#answers.among(ours.map((m) => keyOf(code, m))),
      this.#parked.among(ours.map(orderKeyOf)),
      this.#answeredBefore(code, ours),
      this.#requireAnswersTopic(code),
    ]);
    const slice = this.#slice(ours.length, code, known, (session) => position.write(next, session));
    const together = new Together(this.options.runner, slice);
    // One wait for all of them: each by itself, those of one subject would wait one after the other, with the answers of all.
    const arrivesBy = Date.now() + ARRIVES_MS;
    const wait = () =>
      together.apart(() => {
        batch.giveWay?.();
        return aWhile();
      });
    await inOrderBySubject(ours, (message, index) =>
      together.during(async () => {
        const held = poison ?? (behind.has(orderKeyOf(message)) ? BEHIND_PARKED : undefined);
        if (held !== undefined) {
          slice.settle(index, { parked: toParked(message, held, new Date()) });
          return;
        }
        const asked = { code, partner, known, before, slice, together, index, arrivesBy, wait };
        const given = await this.#answer(message, asked);
        if (!given) return;
        slice.settle(index, given);
        if ('parked' in given) behind.add(orderKeyOf(message));
      }),
    );
    await this.#finish(slice);
    position.committed(next);
  }

  /** What was given to the events of a slice is written with `write`, once nothing of it is left. */
  #slice(
    size: number,
    code: string,
    known: Map<string, KeptAnswer>,
    write: (session: Session) => Promise<void>,
  ): Slice {
    const { service } = this.options;
    return new Slice(
      size,
      ({ answers, parked, last }) => ({
        messages: [
          ...answers.flatMap(({ kept, said }) => (said ? [] : [toAnswerMessage(kept, code, service)])),
          ...parked.map((p) => toDeadLetter(service, p)),
        ],
        write: async (session) => {
          await this.#answers.keep(
            answers.flatMap(({ kept, repeated }) => (repeated ? [] : [kept])),
            session,
          );
          await this.#parked.park(parked, session);
          if (last) await write(session);
        },
      }),
      (kept) => known.set(kept._id, kept),
    );
  }

  /** Writes what is left of a slice, and tells what came of it. */
  async #finish(slice: Slice): Promise<void> {
    const { runner, metrics, logger } = this.options;
    if (!slice.done) await runner.runAll([], (said) => slice.extras(said));
    const parked = slice.all.flatMap((given) => ('parked' in given ? [given.parked] : []));
    const answers = slice.all.flatMap((given) => ('kept' in given ? [given] : []));
    const fresh = answers.filter(({ repeated }) => !repeated);
    metrics.consumed.inc({ fate: 'applied' }, fresh.length);
    metrics.consumed.inc({ fate: 'repeated' }, answers.length - fresh.length);
    for (const { kept } of fresh) logForbidden(logger, kept);
    metrics.consumed.inc({ fate: 'parked' }, parked.length);
    for (const { message, reason } of parked)
      logger.error({ topic: message.topic, offset: message.offset, reason }, 'event parked');
  }

  /** Writes the positions that are only known here. */
  store(): Promise<void> {
    return this.#stored.now();
  }

  takes(topic: string): boolean {
    return partnerOfTopic(topic, 'in') !== undefined;
  }

  senderOn(topic: string): string | undefined {
    return partnerOfTopic(topic, 'in');
  }

  /** Undefined when it was taken, and answered, else why not. */
  async replayOne(parked: ParkedEvent): Promise<string | undefined> {
    const { message } = parked;
    const code = partnerOfTopic(message.topic, 'in') ?? '';
    const known = await this.#answers.among([keyOf(code, message)]);
    const before = await this.#answeredBefore(code, [message]);
    const partner = await findPartner(this.options.connection, code);
    const slice = this.#slice(1, code, known, (session) => this.#parked.remove(parked._id, session));
    const together = new Together(this.options.runner, slice);
    const wait = () => together.apart(aWhile);
    const arrivesBy = Date.now() + ARRIVES_MS;
    const asked = { code, partner, known, before, slice, together, index: 0, arrivesBy, wait };
    const given = await together.during(() => this.#answer(message, asked));
    if (given && 'parked' in given) return given.parked.reason;
    if (given) slice.settle(0, given);
    await this.#finish(slice);
    return undefined;
  }

  /** Of these events those that were asked for by an older release, which kept the command's answer under a key of its own. */
  async #answeredBefore(code: string, messages: readonly IncomingMessage[]): Promise<ReadonlySet<string>> {
    const keys = new Map(
      messages.flatMap(({ headers: { ce_id: id } }) => (id ? [[keyOfBefore(id), id] as const] : [])),
    );
    const found = await this.#commands.known(sourceOf(code), [...keys.keys()]);
    return new Set(found);
  }

  /** Who was declared a moment ago may write before that has arrived here. */
  async #partnerOf(code: string, { giveWay }: Pick<Batch, 'giveWay'>): Promise<Partner | undefined> {
    for (const until = Date.now() + ARRIVES_MS; ; await aWhile()) {
      const found = await findPartner(this.options.connection, code);
      if (found || Date.now() > until) return found;
      giveWay?.();
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

  /** What is given to an event; nothing where its answer was committed with its command. */
  async #answer(message: IncomingMessage, asked: Asked): Promise<Given | undefined> {
    const { code, partner, known, before, slice, together, index, arrivesBy, wait } = asked;
    const key = keyOf(code, message);
    const [fingerprint, place] = [fingerprintOf(message), placeOf(message)];
    const earlier = known.get(key);
    const again = (kept: KeptAnswer): Answered => ({ kept, repeated: true, said: kept.of === place });
    if (earlier && [fingerprint, fingerprintAsWritten(message)].includes(earlier.fingerprint)) return again(earlier);
    const named = namedIn(message);
    const toKept = (answer: Answer, _id = key): KeptAnswer => ({
      ...{ _id, fingerprint, of: place, id: uuidv7(), time: new Date().toISOString(), answer, at: new Date() },
    });
    const keep = (answer: Answer, _id = key): Answered => {
      const kept = toKept(answer, _id);
      known.set(_id, kept);
      return { kept, repeated: false };
    };
    if (earlier) {
      const own = `${key}\n${fingerprint}`;
      const kept = known.get(own) ?? (await this.#answers.among([own])).get(own);
      return kept ? again(kept) : keep(refusal(named, ID_REUSED), own);
    }
    if (message.fault !== undefined) return keep(refusal(named, unreadable(message, message.fault)));
    const read = readPartnerEvent(binaryEvent(message), code, partner, Date.now());
    if (!read.ok) return keep(refusal(named, read.fault.body()));
    const keyBefore = keyOfBefore(read.value.id);
    try {
      const answer = await this.#ownApi.carryOut(read.value, partner as Partner, named, {
        together,
        key: before.has(keyBefore) ? keyBefore : undefined,
        decided: (answer): Decided => ({ index, kept: toKept(answer) }),
        isWritten: () => slice.isWritten(index),
        arrivesBy,
        wait,
      });
      return answer && keep(answer);
    } catch (error) {
      if (!(error instanceof OwnFault)) throw error;
      return { parked: toParked(message, error.message, new Date()) };
    }
  }
}

/** What an event is answered with. */
/** An event that its sender has no right to send is told to whoever watches, as a request is. */
function logForbidden(logger: Logger, { _id, of: from = 'unknown', answer }: KeptAnswer): void {
  if (answer.type !== 'fr.gpect.partner.event-refused.v1') return;
  const { event, problem } = answer.data;
  if (problem.status !== 403) return;
  logSecurity(logger, {
    security: 'not-allowed',
    status: problem.status,
    problem: problem.type.split(':').at(-1) ?? problem.type,
    from,
    // What an answer is kept under begins with its partner.
    who: sourceOf(_id.split('\n', 1)[0] ?? ''),
    event,
    ...(problem.detail ? { detail: problem.detail } : {}),
  });
}

interface Asked {
  readonly code: string;
  readonly partner: Partner | undefined;
  readonly known: Map<string, KeptAnswer>;
  /** Keys under which an older release kept the answers of commands. */
  readonly before: ReadonlySet<string>;
  readonly slice: Slice;
  readonly together: Together;
  readonly index: number;
  readonly arrivesBy: number;
  wait(): Promise<void>;
}

const ID_REUSED: ProblemBody = {
  type: 'urn:gpect:problem:event-id-reused',
  title: 'Another event had this id',
  status: 422,
  detail: 'an event has one id for ever; give a new event a new id',
};
