import type { CalendarDate } from '@gpect/domain-values/calendar';
import { own } from '@gpect/domain-values/records';
import { problemOf } from '@gpect/service-kit/http/problem';
import { type At, DIMENSIONS, type Dimension, type Known } from '../dimensions/dimensions.js';
import type { Source } from '../secrecy/told.js';

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
const NAMED = 50;

/** What is asked about, and what is known of it. */
interface Asked {
  readonly source: Source;
  documents(): Promise<Known>;
}

/**
 * Figures of what nobody knows would be zeros, which read as if nothing had been done there. What there is, and what anything
 * counts at (a payment of before the programme's first year), is answered, with zeros where nothing happened.
 * @throws Problem 404 for a value of a dimension that there is not, with those that there are
 */
export async function requireKnown(at: At, { source, documents }: Asked): Promise<void> {
  for (const dimension of DIMENSIONS as readonly Dimension[]) {
    const value = own(at, dimension.name);
    if (value === undefined || !dimension.knownIn) continue;
    const known = dimension.knownIn(await documents());
    if (known.includes(value)) continue;
    const [cells = []] = await source.cuts([[dimension.name]], {});
    const counted = cells.map((cell) => own(cell.at, dimension.name) ?? '').filter((code) => code !== '');
    if (!counted.includes(value)) throw notThere(dimension, value, [...new Set([...known, ...counted])].sort());
  }
}

function notThere({ name, labelEn, labelFr }: Dimension, value: string, known: readonly string[]) {
  const codes = [...known.slice(0, NAMED), ...(known.length > NAMED ? ['…'] : [])].join(', ') || '–';
  return problemOf({
    code: 'scope_unknown',
    kind: 'unknown',
    field: name,
    detail: `${labelEn}: there is no ${value}; there are ${codes}`,
    french: `${labelFr}\u00a0: il n’y a pas ${value}\u00a0; il y a ${codes}`,
  });
}

/**
 * What will have happened by a day that is yet to come nobody knows: today's figures under its date would read as if it were over.
 * @throws Problem 422 for a day after today
 */
export function requireHappened(asOf: string | undefined, today: CalendarDate): void {
  if (asOf === undefined || asOf <= today) return;
  throw problemOf({
    code: 'day_to_come',
    kind: 'rule',
    field: 'asOf',
    detail: `asOf ${asOf}: that day is yet to come; the last that may be asked for is today, ${today}`,
    french: `asOf ${asOf}\u00a0: ce jour n’est pas encore venu\u00a0; le dernier qui se demande est aujourd’hui, ${today}`,
  });
}
