// `npm run check -- NAME`: what one workspace's change can break, in the time of one look: lint, types, tests.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPlan } from './check-plan.mjs';
import { workspacesOf } from './selection.mjs';

const WITHIN_MS = 30_000;
const HELP = `npm run check -- WORKSPACE (its folder: enrolment, packages/service-kit)
  lint   of the workspace
  types  of the workspace and of all that depends on it, tests included
  tests  of the workspace, all of them; then of the apps and packages that depend on it, the quickest first, while
         what they took last time fits into ${WITHIN_MS / 1000} s
  It does not run the tests of whole programmes (infra/e2e), the rules between folders (dependency-cruiser), the search for
  dead code (knip), nor the tests that it names at its end: npm test -- NAME runs those, npm test runs everything.`;

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const begun = Date.now();
const plan = checkPlan(process.argv.slice(2), workspacesOf(root), lastTook);
if ('fault' in plan) {
  console.error(`${plan.fault}\n\n${HELP}`);
  process.exit(2);
}
const { workspace, dependents, quickest } = plan;
const bin = (path, ...args) => [process.execPath, [join(root, 'node_modules', path), ...args]];

const named = (title, [program, args]) => run(title, program, args);
const done = await Promise.all([
  named(`lint of ${workspace.folder}`, bin('@biomejs/biome/bin/biome', 'check', workspace.folder)),
  named(
    `types of ${workspace.folder}${dependents.length > 0 ? ` and the ${dependents.length} that depend on it` : ''}`,
    bin('typescript/bin/tsc', '-p', typesOf()),
  ),
  ...(workspace.tests.length > 0 ? [test(workspace.folder)] : []),
]);
const left = [];
for (const { folder, tookMs } of quickest) {
  if (tookMs === undefined || Date.now() - begun + tookMs > WITHIN_MS) left.push(folder);
  else done.push(await test(folder));
}
if (left.length > 0) console.log(`not run: npm test -- ${left.join(' ')}`);
console.log(`${done.filter(Boolean).length} passed, ${done.filter((ok) => !ok).length} failed, ${seconds()} s`);
process.exit(done.every(Boolean) ? 0 : 1);

function test(folder) {
  return run(`tests of ${folder}`, 'npm', ['test', '--silent'], join(root, folder));
}

/** Runs a program; what it says is shown where it fails. */
function run(title, program, args, cwd = root) {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (said += piece));
  return new Promise((resolve) => {
    child.on('close', (status) => {
      console.log(`${status === 0 ? '✓' : '✗'} ${title} (${seconds()} s)`);
      if (status !== 0) console.log(said);
      resolve(status === 0);
    });
  });
}

/** The configuration of the tests' types, for these workspaces alone; within node_modules, so that it finds what is installed. */
function typesOf() {
  const file = join(root, 'node_modules/.cache/gpect-check', `${workspace.folder.replace('/', '-')}.json`);
  const include = [workspace, ...dependents].flatMap(({ folder }) =>
    ['src', 'test'].map((part) => join(root, folder, part)).filter(existsSync),
  );
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ extends: join(root, 'tsconfig.tests.json'), include }));
  return file;
}

/** How long the tests of a workspace took when they last ran here; undefined where that is not known. */
function lastTook({ folder }) {
  const file = join(root, folder, '.test-results/jest.json');
  if (!existsSync(file)) return undefined;
  const { startTime, testResults } = JSON.parse(readFileSync(file, 'utf8'));
  return Math.max(0, ...testResults.map(({ endTime }) => endTime - startTime));
}

function seconds() {
  return ((Date.now() - begun) / 1000).toFixed(1);
}
