import { readFileSync } from 'node:fs';
import type { EventType } from '@gpect/contracts/event-contracts';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import { describe, expect, test } from '@jest/globals';
import type { Change } from '../facts/change.js';
import { sumsOf } from '../facts/sums-of-before.js';
import { KEEPERS } from './keepers.js';
import { AS_BEFORE, KEPT } from './revisions.js';

/** Events, and what reporting of before (commit 06b4c96, the last one without names) made of each: written down by itself. */
const BEFORE = readFileSync('test/kept-before.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map(
    (line) =>
      JSON.parse(line) as {
        readonly type: EventType;
        readonly data: unknown;
        readonly changes: readonly Change[];
      },
  );
const WAS_UNNAMED = new Set(KEPT.filter(({ wasUnnamed }) => wasUnnamed).map(({ name }) => name));

describe('what is not read again at the upgrade from reporting of before', () => {
  test.each(Object.keys(AS_BEFORE))('%s: there is a keeper of that name', (name) => {
    expect(KEEPERS.map((keeper) => keeper.name)).toContain(name);
  });

  // One that is changed is no longer among these: it has a revision of its own, and its history is read again.
  test.each(KEEPERS.filter(({ name }) => WAS_UNNAMED.has(name)).map((keeper) => [keeper.name, keeper] as const))(
    '%s keeps what was kept before',
    (_name, keeper) => {
      const events = BEFORE.filter(({ type }) => keeper.types.includes(type));
      expect(new Set(events.map(({ type }) => type))).toEqual(new Set(keeper.types));
      for (const event of events)
        expect(keeper.changesOf(event as unknown as RecordedEvent).map(tidy)).toEqual(event.changes.map(tidy));
    },
  );

  test('nothing that was not kept before is taken for it', () => {
    for (const name of ['sessions', 'attendance', 'payments', 'communes', 'plan-themes', 'disclosure'])
      expect([name, WAS_UNNAMED.has(name)]).toEqual([name, false]);
  });
});

test('sums of before are added to as they were', () => {
  const summed = BEFORE.filter(({ changes }) => changes.some(({ add }) => add));
  expect(new Set(summed.map(({ type }) => type)).size).toBe(9);
  for (const event of summed)
    expect(sumsOf(event as unknown as RecordedEvent).map(tidy)).toEqual(event.changes.map(tidy));
});

/** A change without what it does not say. */
function tidy(change: Change): object {
  return Object.fromEntries(Object.entries(change).filter(([, part]) => Object.keys(part).length > 0));
}
