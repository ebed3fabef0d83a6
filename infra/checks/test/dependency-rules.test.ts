import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { expect, test } from '@jest/globals';

const require = createRequire(`${process.cwd()}/package.json`);
const rules = (require(join(process.cwd(), 'dependency-rules.cjs')) as { forbidden: { name: string }[] }).forbidden.map(
  (r) => r.name,
);

test('every dependency rule catches its failing fixture', () => {
  const cruise = join(process.cwd(), '../../node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const { stdout } = spawnSync(
    process.execPath,
    [cruise, '--config', '../dependency-rules.cjs', '--output-type', 'json', 'apps', 'packages'],
    {
      cwd: 'fixtures',
      encoding: 'utf8',
      maxBuffer: 1e8,
    },
  );
  const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
  const caught = new Set(summary.violations.map((v) => v.rule.name));
  expect(rules.filter((name) => !caught.has(name))).toEqual([]);
});

test('a file makes decisions by what it exports, whatever it is called', () => {
  const { decisionFiles } = require(join(process.cwd(), 'decision-files.cjs')) as {
    decisionFiles(root: string): string[];
  };
  const found = decisionFiles(join(process.cwd(), 'fixtures')).map((file) => basename(file));
  expect(found.sort()).toEqual(['lines.ts', 'refused.ts', 'register.ts', 'steps.ts', 'today.ts']);
  const inApps = decisionFiles(join(process.cwd(), '../..'));
  expect(inApps).toEqual(
    expect.arrayContaining([
      'apps/consulting/src/register/consultant.ts',
      'apps/training-spend/src/spend-file/decide-lines.ts',
      'apps/enrolment/src/firm-case/rhythm.ts',
    ]),
  );
});
