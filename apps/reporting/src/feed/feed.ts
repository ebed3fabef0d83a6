import type { HealthPart } from '@gpect/service-kit/health/health';
import { keyOfKept } from '@gpect/service-kit/inbox/event-handler';
import type { KeptProgress } from '@gpect/service-kit/inbox/kept-whole';
import { progressOf } from '@gpect/service-kit/inbox/kept-whole';
import { allPositions, HELD } from '@gpect/service-kit/inbox/positions';
import { readSets } from '@gpect/service-kit/inbox/reads';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import type { Logger } from '@gpect/service-kit/observability/logger';
import type mongoose from 'mongoose';
import { Cube } from '../cube/cube.js';
import { DIMENSIONS } from '../dimensions/dimensions.js';
import { MARKS } from '../warnings/watch.js';
import { type Moves, movedUnnoted, movesOf, notingOf } from './builds-beside.js';
import { changedBetween, type Heads, lesser, readHeads, sameHeads } from './change-log.js';
import { DocumentsRead, type Small } from './documents-read.js';
import { KEPT } from './revisions.js';
import { SumsKept, WITH_SUMS } from './sums-kept.js';
import { Turns } from './turns.js';

const PAUSE_MS = 250;
const ATTEMPTS = 2;
const REMEMBERED = 200;

/** `topic/partition` and the offset of the next event. */
export type Positions = ReadonlyMap<string, number>;

/** What is known at one instant: everything before the positions, and nothing else. */
export interface Instant {
  readonly cube: Cube;
  readonly positions: Positions;
  /** Keepers whose history is still being read. */
  readonly notWhole: ReadonlySet<string>;
  /** Keepers in whose place sums of before are looked at meanwhile. */
  readonly fallen: ReadonlySet<string>;
  readonly small: Small;
  readonly connection: mongoose.Connection;
  readonly session?: Session;
}

interface Loaded extends Omit<Instant, 'connection' | 'session'> {
  readonly marks: Marks;
}

/** By what two looks tell whether documents changed between them. */
interface Marks {
  readonly heads: Heads;
  readonly moves: Moves;
}

const sameMarks = (a: Marks, b: Marks): boolean => sameHeads(a.heads, b.heads) && !movedUnnoted(a.moves, b.moves);
const BESIDE = 'a build of before took events beside this one';

/**
 * Keeps this replica's cube as its documents are: loaded from them at the start, and brought up to them before each question.
 * A question is answered from one instant, the offsets told with it; while no event comes, its answer is remembered.
 */
export class Feed {
  #loaded: Loaded | undefined;
  /** Why the last look did not succeed. */
  #trouble: string | undefined = 'loading';
  #timer: NodeJS.Timeout | undefined;
  #stopping = false;
  readonly #turns = new Turns();
  readonly #sums: SumsKept;
  /** Whether a build ever came to this database that changes documents and does not note it. */
  #mayBeBeside = false;
  readonly #remembered = new Map<string, { readonly at: Loaded; readonly answer: unknown }>();

  constructor(
    private readonly connection: mongoose.Connection,
    private readonly logger: Logger,
  ) {
    this.#sums = new SumsKept(connection);
  }

  /** Begins to load; questions that come meanwhile wait for it. */
  async start(): Promise<void> {
    this.#later(0);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await this.#turns.take(async () => this.#loaded?.cube.close());
  }

