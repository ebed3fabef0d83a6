import { Problem } from '@gpect/service-kit/http/problem';
import type { Figure } from '../figures/figure.js';
import type { Instant } from './feed.js';
import { dimensionsOf } from './keepers.js';

/** @throws Problem 503 where the history of a dimension that is asked for is being read */
export function requireWhole(
  { notWhole, fallen }: Pick<Instant, 'notWhole' | 'fallen'>,
  dimensions: readonly string[],
): void {
  const being = dimensionsOf(new Set([...notWhole, ...fallen])).filter((name) => dimensions.includes(name));
  if (being.length > 0) throw beingCounted(being.join(', '));
}

/** @throws Problem 503 where the history of a figure is being read */
export function requireCounted(
  { beingCounted: being }: { readonly beingCounted: readonly string[] },
  { id }: Figure,
): void {
  if (being.includes(id)) throw beingCounted(id);
}

/** @throws Problem 503 where the history of anything is being read */
export function requireAllWhole({ notWhole, fallen }: Pick<Instant, 'notWhole' | 'fallen'>): void {
  const being = new Set([...notWhole, ...fallen]);
  if (being.size > 0) throw beingCounted([...being].join(', '));
}

const AGAIN_S = 10;

function beingCounted(what: string): Problem {
  return new Problem(
    503,
    'being-counted',
    'The figure is being counted',
    {
      detail: `the history of ${what} is being read, since it is new or counted anew: ask again soon`,
      french: `l’historique de ${what} est en cours de lecture, car il est nouveau ou compté autrement\u00a0: redemandez bientôt`,
    },
    AGAIN_S,
  );
}
