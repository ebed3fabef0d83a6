export function changelog(releases: readonly (readonly [name: string, bundle: object])[]): string;
export function sinceOf(releases: readonly (readonly [name: string, bundle: object])[]): Record<string, string>;
