import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const check = (...folders: string[]) =>
  spawnSync(process.execPath, ['data-keys.mjs', ...folders], { encoding: 'utf8', maxBuffer: 1e8 });

test('a record that is looked into by a key that is data is caught, and nothing else is', () => {
  const marked = readFileSync('fixtures/data-keys/keys.ts', 'utf8')
    .split('\n')
    .flatMap((line, i) => (line.includes('// caught') ? [i + 1] : []));
  const { status, stderr } = check('fixtures/data-keys');
  expect(status).toBe(1);
  expect([...stderr.matchAll(/keys\.ts:(\d+) /g)].map(([, line]) => Number(line))).toEqual(marked);
});

test('nothing of the product looks into a record by a key that is data', () => {
  const { status, stderr } = check();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
}, 180_000);
