import { randomBytes } from 'node:crypto';
import type mongoose from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import { appendToAudit, auditOf } from '../audit/audit-trail.js';
import { groupBy } from '../collections/group-by.js';
import { type OutgoingMessage, toMessage } from '../events/cloudevents.js';
import type { DomainEvent } from '../events/event.js';
import { collectionOf } from '../mongo/connection.js';
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
  constructor(
    private readonly connection: mongoose.Connection,
    private readonly source: string,
    private readonly onCommit: () => void,
  ) {}

  async run(
    targets: readonly Target[],
    {
      causes = [],
      extras,
    }: { causes?: readonly (Cause | undefined)[]; extras?: (outcomes: readonly Outcome[]) => Extras } = {},
  ): Promise<Outcome[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(targets, causes, extras);
      } catch (error) {
        if (!(error instanceof ConcurrencyConflict) || attempt === ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * attempt));
      }
    }
  }

  /** The states of these aggregates, for a decision that looks at more than its own. */
  async load<State>(collection: string, ids: readonly string[]): Promise<Map<string, State>> {
    const found = await stateModel(this.connection, collection)
      .find({ _id: { $in: [...new Set(ids)] } })
      .lean();
    return new Map(found.map((d) => [d._id, d.state as State]));
  }

  /** The states whose ids begin so, by id: those of a programme, of a SIREN. One read of the index of ids. */
  async startingWith<State>(collection: string, prefix: string): Promise<State[]> {
    const found = await stateModel(this.connection, collection)
      .find({ _id: { $gte: prefix, $lt: `${prefix}\uffff` } })
      .sort({ _id: 1 })
      .lean();
    return found.map((d) => d.state as State);
  }

  async #attempt(
    targets: readonly Target[],
    causes: readonly (Cause | undefined)[],
    extras?: (outcomes: readonly Outcome[]) => Extras,
  ): Promise<Outcome[]> {
    const working = await this.#loadAll(targets);
    const time = new Date().toISOString();
    const trace = newTraceparent();
    const messages: OutgoingMessage[] = [];
    const outcomes = targets.map((target, i): Outcome => {
      const work = working.get(keyOf(target));
      if (!work) throw new Error(`state of ${target.id} was not loaded`);
      const result = target.run(work.state);
      if (!result.ok) return { ok: false, id: target.id, refusal: result.fault };
      const eventIds: string[] = [];
      for (const event of result.value.events) {
        work.version++;
        const id = uuidv7();
        eventIds.push(id);
        const cause = causes[i];
        messages.push(
          toMessage(event, {
            id,
            source: this.source,
            subject: target.id,
            time,
            sequence: work.version,
            correlationid: cause?.correlationid ?? id,
            traceparent: cause?.traceparent ?? trace,
            ...(cause?.causationid === undefined ? {} : { causationid: cause.causationid }),
          }),
        );
      }
      work.state = result.value.state;
      return { ok: true, id: target.id, sequence: work.version, events: result.value.events, eventIds };
    });
    const more = extras?.(outcomes) ?? {};
    const changed = [...working.values()].filter((w) => w.version > (w.from?.version ?? 0));
    const entries = toEntries(
      [...messages, ...(more.messages ?? [])],
      changed.map((w) => w.from?.position),
    );
    if (changed.length === 0 && entries.length === 0 && !more.write) return outcomes;
    const position = entries.at(-1)?._id ?? '';
    const audit = auditOf(
      outcomes.flatMap((o) =>
        o.ok && o.events.length > 0 ? [{ subject: o.id, events: o.events.map((e) => e.type) }] : [],
      ),
    );
    const durability = more.repeatable ? REPEATABLE : DURABLE;
    await inTransaction(
      this.connection,
      async (session) => {
        await this.#save(changed, position, session);
        await appendToOutbox(this.connection, entries, session);
        if (audit) await appendToAudit(this.connection, audit, session);
        await more.write?.(session);
      },
      durability,
    );
    if (entries.length > 0) this.onCommit();
    return outcomes;
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
