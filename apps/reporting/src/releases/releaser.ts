import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type CalendarDate, todayInParis } from '@gpect/domain-values/calendar';
import { type DisclosureRule, disclosureRuleOf } from '@gpect/domain-values/disclosure';
import type { Logger } from '@gpect/service-kit/observability/logger';
import type mongoose from 'mongoose';
import { Cube } from '../cube/cube.js';
import { DIMENSIONS } from '../dimensions/dimensions.js';
import { requireAllWhole } from '../feed/being-counted.js';
import type { Feed, Instant } from '../feed/feed.js';
import { type Documents, documentsOf } from '../programmes/documents.js';
import type { EarlierRelease } from '../secrecy/lattice-inputs.js';
import { isDue } from './calendar.js';
import { releasedInThread } from './in-thread.js';
import { fetchCube, inFolder, keepCube } from './kept-cubes.js';
import { actionsTold, tablesFrom } from './make.js';
import type { ReleaseDocument } from './release.js';
import { keepRelease, lastRelease, releaseId, releasesFor, tableOfRelease } from './store.js';

/** How often it is looked whether a release is due (ms). */
const LOOKS_MS = 60_000;

/** Releases figures: when the programme's calendar says so, and when somebody asks. */
export class Releaser {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> = Promise.resolve();
  #stopping = false;

  constructor(
    private readonly connection: mongoose.Connection,
    private readonly feed: Feed,
    private readonly logger: Logger,
    /** The day of a release, in Paris. */
    private readonly today: () => CalendarDate = () => todayInParis(new Date()),
  ) {}

  start(): void {
    this.#later();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #later(): void {
    if (this.#stopping) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#look()
        .catch((error: unknown) => this.logger.error({ err: error }, 'figures that are due could not be released'))
        .finally(() => this.#later());
    }, LOOKS_MS);
  }

  async #look(): Promise<void> {
    const programmes = await this.feed.answer('programmes', async ({ small }) => [...small.programmes.values()]);
    for (const programme of programmes) {
      const { _id, name } = programme;
      if (!name || this.#stopping) continue;
      const last = await lastRelease(this.connection, _id);
      // The first one is somebody's decision: a programme that begins has little to tell, and that little is of few firms.
      if (last && isDue(this.today(), last.date, disclosureRuleOf(programme).every)) await this.make(_id, 'CALENDAR');
    }
  }

  /**
   * Releases the figures of a programme as they are.
   * @throws Problem 503 while history is being read: what is released stays
   * @returns undefined where no such programme was opened; `exists` where one of today is there
   */
  async make(programme: string, madeBy: ReleaseDocument['madeBy']): Promise<ReleaseDocument | 'exists' | undefined> {
    const date = this.today();
    const _id = releaseId(programme, date);
    const earlier = await releasesFor(this.connection, programme);
    if (earlier.some((release) => release._id === _id)) return 'exists';
    const made = await inFolder((folder) => this.#madeIn(folder, { _id, programme, date, madeBy }, earlier));
    if (made !== undefined && made !== 'exists')
      this.logger.info({ programme, date, cells: made.cells, masked: made.masked }, 'figures are released');
    return made;
  }

  async #madeIn(
    folder: string,
    of: Pick<ReleaseDocument, '_id' | 'programme' | 'date' | 'madeBy'>,
    earlier: readonly ReleaseDocument[],
  ): Promise<ReleaseDocument | 'exists' | undefined> {
    const { programme } = of;
    // Questions wait while this is read, and not while it is decided what may be told of it.
    const read = await this.feed.answer(undefined, (instant) => readOf(instant, programme, folder));
    if (!read) return undefined;
    const { documents, tables, measures, positions, beingCounted, madeAt } = read;
    const rule = disclosureRuleOf(documents.programme);
    const before: EarlierRelease[] = [];
    for (const release of earlier) before.push(await this.#against(folder, release));
    const told = await releasedInThread({ tables, measures, actions: documents.actions, rule, before });
    if (told.withheld)
      this.logger.warn({ programme }, 'the figures are too many to be held against each other to the end');
    const release: ReleaseDocument = {
      ...of,
      madeAt,
      positions: Object.fromEntries(positions),
      rule,
      cells: told.cells,
      masked: told.masked,
      documents: toldDocuments(documents, rule),
      beingCounted,
      isWhole: true,
    };
    await keepCube(this.connection, release, folder);
    return (await keepRelease(this.connection, release, told.tables)) ? release : 'exists';
  }

  /** What was told in an earlier release, and what has changed since. */
  async #against(now: string, release: ReleaseDocument): Promise<EarlierRelease> {
    const { _id, date, programme } = release;
    // What is of the whole programme is told exactly: a difference of two of them would be, too. All else is rounded.
    const cells = await tableOfRelease(this.connection, _id, '');
    const told: EarlierRelease['told'] = new Map([['', cells.map(({ at, of }) => ({ at, of: numbersOf(of) }))]]);
    const before = join(now, date);
    await mkdir(before);
    await fetchCube(this.connection, release, before);
    const difference = await Cube.ofDifference({ dimensions: DIMENSIONS, marks: [] }, now, before);
    try {
      return { date, told, changes: await tablesFrom(difference, programme, [[]]) };
    } finally {
      difference.close();
    }
  }
}

/** All that a release is made of, of one instant. */
async function readOf(instant: Instant, programme: string, folder: string) {
  const { cube, positions } = instant;
  requireAllWhole(instant);
  const documents = await documentsOf(instant, programme);
  if (!documents) return undefined;
  await cube.save(folder, programme);
  const tables = await tablesFrom(cube, programme);
  const measures = [...cube.measures()];
  return { documents, tables, measures, positions, beingCounted: [], madeAt: new Date() };
}

const numbersOf = (of: Awaited<ReturnType<typeof tableOfRelease>>[number]['of']): Map<string, number | null> =>
  new Map(of.filter(([measure]) => !measure.startsWith('~')).map(([measure, told]) => [measure, told?.[0] ?? null]));

/** What is told of a programme beside its figures: no line of a file, and no count of too few firms. */
function toldDocuments(documents: Documents, rule: DisclosureRule): Documents {
  const { programme, actions, practices, exchanges, refusedLines } = documents;
  const isFew = (firms: number) => firms > 0 && firms < rule.leastFirms;
  return {
    programme,
    actions: actionsTold(actions, rule),
    practices: practices.map((survey) => ({
      ...survey,
      practices: survey.practices.map(({ practice, firms }) => ({
        practice,
        firms: firms !== null && isFew(firms) ? null : firms,
      })),
    })),
    exchanges,
    refusedLines,
    refused: {},
  };
}
