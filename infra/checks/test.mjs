// `npm test`: every check and every test of the repository, each on its own; `npm test -- NAME…`: the tests of the
// workspaces, folders and files that are named, and nothing else. Both end with «N passed, N failed».
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { selectTests, testArguments, workspacesOf } from './selection.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const bin = (path) => [process.execPath, join(root, 'node_modules', path)];
const CHECKS = {
  'lint and format (biome)': [...bin('@biomejs/biome/bin/biome'), 'check', '.'],
  'dependency rules (dependency-cruiser)': [
    ...bin('dependency-cruiser/bin/dependency-cruise.mjs'),
    '--config',
    'infra/checks/dependency-rules.cjs',
    'apps',
    'packages',
    'infra',
  ],
  'dead code (knip)': [...bin('knip/bin/knip.js'), '--no-config-hints'],
  'types, those of the tests included (tsc)': [...bin('typescript/bin/tsc'), '-p', 'tsconfig.tests.json'],
};

const { names, pattern } = testArguments(process.argv.slice(2));
const workspaces = workspacesOf(root);
const { chosen, faults } = selectTests(names, workspaces);
if (faults.length > 0) {
  console.error(faults.join('\n\n'));
  process.exit(2);
}
let [passed, failed] = [0, 0];
const everything = names.length === 0 && pattern === undefined;
if (everything) runChecks();
// The stacks of the tests are whole programmes: one workspace at a time, and two stacks at the most in it (infra/e2e), so that
// two cores are enough.
const all = workspaces.filter(({ tests }) => tests.length > 0).map((workspace) => ({ workspace }));
for (const { workspace, files } of names.length > 0 ? chosen : all) runTests(workspace.folder, files);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

function runChecks() {
  for (const [name, [program, ...args]] of Object.entries(CHECKS)) {
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8', maxBuffer: 1e8 });
    if (status === 0) passed++;
    else failed++;
    console.log(`${status === 0 ? '✓' : '✗'} ${name}`);
    if (status !== 0) console.log(stdout, stderr);
  }
}

/** Runs the tests of a workspace, or those of its files that are named, by its own `npm test`: its own limits hold. */
function runTests(folder, files) {
  const results = join(root, folder, '.test-results/jest.json');
  rmSync(results, { force: true });
  console.log(`\n== ${folder}`);
  const options = [
    ...(pattern ? ['--testNamePattern', pattern] : []),
    ...(files ? ['--runTestsByPath', ...files] : []),
  ];
  const { status } = spawnSync('npm', ['test', '--silent', ...(options.length > 0 ? ['--', ...options] : [])], {
    cwd: join(root, folder),
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  const counts = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : undefined;
  passed += counts?.numPassedTests ?? 0;
  const wrong = counts ? counts.numFailedTests + counts.numRuntimeErrorTestSuites : 1;
  // Jest that did not end well, though no test failed, has failed too.
  failed += status === 0 ? wrong : Math.max(wrong, 1);
}
