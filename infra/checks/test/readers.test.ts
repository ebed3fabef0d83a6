import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

test('which services read an event, in the catalogue and for can-i-deploy, is what their handlers say', () => {
  const { status, stderr } = spawnSync(process.execPath, ['readers.mjs', '--check'], { encoding: 'utf8' });
  expect(`${stderr}${status}`).toBe('0');
});
