import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CalendarDate, todayInParis } from '@gpect/domain-values/calendar';
import { type DisclosureRule, disclosureRuleOf } from '@gpect/domain-values/disclosure';
import { Problem } from '@gpect/service-kit/http/problem';
import type { Logger } from '@gpect/service-kit/observability/logger';
import type mongoose from 'mongoose';
import type { Cell } from '../cube/cell.js';
import { Cube } from '../cube/cube.js';
import { DIMENSIONS } from '../dimensions/dimensions.js';
import { requireAllWhole } from '../feed/being-counted.js';
import type { Feed, Instant } from '../feed/feed.js';
import { estimatedOf } from '../feed/live-estimates.js';
import { firmSources } from '../firm-file/read.js';
import { installationKey } from '../installation-key.js';
import { type Documents, documentsOf } from '../programmes/documents.js';
import type { Tables } from '../secrecy/lattice-inputs.js';
import { isOfEstimates } from '../statistics/estimate.js';
import { isDue } from './calendar.js';
import { type Before, daysIn } from './carried.js';
import { GROUPINGS } from './groupings.js';
import { releasedInThread } from './in-thread.js';
import { dropCube, fetchCube, inFolder, keepCube, notHeldAgainst } from './kept-cubes.js';
import { actionsTold, tablesFrom } from './make.js';
import type { ReleaseDocument, ReleaseHead } from './release.js';
import {
  estimatesOfRelease,
  keepRelease,
  lastRelease,
  releaseId,
  releasesFor,
  slicesOfRelease,
  tableOfRelease,
} from './store.js';
import { practicesTold, samplesTold } from './told-documents.js';

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
   * @throws Problem 503 while history is being read, and 409 where the release before is not there: what is released stays
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
    earlier: readonly ReleaseHead[],
  ): Promise<ReleaseDocument | 'exists' | undefined> {
    const { programme } = of;
    // Questions wait while this is read, and not while it is decided what may be told of it.
    const read = await this.feed.answer(undefined, (instant) => readOf(instant, programme, folder));
    if (!read) return undefined;
    const { documents, tables, measures, estimated, sources, positions, madeAt } = read;
    const rule = disclosureRuleOf(documents.programme);
    const last = earlier[0];
    if (last) requireNotBehind(positions, last);
    const before = last && (await this.#before(folder, last, earlier));
    const veil = await installationKey(this.connection, 'veil');
    const told = await releasedInThread({
      tables: { tables, measures, actions: documents.actions, rule, before, veil },
      estimates: {
        estimated,
        before: last && { date: last.date, kept: await estimatesOfRelease(this.connection, last._id) },
        rule,
        key: veil,
      },
      rows: {
        sources,
        documents,
        before: last && { date: last.date, kept: await slicesOfRelease(this.connection, last._id) },
        rule,
        key: await installationKey(this.connection, 'rows'),
      },
    });
    const release: ReleaseDocument = {
      ...of,
      madeAt,
      positions: Object.fromEntries(positions),
      rule,
      cells: told.cells,
      masked: told.masked,
      documents: toldDocuments(documents, rule),
      isWhole: true,
    };
    await keepCube(this.connection, release, folder);
    if (!(await keepRelease(this.connection, release, told.tables, told))) {
      await dropCube(this.connection, release);
      return 'exists';
    }
    // Of days of which no number is any more, nothing has to be held against.
    const days = daysIn(told.tables, of.date);
    for (const one of earlier) if (!days.has(one.date)) await dropCube(this.connection, one);
    return release;
  }

  /** What was told in the release before, and what has changed since each day of which a number in it is. */
  async #before(folder: string, last: ReleaseHead, earlier: readonly ReleaseHead[]): Promise<Before> {
    const tables = new Map(
      await Promise.all(
        GROUPINGS.map(async (of) => {
          const grouping = of.join('+');
          return [grouping, await tableOfRelease(this.connection, last._id, grouping)] as const;
        }),
      ),
    );
    const changesSince = new Map<string, Tables<Cell>>();
    for (const day of daysIn(tables, last.date)) {
      const release = earlier.find(({ date }) => date === day);
      if (!release) throw notHeldAgainst(day);
      const then = join(folder, day);
      await mkdir(then);
      await fetchCube(this.connection, release, then);
      const difference = await Cube.ofDifference({ dimensions: DIMENSIONS, marks: [] }, folder, then);
      try {
        changesSince.set(day, await tablesFrom(difference, release.programme));
      } finally {
        difference.close();
        await rm(then, { recursive: true });
      }
    }
    return { date: last.date, tables, changesSince };
  }
}

/** @throws Problem 503 where fewer events are taken than for the release before: the read model is being built again */
function requireNotBehind(positions: ReadonlyMap<string, number>, last: ReleaseHead): void {
  if (Object.entries(last.positions).every(([partition, next]) => (positions.get(partition) ?? 0) >= next)) return;
  throw new Problem(503, 'being-counted', 'The figure is being counted', {
    detail: `fewer events are taken than when ${last.date} was released: the figures are being built again; release them later`,
    french: `moins d’événements sont lus qu’à la publication du ${last.date}\u00a0: les chiffres sont en cours de reconstruction\u00a0; publiez-les plus tard`,
  });
}

/** All that a release is made of, of one instant. */
async function readOf(instant: Instant, programme: string, folder: string) {
  const { cube, positions } = instant;
  requireAllWhole(instant);
  const documents = await documentsOf(instant, programme);
  if (!documents) return undefined;
  await cube.save(folder, programme);
  const tables = await tablesFrom(cube, programme);
  const measures = cube.measures().filter((measure) => !isOfEstimates(measure));
  const estimated = await estimatedOf(instant, { programme, at: {}, documents });
  const sources = await firmSources(instant, programme);
  return { documents, tables, measures, estimated, sources, positions, madeAt: new Date() };
}

/** What is told of a programme beside its figures: no line of a file, and no count of too few firms. */
function toldDocuments(documents: Documents, rule: DisclosureRule): Documents {
  const { programme, actions, exchanges, questionnaires, refusedLines } = documents;
  return {
    programme,
    actions: actionsTold(actions, rule),
    practices: practicesTold(documents.practices, rule),
    exchanges,
    samples: samplesTold(documents.samples ?? [], rule),
    ...(questionnaires ? { questionnaires } : {}),
    refusedLines,
    refused: {},
  };
}
