import type mongoose from 'mongoose';
import { collectionOf } from '../mongo/connection.js';
import { inTransaction } from '../mongo/transaction.js';
import { type DeadLetterFilter, isMeant, isNamed } from './filter.js';
import { type ParkedEvent, ParkedEvents } from './parked-events.js';

/** Takes a parked event again; undefined when it was taken, else why not. */
export interface Replayer {
  takes(topic: string): boolean;
  /** Code of who sends on a topic that it takes; absent where services do. */
  senderOn?(topic: string): string | undefined;
  replayOne(parked: ParkedEvent): Promise<string | undefined>;
}

/** A parked event that somebody decided not to take: kept, with who decided so and why. */
interface DiscardedEvent extends ParkedEvent {
  readonly discardedAt: Date;
  readonly discardedBy: string;
  readonly because: string;
}

type Theirs = (event: ParkedEvent) => boolean;
const EVERYBODYS: Theirs = () => true;

export const DISCARDED = 'discarded_events';

/** The events that a service could not take: looked at, taken again in their order, or put aside for good. */
export class DeadLetters {
  readonly parked: ParkedEvents;

  constructor(
    private readonly connection: mongoose.Connection,
    private readonly replayers: readonly Replayer[],
  ) {
    this.parked = new ParkedEvents(connection);
  }

  /** @param theirs whether an event is of the programmes of who asks */
  async list(filter: DeadLetterFilter, theirs: Theirs = EVERYBODYS): Promise<ParkedEvent[]> {
    return this.parked.list((event) => this.#isMeant(event, filter) && theirs(event));
  }

  /** Takes those that are meant again, in their order (what is held for a broken order only if named); none overtakes an earlier one of its aggregate that stays parked. */
  async replay(
    filter: DeadLetterFilter,
    theirs: Theirs = EVERYBODYS,
  ): Promise<{ replayed: number; stillParked: number }> {
    const stuck = new Set<string>();
    let replayed = 0;
    for (const id of await this.parked.ids()) {
      const event = await this.parked.get(id);
      if (!event || stuck.has(event.orderKey)) continue;
      const replayer = this.#replayerOf(event);
      const meant =
        this.#isMeant(event, filter) && theirs(event) && (!event.held || event.held === 'newer' || isNamed(filter));
      const reason = meant && replayer ? await replayer.replayOne(event) : 'not asked for';
      if (reason === undefined) replayed++;
      else stuck.add(event.orderKey);
    }
    return { replayed, stillParked: await this.parked.count() };
  }

  /** Puts those that are meant aside: what was parked behind them can then be taken. */
  async discard(
    filter: DeadLetterFilter,
    discardedBy: string,
    because: string,
    theirs: Theirs = EVERYBODYS,
  ): Promise<ParkedEvent[]> {
    const meant = await this.list(filter, theirs);
    for (const event of meant)
      await inTransaction(this.connection, async (session) => {
        const discarded: DiscardedEvent = { ...event, discardedAt: new Date(), discardedBy, because };
        await collectionOf<DiscardedEvent>(this.connection, DISCARDED).replaceOne({ _id: event._id }, discarded, {
          upsert: true,
          session,
        });
        await this.parked.remove(event._id, session);
      });
    return meant;
  }

  /** Code of who sent an event; undefined where a service did. */
  senderOf(event: ParkedEvent): string | undefined {
    return this.#replayerOf(event)?.senderOn?.(event.message.topic);
  }

  #replayerOf({ message: { topic } }: ParkedEvent): Replayer | undefined {
    return this.replayers.find((replayer) => replayer.takes(topic));
  }

  #isMeant(event: ParkedEvent, filter: DeadLetterFilter): boolean {
    return isMeant(event, this.senderOf(event), filter);
  }
}
