import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { selectTests, workspacesOf } from '../selection.mjs';

const ROOT = resolve('../..');
const WORKSPACES = workspacesOf(ROOT);
const chosenBy = (...names: string[]) => {
  const { chosen, faults } = selectTests(names, WORKSPACES);
  expect(faults).toEqual([]);
  return chosen.map(({ workspace, files }) => [workspace.folder, ...(files ?? ['all'])]);
};

test('a workspace is named by its folder, its path or its package', () => {
  for (const name of ['enrolment', 'apps/enrolment', './apps/enrolment/', '@gpect/enrolment'])
    expect(chosenBy(name)).toEqual([['apps/enrolment', 'all']]);
});

test('a test file is named by its path, the end of its path, or its name with and without .test.ts', () => {
  for (const name of [
    'apps/enrolment/src/firm-case/firm-case.test.ts',
    'firm-case/firm-case.test.ts',
    'firm-case.test.ts',
    'firm-case',
  ])
    expect(chosenBy(name)).toEqual([['apps/enrolment', 'src/firm-case/firm-case.test.ts']]);
  expect(chosenBy('infra/e2e/test/webhooks.test.ts')).toEqual([['infra/e2e', 'test/webhooks.test.ts']]);
});

test('a folder of tests is all the test files below it', () => {
  expect(chosenBy('packages/service-kit/src/kafka/records').flat()).toContain('src/kafka/records/reader.test.ts');
});

test('several names are run workspace by workspace, and a workspace that is named whole is run whole', () => {
  expect(chosenBy('webhooks', 'enrolment', 'firm-case', 'domain-values')).toEqual([
    ['packages/domain-values', 'all'],
    ['apps/enrolment', 'all'],
    ['infra/e2e', 'test/webhooks.test.ts'],
  ]);
});

test('a name that means nothing is said with what there is', () => {
  const { faults } = selectTests(['enrolmnt', 'apps/enrolment/src/case.test.ts'], WORKSPACES);
  expect(faults[0]).toMatch(/^"enrolmnt" is no workspace.*\nWorkspaces with tests: packages\/.*apps\/enrolment/s);
  expect(faults[1]).toMatch(
    /Test files with "case" in their path:\n(.*\n)* {2}apps\/enrolment\/src\/firm-case\/firm-case\.test\.ts\n/,
  );
});

test('npm test -- FILE runs that file alone and ends with the line that everything ends with', () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['infra/checks/test.mjs', 'packages/domain-values/src/records'],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  );
  expect([status, stdout.match(/^== .*$/gm), stdout.match(/^[1-9]\d* passed, 0 failed$/gm)?.length]).toEqual([
    0,
    ['== packages/domain-values'],
    1,
  ]);
});
