import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { neededBuilds } from '../needed-builds.mjs';

const root = resolve('../..');
const fresh = mkdtempSync(join(tmpdir(), 'gpect-fresh-'));
afterAll(() => rmSync(fresh, { recursive: true }));

describe('a command on the stack that runs', () => {
  test.each(['stop', 'reset', 'token', 'bilan', 'rebuild', 'spend', 'dlq'])('%s builds nothing', async (command) => {
    const built = join(fresh, command);
    mkdirSync(join(built, 'infra/local/dist'), { recursive: true });
    writeFileSync(join(built, 'infra/local/dist/main.js'), '');
    expect(await neededBuilds(built, command, [])).toBeUndefined();
  });
  test('is built where nothing was', async () => {
    expect(await neededBuilds(fresh, 'stop', [])).toEqual(['--filter=@gpect/local']);
  });
});

test('no app is built for partners, the sandbox or the catalogue', async () => {
  expect(await neededBuilds(root, 'partners', ['apply'])).toEqual(['--filter=@gpect/local']);
  expect(await neededBuilds(root, 'sandbox', [])).toEqual(['--filter=@gpect/local']);
  expect(await neededBuilds(root, 'catalogue', [])).toEqual(['--filter=@gpect/catalogue']);
});

test('of the services those that are watched are not built, and all are where all are started', async () => {
  const filters = (await neededBuilds(root, 'dev', ['enrolment'])) ?? [];
  expect(filters).toContain('--filter=@gpect/reporting');
  expect(filters).not.toContain('--filter=@gpect/enrolment');
  expect(await neededBuilds(root, 'dev', [])).toEqual(['--filter=@gpect/local']);
  expect(await neededBuilds(root, 'start', [])).toEqual([]);
});

test('tests build their workspace and what it imports; checks, the services; those of stacks, everything', async () => {
  expect(await neededBuilds(root, 'test', ['firm-case'])).toEqual(['--filter=@gpect/enrolment...']);
  expect(await neededBuilds(root, 'test', ['firm-case', 'webhooks'])).toEqual([]);
  expect(await neededBuilds(root, 'test', ['services'])).toEqual(['--filter=./apps/*', '--filter=@gpect/kafka-admin']);
  expect(await neededBuilds(root, 'test', ['nothing-of-that-name'])).toBeUndefined();
  expect(await neededBuilds(root, 'check', ['enrolment'])).toContain('--filter=!./apps/*');
});
