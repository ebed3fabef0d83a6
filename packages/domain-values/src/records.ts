/**
 * Records whose keys are data: whatever an outsider calls a thing (`constructor`, `__proto__`), it is a name like any
 * other. `infra/checks/data-keys.mjs` refuses every other way of looking into a record by such a key.
 */

declare const WITHOUT_PROTOTYPE: unique symbol;

/** A record that holds nothing but what was put into it. Only `dictionary` makes one. */
export interface Dictionary<T> {
  [key: string]: T;
  readonly [WITHOUT_PROTOTYPE]: true;
}

export function dictionary<T>(...from: readonly (Readonly<Record<string, T>> | undefined)[]): Dictionary<T> {
  const made = Object.create(null) as Dictionary<T>;
  // Not Object.assign: it would write to a record's `__proto__` as any assignment does, were there one.
  for (const record of from) for (const [key, value] of Object.entries(record ?? {})) made[key] = value;
  return made;
}

/** What the record itself holds under a key; never what every object inherits. */
export function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
