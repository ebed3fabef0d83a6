import { randomUUID } from 'node:crypto';
import { examplesOf } from '@gpect/contracts/event-contracts';
import { type Servers, startServers } from '@gpect/test-kit/servers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DeadLetters } from '../src/dead-letters/dead-letters.js';
import { BEHIND_PARKED } from '../src/dead-letters/parked-events.js';
import { type IncomingMessage, toMessage } from '../src/events/cloudevents.js';
import type { DomainEvent } from '../src/events/event.js';
import { collectionOf } from '../src/mongo/connection.js';
import { messagesOf, outboxOf } from '../src/outbox/outbox.js';
import { applied, batchOf, inboxOf, openWorkbench, recorder, TOPIC, TYPE, type Workbench } from './workbench.js';

let servers: Servers;
let bench: Workbench;
beforeAll(async () => {
  servers = await startServers();
}, 120_000);
afterAll(async () => {
  await servers.stop();
}, 60_000);
beforeEach(async () => {
  bench = await openWorkbench(servers.freshDatabase(), servers.broker);
});
afterEach(async () => {
  await bench.bus.close();
  await bench.connection.close();
});

/** A message of the topic at an offset; the reason tells events apart. */
function message(offset: number, subject: string, sequence: number, id: string = randomUUID()): IncomingMessage {
  const event = { type: TYPE, data: { ...(examplesOf(TYPE)[0] as object), reason: String(sequence) } } as DomainEvent;
  const sent = toMessage(event, {
    id,
    source: '/services/enrolment',
    subject,
    time: '2026-01-01T00:00:00.000Z',
    sequence,
  });
  return { ...sent, partition: 0, offset };
}

describe('an event takes effect once', () => {
  test('though Kafka delivers its batch again to a new reader', async () => {
    const messages = [message(0, 'a', 1), message(1, 'b', 1)];
    expect(await inboxOf(bench, recorder(bench)).onBatch(batchOf(messages))).toBe(2);
    expect(await inboxOf(bench, recorder(bench)).onBatch(batchOf([...messages, message(2, 'a', 2)]))).toBe(3);
    expect(await applied(bench)).toEqual(['a#1', 'b#1', 'a#2']);
  });

  test('though its relay published it twice, in this batch or a later one', async () => {
    const first = message(0, 'a', 1, 'same-id');
    const inbox = inboxOf(bench, recorder(bench));
    await inbox.onBatch(batchOf([first, { ...first, offset: 1 }]));
    await inboxOf(bench, recorder(bench)).onBatch(batchOf([{ ...first, offset: 2 }, message(3, 'a', 2)]));
    expect(await applied(bench)).toEqual(['a#1', 'a#2']);
  });

  test("though two readers hold the partition: the slower one's transaction fails on the position", async () => {
    const [fast, slow] = [inboxOf(bench, recorder(bench)), inboxOf(bench, recorder(bench))];
    await slow.onBatch(batchOf([message(0, 'a', 1)]));
    const next = [message(1, 'a', 2), message(2, 'a', 3)];
    await fast.onBatch(batchOf(next));
    await slow.onBatch(batchOf(next));
    expect(await applied(bench)).toEqual(['a#1', 'a#2', 'a#3']);
  });

  test('and the marks stay within their window', async () => {
    const inbox = inboxOf(bench, recorder(bench), 100);
    for (let i = 0; i < 40; i++)
      await inbox.onBatch(batchOf(Array.from({ length: 10 }, (_, k) => message(i * 10 + k, `s${k}`, i + 1))));
    const documents = await collectionOf<{ marks: { length(): number } }>(bench.connection, 'inbox_marks')
      .find()
      .toArray();
    const marks = documents.reduce((sum, d) => sum + d.marks.length() / 16, 0);
    expect(marks).toBeGreaterThanOrEqual(100);
    expect(marks).toBeLessThanOrEqual(130);
  });
});

describe('a bad event stops nobody', () => {
  test('it is parked with its reason, its aggregate waits behind it, the others go on; replayed after the mend in its order', async () => {
    const poison: { reason?: string } = { reason: '2' };
    const inbox = inboxOf(bench, recorder(bench, poison));
    const messages = [
      message(0, 'a', 1),
      message(1, 'a', 2),
      message(2, 'b', 1),
      message(3, 'a', 3),
      message(4, 'b', 3),
    ];
    expect(await inbox.onBatch(batchOf(messages))).toBe(5);
    expect(await applied(bench)).toEqual(['a#1', 'b#1', 'b#3']);
    expect((await inbox.parked.list()).map((p) => p.reason)).toEqual(['Error: cannot read this one', BEHIND_PARKED]);

    expect(await new DeadLetters(bench.connection, [inbox]).replay({})).toEqual({ replayed: 0, stillParked: 2 }); // not mended yet
    delete poison.reason;
    expect(await new DeadLetters(bench.connection, [inbox]).replay({})).toEqual({ replayed: 2, stillParked: 0 });
    expect(await applied(bench)).toEqual(['a#1', 'b#1', 'b#3', 'a#2', 'a#3']);
  });

  test('its copy goes to the dead-letter topic with where it was and why', async () => {
    const broken = { ...message(0, 'a', 1), value: '{"programme":' };
    await inboxOf(bench, recorder(bench)).onBatch(batchOf([broken]));
    const [entry] = await outboxOf(bench.connection).find().toArray();
    expect(entry && messagesOf(entry)[0]).toMatchObject({
      topic: 'gpect.test.dead-letter',
      key: 'a',
      value: '{"programme":',
      headers: {
        ce_id: broken.headers['ce_id'],
        dl_topic: TOPIC,
        dl_partition: '0',
        dl_offset: '0',
        dl_reason: expect.stringContaining('value is not JSON'),
      },
    });
  });

  test.each([
    ['without an envelope', { headers: {} }, 'no CloudEvents header ce_id, ce_source, ce_type, ce_subject, ce_time'],
    ['against its contract', { value: '{"programme":"p"}' }, "must have required property 'siret'"],
    [
      'with a sequence that is no number',
      { headers: { ...message(0, 'a', 1).headers, ce_sequence: 'x' } },
      'ce_sequence "x" is not a whole number from 1',
    ],
  ])('%s', async (_what, fault, reason) => {
    const inbox = inboxOf(bench, recorder(bench));
    await inbox.onBatch(batchOf([{ ...message(0, 'a', 1), ...fault }]));
    expect((await inbox.parked.list())[0]?.reason).toContain(reason);
  });

  test('a type that this reader does not know is passed over, for others to read', async () => {
    const later = {
      ...message(0, 'a', 1),
      headers: { ...message(0, 'a', 1).headers, ce_type: 'fr.gpect.enrolment.firm-declined.v2' },
    };
    const inbox = inboxOf(bench, recorder(bench));
    expect(await inbox.onBatch(batchOf([later]))).toBe(1);
    expect(await inbox.parked.list()).toEqual([]);
  });
});

test('a database that was emptied sends the reader back to the first event', async () => {
  const inbox = inboxOf(bench, recorder(bench));
  expect(await inbox.onBatch(batchOf([message(40, 'a', 1)]))).toBe(0);
});
