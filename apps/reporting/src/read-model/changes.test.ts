import { examplesOf } from '@gpect/contracts/event-contracts';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import { expect, test } from '@jest/globals';
import { type Change, changesOf, merged, PROJECTED_TYPES } from './changes.js';

const event = (type: string) =>
  ({
    type,
    data: examplesOf(type as never)[0],
    subject: 's',
    sequence: 1,
    id: 'i',
    source: '/s',
    time: '2014-01-01T00:00:00Z',
  }) as unknown as RecordedEvent;

test.each(PROJECTED_TYPES)('%s, as its contract gives an example, changes something', (type) => {
  expect(changesOf(event(type)).length).toBeGreaterThan(0);
});

test('changes of one document are merged, and a spend line that was taken back leaves nothing', () => {
  const [sum] = merged([
    ...changesOf(event('fr.gpect.training-spend.spend-recorded.v1')),
    ...changesOf(event('fr.gpect.training-spend.spend-cancelled.v1')),
  ]);
  expect(Object.values((sum as Change).add ?? {})).toEqual([0, 0]);
});
