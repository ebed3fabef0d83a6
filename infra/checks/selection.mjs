// What `npm test -- NAME…` and `npm run check -- NAME` mean by a name: a workspace, a folder of tests, a test file.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** Every workspace of the repository in the order in which they are tested: what is imported before what imports it. */
export function workspacesOf(root) {
  return ['packages', 'apps', 'infra'].flatMap((group) =>
    readdirSync(join(root, group))
      .sort()
      .filter((name) => existsSync(join(root, group, name, 'package.json')))
      .map((name) => workspaceIn(root, `${group}/${name}`)),
  );
}

function workspaceIn(root, folder) {
  const { name, dependencies, devDependencies } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  return {
    folder,
    name,
    imports: Object.keys({ ...dependencies, ...devDependencies }),
    tests: testsOf(join(root, folder)),
  };
}

/** `NAME… [-t PATTERN]`: what to run, and only those tests whose title has the pattern. */
export function testArguments(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { testNamePattern: { type: 'string', short: 't' } },
  });
  return { names: positionals, pattern: values.testNamePattern };
}

/** Which tests are meant by what somebody typed; each name that means nothing is a fault that says what there is. */
export function selectTests(names, workspaces) {
  const tested = workspaces.filter(({ tests }) => tests.length > 0);
  const chosen = new Map();
  const faults = [];
  for (const name of names) {
    const found = meaningOf(name.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/+$/, ''), tested);
    if (found.length === 0) faults.push(unknown(name, tested));
    for (const { workspace, files } of found) {
      const before = chosen.get(workspace);
      // A workspace that is named whole is run whole, whichever of its files are named beside it.
      const whole = !files || (before !== undefined && !before.files);
      chosen.set(
        workspace,
        whole ? { workspace } : { workspace, files: [...new Set([...(before?.files ?? []), ...files])] },
      );
    }
  }
  return { chosen: tested.flatMap((workspace) => chosen.get(workspace) ?? []), faults };
}

function meaningOf(name, workspaces) {
  const whole = workspaces.filter((w) => [w.folder, w.name, w.folder.split('/')[1]].includes(name));
  if (whole.length > 0) return whole.map((workspace) => ({ workspace }));
  return workspaces.flatMap((workspace) => {
    const files = workspace.tests.filter((file) => isMeant(name, `${workspace.folder}/${file}`));
    return files.length > 0 ? [{ workspace, files }] : [];
  });
}

/** A path from the root or the end of one; a folder of tests; `.test.ts` may be left out. */
function isMeant(name, path) {
  return path.startsWith(`${name}/`) || [name, `${name}.test.ts`].some((end) => `/${path}`.endsWith(`/${end}`));
}

function unknown(name, workspaces) {
  const word = name
    .split('/')
    .at(-1)
    .replace(/\.test\.ts$/, '');
  const near = workspaces.flatMap(({ folder, tests }) =>
    tests.filter((file) => file.includes(word)).map((file) => `${folder}/${file}`),
  );
  return [
    `"${name}" is no workspace with tests, no folder of tests and no test file.`,
    ...(near.length > 0 ? [`Test files with "${word}" in their path:`, ...near.slice(0, 20).map((f) => `  ${f}`)] : []),
    `Workspaces with tests: ${workspaces.map(({ folder }) => folder).join(', ')}`,
  ].join('\n');
}

/** The test files of a workspace, from its folder. */
export function testsOf(workspace) {
  return ['src', 'test'].flatMap((part) => testsIn(workspace, part));
}

function testsIn(workspace, part) {
  const folder = join(workspace, part);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((file) => `${part}/${String(file).replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
}
