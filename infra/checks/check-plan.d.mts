import type { Workspace } from './selection.mjs';

interface Timed {
  readonly folder: string;
  readonly tookMs: number | undefined;
}
export interface Plan {
  readonly workspace: Workspace;
  readonly dependents: Workspace[];
  /** Of what depends on it: whose tests may fit, the quickest first. */
  readonly quickest: Timed[];
  /** Of what depends on it: tests of whole programmes, which are never run. */
  readonly ofStacks: string[];
}
export function checkPlan(
  names: readonly string[],
  workspaces: readonly Workspace[],
  lastTook: (workspace: Workspace) => number | undefined,
): Plan | { readonly fault: string };
export function whyLeftOut(one: Pick<Timed, 'tookMs'>, leftMs: number, withinMs: number): string | undefined;
export function buildFilters(plan: Pick<Plan, 'workspace'>): string[];
