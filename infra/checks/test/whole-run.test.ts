import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { keepWholeRun, wholeRunMs } from '../whole-run.mjs';

const workspace = mkdtempSync(join(tmpdir(), 'gpect-run-'));
mkdirSync(join(workspace, '.test-results'));
afterAll(() => rmSync(workspace, { recursive: true }));

const FILES = ['src/a.test.ts', 'src/b.test.ts'];
const run = (tookMs: number, files = FILES, args: string[] = ['--testTimeout=90000']) =>
  keepWholeRun(workspace, FILES, args, {
    startTime: 1000,
    testResults: files.map((file) => ({ name: join(workspace, file), endTime: 1000 + tookMs })),
  });
beforeEach(() => run(5000));

test('a run of all files says how long the workspace takes', () => {
  expect(wholeRunMs(workspace, FILES)).toBe(5000);
  run(7000);
  expect(wholeRunMs(workspace, FILES)).toBe(7000);
});

test.each<[string, string[], string[]]>([
  ['some files', ['src/a.test.ts'], []],
  ['some titles', FILES, ['--testNamePattern', 'whole']],
  ['some titles, named shortly', FILES, ['-t', 'whole']],
])('a run of %s leaves what is known as it was', (_what, files, args) => {
  run(100, files, args);
  expect(wholeRunMs(workspace, FILES)).toBe(5000);
});

test('of a workspace that has another file since nothing is known', () => {
  expect(wholeRunMs(workspace, [...FILES, 'src/c.test.ts'])).toBeUndefined();
});
