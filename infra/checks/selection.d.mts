export interface Workspace {
  /** From the root: packages/service-kit. */
  readonly folder: string;
  /** Its package: @gpect/service-kit. */
  readonly name: string;
  /** The packages that it says it imports, ours and others'. */
  readonly imports: readonly string[];
  /** Its test files, from its own folder: src/firm-case/firm-case.test.ts. */
  readonly tests: readonly string[];
}
/** A workspace, and the test files of it that are to run; all of them where none is named. */
export interface Chosen {
  readonly workspace: Workspace;
  readonly files?: readonly string[];
}
export function workspacesOf(root: string): Workspace[];
export function testsOf(workspace: string): string[];
export function testArguments(args: readonly string[]): { readonly names: string[]; readonly pattern?: string };
export function selectTests(
  names: readonly string[],
  workspaces: readonly Workspace[],
): { readonly chosen: Chosen[]; readonly faults: string[] };
