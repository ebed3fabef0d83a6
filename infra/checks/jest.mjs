// Runs Jest on the workspace in the current folder with the shared configuration, and leaves its counts in .test-results/.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testsOf } from './selection.mjs';
import { keepWholeRun } from './whole-run.mjs';

/** How long after its results Jest may still live: what a test left open must not hold everything that comes after it. */
const LEAVE_WITHIN_MS = 30_000;
/** A workspace that takes longer hangs. */
const AT_MOST_MS = 38 * 60_000;

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin/jest.js');
const results = '.test-results/jest.json';
mkdirSync(dirname(results), { recursive: true });
rmSync(results, { force: true });
const child = spawn(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    jest,
    '-c',
    join(root, 'jest.config.mjs'),
    '--rootDir',
    process.cwd(),
    '--json',
    '--outputFile',
    results,
    '--passWithNoTests',
    ...process.argv.slice(2),
  ],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));

const [begun, done] = [Date.now(), { at: 0 }];
const watch = setInterval(() => {
  if (done.at === 0 && existsSync(results)) done.at = Date.now();
  if (done.at > 0 && Date.now() - done.at > LEAVE_WITHIN_MS)
    end(`its tests ended ${LEAVE_WITHIN_MS / 1000} s ago, and something that they opened is still open`);
  else if (Date.now() - begun > AT_MOST_MS) end(`it runs for ${AT_MOST_MS / 60_000} minutes`);
}, 1000);
child.on('exit', (status) => {
  clearInterval(watch);
  if (existsSync(results)) keepWholeRun(process.cwd(), testsOf(process.cwd()), process.argv.slice(2), read(results));
  process.exit(status ?? 1);
});

function read(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function end(why) {
  clearInterval(watch);
  console.error(`✗ Jest was ended in ${process.cwd()}: ${why}. Close it in afterEach or afterAll.`);
  child.kill('SIGKILL');
}
