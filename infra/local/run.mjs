// The one endpoint of `npm start`, `npm test` and the other commands: plain JavaScript without a dependency, so that it works
// in a fresh clone. It installs and builds what is missing or has changed, then hands over.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeLeftCompiled } from './left-compiled.mjs';
import { neededBuilds } from './needed-builds.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const [command = '', ...args] = process.argv.slice(2);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19))
  fail(`Node ${process.versions.node} is too old: install Node 20.19 or newer`);

const filters = await neededBuilds(root, command, args);
if (filters || !existsSync(join(root, 'node_modules'))) install();
if (filters) build(filters);
process.env.INIT_CWD ??= process.cwd();
if (command === 'test') hand('infra/checks/test.mjs', args);
else if (command === 'check') hand('infra/checks/check.mjs', args);
else if (command === 'readers') hand('infra/checks/readers.mjs', args);
else if (command === 'fuzz') hand('infra/checks/fuzz.mjs', args);
else if (command === 'bench') hand('infra/bench/dist/main.js', args);
else if (command === 'catalogue') hand('packages/catalogue/dist/serve.js', args);
else hand('infra/local/dist/main.js', [command, ...args]);

/** Installs when the lock is not the one that node_modules was made from. */
function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const mark = join(root, 'node_modules/.gpect-lock');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  console.error('Installing packages…');
  // Some npm 11 refuse the lock for optional packages of other platforms that a registry lacks; npm 10 takes the same lock.
  const ways = [
    ['npm', 'ci'],
    ['npx', '-y', 'npm@10.9.4', 'ci'],
    ['npm', 'install', '--no-save'],
  ];
  const failures = [];
  for (const [program, ...rest] of ways) {
    const { status, stderr } = run(program, [...rest, '--no-audit', '--no-fund', '--loglevel=error']);
    if (status === 0) {
      mkdirSync(dirname(mark), { recursive: true });
      writeFileSync(mark, wanted);
      return;
    }
    failures.push(`${program} ${rest.join(' ')} failed:\n${stderr.slice(0, 3000)}`);
  }
  fail(`the packages could not be installed\n${failures.join('\n')}`);
}

/** Turborepo builds what changed and takes the rest from its cache. */
function build(filters) {
  removeLeftCompiled(root);
  const { status, stdout, stderr } = run(process.execPath, [
    join(root, 'node_modules/turbo/bin/turbo'),
    'run',
    'build',
    '--output-logs=errors-only',
    '--ui=stream',
    ...filters,
  ]);
  if (status !== 0) fail(`the build failed:\n${stdout}${stderr}`);
}

function run(program, programArgs) {
  return spawnSync(program, programArgs, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e8,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
    shell: process.platform === 'win32',
  });
}

/** Goes on in this very process: signals reach it as they are, and npm sees its exit code. */
function hand(script, scriptArgs) {
  process.argv = [process.argv[0], join(root, script), ...scriptArgs];
  import(join(root, script)).catch((error) => fail(error.stack ?? String(error)));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
