import { createHash } from 'node:crypto';
import { type PartnerEventType, partnerContractOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
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
import type { IncomingMessage, OutgoingMessage } from '../events/cloudevents.js';
import { asCaller } from '../http/internal-callers.js';
import type { ProblemBody } from '../http/problem.js';
import { SeenEvents } from '../inbox/seen-events.js';
import type { Batch } from '../kafka/kafka.js';
import { untilTaken } from '../kafka/until-taken.js';
import type { Session } from '../mongo/transaction.js';
import type { Logger } from '../observability/logger.js';
import type { Metrics } from '../observability/metrics.js';
import { type Answer, type KeptAnswer, PartnerAnswers } from './answers.js';
import { findPartner } from './known-partners.js';
import { callerOf, type Partner } from './partner.js';
import { type PartnerEvent, readPartnerEvent } from './partner-event.js';
import { binaryEvent, inBinaryMode } from './sent-event.js';

/** The command of a service's own API that a partner's event asks for. */
export interface AskedCommand {
  readonly path: string;
  readonly body: object;
}

/** What each event that partners send to a service asks of it. Pure. */
export type PartnerCommands = {
  readonly [T in PartnerEventType]?: (event: PartnerEvent<T>, partner: Partner) => AskedCommand;
};

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
/** Of one subject they keep their order; of others they do not wait for each other. */
const AT_ONCE = 8;
/** How long what a command names may take to arrive from another service before the partner is told that it is not there. */
const ARRIVES_MS = 5000;
const LOOK_AGAIN_MS = 250;
/** Answers of 500 after which an event is parked. */
const FAULTS = 3;

/**
 * Takes what partners send to this service. Each event becomes a command of the service's own API, under the same checks,
 * rights and audit as anybody's, with the event's id as its idempotency key; the answer is kept and published in one
 * transaction with the place reached. So an event takes effect once, and has one answer, whatever dies in between.
 */
export class PartnerDoor implements Replayer {
  readonly #parked: ParkedEvents;
  readonly answers: PartnerAnswers;
  readonly #partitions = new Map<string, SeenEvents>();

  constructor(private readonly options: PartnerDoorOptions) {
    this.answers = new PartnerAnswers(options.connection);
    this.#parked = new ParkedEvents(options.connection);
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
    const seen =
      this.#partitions.get(key) ?? (await SeenEvents.load(this.options.connection, batch.topic, batch.partition, 0));
    this.#partitions.set(key, seen);
    const todo = batch.messages.filter((m) => m.offset >= seen.next);
    for (let i = 0; i < todo.length; i += CHUNK) {
      if (batch.stale()) return seen.next;
      await this.#takeChunk(todo.slice(i, i + CHUNK), seen, batch);
      await batch.heartbeat();
    }
    return seen.next;
  }

  async #takeChunk(chunk: readonly IncomingMessage[], seen: SeenEvents, batch: Batch): Promise<void> {
    const next = (chunk.at(-1)?.offset ?? 0) + 1;
    const code = partnerOfTopic(batch.topic, 'in') ?? '';
    const ours = chunk.map(inBinaryMode).filter((message) => this.#isOurs(message));
    const { metrics } = this.options;
    metrics.consumed.inc({ fate: 'ignored' }, chunk.length - ours.length);
    if (ours.length === 0) {
      seen.skipTo(next);
      await seen.store();
      return;
    }
    await this.#requireAnswersTopic(code);
    const partner = await this.#partnerOf(code, batch);
    const known = await this.answers.among(ours.map((m) => keyOf(code, m)));
    const behind = await this.#parked.among(ours.map(orderKeyOf));
    const given = await inOrderBySubject(ours, async (message): Promise<Given> => {
      if (behind.has(orderKeyOf(message))) return { parked: toParked(message, BEHIND_PARKED, new Date()) };
      const given = await this.#answer(message, code, partner, known, batch);
      if ('parked' in given) behind.add(orderKeyOf(message));
      return given;
    });
    const answers = given.flatMap((g) => ('kept' in g ? [g] : []));
    const parked = given.flatMap((g) => ('parked' in g ? [g.parked] : []));
    await this.#write(answers, parked, code, (session) => seen.write(next, session));
    await seen.committed(next);
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
          ...answers.map(({ kept }) => toMessage(kept, code, service)),
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
    for (const until = Date.now() + ARRIVES_MS; ; await pause(LOOK_AGAIN_MS)) {
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
    const read = readPartnerEvent(binaryEvent(message), code, partner, Date.now());
    if (!read.ok) return keep(refusal(named, read.fault));
    try {
      return keep(await this.#carryOut(read.value, partner as Partner, named, heartbeat));
    } catch (error) {
      if (!(error instanceof OwnFault)) throw error;
      return { parked: toParked(message, error.message, new Date()) };
    }
  }

  /** The command, once more for a while where what it names has not arrived from another service yet. */
  async #carryOut(
    event: PartnerEvent,
    partner: Partner,
    named: Named,
    heartbeat: () => Promise<void>,
  ): Promise<Answer> {
    const command = this.options.commands[event.type] as
      | ((event: PartnerEvent, p: Partner) => AskedCommand)
      | undefined;
    if (!command) throw new Error(`${this.options.service} owns ${event.type} and does nothing with it`);
    const asked = command(event, partner);
    let faults = 0;
    for (const until = Date.now() + ARRIVES_MS; ; await pause(LOOK_AGAIN_MS)) {
      await heartbeat();
      const { status, body } = await this.#ask(asked, event, partner);
      if (status === 503) throw new TryAgain(`${asked.path} answered 503`);
      if (status >= 500 && ++faults < FAULTS) continue;
      if (status >= 500) throw new OwnFault(`${asked.path} answered ${status}: a fault of ours, see the log`);
      if (status < 300)
        return { type: 'fr.gpect.partner.event-taken.v1', data: { event: named, results: resultsOf(body) } };
      if (status !== 404 || Date.now() > until) return refusal(named, withoutExtras(body as ProblemBody));
    }
  }

  async #ask(
    { path, body }: AskedCommand,
    event: PartnerEvent,
    partner: Partner,
  ): Promise<{ status: number; body: unknown }> {
    return asCaller(callerOf(partner), async (token) => {
      const response = await fetch(this.options.url + path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'idempotency-key': `event:${createHash('sha256').update(event.id).digest('hex')}`,
          'x-correlation-id': encodeURIComponent(event.id),
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      }).catch((error: unknown) => {
        throw new TryAgain(`${path}: ${String(error)}`);
      });
      return { status: response.status, body: await response.json() };
    });
  }
}

