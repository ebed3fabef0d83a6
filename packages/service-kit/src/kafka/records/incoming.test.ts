import { recordBatch } from '@gpect/test-kit/record-batch';
import { expect, test } from '@jest/globals';
import { parkedIdOf, toParked } from '../../dead-letters/parked-events.js';
import { readMessage } from '../../events/cloudevents.js';
import { namedIn } from '../../partners/identity.js';
import { inBinaryMode } from '../../partners/sent-event.js';
import { unreadable } from '../../partners/unreadable.js';
import { Breath } from '../breath.js';
import type { FetchedMessage } from './fetch-response.js';
import { MOST_OWN_BYTES, MOST_PARTNER_BYTES, toIncoming } from './incoming.js';
import { readRecordSet } from './record-set.js';

const TOPIC = 'gpect.partner.mde.in';
const LARGE = 31 * 1024 * 1024;
const STRUCTURED = ['content-type', 'application/cloudevents+json'] as const;
const NAMED = [['ce_id', 'e1'] as const, ['ce_subject', 'firm'] as const];

/** A record that came packed by gzip, as whoever reads the topic has it. */
async function came(topic: string, ...[record]: Parameters<typeof recordBatch>[0]) {
  const set = recordBatch([record ?? {}], { codec: 1, firstOffset: 7 });
  const [batch] = await readRecordSet(set, new Breath());
  if (!batch || !('records' in batch)) throw new Error(batch?.reason);
  const [found] = batch.records;
  return toIncoming(topic, 0, { found: { record: found?.read() } } as unknown as FetchedMessage);
}

test.each([
  ['a value', { headers: NAMED, value: '['.repeat(LARGE) }],
  ['a value that is no text', { headers: NAMED, value: Buffer.alloc(LARGE, 0xff) }],
  ['an event in structured form', { headers: [...NAMED, STRUCTURED], value: '['.repeat(LARGE) }],
  ['a header of CloudEvents', { headers: [...NAMED, ['ce_type', '\u0000'.repeat(LARGE)] as const] }],
  ['the content type', { headers: [...NAMED, ['content-type', ';'.repeat(LARGE)] as const] }],
  ['the name of a header', { headers: [...NAMED, ['x'.repeat(LARGE), ''] as const] }],
  ['a key', { headers: NAMED, key: 'k'.repeat(LARGE) }],
])(
  '%s of 31 MiB, unpacked, is refused to its sender as too large, under its id, and nothing of it is read',
  async (_, record) => {
    const message = inBinaryMode(await came(TOPIC, record));
    expect(message).toMatchObject({ offset: 7, value: '', tooLarge: { most: MOST_PARTNER_BYTES } });
    expect(JSON.stringify(message).length).toBeLessThan(1000);
    expect(namedIn(message)).toEqual({ id: 'e1', subject: 'firm' });
    expect(unreadable(message, message.fault ?? '')).toMatchObject({
      type: 'urn:gpect:problem:event-too-large',
      status: 413,
      detail: expect.stringContaining('at most 1048576 are taken'),
    });
    // Nor is it kept, where it waits behind another of its firm.
    expect(JSON.stringify(toParked(message, 'behind', new Date())).length).toBeLessThan(2000);
    expect(parkedIdOf(message)).toContain(TOPIC);
  },
);

test('without an id that can be read it is named by its place', async () => {
  const message = await came(TOPIC, { headers: [['ce_id', 'x'.repeat(LARGE)]] });
  expect(namedIn(message)).toEqual({ id: `${TOPIC}/0/7` });
});

test.each([
  ['a partner’s topic', TOPIC, MOST_PARTNER_BYTES],
  ['a topic of ours', 'gpect.enrolment.firm', MOST_OWN_BYTES],
])('in %s a record is read that has as many bytes as may be, and none that has one more', async (_, topic, most) => {
  const bytes = 'ce_ide1ce_subjectfirm'.length;
  expect((await came(topic, { headers: NAMED, value: 'x'.repeat(most - bytes) })).tooLarge).toBeUndefined();
  const refused = await came(topic, { headers: NAMED, value: 'x'.repeat(most - bytes + 1) });
  expect(refused.tooLarge).toEqual({ bytes: most + 1, most });
  expect(readMessage(refused, () => true).kind).toBe('unusable');
});
