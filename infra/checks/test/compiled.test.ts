import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = '../..';
const FOLDERS = ['apps', 'packages', 'infra'].flatMap((group) =>
  readdirSync(join(ROOT, group)).flatMap((name) => ['src', 'test'].map((part) => join(ROOT, group, name, part))),
);

test('no source has a compiled copy beside it, which Jest would take in its place', () => {
  const files = FOLDERS.flatMap((folder) => {
    try {
      return readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
    } catch {
      return [];
    }
  });
  const sources = new Set(files.filter((name) => /(?<!\.d)\.ts$/.test(name)));
  expect(sources.size).toBeGreaterThan(500);
  expect(files.filter((name) => name.endsWith('.js') && sources.has(name.replace(/js$/, 'ts')))).toEqual([]);
});
