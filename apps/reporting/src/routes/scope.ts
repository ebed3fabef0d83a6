import { own } from '@gpect/domain-values/records';
import { problemOf } from '@gpect/service-kit/http/problem';
import { type At, DIMENSIONS, type Dimension, valuesOfAction } from '../dimensions/dimensions.js';
import type { Documents } from '../programmes/documents.js';

/** The values of dimensions that a query restricts figures to, as texts. */
export function atOf(query: Readonly<Record<string, unknown>>): At {
  return Object.fromEntries(
    DIMENSIONS.filter(({ name }) => name !== 'programme').flatMap(({ name }) => {
      const value = query[name];
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
}

/** As many codes as one answer names. */
const NAMED = 40;

/**
 * A bilan of what nobody knows would be one of zeros, which reads as if nothing had been done there.
 * A carrier that has no action yet is no mistake: nothing was done by it.
 * @throws Problem 404 for a basin, an action or a wave that the programme does not have, with those that it has
 */
export function requireKnown(at: At, { programme, actions }: Pick<Documents, 'programme' | 'actions'>): void {
  for (const dimension of DIMENSIONS as readonly Dimension[]) {
    const { name } = dimension;
    const value = own(at, name);
    if (value === undefined || name === 'carrier' || !(name === 'basin' || dimension.isOfAction)) continue;
    const known = name === 'basin' ? programme.basins : actions.flatMap((action) => valuesOfAction(dimension, action));
    if (!known.includes(value)) throw notThere(dimension, value, [...new Set(known)].sort());
  }
}

function notThere({ name, labelEn, labelFr }: Dimension, value: string, known: readonly string[]) {
  const codes = known.slice(0, NAMED).join(', ') || '–';
  return problemOf({
    code: 'scope_unknown',
    kind: 'unknown',
    field: name,
    detail: `${labelEn}: the programme has no ${value}; it has ${codes}`,
    french: `${labelFr}\u00a0: le dispositif n’a pas ${value}\u00a0; il a ${codes}`,
  });
}
