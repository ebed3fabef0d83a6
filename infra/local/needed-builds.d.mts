export function neededBuilds(
  root: string,
  command: string,
  args: readonly string[],
): Promise<readonly string[] | undefined>;
