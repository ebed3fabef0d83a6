import { randomBytes } from 'node:crypto';
import type mongoose from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import { type AuditEntry, appendToAudit, auditOf } from '../audit/audit-trail.js';
import { groupBy } from '../collections/group-by.js';
import { type OutgoingMessage, toMessage } from '../events/cloudevents.js';
import type { DomainEvent } from '../events/event.js';
import { ContractBroken, requireContract } from '../events/own-contract.js';
import { MOST_MESSAGE_BYTES, sizeOf } from '../kafka/size.js';
import { collectionOf } from '../mongo/connection.js';
import { Gathered } from '../mongo/gathered.js';
import {
  ConcurrencyConflict,
  DURABLE,
  inTransaction,
  isDuplicateKey,
  REPEATABLE,
  type Session,
} from '../mongo/transaction.js';
import { appendToOutbox, toEntries } from '../outbox/outbox.js';
import type { Position } from '../outbox/position.js';
import type { Refusal, Target } from './aggregate.js';
import { eventBreaksContract, eventTooLarge } from './refusals.js';
import { type StoredState, stateModel } from './state-store.js';

/** What came of one target. */
export type Outcome =
  | {
      readonly ok: true;
      readonly id: string;
      readonly sequence: number;
      readonly events: readonly DomainEvent[];
      /** Ids of these events. */
      readonly eventIds: readonly string[];
    }
  | { readonly ok: false; readonly id: string; readonly refusal: Refusal };

/** What led to the command, carried by the events that it causes. */
export interface Cause {
  readonly correlationid?: string;
  readonly causationid?: string;
  readonly traceparent?: string;
}

/** What else belongs to the same transaction (an idempotency record, inbox marks, an import's progress). */
export interface Extras {
  readonly messages?: readonly OutgoingMessage[];
  readonly write?: (session: Session) => Promise<void>;
  /**
   * Should the commit be lost with the server, everything in it is made again from what is kept elsewhere (a topic, a
   * file's bytes), so it need not wait for the disk. Its events are published only once they are there for good: the relay
   * reads what the majority holds.
   */
  readonly repeatable?: boolean;
  /** What those who commit together are told of this command, once it is decided. */
  readonly said?: unknown;
}

/** Is told of an event that breaks its own contract; its target is refused, and the others are carried out. */
export type OnBroken = (fault: ContractBroken) => void;

/** What is carried out: decisions, and what else belongs to their transaction. */
export interface Command {
  readonly targets: readonly Target[];
  readonly causes?: readonly (Cause | undefined)[];
  readonly extras?: ((outcomes: readonly Outcome[]) => Extras) | undefined;
  /** Each target stands by itself, as lines of a file do; where nothing is said, a fault of one is a fault of all. */
  readonly apart?: OnBroken;
  /** The audit's entry of what it changed; by whoever asks now, where nothing is said. */
  readonly audit?: (changes: AuditEntry['changes']) => AuditEntry | undefined;
}

/** Those who commit together: what is carried out by one of them waits until each of them has come, or has ended. */
export interface Joined {
  join(command: Command): Promise<Outcome[]>;
}

interface Working {
  readonly target: Target;
  readonly from: StoredState | undefined;
  state: unknown;
  version: number;
}

const ATTEMPTS = 25;

/**
 * Carries out commands: load the states, decide (pure), and write states, events and extras in one transaction.
 * Versions guard each aggregate; who loses a race decides again on the new state.
 */
export class CommandRunner {
  readonly #states = new Map<string, Gathered<unknown>>();

  constructor(
    private readonly connection: mongoose.Connection,
    private readonly source: string,
    private readonly onCommit: () => void,
  ) {}

  async run(
    targets: readonly Target[],
    { together, ...more }: Omit<Command, 'targets' | 'audit'> & { together?: Joined | undefined } = {},
  ): Promise<Outcome[]> {
    const command = { targets, ...more };
    if (together) return together.join(command);
    const [outcomes = []] = await this.runAll([command]);
    return outcomes;
  }

