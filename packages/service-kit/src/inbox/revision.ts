import { createHash } from 'node:crypto';
import type { EventType } from '@gpect/contracts/event-contracts';
import { goldenEvents } from '@gpect/contracts/golden/golden-events';
import type { EventContext, RecordedEvent } from '../events/event.js';
import type { Facts } from './event-handler.js';
import { functionsOf, shapeOf } from './function-shape.js';

/** What keeps something of some types of events. */
export type Keeper = Pick<Facts, 'types'> & { changesOf(event: RecordedEvent): readonly unknown[] };

/** Characters of a revision. */
const LENGTH = 16;
const EVENT: EventContext = {
  id: '00000000-0000-7000-8000-000000000001',
  source: '/services/golden',
  subject: 'golden/00001002500013',
  time: '2010-06-15T10:00:00.000Z',
  sequence: 7,
};
/** Where every golden event stands of which the number is looked at. */
const NUMBERS = [EVENT.sequence, 1, 2];
/** Where those stand too of which the others are variations: another subject, another day in Paris than in UTC. */
const ELSEWHERE: readonly EventContext[] = [
  { ...EVENT, subject: 'golden-2/00001003300025' },
  { ...EVENT, time: '2011-12-31T23:30:00.000Z' },
];

/**
 * Revision of what a keeper keeps (`Kept`): a hash of what it makes of the golden events of its types and of its own functions,
 * so that it changes by itself when something else is kept. Of the functions, those are looked at that the keeper has, deep
 * down, as syntax trees: comments and layout are nothing, nor is which compiler took the types away (swc in development,
 * tsc in production). What they call or read elsewhere, a helper or a constant, is seen by what is made of the events.
 *
 * Only what differs from what is made of the event that was varied is in the hash: a contract that gets a field or a value of
 * which nothing is made changes no revision. `changesOf` must be pure: one that looks at a clock has another revision
 * each time. What it throws is a result like others.
 */
export function revisionOf(keeper: Keeper): string {
  const shapes = functionsOf([keeper.changesOf, keeper]).map(shapeOf);
  const made = keeper.types.flatMap((type) => [type, ...madeOf(keeper, type)]);
  return hashOf([...shapes, ...made]);
}

/**
 * What is made of the golden events of a type, and of which change of them something else is made: each once, from whichever
 * example. One with more optional fields, which comes with a field of which nothing is made, then says nothing new.
 */
function madeOf(keeper: Keeper, type: EventType): readonly string[] {
  const made = new Set<string>();
  let usual = '';
  for (const { differs, data } of goldenEvents(type)) {
    const resultAt = (place: EventContext) => resultOf(keeper, { ...place, type, data } as RecordedEvent);
    const result = resultAt(EVENT);
    if (differs === '') {
      usual = result;
      for (const one of [result, ...ELSEWHERE.map(resultAt)]) made.add(one);
    } else if (result !== usual) made.add(`${placeOf(differs)} ${result}`);
  }
  return [...made].sort();
}

/** Of a list or an object that was changed, the place alone: fields of which nothing is made stand in its text, too. */
const placeOf = (differs: string): string => differs.replace(/ = [[{].*$/s, '');

/** What is made of one event, as text: at each number where that is looked at. */
function resultOf(keeper: Keeper, event: RecordedEvent): string {
  let isLookedAt = false;
  const numbered = (sequence: number) => ({
    ...event,
    get sequence() {
      isLookedAt = true;
      return sequence;
    },
  });
  const [first, ...others] = NUMBERS;
  const results = [attempt(() => keeper.changesOf(numbered(first ?? 1)))];
  if (isLookedAt) results.push(...others.map((number) => attempt(() => keeper.changesOf(numbered(number)))));
  return JSON.stringify(results);
}

function attempt<T>(work: () => T): T | { readonly throws: string } {
  try {
    return work();
  } catch (error) {
    return { throws: String(error) };
  }
}

function hashOf(lines: readonly string[]): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(`${line}\n`);
  return hash.digest('hex').slice(0, LENGTH);
}
