interface Results {
  readonly startTime: number;
  readonly testResults: readonly { readonly name: string; readonly endTime: number }[];
}
export function keepWholeRun(
  workspace: string,
  files: readonly string[],
  args: readonly string[],
  results: Results,
): void;
export function wholeRunMs(workspace: string, files: readonly string[]): number | undefined;
