import { own } from '@gpect/domain-values/records';
import type { Caller } from '../http/caller.js';
import { Problem } from '../http/problem.js';
import type { Asked, Said } from './ownership.js';

/** Whether patterns cover a programme: its code, `npdc-*` for all that begin so, `*` for all. Of a pattern, all that it covers. Pure. */
export function covers(patterns: readonly string[], programme: string): boolean {
  return patterns.some((p) => (p.endsWith('*') ? programme.startsWith(p.slice(0, -1)) : p === programme));
}

/** Whether there is a programme that both cover. Pure. */
export function overlap(some: readonly string[], others: readonly string[]): boolean {
  return some.some((p) => covers(others, p)) || others.some((p) => covers(some, p));
}

/** The programme of a subject, which begins with it; what belongs to no programme is covered by `*` alone. */
export const programmeOf = (subject: string): string => subject.split('/', 1)[0] ?? '';

/** A regular expression for the subjects of what patterns cover; undefined where they cover everything. */
export function subjectsOf(patterns: readonly string[]): RegExp | undefined {
  if (patterns.includes('*')) return undefined;
  const alternatives = patterns.map((p) => (p.endsWith('*') ? literal(p.slice(0, -1)) : `${literal(p)}(?:/|$)`));
  // Of no pattern: what no text holds.
  return new RegExp(alternatives.length > 0 ? `^(?:${alternatives.join('|')})` : '^(?!)');
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/**
 * How an operation says which programmes it touches (`x-programme`): where they stand in the request (`path/programme`),
 * that the thing named by `x-own` tells them, or that there is none.
 */
interface Named {
  readonly place: 'path' | 'query' | 'body';
  readonly name: string;
}

/** The places of a request that name a programme. */
export function placesOf(stated: readonly string[] | undefined): Named[] {
  return (stated ?? []).flatMap((of) => {
    const [place, name] = of.split('/', 2);
    return name === undefined ? [] : [{ place: place as Named['place'], name }];
  });
}

/** What of a request names a programme. */
export function namedIn(stated: readonly string[] | undefined, said: Said): Asked {
  return Object.fromEntries(
    placesOf(stated).map(({ place, name }) => [name, own(own(said, place) ?? {}, name)] as const),
  );
}

/** Why a caller may not act in these programmes; undefined where it may. */
export function outside({ programmes }: Caller, touched: readonly string[]): Problem | undefined {
  if (programmes.length === 0)
    return new Problem(403, 'programmes-missing', 'The token names no programme', {
      detail:
        'its claim "programmes" must hold the codes of the programmes in which it may act: npdc-2007-2013, npdc-* for all that begin so, or * for all; ask who gives the tokens',
      french:
        'son champ «\u00a0programmes\u00a0» doit donner les codes des programmes où il peut agir\u00a0: npdc-2007-2013, npdc-* pour tous ceux qui commencent ainsi, ou * pour tous\u00a0; demandez à qui donne les jetons',
    });
  const other = touched.find((programme) => !covers(programmes, programme));
  if (other === undefined) return undefined;
  const [whole, entier] =
    other === '*'
      ? ['this concerns every programme', 'ceci concerne tous les programmes']
      : [`${other} is none of them`, `${other} n’en est pas`];
  return new Problem(403, 'programme-not-yours', 'This is of another programme', {
    detail: `the token is for ${programmes.join(', ')} (its claim "programmes"); ${whole}`,
    french: `le jeton est pour ${programmes.join(', ')} (son champ «\u00a0programmes\u00a0»)\u00a0; ${entier}\u00a0: envoyez le jeton qui convient`,
  });
}
