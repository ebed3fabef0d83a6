// `npm test`: every check and every test of the repository, each on its own; ends with «N passed, N failed».
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

let [passed, failed] = [0, 0];
for (const [name, [program, ...args]] of Object.entries(CHECKS)) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8', maxBuffer: 1e8 });
  if (status === 0) passed++;
  else failed++;
  console.log(`${status === 0 ? '✓' : '✗'} ${name}`);
  if (status !== 0) console.log(stdout, stderr);
}

// The stacks of the tests are whole programmes: one workspace at a time, and two stacks at the most in it (infra/e2e), so that
// two cores are enough.
for (const workspace of workspacesWithTests()) {
  const results = join(workspace, '.test-results/jest.json');
  rmSync(results, { force: true });
  console.log(`\n== ${workspace.slice(root.length + 1)}`);
  const { status } = spawnSync('npm', ['test', '--silent'], {
    cwd: workspace,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  const counts = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : undefined;
  passed += counts?.numPassedTests ?? 0;
  const faults = counts ? counts.numFailedTests + counts.numRuntimeErrorTestSuites : 1;
  // Jest that did not end well, though no test failed, has failed too.
  failed += status === 0 ? faults : Math.max(faults, 1);
}

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

function workspacesWithTests() {
  return ['packages', 'apps', 'infra']
    .flatMap((folder) =>
      readdirSync(join(root, folder))
        .sort()
        .map((name) => join(root, folder, name)),
    )
    .filter((workspace) => ['src', 'test'].some((folder) => hasTests(join(workspace, folder))));
}

function hasTests(folder) {
  return (
    existsSync(folder) && readdirSync(folder, { recursive: true }).some((file) => String(file).endsWith('.test.ts'))
  );
}
