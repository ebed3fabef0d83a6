/** What `npm run check` looks at: the workspace, all that depends on it, and whose tests come after its own, in their order. */
export function checkPlan(names, workspaces, lastTook) {
  const workspace = workspaces.find((w) => [w.folder, w.name, w.folder.split('/')[1]].includes(named(names)));
  if (names.length !== 1 || !workspace) {
    const all = workspaces.map(({ folder }) => folder).join(', ');
    return {
      fault: `${names.length === 1 ? `there is no workspace ${names[0]}` : 'name one workspace'}; there are ${all}`,
    };
  }
  const dependents = dependentsOf(workspace, workspaces);
  const tested = dependents.filter(({ tests }) => tests.length > 0);
  const ofStacks = tested.filter(({ folder }) => folder.startsWith('infra/')).map(({ folder }) => folder);
  const quickest = tested
    .filter(({ folder }) => !ofStacks.includes(folder))
    .map((w) => ({ folder: w.folder, tookMs: lastTook(w) }))
    .sort((a, b) => (a.tookMs ?? Number.MAX_VALUE) - (b.tookMs ?? Number.MAX_VALUE));
  return { workspace, dependents, quickest, ofStacks };
}

/** Why the tests of a dependent are left out with so much time left; undefined where they are run. */
export function whyLeftOut({ tookMs }, leftMs, withinMs) {
  if (tookMs === undefined)
    return 'how long they take is not known here: all of them have to run once, and again once a file is added';
  if (tookMs <= leftMs) return undefined;
  return `they took ${inSeconds(tookMs)} s when they last ran whole, and ${inSeconds(Math.max(0, leftMs))} of ${inSeconds(withinMs)} s are left`;
}

const inSeconds = (ms) => Math.round(ms / 1000);

/** What Turborepo builds before: what the workspace and its dependents import. No app is imported, so none is built. */
export function buildFilters({ workspace }) {
  return [`--filter=...${workspace.name}...`, '--filter=!./apps/*', '--filter=!./infra/bench'];
}

function named([name = '']) {
  return name.replace(/^\.\//, '').replace(/\/+$/, '');
}

function dependentsOf(workspace, workspaces) {
  const found = new Set([workspace]);
  for (const one of found) for (const w of workspaces) if (w.imports.includes(one.name)) found.add(w);
  return workspaces.filter((w) => w !== workspace && found.has(w));
}
