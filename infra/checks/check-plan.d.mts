import type { Workspace } from './selection.mjs';

export interface Plan {
  readonly workspace: Workspace;
  readonly dependents: Workspace[];
  readonly quickest: { readonly folder: string; readonly tookMs: number | undefined }[];
}
export function checkPlan(
  names: readonly string[],
  workspaces: readonly Workspace[],
  lastTook: (workspace: Workspace) => number | undefined,
): Plan | { readonly fault: string };
export function buildFilters(plan: Pick<Plan, 'workspace'>): string[];
