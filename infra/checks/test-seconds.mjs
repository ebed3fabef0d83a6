// Keeps how long the files of tests took in the last run of each workspace, for longest-first.mjs: after `npm test`,
// `node infra/checks/test-seconds.mjs`. Files of less than ten seconds need no place of their own.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { workspacesOf } from './selection.mjs';

const LEAST_SECONDS = 10;
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const took = workspacesOf(root).flatMap(({ folder }) => {
  const results = join(root, folder, '.test-results/jest.json');
  if (!existsSync(results)) return [];
  return JSON.parse(readFileSync(results, 'utf8')).testResults.map(({ name, startTime, endTime }) => [
    relative(root, name),
    Math.round((endTime - startTime) / 1000),
  ]);
});
const long = took.filter(([, seconds]) => seconds >= LEAST_SECONDS).sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(join(here, 'test-seconds.json'), `${JSON.stringify(Object.fromEntries(long), null, 2)}\n`);
console.log(`${long.length} of ${took.length} files took ${LEAST_SECONDS} s or more`);
