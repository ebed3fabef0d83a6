import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

test('the table of environment variables is the one that the schema makes', () => {
  const { stdout } = spawnSync(process.execPath, ['configuration-table.mjs'], { encoding: 'utf8' });
  expect(readFileSync('../../docs/operations/configuration.md', 'utf8')).toBe(stdout);
});
