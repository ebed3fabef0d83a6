// `npm run check -- NAME`: what one workspace's change can break, in the time of one look: lint, types, tests.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPlan, whyLeftOut } from './check-plan.mjs';
import { workspacesOf } from './selection.mjs';
import { wholeRunMs } from './whole-run.mjs';

const WITHIN_MS = 30_000;
const HELP = `npm run check -- WORKSPACE (its folder: enrolment, packages/service-kit)
  lint   of the workspace
  types  of the workspace and of all that depends on it, tests included
  tests  of the workspace, all of them; then of the apps and packages that depend on it, the quickest first, while
         what they took when they last ran whole here fits into ${WITHIN_MS / 1000} s
  What it left out it names at its end, with why: npm test -- NAME runs those. It never runs the tests of
  infra/ (whole programmes, the whole repository), the rules between folders (dependency-cruiser) and the search for dead code (knip): npm test runs everything.`;

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const begun = Date.now();
const plan = checkPlan(process.argv.slice(2), workspacesOf(root), ({ folder, tests }) =>
  wholeRunMs(join(root, folder), tests),
);
if ('fault' in plan) {
  console.error(`${plan.fault}\n\n${HELP}`);
  process.exit(2);
}
const { workspace, dependents, quickest, ofStacks } = plan;
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
for (const one of quickest) {
  const why = whyLeftOut(one, begun + WITHIN_MS - Date.now(), WITHIN_MS);
  if (why) left.push({ folder: one.folder, why });
  else done.push(await test(one.folder));
}
for (const folder of ofStacks) left.push({ folder, why: 'they run whole programmes, or look at the whole repository' });
for (const why of new Set(left.map((one) => one.why))) {
  const folders = left.filter((one) => one.why === why).map(({ folder }) => folder);
  console.log(`not run: npm test -- ${folders.join(' ')}\n  ${why}`);
}
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

function seconds() {
  return ((Date.now() - begun) / 1000).toFixed(1);
}
