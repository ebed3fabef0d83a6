/** A value or a fault. Faults are values in the domain; the edge turns them into problem details. */
export type Result<T, F> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: F };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const fail = <F>(fault: F): { ok: false; fault: F } => ({ ok: false, fault });
