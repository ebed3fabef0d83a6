export function pairsIn(sources: ReadonlyMap<string, string>): string[];
export function sourcesOf(workspace: string): Map<string, string>;