interface Answered {
  readonly kept: KeptAnswer;
  readonly repeated: boolean;
}

/** An answer, or what cannot be answered yet. */
type Given = Answered | { readonly parked: ParkedEvent };

/** The service cannot carry it out, and trying again does not help: it is parked, and answered once we have mended that. */
class OwnFault extends Error {
  override readonly name = 'OwnFault';
}

/** Nothing was done; the batch is taken again. */
class TryAgain extends Error {
  override readonly name = 'ConcurrencyConflict';
}

type Named = EventDataByType['fr.gpect.partner.event-taken.v1']['event'];

const ID_REUSED: ProblemBody = {
  type: 'urn:gpect:problem:event-id-reused',
  title: 'Another event had this id',
  status: 422,
  detail: 'an event has one id for ever; give a new event a new id',
};

function refusal(event: Named, problem: ProblemBody): Answer {
  // The contract writes arrays that may change; what is kept here does not.
  return {
    type: 'fr.gpect.partner.event-refused.v1',
    data: { event, problem } as EventDataByType['fr.gpect.partner.event-refused.v1'],
  };
}

function withoutExtras({ type, title, status, detail, state, allowed, errors }: ProblemBody): ProblemBody {
  return {
    type,
    title,
    status,
    ...(detail ? { detail } : {}),
    ...(state ? { state } : {}),
    ...(allowed ? { allowed } : {}),
    ...(errors ? { errors } : {}),
  };
}

type Results = EventDataByType['fr.gpect.partner.event-taken.v1']['results'];

/** The events of a command's answer. */
function resultsOf(body: unknown): Results {
  const {
    subject,
    sequence = 0,
    events = [],
    ids = [],
  } = body as {
    subject: string;
    sequence?: number;
    events?: readonly string[];
    ids?: readonly string[];
  };
  return events.map((type, i) => ({ id: ids[i] ?? '', type, subject, sequence: sequence - events.length + 1 + i }));
}

/** Where an event has no id, its place on its topic is its name. */
function placeOf({ topic, partition, offset }: IncomingMessage): string {
  return `${topic}/${partition}/${offset}`;
}

function keyOf(code: string, message: IncomingMessage): string {
  return `${code}\n${message.headers['ce_id'] || placeOf(message)}`;
}

function namedIn(message: IncomingMessage): Named {
  const { ce_id: id, ce_type: type, ce_subject: subject } = message.headers;
  return { id: id || placeOf(message), ...(type ? { type } : {}), ...(subject ? { subject } : {}) };
}

function fingerprintOf({ headers, value }: IncomingMessage): string {
  const said = [headers['ce_type'], headers['ce_source'], headers['ce_subject'], value].join('\n');
  return createHash('sha256').update(said).digest('hex');
}

function toMessage({ id, time, answer }: KeptAnswer, code: string, service: string): OutgoingMessage {
  const { event } = answer.data;
  return {
    topic: partnerTopic(code, 'out'),
    key: event.subject ?? event.id,
    headers: {
      ce_specversion: '1.0',
      ce_id: id,
      ce_source: `/services/${service}`,
      ce_type: answer.type,
      ce_subject: event.id,
      ce_time: time,
      ce_sequence: '1',
      ce_causationid: event.id,
      'content-type': 'application/json',
    },
    value: JSON.stringify(answer.data),
  };
}

/** Some at once; what is about one subject, or has one id, keeps its order. */
async function inOrderBySubject<T>(
  messages: readonly IncomingMessage[],
  work: (message: IncomingMessage) => Promise<T>,
): Promise<T[]> {
  const results: T[] = new Array(messages.length);
  const lines = new Map<string, number[]>();
  const lineOfId = new Map<string, string>();
  messages.forEach(({ headers }, i) => {
    const id = headers['ce_id'] ?? '';
    const line = lineOfId.get(id) ?? headers['ce_subject'] ?? '';
    lineOfId.set(id, line);
    lines.set(line, [...(lines.get(line) ?? []), i]);
  });
  const queue = [...lines.values()];
  const worker = async () => {
    for (let line = queue.shift(); line; line = queue.shift())
      for (const i of line) results[i] = await work(messages[i] as IncomingMessage);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