  health(): HealthPart {
    if (!this.#loaded) return { state: 'failed', detail: `figures: ${this.#trouble}` };
    if (this.#trouble)
      return { state: 'degraded', detail: `figures are not brought up to the documents: ${this.#trouble}` };
    const { notWhole } = this.#loaded;
    if (notWhole.size === 0) return { state: 'ok', detail: 'figures are counted to the last event that was taken' };
    return { state: 'ok', detail: `history is being read again for ${[...notWhole].join(', ')}` };
  }

  /**
   * Answers from one instant, to the last event.
   * @param key by which the answer is remembered while no event comes; undefined for one that nobody asks for again
   */
  answer<T>(key: string | undefined, read: (instant: Instant) => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const at = await this.#current();
        const known = key === undefined ? undefined : this.#remembered.get(key);
        if (known?.at === at) return known.answer as T;
        const answer = await read({ ...at, connection: this.connection });
        // Documents are read beside the cube: the same marks before and after make it one instant.
        if (sameMarks(await this.#marks(), at.marks)) return this.#remember(key, at, answer);
      }
      return this.#inSnapshot(async (session) => {
        const at = await this.#upTo(session);
        return this.#remember(key, at, await read({ ...at, connection: this.connection, session }));
      });
    });
  }

  #remember<T>(key: string | undefined, at: Loaded, answer: T): T {
    if (key === undefined) return answer;
    this.#remembered.delete(key);
    this.#remembered.set(key, { at, answer });
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
    return answer;
  }

  #later(ms: number): void {
    if (this.#stopping) return;
    this.#timer = setTimeout(() => {
      void this.#turns
        .take(() => this.#current())
        .then(() => {
          this.#trouble = undefined;
        })
        .catch((error: unknown) => {
          this.#trouble = error instanceof Error ? error.message : String(error);
          this.logger.warn({ err: error }, 'the figures cannot be brought up to the documents now');
        })
        .finally(() => this.#later(PAUSE_MS));
    }, ms);
  }

  /** What is loaded, brought up to the last event. */
  async #current(): Promise<Loaded> {
    if (this.#stopping) throw new Error('stopping');
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (this.#loaded && movedUnnoted(this.#loaded.marks.moves, (await this.#marks()).moves))
        return this.#inSnapshot((session) => this.#again(BESIDE, session));
      const loaded = await this.#upTo(undefined);
      if (sameMarks(await this.#marks(), loaded.marks)) return loaded;
    }
    return this.#inSnapshot((session) => this.#upTo(session));
  }

  async #inSnapshot<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = this.connection.getClient().startSession({ snapshot: true });
    try {
      return await work(session);
    } finally {
      await session.endSession();
    }
  }

  /** Takes what changed up to some heads; exact where nothing came meanwhile, which the caller looks at. */
  async #upTo(session: Session | undefined): Promise<Loaded> {
    const before = this.#loaded ?? (await this.#load());
    const marks = await this.#marks(session);
    const { heads } = marks;
    const said = await this.#said(session);
    if (!sameSet(said.fallen, before.fallen)) return this.#again('other records count', session);
    if (movedUnnoted(before.marks.moves, marks.moves)) return this.#again(BESIDE, session);
    // A snapshot may be of before what was read last: all that may have been read too new is read again in it.
    const newest = session ? await readHeads(this.connection) : heads;
    const changed = await changedBetween(
      this.connection,
      session ? lesser(before.marks.heads, heads) : before.marks.heads,
      newest,
    );
    if (!changed)
      return this.#again('the read model was emptied, or is further on than what is noted of its changes', session);
    const isSame = changed.size === 0 && sameHeads(heads, before.marks.heads);
    if (isSame && sameEntries(said.positions, before.positions) && sameSet(said.notWhole, before.notWhole))
      return before;
    const documents = new DocumentsRead(this.connection, (name) => !said.fallen.has(name), session);
    const small = await documents.smallAfter(before.small, changed);
    const { gone, units } = await documents.changed(changed, before.small, small);
    if (gone.length + units.length > 0) await before.cube.replace(gone, units);
    this.#loaded = { cube: before.cube, small, marks, ...said };
    return this.#loaded;
  }

  async #again(why: string, session: Session | undefined): Promise<Loaded> {
    this.logger.info({ why }, 'the figures are loaded anew');
    this.#loaded?.cube.close();
    this.#loaded = undefined;
    await this.#load(session);
    return this.#upTo(session);
  }

  async #marks(session?: Session): Promise<Marks> {
    const heads = await readHeads(this.connection, session);
    if (!this.#mayBeBeside) return { heads, moves: new Map() };
    const positions = await allPositions(this.connection, session);
    return { heads, moves: movesOf(positions, notingOf(await readSets(this.connection, session))) };
  }

  /** Everything, as it stands while it is read; what changes meanwhile is taken after it, by the log of changes. */
  async #load(session?: Session): Promise<Loaded> {
    const began = performance.now();
    const said = await this.#said(session);
    const marks = await this.#marks(session);
    const documents = new DocumentsRead(this.connection, (name) => !said.fallen.has(name), session);
    const small = await documents.small();
    const cube = await Cube.create({ dimensions: DIMENSIONS, marks: MARKS });
    let units = 0;
    try {
      for await (const batch of documents.all(small)) {
        await cube.replace([], batch);
        units += batch.length;
        if (this.#stopping) throw new Error('stopping');
      }
    } catch (error) {
      cube.close();
      throw error;
    }
    this.#loaded = { cube, small, marks, ...said };
    this.logger.info({ units, ms: Math.round(performance.now() - began) }, 'the figures are loaded');
    return this.#loaded;
  }

  /** What positions say: how far events are taken, and what of them is not read whole. */
  async #said(session: Session | undefined) {
    const readPositions = () => allPositions(this.connection, session);
    const readAllSets = () => readSets(this.connection, session);
    // In a snapshot one after the other: a session has one conversation.
    const [positions, sets] = session
      ? [await readPositions(), await readAllSets()]
      : await Promise.all([readPositions(), readAllSets()]);
    const progress = progressOf(KEPT, positions, sets);
    this.#mayBeBeside = notingOf(sets).size < sets.size;
    const ofBefore = await this.#sums.areKept();
    const lacking = KEPT.filter((kept) => !(progress.get(keyOfKept(kept)) as KeptProgress).whole).map(
      ({ name }) => name,
    );
    const fallen = new Set(ofBefore ? lacking.filter((name) => WITH_SUMS.has(name)) : []);
    return {
      positions: new Map(positions.filter(({ next }) => next !== HELD).map(({ _id, next }) => [_id, next])),
      fallen,
      notWhole: new Set(lacking.filter((name) => !fallen.has(name))),
    };
  }
}

function sameEntries(a: Positions, b: Positions): boolean {
  return a.size === b.size && [...a].every(([key, next]) => b.get(key) === next);
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}
