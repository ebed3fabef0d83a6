import { inProgramme } from '@gpect/domain-values/identifiers';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type mongoose from 'mongoose';
import type { DescribedKept } from '../firm-file/released.js';
import type { KeptClass } from '../secrecy/rows/kept-slice.js';
import type { KeptEstimate } from './estimates.js';
import type { Decided } from './in-thread.js';
import type { ReleaseDocument, ReleasedCell, ReleaseHead, ReleaseTable } from './release.js';

const [RELEASES, TABLES, KEPT_ESTIMATES, SLICES, ROWS] = [
  'releases',
  'release_tables',
  'release_estimates',
  'release_slices',
  'release_rows',
] as const;
export const RELEASE_COLLECTIONS: readonly string[] = [RELEASES, TABLES, KEPT_ESTIMATES, SLICES, ROWS];

const releasesOf = (connection: mongoose.Connection) => collectionOf<ReleaseDocument>(connection, RELEASES);
const tablesOf = (connection: mongoose.Connection) => collectionOf<ReleaseTable>(connection, TABLES);

type KeptOfRelease = KeptEstimate & { readonly _id: string; readonly release: string };
const estimatesIn = (connection: mongoose.Connection) => collectionOf<KeptOfRelease>(connection, KEPT_ESTIMATES);

/** A slice without its classes, and each of its classes: all its rows might be more than one document holds. */
type SliceOfRelease = Omit<DescribedKept, 'classes'> & {
  readonly _id: string;
  readonly release: string;
  readonly place: number;
};
type ClassOfRelease = KeptClass & { readonly _id: string; readonly slice: string; readonly place: number };
const slicesIn = (connection: mongoose.Connection) => collectionOf<SliceOfRelease>(connection, SLICES);
const rowsIn = (connection: mongoose.Connection) => collectionOf<ClassOfRelease>(connection, ROWS);

export const releaseId = (programme: string, date: string): string => inProgramme(programme, date);

export async function ensureReleases(connection: mongoose.Connection): Promise<void> {
  await releasesOf(connection).createIndex({ programme: 1, date: -1 });
  await estimatesIn(connection).createIndex({ release: 1 });
  await slicesIn(connection).createIndex({ release: 1 });
  await rowsIn(connection).createIndex({ slice: 1, place: 1 });
}

/** The releases of a programme, the last first. */
export async function releasesFor(connection: mongoose.Connection, programme: string): Promise<ReleaseHead[]> {
  return releasesOf(connection)
    .find({ programme, isWhole: true })
    .project<ReleaseHead>({ documents: 0 })
    .sort({ programme: 1, date: -1 })
    .toArray();
}

export async function lastRelease(
  connection: mongoose.Connection,
  programme: string,
  upTo?: string,
): Promise<ReleaseDocument | null> {
  return releasesOf(connection).findOne(
    { programme, isWhole: true, ...(upTo ? { date: { $lte: upTo } } : {}) },
    { sort: { programme: 1, date: -1 } },
  );
}

export async function releaseOf(
  connection: mongoose.Connection,
  programme: string,
  date: string,
): Promise<ReleaseDocument | null> {
  return releasesOf(connection).findOne({ _id: releaseId(programme, date), isWhole: true });
}

export async function tableOfRelease(
  connection: mongoose.Connection,
  release: string,
  grouping: string,
): Promise<readonly ReleasedCell[]> {
  return (await tablesOf(connection).findOne({ _id: `${release} ${grouping}` }))?.cells ?? [];
}

/** None of a release that was made before there were any. */
export async function estimatesOfRelease(connection: mongoose.Connection, release: string): Promise<KeptEstimate[]> {
  return estimatesIn(connection).find({ release }).project<KeptEstimate>({ _id: 0, release: 0 }).toArray();
}

/** Rows of firms, slice by slice; none of a release that was made before there were any. */
export async function slicesOfRelease(connection: mongoose.Connection, release: string): Promise<DescribedKept[]> {
  const slices = await slicesIn(connection).find({ release }).sort({ place: 1 }).toArray();
  return Promise.all(
    slices.map(async ({ _id, release: _, place: _place, ...slice }) => {
      const classes = await rowsIn(connection)
        .find({ slice: _id })
        .project<KeptClass>({ _id: 0, slice: 0, place: 0 })
        .sort({ slice: 1, place: 1 })
        .toArray();
      return { ...slice, classes };
    }),
  );
}

/**
 * Keeps a release: its tables, estimates and rows first, then the release that says that they are there. Who is second on a day keeps nothing.
 * @returns whether this one is kept
 */
export async function keepRelease(
  connection: mongoose.Connection,
  release: ReleaseDocument,
  tables: ReadonlyMap<string, readonly ReleasedCell[]>,
  { estimates = [], slices = [] }: Partial<Pick<Decided, 'estimates' | 'slices'>> = {},
): Promise<boolean> {
  const { _id, ...rest } = release;
  const { upsertedCount } = await releasesOf(connection).updateOne(
    { _id },
    { $setOnInsert: { ...rest, isWhole: false } },
    { upsert: true },
  );
  if (upsertedCount === 0 && !(await mayTakeOver(connection, _id, release.madeAt))) return false;
  for (const [grouping, cells] of tables)
    await tablesOf(connection).replaceOne(
      { _id: `${_id} ${grouping}` },
      { release: _id, grouping, cells },
      { upsert: true },
    );
  for (const estimate of estimates)
    await estimatesIn(connection).replaceOne(
      { _id: `${_id} ${estimate.estimate}` },
      { release: _id, ...estimate },
      { upsert: true },
    );
  for (const [place, slice] of slices.entries()) await keepSlice(connection, _id, place, slice);
  await releasesOf(connection).replaceOne({ _id, isWhole: false }, { ...rest, isWhole: true });
  return true;
}

async function keepSlice(
  connection: mongoose.Connection,
  release: string,
  place: number,
  { classes, ...slice }: DescribedKept,
): Promise<void> {
  const id = `${release} ${slice.slice}`;
  for (const [at, one] of classes.entries())
    await rowsIn(connection).replaceOne({ _id: `${id} ${at}` }, { slice: id, place: at, ...one }, { upsert: true });
  // What another replica that ended may have written beyond these.
  await rowsIn(connection).deleteMany({ slice: id, place: { $gte: classes.length } });
  await slicesIn(connection).replaceOne({ _id: id }, { release, place, ...slice }, { upsert: true });
}

/** How long another replica may take to write its tables (ms): after that it is taken to have ended. */
const TAKES_MS = 600_000;

/** What another replica began and did not end is done again. */
async function mayTakeOver(connection: mongoose.Connection, _id: string, now: Date): Promise<boolean> {
  const { matchedCount } = await releasesOf(connection).updateOne(
    { _id, isWhole: false, madeAt: { $lt: new Date(now.getTime() - TAKES_MS) } },
    { $set: { madeAt: now } },
  );
  return matchedCount === 1;
}
