// What a command of infra/local/run.mjs needs to have been built, so that half-done work stops none that does not need it.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** They speak to the stack that runs, which was built when it was started; so were they. */
const OF_WHAT_RUNS = ['stop', 'reset', 'token', 'bilan', 'rebuild', 'spend', 'dlq'];
const LOCAL = '--filter=@gpect/local';
const EVERYTHING = [];

/**
 * Turborepo's filters: the workspaces to build, with what each of them imports (all workspaces where the list is empty).
 * Undefined where nothing is to be built, or where the command will say itself that a name is wrong.
 */
export async function neededBuilds(root, command, args) {
  if (OF_WHAT_RUNS.includes(command)) return existsSync(join(root, 'infra/local/dist/main.js')) ? undefined : [LOCAL];
  switch (command) {
    case 'partners':
    case 'sandbox':
      return [LOCAL];
    case 'catalogue':
      return ['--filter=@gpect/catalogue'];
    case 'readers':
      return ['--filter=./apps/*'];
    case 'check':
      return ofCheck(root, args);
    case 'dev':
      return ofDev(root, args);
    case 'test':
      return ofTests(root, args);
    default:
      return EVERYTHING;
  }
}

async function ofCheck(root, names) {
  const { checkPlan, buildFilters } = await import('../checks/check-plan.mjs');
  const { workspacesOf } = await import('../checks/selection.mjs');
  const plan = checkPlan(names, workspacesOf(root), () => undefined);
  return 'fault' in plan ? undefined : buildFilters(plan);
}

/** Watched services are compiled by `npm run dev` itself: a type error in one of them stops nobody. */
function ofDev(root, names) {
  const services = readdirSync(join(root, 'apps'));
  const others = services.some((name) => names.includes(name)) ? services.filter((name) => !names.includes(name)) : [];
  return [LOCAL, ...others.map((name) => `--filter=@gpect/${name}`)];
}

/** Tests of stacks run everything; the checks look at what services and topics say. */
const CHECKS = 'infra/checks';
const runsStacks = ({ folder }) => folder.startsWith('infra/') && folder !== CHECKS;
const filtersOf = ({ workspace: { folder, name } }) =>
  folder === CHECKS ? ['--filter=./apps/*', '--filter=@gpect/kafka-admin'] : [`--filter=${name}...`];

async function ofTests(root, args) {
  const { selectTests, testArguments, workspacesOf } = await import('../checks/selection.mjs');
  const { chosen, faults } = selectTests(testArguments(args).names, workspacesOf(root));
  if (faults.length > 0) return undefined;
  return chosen.some(({ workspace }) => runsStacks(workspace)) ? EVERYTHING : chosen.flatMap(filtersOf);
}
