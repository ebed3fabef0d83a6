export function removeLeftCompiled(root: string): string[];
