import { later } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { dictionary } from '@gpect/domain-values/records';
import type { CollectionName, Versioned } from './documents.js';

/**
 * What an event changes in one document. Changes may come in any order of topics, and may all be made again: what is kept
 * of an event that is read a second time comes to the same.
 */
export interface Change {
  readonly collection: CollectionName;
  readonly id: string;
  readonly set: Readonly<Record<string, unknown>>;
  readonly toSet?: Readonly<Record<string, unknown>>;
  /** The latest day. */
  readonly latest?: Readonly<Record<string, string>>;
  /** Records of which the newest is kept, whichever comes first. */
  readonly newest?: Readonly<Record<string, Versioned>>;
  /** Whether its event was read before, by what kept otherwise: its records count in the place of those of the same number. */
  readonly again?: boolean;
  /** What reporting summed up before it kept records (sums-of-before.ts): these alone are added. */
  readonly add?: Readonly<Record<string, number>>;
}

type FirmKeys = {
  readonly programme: string;
  readonly siret: string;
  readonly action?: string;
  readonly basin?: string;
};

/** A change of a firm's document; where its event says action and basin, they are set. */
export function firmChange(
  { programme, siret, action, basin }: FirmKeys,
  set: Change['set'],
  more: Pick<Change, 'newest' | 'add'> = {},
): Change {
  const where = { ...(action ? { action } : {}), ...(basin ? { basin } : {}) };
  return {
    collection: 'firms',
    id: inProgramme(programme, siret),
    set: { programme, siret, ...where, ...set },
    ...more,
  };
}

export function actionChange(
  programme: string,
  action: string,
  set: Change['set'],
  more: Pick<Change, 'latest' | 'toSet'> = {},
): Change {
  return { collection: 'actions', id: inProgramme(programme, action), set: { programme, action, ...set }, ...more };
}

/** One change a document, however many events of a batch concern it. */
export function merged(changes: readonly Change[]): Change[] {
  const byDocument = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change.collection} ${change.id}`;
    const before = byDocument.get(key);
    byDocument.set(key, before ? merge(before, change) : change);
  }
  return [...byDocument.values()];
}

function merge(a: Change, b: Change): Change {
  const add = dictionary(a.add);
  for (const [name, count] of Object.entries(b.add ?? {})) add[name] = (add[name] ?? 0) + count;
  const latest = dictionary(a.latest);
  for (const [name, day] of Object.entries(b.latest ?? {})) latest[name] = later(latest[name] ?? day, day);
  const newest = dictionary(a.newest);
  for (const [name, record] of Object.entries(b.newest ?? {}))
    if (record.q >= (newest[name]?.q ?? 0)) newest[name] = record;
  const toSet = dictionary(a.toSet);
  for (const [name, value] of Object.entries(b.toSet ?? {}))
    toSet[name] = { $each: [...eachOf(toSet[name]), ...eachOf(value)] };
  const again = a.again === true || b.again === true;
  return { collection: a.collection, id: a.id, set: { ...a.set, ...b.set }, add, toSet, latest, newest, again };
}

/** One value, or several of one update. */
function eachOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return typeof value === 'object' && value !== null && '$each' in value ? (value.$each as unknown[]) : [value];
}
