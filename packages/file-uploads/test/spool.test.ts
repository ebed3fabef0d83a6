import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@gpect/service-kit/observability/logger';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { sweepSpools } from '../src/spool.js';

const dir = mkdtempSync(join(tmpdir(), 'sp-'));
const processes: ChildProcess[] = [];
afterEach(() => {
  for (const child of processes.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const SPOOL = new URL('../dist/spool.js', import.meta.url).href;
const READING = `
  const { spooled } = await import(${JSON.stringify(SPOOL)});
  async function* upload() { yield Buffer.alloc(100_000); process.stdout.write('reading'); await new Promise(() => setInterval(() => {}, 1000)); }
  await spooled(upload(), async () => undefined);`;

/** A process in the middle of an upload, and its folder. */
async function replica(): Promise<{ child: ChildProcess; folder: string }> {
  const known = readdirSync(dir);
  const child = spawn(process.execPath, ['--input-type=module', '-e', READING], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: dir },
  });
  processes.push(child);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  const [folder = ''] = readdirSync(dir).filter((name) => !known.includes(name));
  return { child, folder };
}

async function killed({ child }: { child: ChildProcess }): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

const sweep = () => sweepSpools(createLogger('test', 'silent'), dir);

test('what a process had on disk when it was killed is gone after the next start; what living and frozen ones read stays', async () => {
  const [dead, living, frozen] = [await replica(), await replica(), await replica()];
  frozen.child.kill('SIGSTOP');
  await killed(dead);
  expect(readdirSync(join(dir, dead.folder))).toContain('file-1');
  await Promise.all([sweep(), sweep()]);
  expect(readdirSync(dir).sort()).toEqual([living.folder, frozen.folder].sort());
  expect(readdirSync(join(dir, living.folder))).toContain('file-1');
  await killed(living);
  await killed(frozen);
  await sweep();
  expect(readdirSync(dir)).toEqual([]);
});

test('of another machine that shares the folder, and of releases before, only what a day has passed over is removed', async () => {
  const names = ['gpect-spool-0ther000-a', 'gpect-spool-0ther000-b', 'gpect-file-a', 'gpect-file-b', 'another-program'];
  for (const name of names) {
    mkdirSync(join(dir, name));
    writeFileSync(join(dir, name, 'file'), 'x');
  }
  const old = new Date(Date.now() - 25 * 3_600_000);
  for (const name of names.filter((name) => !name.endsWith('-a'))) utimesSync(join(dir, name), old, old);
  await sweep();
  expect(readdirSync(dir).sort()).toEqual(['another-program', 'gpect-file-a', 'gpect-spool-0ther000-a']);
});
