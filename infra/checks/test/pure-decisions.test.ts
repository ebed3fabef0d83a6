import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const require = createRequire(`${process.cwd()}/package.json`);
const { impurities } = require(resolve('pure-decisions.cjs')) as { impurities(root: string): string[] };

test('no decision reads a clock, chance, the environment or a network, nor does what it imports', () => {
  expect(impurities(resolve('../..'))).toEqual([]);
});

const FIXTURES = resolve('fixtures');
const found = impurities(FIXTURES).map((fault) => /^(\S+):(\d+) (.*)$/.exec(fault)?.slice(1) ?? [fault]);

test.each([
  ['a decision', 'apps/one/src/impure/today.ts'],
  ['a helper of the kit', 'packages/service-kit/src/late.ts'],
  ['a helper of a helper', 'packages/service-kit/src/kept-rules.ts'],
])('what %s reads or does beside deciding is named, line by line, and nothing else is', (_what, file) => {
  const marked = readFileSync(join(FIXTURES, file), 'utf8')
    .split('\n')
    .flatMap((line, i) => (line.endsWith('// refused') ? [String(i + 1)] : []));
  const lines = found.flatMap(([at, line]) => (at === file ? [line] : []));
  expect([...new Set(lines)]).toEqual(marked);
});

test('of what is reached, the decision that reaches it is said', () => {
  const [, , said] = found.find(([file]) => file === 'packages/service-kit/src/late.ts') ?? [];
  expect(said).toBe('new Date() (reached by apps/one/src/impure/today.ts)');
});
