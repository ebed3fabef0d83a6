export function breakingChanges(released: object, next: object, place?: string): string[];
export function breakingBundle(released: object, next: object): string[];
