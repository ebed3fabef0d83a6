import { readdirSync, readFileSync } from 'node:fs';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { CommandRunner } from '@gpect/service-kit/aggregate/command-runner';
import { stateModel } from '@gpect/service-kit/aggregate/state-store';
import { problemOf } from '@gpect/service-kit/http/problem';
import type mongoose from 'mongoose';
import { dialects, type VersionedDialect, type WrittenDialect } from './dialect.js';

/** The dialects that come with the service, as documents: `dialects/<funder>.json`. */
export function shippedDialects(): { funder: string; dialect: WrittenDialect }[] {
  const folder = new URL('../../dialects/', import.meta.url);
  return readdirSync(folder)
    .sort()
    .map((file) => ({
      funder: file.replace(/\.json$/, ''),
      dialect: JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as WrittenDialect,
    }));
}

/** Publishes the shipped dialects of funders that have none yet; whatever was published since stays. */
export async function publishShipped(runner: CommandRunner): Promise<void> {
  const shipped = shippedDialects();
  const known = await runner.load(
    dialects.collection,
    shipped.map((s) => s.funder),
  );
  for (const { funder, dialect } of shipped) {
    if (!known.has(funder)) await runner.run([target(dialects, funder, { kind: 'publish', funder, dialect })]);
  }
}

type Versions = { readonly versions: readonly VersionedDialect[] };

/** Every version of a funder's dialect, oldest first; none where the funder has none. */
export async function versionsOf(
  connection: mongoose.Connection,
  funder: string,
): Promise<readonly VersionedDialect[]> {
  const found = await stateModel(connection, dialects.collection).findById(funder).lean();
  return (found?.state as Versions | undefined)?.versions ?? [];
}

export async function newestDialects(connection: mongoose.Connection): Promise<VersionedDialect[]> {
  const found = await stateModel(connection, dialects.collection).find().sort({ _id: 1 }).lean();
  return found.flatMap((document) => (document.state as Versions).versions.slice(-1));
}

/** @throws Problem 404 that names the known funders */
export async function newestDialect(connection: mongoose.Connection, funder: string): Promise<VersionedDialect> {
  const newest = (await versionsOf(connection, funder)).at(-1);
  if (newest) return newest;
  const known = (await newestDialects(connection)).map((d) => d.funder);
  throw problemOf({
    code: 'funder_unknown',
    kind: 'unknown',
    field: 'funder',
    detail: `no dialect for ${funder}; publish one at POST /dialects/${funder} (POST /previews proposes one); known are ${known.join(', ')}`,
  });
}