  /** What would come of these, each decided on what those before it would leave; nothing is written. */
  async wouldDo(targets: readonly Target[], apart?: OnBroken): Promise<Outcome[]> {
    const working = await this.#loadAll(targets);
    const now = { time: new Date().toISOString(), trace: newTraceparent() };
    return targets.map((target) => this.#decide(target, working, now, [], apart));
  }

  /** Several commands in one transaction: each is decided on what those before it left. All of them, or none. */
  async runAll(
    commands: readonly Command[],
    beside: (said: readonly unknown[]) => Extras = () => ({}),
  ): Promise<Outcome[][]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(commands, beside);
      } catch (error) {
        if (!(error instanceof ConcurrencyConflict) || attempt === ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * attempt));
      }
    }
  }

  /** The states of these aggregates, for a decision that looks at more than its own. */
  async load<State>(collection: string, ids: readonly string[]): Promise<Map<string, State>> {
    const states = this.#states.get(collection) ?? new Gathered((all) => this.#statesOf(collection, all));
    this.#states.set(collection, states);
    return (await states.find(ids)) as Map<string, State>;
  }

  async #statesOf(collection: string, ids: readonly string[]): Promise<Map<string, unknown>> {
    const found = await stateModel(this.connection, collection)
      .find({ _id: { $in: [...ids] } })
      .lean();
    return new Map(found.map((d) => [d._id, d.state]));
  }

  /** The states whose ids begin so, by id: those of a programme, of a SIREN. One read of the index of ids. */
  async startingWith<State>(collection: string, prefix: string): Promise<State[]> {
    const found = await stateModel(this.connection, collection)
      .find({ _id: { $gte: prefix, $lt: `${prefix}\uffff` } })
      .sort({ _id: 1 })
      .lean();
    return found.map((d) => d.state as State);
  }

  async #attempt(commands: readonly Command[], beside: (said: readonly unknown[]) => Extras): Promise<Outcome[][]> {
    const working = await this.#loadAll(commands.flatMap((c) => c.targets));
    const time = new Date().toISOString();
    const messages: OutgoingMessage[] = [];
    const audits: AuditEntry[] = [];
    const more: Extras[] = [];
    const decided = commands.map(({ targets, causes = [], extras, apart, audit = auditOf }): Outcome[] => {
      const trace = newTraceparent();
      const outcomes = targets.map((target, i) =>
        this.#decide(target, working, { time, trace, ...causes[i] }, messages, apart),
      );
      const asked = extras?.(outcomes) ?? {};
      more.push(asked);
      messages.push(...(asked.messages ?? []));
      const changes = outcomes.flatMap((o) =>
        o.ok && o.events.length > 0 ? [{ subject: o.id, events: o.events.map((e) => e.type) }] : [],
      );
      const entry = audit(changes);
      if (entry) audits.push(entry);
      return outcomes;
    });
    const last = beside(more.flatMap(({ said }) => (said === undefined ? [] : [said])));
    more.push(last);
    messages.push(...(last.messages ?? []));
    const changed = [...working.values()].filter((w) => w.version > (w.from?.version ?? 0));
    const entries = toEntries(
      messages,
      changed.map((w) => w.from?.position),
    );
    const writes = more.flatMap(({ write }) => write ?? []);
    if (changed.length === 0 && entries.length === 0 && writes.length === 0) return decided;
    const position = entries.at(-1)?._id ?? '';
    const repeatable = commands.length === 1 && more[0]?.repeatable && !last.write;
    await inTransaction(
      this.connection,
      async (session) => {
        await this.#save(changed, position, session);
        await appendToOutbox(this.connection, entries, session);
        await appendToAudit(this.connection, audits, session);
        for (const write of writes) await write(session);
      },
      repeatable ? REPEATABLE : DURABLE,
    );
    if (entries.length > 0) this.onCommit();
    return decided;
  }

  /** One decision; its events are added to the messages, its state to what is at work. */
  #decide(
    target: Target,
    working: ReadonlyMap<string, Working>,
    { time, trace, correlationid, causationid, traceparent = trace }: Cause & { time: string; trace: string },
    messages: OutgoingMessage[],
    apart: OnBroken | undefined,
  ): Outcome {
    const work = working.get(keyOf(target));
    if (!work) throw new Error(`state of ${target.id} was not loaded`);
    const result = target.run(work.state);
    if (!result.ok) return { ok: false, id: target.id, refusal: result.fault };
    const said = result.value.events.map((event, i) => {
      const id = uuidv7();
      const context = {
        ...{ id, source: this.source, subject: target.id, time, sequence: work.version + 1 + i, traceparent },
        correlationid: correlationid ?? id,
        ...(causationid === undefined ? {} : { causationid }),
      };
      return { id, message: toMessage(event, context) };
    });
    const large = said.map(({ message }) => sizeOf(message)).find((size) => size > MOST_MESSAGE_BYTES);
    if (large !== undefined) return { ok: false, id: target.id, refusal: eventTooLarge(large, MOST_MESSAGE_BYTES) };
    try {
      for (const event of result.value.events) requireContract(event, work.state, causationid !== undefined);
    } catch (error) {
      if (!apart || !(error instanceof ContractBroken)) throw error;
      apart(error);
      return { ok: false, id: target.id, refusal: eventBreaksContract(error.message) };
    }
    messages.push(...said.map(({ message }) => message));
    const eventIds = said.map(({ id }) => id);
    work.version += said.length;
    work.state = result.value.state;
    return { ok: true, id: target.id, sequence: work.version, events: result.value.events, eventIds };
  }

  async #loadAll(targets: readonly Target[]): Promise<Map<string, Working>> {
    const working = new Map<string, Working>();
    for (const [collection, group] of groupBy(targets, (t) => t.collection)) {
      const ids = [...new Set(group.map((t) => t.id))];
      const found = new Map(
        (
          await stateModel(this.connection, collection)
            .find({ _id: { $in: ids } })
            .lean()
        ).map((d) => [d._id, d]),
      );
      for (const target of group) {
        const from = found.get(target.id);
        working.set(keyOf(target), {
          target,
          from,
          state: from ? from.state : target.initial,
          version: from?.version ?? 0,
        });
      }
    }
    return working;
  }

  async #save(changed: readonly Working[], position: Position, session: Session): Promise<void> {
    for (const [collection, group] of groupBy(changed, (w) => w.target.collection)) {
      const operations = group.map((w): mongoose.mongo.AnyBulkWriteOperation<StoredState> => {
        const { id } = w.target;
        return w.from
          ? {
              updateOne: {
                filter: { _id: id, version: w.from.version },
                update: { $set: { version: w.version, position, state: w.state } },
              },
            }
          : { insertOne: { document: { _id: id, version: w.version, position, state: w.state } } };
      });
      try {
        const { matchedCount, insertedCount } = await collectionOf<StoredState>(this.connection, collection).bulkWrite(
          operations,
          { session, ordered: true },
        );
        if (matchedCount + insertedCount !== group.length)
          throw new ConcurrencyConflict(`${collection}: changed meanwhile`);
      } catch (error) {
        if (isDuplicateKey(error)) throw new ConcurrencyConflict(`${collection}: created meanwhile`);
        throw error;
      }
    }
  }
}

const keyOf = (target: Target): string => `${target.collection}\n${target.id}`;

/** W3C trace context of a command that came without one. */
function newTraceparent(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
}
