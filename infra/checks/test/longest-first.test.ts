import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import LongestFirst from '../longest-first.mjs';

const root = join(import.meta.dirname, '../../..');
const seconds = JSON.parse(readFileSync(join(root, 'infra/checks/test-seconds.json'), 'utf8')) as Record<
  string,
  number
>;

test('of each workspace the files that take longest come first, then those that are not known', () => {
  const known = Object.keys(seconds).sort((a, b) => (seconds[a] ?? 0) - (seconds[b] ?? 0));
  const context = {
    config: { id: 'any', cacheDirectory: join(root, '.no-cache') },
    hasteFS: { getSize: (path: string) => path.length },
  };
  const given = ['infra/checks/test/new.test.ts', ...known].map((path) => ({ path: join(root, path), context }));
  const sequencer = new LongestFirst({ contexts: [context], globalConfig: {} });
  const sorted = sequencer.sort(given).map(({ path }) => seconds[path.slice(root.length + 1)]);
  expect(sorted.at(-1)).toBeUndefined();
  expect(sorted.slice(0, -1)).toEqual(Object.values(seconds).sort((a, b) => b - a));
});

test('every file whose seconds are kept exists', () => {
  expect(Object.keys(seconds).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
