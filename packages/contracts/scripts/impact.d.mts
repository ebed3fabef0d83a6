interface User {
  readonly name: string;
  readonly types: readonly string[];
  readonly anyVersion: readonly string[];
}
export function impactOf(
  released: object,
  next: object,
  users: readonly User[],
): { change: string; breaks: string[] }[];
export function partnersIn(folder: string, bundle: object): (User & { doors: string[] })[];
export function servicesIn(bundle: object): User[];
export function impactOfApis(
  released: Record<string, object>,
  next: Record<string, object>,
  httpPartners: readonly string[],
): { change: string; breaks: string[] }[];
