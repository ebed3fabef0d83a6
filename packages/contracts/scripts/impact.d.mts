interface User {
  readonly name: string;
  readonly types: readonly string[];
}
export function impactOf(
  released: object,
  next: object,
  users: readonly User[],
): { change: string; breaks: string[] }[];
export function partnersIn(folder: string, bundle: object): { name: string; types: string[] }[];
