import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { partitionOf } from '../kafka/appender.js';
import { laneOf } from '../kafka/lanes.js';
import { type AsideMessage, orderOf } from './aside.js';
import { fromKept, toEntries } from './outbox.js';
import { doubtsOf, lanesAgain, numbered, outcomeOf, whyAside } from './planning.js';
import type { Settled } from './sending.js';

const producer = { id: '7', epoch: 0 };
const topics = new Map([
  ['one', 3],
  ['two', 1],
]);
const messages = fc
  .array(fc.record({ topic: fc.constantFrom('one', 'two'), key: fc.constantFrom('a', 'b', 'c', 'd', 'e') }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((all) => all.map(({ topic, key }, i) => ({ topic, key, headers: { ce_id: String(i) }, value: '{}' })));
const outcomes = fc.array(
  fc.constantFrom<Settled>(
    { kind: 'appended' },
    { kind: 'doubt', reason: 'not answered' },
    { kind: 'gap', reason: 'gap' },
    { kind: 'refused', of: 'partition', reason: 'no leader' },
    { kind: 'refused', of: 'messages', reason: 'too large' },
  ),
  { minLength: 4, maxLength: 4 },
);

test('of each message it is known whether it is there, is not, or may be; what may be is sent again as the batch that it was', () => {
  fc.assert(
    fc.property(messages, outcomes, (all, settled) => {
      const { written, lanes } = numbered(producer, all, topics, { entries: ['e'] }, () => 5);
      const outcome = outcomeOf(lanes, settled);
      const kept = toEntries(all, []).flatMap((entry) => entry.messages);
      const aside = kept.flatMap((message, i) => {
        const order = orderOf(message);
        if (!outcome.aside.has(order)) return [];
        const _id = `e/${String(i).padStart(4, '0')}`;
        return [{ _id, order, message, reason: '', since: new Date(), tries: 1, due: new Date() } as AsideMessage];
      });
      expect(outcome.published + aside.length).toBe(all.length);
      const doubts = doubtsOf(written, outcome.doubted, aside, () => 'id');
      expect(doubts).toHaveLength(lanes.filter((_, i) => settled[i]?.kind === 'doubt').length);
      for (const [i, doubt] of doubts.entries()) {
        const theirs = aside.filter(({ _id }) => doubt.aside.includes(_id)).map(({ message }) => fromKept(message));
        expect(lanesAgain(doubt, theirs)).toEqual([outcome.doubted[i]]);
      }
    }),
  );
});

test('what comes for a closed partition, or behind what waits, is set aside; everything else stays', () => {
  fc.assert(
    fc.property(messages, fc.constantFrom('a', 'b', 'c'), fc.nat(2), (all, waits, partition) => {
      const kept = toEntries(all, []).flatMap((entry) => entry.messages);
      const why = whyAside(kept, {
        known: topics,
        behind: new Map([[orderOf({ topic: 'one', key: waits }), 'first']]),
        closed: (name) => (name === laneOf('one', partition) ? 'no leader' : undefined),
      });
      for (const message of kept) {
        const behind = message.topic === 'one' && message.key === waits;
        const closed = message.topic === 'one' && partitionOf(message.key, 3) === partition;
        const set = why?.(message);
        expect(set?.behind ?? false).toBe(behind);
        expect(set !== undefined).toBe(behind || closed);
        if (closed && !behind) expect(set?.lane).toBe(laneOf('one', partition));
      }
    }),
  );
});

test('a topic that is not there is no reason to hold up another', () => {
  const [entry] = toEntries(
    ['there', 'missing'].map((topic) => ({ topic, key: 'a', headers: {}, value: '' })),
    [],
  );
  const known = new Map<string, number | string>([
    ['there', 1],
    ['missing', 'there is no topic missing'],
  ]);
  const why = whyAside(entry?.messages ?? [], { known, behind: new Map(), closed: () => undefined });
  expect(entry?.messages.map((m) => why?.(m))).toEqual([undefined, { reason: 'there is no topic missing' }]);
});
