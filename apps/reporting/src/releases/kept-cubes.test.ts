import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startReadModels } from '../../test/feed.js';
import { releaseOn } from '../../test/releases.js';
import { SAVED } from '../cube/saved.js';
import { dropCube, fetchCube, inFolder, keepCube } from './kept-cubes.js';

let servers: Awaited<ReturnType<typeof startReadModels>>;
beforeAll(async () => {
  servers = await startReadModels();
}, 120_000);
afterAll(() => servers.stop());

const release = releaseOn('2026-11-01');

test('what a release was made of comes back as it was kept', async () => {
  const { connection } = await servers.fresh();
  await inFolder(async (folder) => {
    for (const file of SAVED) writeFileSync(join(folder, file), `of ${file}`);
    await keepCube(connection, release, folder);
  });
  await inFolder(async (folder) => {
    await fetchCube(connection, release, folder);
    expect(SAVED.map((file) => readFileSync(join(folder, file), 'utf8'))).toEqual(SAVED.map((file) => `of ${file}`));
  });
});

test('what is not there is refused in both languages: of which day it is missing, where from, and what to do', async () => {
  const { connection } = await servers.fresh();
  const missing = await inFolder((folder) => fetchCube(connection, release, folder)).catch((error: unknown) => error);
  expect(missing).toMatchObject({ status: 409 });
  const said = JSON.stringify(missing);
  for (const text of ['2026-11-01', 'release_cubes.files', 'restore', 'sauvegarde']) expect(said).toContain(text);
  // Half of it is as good as nothing.
  await inFolder(async (folder) => {
    for (const file of SAVED) writeFileSync(join(folder, file), 'half');
    await keepCube(connection, release, folder);
  });
  await connection.collection('release_cubes.files').deleteOne({ filename: { $regex: SAVED[0] ?? '' } });
  await expect(inFolder((folder) => fetchCube(connection, release, folder))).rejects.toMatchObject({ status: 409 });
  await dropCube(connection, release);
});
