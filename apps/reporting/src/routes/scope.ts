import { type At, DIMENSIONS } from '../dimensions/dimensions.js';

/** The values of dimensions that a query restricts figures to, as texts. */
export function atOf(query: Readonly<Record<string, unknown>>): At {
  return Object.fromEntries(
    DIMENSIONS.filter(({ name }) => name !== 'programme').flatMap(({ name }) => {
      const value = query[name];
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
}
