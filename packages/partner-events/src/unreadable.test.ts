import { parkedIdOf, toParked } from '@gpect/service-kit/dead-letters/parked-events';
import { Breath } from '@gpect/service-kit/kafka/breath';
import type { FetchedMessage } from '@gpect/service-kit/kafka/records/fetch-response';
import { toIncoming } from '@gpect/service-kit/kafka/records/incoming';
import { readRecordSet } from '@gpect/service-kit/kafka/records/record-set';
import { recordBatch } from '@gpect/test-kit/record-batch';
import { expect, test } from '@jest/globals';
import { namedIn } from './identity.js';
import { inBinaryMode } from './sent-event.js';
import { MOST_PARTNER_BYTES, unreadable } from './unreadable.js';

const TOPIC = 'gpect.partner.mde.in';
const LARGE = 31 * 1024 * 1024;
const STRUCTURED = ['content-type', 'application/cloudevents+json'] as const;
const NAMED = [['ce_id', 'e1'] as const, ['ce_subject', 'firm'] as const];

/** A record that came packed by gzip, as whoever reads the topic has it. */
async function came(...[record]: Parameters<typeof recordBatch>[0]) {
  const set = recordBatch([record ?? {}], { codec: 1, firstOffset: 7 });
  const [batch] = await readRecordSet(set, new Breath());
  if (!batch || !('records' in batch)) throw new Error(batch?.reason);
  const [found] = batch.records;
  return toIncoming(TOPIC, 0, { found: { record: found?.read() } } as unknown as FetchedMessage, MOST_PARTNER_BYTES);
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
    const message = inBinaryMode(await came(record));
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
  const message = await came({ headers: [['ce_id', 'x'.repeat(LARGE)]] });
  expect(namedIn(message)).toEqual({ id: `${TOPIC}/0/7` });
});
