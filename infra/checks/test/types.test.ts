import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';

/** The compiler looks at the whole repository, on a machine that may be busy. */
const AT_MOST_MS = 240_000;
const ROOT = resolve('../..');
const tsc = (...args: string[]) =>
  spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
// The compiler that builds us has no interface for programs; the one that openapi-typescript brings has.
const ts = createRequire(join(ROOT, 'packages/contracts/package.json'))('typescript');
const ofFixture = join(ROOT, 'infra/checks/fixtures/types/tsconfig.json');
afterAll(() => rmSync(ofFixture, { force: true }));

test(
  'the types of every test file in the repository are checked',
  () => {
    const checked = new Set(
      tsc('-p', 'tsconfig.tests.json', '--listFilesOnly')
        .stdout.split('\n')
        .map((file) => relative(ROOT, file.trim())),
    );
    const tests = execFileSync('git', ['ls-files', '*.test.ts'], { cwd: ROOT, encoding: 'utf8' })
      .split('\n')
      .filter((file) => file !== '' && !file.startsWith('infra/checks/fixtures/'));
    expect(tests.length).toBeGreaterThan(150);
    expect(tests.filter((file) => !checked.has(file))).toEqual([]);
  },
  AT_MOST_MS,
);

test(
  'a misspelt field in a test is an error',
  () => {
    writeFileSync(ofFixture, JSON.stringify({ extends: '../../../../tsconfig.tests.json', include: ['*.ts'] }));
    const { status, stdout } = tsc('-p', ofFixture);
    expect([status === 0, stdout.includes("'kindd' does not exist")]).toEqual([false, true]);
  },
  AT_MOST_MS,
);

test('no test is part of a build: a type error in one stops no service', () => {
  const built = ['apps', 'packages', 'infra'].flatMap((group) =>
    readdirSync(join(ROOT, group)).flatMap((workspace) => filesOf(join(ROOT, group, workspace))),
  );
  expect(built.length).toBeGreaterThan(400);
  expect(built.filter((file) => file.endsWith('.test.ts'))).toEqual([]);
});

function filesOf(workspace: string): string[] {
  const config = join(workspace, 'tsconfig.json');
  if (!existsSync(config)) return [];
  const { config: read } = ts.readConfigFile(config, ts.sys.readFile);
  return ts.parseJsonConfigFileContent(read, ts.sys, workspace).fileNames;
}
