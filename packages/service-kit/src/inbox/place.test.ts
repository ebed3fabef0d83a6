import { expect, test } from '@jest/globals';
import type { IncomingMessage } from '../events/cloudevents.js';
import { PartitionStopped } from '../kafka/stopped.js';
import { printOf } from './log-identity.js';
import { Place } from './place.js';

const LOG = { topic: 'the-log', connection: 1, refusals: 0, end: 9 };
const at = (value: string): IncomingMessage => ({ topic: 't', partition: 0, offset: 4, key: '', headers: {}, value });

test.each([
  ['a record that is too large now', { ...at(''), tooLarge: { bytes: 2, most: 1 } }],
  ['of a batch that is not unpacked now', { ...at('AAAA'), batch: { first: 0, last: 4 } }],
])('what was read last is %s: its log is still the same, and is read on', (_what, now) => {
  const last = { offset: 4, print: printOf(at('it was read')) ?? '' };
  const place = new Place('t/0', { next: 5, topic: 'the-log', last });
  expect(place.agree({ log: LOG, messages: [now] })).toBeUndefined();
  const other = new Place('t/0', { next: 5, topic: 'the-log', last });
  expect(() => other.agree({ log: LOG, messages: [at('another')] })).toThrow(PartitionStopped);
});
