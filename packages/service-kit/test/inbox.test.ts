import { createHash, randomUUID } from 'node:crypto';
import { examplesOf } from '@gpect/contracts/event-contracts';
import { type Servers, startServers } from '@gpect/test-kit/servers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { DeadLetters } from '../src/dead-letters/dead-letters.js';
import { BEHIND_PARKED } from '../src/dead-letters/parked-events.js';
import type { IncomingMessage } from '../src/events/cloudevents.js';
import type { RecordedEvent } from '../src/events/event.js';
import { type EventHandler, type Facts, type Kept, keptAs, REPLAYED, withFacts } from '../src/inbox/event-handler.js';
import type { Inbox } from '../src/inbox/inbox.js';
import { readProgress } from '../src/inbox/kept-whole.js';
import { Position, readPositions } from '../src/inbox/positions.js';
import { emptyReadModel } from '../src/inbox/rebuild.js';
import { collectionOf } from '../src/mongo/connection.js';
import { inTransaction, PositionLost, type Session } from '../src/mongo/transaction.js';
import { messagesOf, outboxOf } from '../src/outbox/outbox.js';
import {
  applied,
  batchOf,
  give,
  inboxOf,
  messageOf,
  openWorkbench,
  recorder,
  TOPIC,
  TYPE,
  type Workbench,
} from './workbench.js';

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

/** A message of the topic at an offset. */
function message(offset: number, subject: string, sequence: number, id: string = randomUUID()): IncomingMessage {
  return { ...messageOf(subject, sequence, id), partition: 0, offset };
}

describe('an event takes effect once', () => {
  test('though Kafka delivers its batch again to a new reader', async () => {
    const messages = [message(0, 'a', 1), message(1, 'b', 1)];
    expect(await give(inboxOf(bench, recorder(bench)), messages)).toBe(2);
    expect(await give(inboxOf(bench, recorder(bench)), [...messages, message(2, 'a', 2)])).toBe(3);
    expect(await applied(bench)).toEqual(['a#1', 'b#1', 'a#2']);
  });

  test('though its relay published it twice, in this batch or a later one', async () => {
    const first = message(0, 'a', 1, 'same-id');
    const inbox = inboxOf(bench, recorder(bench));
    await give(inbox, [first, { ...first, offset: 1 }]);
    await give(inboxOf(bench, recorder(bench)), [{ ...first, offset: 2 }, message(3, 'a', 2)]);
    expect(await applied(bench)).toEqual(['a#1', 'a#2']);
  });

  test("though two readers hold the partition: the slower one's transaction fails on the position", async () => {
    const [fast, slow] = [inboxOf(bench, recorder(bench)), inboxOf(bench, recorder(bench))];
    await give(slow, [message(0, 'a', 1)]);
    const next = [message(1, 'a', 2), message(2, 'a', 3)];
    await give(fast, next);
    await give(slow, next);
    expect(await applied(bench)).toEqual(['a#1', 'a#2', 'a#3']);
  });

  test('and its place never goes back, though what was passed over is written while a batch is taken', async () => {
    const { connection } = bench;
    const position = await Position.load(connection, `${TOPIC}/0`);
    await inTransaction(connection, (session) => position.write(5, session));
    position.committed(5);
    position.skipTo(6);
    const taking = await connection.startSession();
    taking.startTransaction();
    await position.write(7, taking);
    const stored = position.store().catch((error: unknown) => error);
    // Long enough that the driver waits a while before it tries again.
    await new Promise((resolve) => setTimeout(resolve, 500));
    await taking.commitTransaction();
    position.committed(7);
    await taking.endSession();
    expect(await stored).toBeInstanceOf(PositionLost);
    expect((await readPositions(connection)).get(`${TOPIC}/0`)).toBe(7);
  });

  test('and its place is written to the end, though what it passes over lies before and behind what it takes slowly', async () => {
    const aWhile = () => new Promise((resolve) => setTimeout(resolve, 1000));
    const slow = recorder(bench);
    const inbox = inboxOf(bench, {
      ...slow,
      apply: async (events: Parameters<typeof slow.apply>[0], session: Session, from: string) => {
        await slow.apply(events, session, from);
        const commit = session.commitTransaction.bind(session);
        session.commitTransaction = () => aWhile().then(() => commit());
      },
    });
    const ofNoConcern = (from: number) =>
      Array.from({ length: 1000 }, (_, i) => {
        const passed = message(from + i, 'other', 1);
        return { ...passed, headers: { ...passed.headers, ce_type: 'fr.gpect.enrolment.firm-enrolled.v1' } };
      });
    const taken = Array.from({ length: 1000 }, (_, i) => message(1000 + i, 'a', i + 1));
    const batch = batchOf([...ofNoConcern(0), ...taken, ...ofNoConcern(2000)]);
    let chunks = 0;
    const heartbeat = async () => {
      if (++chunks === 2) await aWhile();
    };
    expect(await inbox.onBatch({ ...batch, heartbeat })).toBe(3000);
    for (let tries = 0; tries < 30 && (await readPositions(bench.connection)).get(`${TOPIC}/0`) !== 3000; tries++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await readPositions(bench.connection)).get(`${TOPIC}/0`)).toBe(3000);
    expect(await applied(bench)).toHaveLength(1000);
  });

  test('however long ago it was, and though its reader began anew: what was put together since is still known', async () => {
    const events = Array.from({ length: 300 }, (_, i) => message(i, `s${i % 10}`, Math.floor(i / 10) + 1));
    const inbox = inboxOf(bench, recorder(bench));
    for (const event of events) await give(inbox, [event]);
    expect(await collectionOf(bench.connection, 'inbox_log').countDocuments()).toBeLessThan(200);
    const again = events.map((event, i) => ({ ...event, offset: 300 + i }));
    const next = message(600, 's0', 31);
    expect(await give(inbox, again)).toBe(600);
    expect(await give(inboxOf(bench, recorder(bench)), [...again, next])).toBe(601);
    expect(await applied(bench)).toHaveLength(301);
    expect(await inbox.parked.list()).toEqual([]);
  });

  test('though a release before the log took it: what that one remembered is not taken again', async () => {
    const event = message(5, 'a', 3, 'taken-before');
    const mark = createHash('sha1').update('/services/enrolment\ntaken-before').digest().subarray(0, 16);
    await collectionOf<{ _id: string }>(bench.connection, 'inbox_marks').insertOne({
      _id: `${TOPIC}/0/0`,
      partition: `${TOPIC}/0`,
      next: 5,
      marks: new mongoose.mongo.Binary(mark),
    } as never);
    await collectionOf<{ _id: string }>(bench.connection, 'inbox_positions').insertOne({
      _id: `${TOPIC}/0`,
      next: 5,
    } as never);
    expect(await give(inboxOf(bench, recorder(bench)), [event, message(6, 'a', 4)])).toBe(7);
    expect(await applied(bench)).toEqual(['a#4']);
  });
});

describe('a repeat is dropped however late it comes', () => {
  const ofOlder = async (next: number, ...ids: string[]) => {
    const marks = ids.map((id) => createHash('sha1').update(`/services/enrolment\n${id}`).digest().subarray(0, 16));
    await collectionOf<{ _id: string }>(bench.connection, 'inbox_marks').insertOne({
      ...{ _id: `${TOPIC}/0/0`, partition: `${TOPIC}/0`, next },
      marks: new mongoose.mongo.Binary(Buffer.concat(marks)),
    } as never);
    await collectionOf<{ _id: string }>(bench.connection, 'inbox_positions').insertOne({
      ...{ _id: `${TOPIC}/0`, next },
    } as never);
  };

  test('though a release took it that remembered only the last ones: its log is made from the topic, without any effect', async () => {
    const old = Array.from({ length: 2500 }, (_, i) => message(i, `s${i % 7}`, Math.floor(i / 7) + 1, `old-${i}`));
    await ofOlder(2500, 'old-2499');
    const repeats = [0, 1, 8, 2499].map((i, at) => ({ ...(old[i] as IncomingMessage), offset: 2500 + at }));
    const all = [...old, ...repeats, message(2504, 's0', 359)];
    const dying = inboxOf(bench, recorder(bench));
    expect(await dying.positions()).toEqual(new Map([[`${TOPIC}/0`, 0]]));
    // It looks where it stood first, then reads some of the history, and dies.
    expect(await dying.onBatch(batchOf(all.slice(2499)))).toBe(0);
    expect(await dying.onBatch(batchOf(all.slice(0, 1200)))).toBe(1200);
    const inbox = inboxOf(bench, recorder(bench));
    expect(await give(inbox, all)).toBe(2505);
    expect(await applied(bench)).toEqual(['s0#359']);
    expect(await inbox.parked.list()).toEqual([]);
    // Read once: who comes next goes on where it stands.
    expect(await inboxOf(bench, recorder(bench)).positions()).toEqual(new Map([[`${TOPIC}/0`, 2505]]));
  });

  test('though the read model was emptied and built again since', async () => {
    const events = [message(0, 'a', 1), message(1, 'a', 2), message(2, 'b', 1)];
    await give(inboxOf(bench, recorder(bench)), events);
    await emptyReadModel(bench.connection, ['applied']);
    const repeats = events.map((event, i) => ({ ...event, offset: 3 + i }));
    const inbox = inboxOf(bench, recorder(bench));
    expect(await give(inbox, [...events, ...repeats])).toBe(6);
    expect(await applied(bench)).toEqual(['a#1', 'a#2', 'b#1']);
    expect(await inbox.parked.list()).toEqual([]);
  });
});

describe('the order of an aggregate is broken: it is held, and said', () => {
  const reasons = async (inbox: Inbox) => (await inbox.parked.list()).map((p) => p.held ?? p.reason);

  test('another event where one was taken is a fork, though it comes in the same batch', async () => {
    const inbox = inboxOf(bench, recorder(bench));
    await give(inbox, [message(0, 'a', 1), message(1, 'a', 2), message(2, 'a', 2), message(3, 'b', 1)]);
    await give(inboxOf(bench, recorder(bench)), [message(4, 'a', 3), message(5, 'b', 1)]);
    expect(await applied(bench)).toEqual(['a#1', 'a#2', 'b#1']);
    expect(await reasons(inbox)).toEqual(['forked', BEHIND_PARKED, 'forked']);
    expect(await inbox.parked.held()).toEqual([`${TOPIC} a`, `${TOPIC} b`]);
  });

  test('an event below the last one, never taken, is held; its repeat is none more; replayed only by its subject', async () => {
    const inbox = inboxOf(bench, recorder(bench));
    const late = message(1, 'a', 2);
    await give(inbox, [message(0, 'a', 5), late, { ...late, offset: 2 }, message(3, 'a', 6)]);
    expect(await reasons(inbox)).toEqual(['overtaken', BEHIND_PARKED]);
    const letters = new DeadLetters(bench.connection, [inbox]);
    expect(await letters.replay({})).toEqual({ replayed: 0, stillParked: 2 });
    expect(await letters.replay({ subject: 'a' })).toEqual({ replayed: 2, stillParked: 0 });
    expect(await applied(bench)).toEqual(['a#5', 'a#2', 'a#6']);
  });

  test('of another source two events of one number are two events, known by their ids', async () => {
    const of = (offset: number, id: string) => {
      const event = message(offset, 'a', 1, id);
      return { ...event, headers: { ...event.headers, ce_source: 'urn:elsewhere' } };
    };
    await give(inboxOf(bench, recorder(bench)), [of(0, 'x'), of(1, 'y'), of(2, 'x')]);
    expect(await applied(bench)).toEqual(['a#1', 'a#1']);
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
    expect(await give(inbox, messages)).toBe(5);
    expect(await applied(bench)).toEqual(['a#1', 'b#1', 'b#3']);
    expect((await inbox.parked.list()).map((p) => p.reason)).toEqual(['Error: cannot read this one', BEHIND_PARKED]);

    expect(await new DeadLetters(bench.connection, [inbox]).replay({})).toEqual({ replayed: 0, stillParked: 2 }); // not mended yet
    delete poison.reason;
    expect(await new DeadLetters(bench.connection, [inbox]).replay({})).toEqual({ replayed: 2, stillParked: 0 });
    expect(await applied(bench)).toEqual(['a#1', 'b#1', 'b#3', 'a#2', 'a#3']);
  });

  test('its copy goes to the dead-letter topic with where it was and why', async () => {
    const broken = { ...message(0, 'a', 1), value: '{"programme":' };
    await give(inboxOf(bench, recorder(bench)), [broken]);
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
    await give(inbox, [{ ...message(0, 'a', 1), ...fault }]);
    expect((await inbox.parked.list())[0]?.reason).toContain(reason);
  });

  test.each([
    [
      'header names that are no field names',
      { headers: { 'a.b$c\0': 'x', ['__proto__']: 'y', constructor: 'z', $set: '%' } },
    ],
    ['a subject of 100 kB', { headers: { ...message(0, 'x'.repeat(100_000), 1).headers, ce_sequence: 'x' } }],
    ['a record as large as a topic takes', { value: '\u0000'.repeat(4_000_000) }],
    ['a header of 4 MB', { headers: { big: '\u0001'.repeat(4_000_000) } }],
    ['brackets without end', { value: '['.repeat(1_000_000) + ']'.repeat(1_000_000) }],
  ])('%s', async (_what, fault) => {
    const inbox = inboxOf(bench, recorder(bench));
    const headers = Object.assign(
      Object.create(null) as object,
      ('headers' in fault ? fault.headers : undefined) ?? message(0, 'a', 1).headers,
    );
    const bad = { ...message(0, 'a', 1), ...fault, headers } as IncomingMessage;
    expect(await give(inbox, [bad, message(1, 'b', 1)])).toBe(2);
    expect(await applied(bench)).toEqual(['b#1']);
    expect((await inbox.parked.list())[0]?.message.headers).toEqual(headers);
  });

  test('five hundred in one batch: each is parked alone, the others are taken', async () => {
    const inbox = inboxOf(bench, recorder(bench, { reason: '2' }));
    const batch = Array.from({ length: 1000 }, (_, i) => message(i, `s${i}`, 1 + (i % 2)));
    expect(await give(inbox, batch)).toBe(1000);
    expect(await applied(bench)).toHaveLength(500);
    expect(await inbox.parked.count()).toBe(500);
  });
});

describe('an event of a newer release', () => {
  const ofType = (event: IncomingMessage, type: string) => ({ ...event, headers: { ...event.headers, ce_type: type } });

  test('a type that no contract of this release has holds up nobody; where it begins is kept', async () => {
    const inbox = inboxOf(bench, recorder(bench));
    const later = [7, 8].map((offset) => ofType(message(offset, 'a', offset), 'fr.gpect.enrolment.firm-praised.v1'));
    expect(await give(inbox, [message(6, 'a', 6), ...later, message(9, 'a', 9)])).toBe(10);
    expect(await applied(bench)).toEqual(['a#6', 'a#9']);
    expect(await inbox.parked.list()).toEqual([]);
    expect(await inbox.unknown.types()).toEqual(['fr.gpect.enrolment.firm-praised.v1']);
    expect(await collectionOf(bench.connection, 'inbox_unknown_types').find().toArray()).toMatchObject([
      { partition: `${TOPIC}/0`, first: 7 },
    ]);
  });

  test('a newer version of a type that it reads is kept, its aggregate behind it, others go on; read by itself after the upgrade, in order', async () => {
    const inbox = inboxOf(bench, recorder(bench));
    const newer = ofType(message(1, 'a', 2), 'fr.gpect.enrolment.firm-declined.v9');
    await give(inbox, [message(0, 'a', 1), newer, message(2, 'b', 1), message(3, 'a', 3)]);
    expect(await applied(bench)).toEqual(['a#1', 'b#1']);
    expect((await inbox.parked.list()).map(({ held, reason }) => held ?? reason)).toEqual(['newer', BEHIND_PARKED]);
    expect(await inbox.parked.held()).toEqual([]);
    await inbox.newer.take();
    expect(await new DeadLetters(bench.connection, [inbox]).replay({})).toEqual({ replayed: 0, stillParked: 2 });
    // The upgrade: the same event in a type that the next release knows.
    await collectionOf<{ _id: string }>(bench.connection, 'parked_events').updateOne({ held: 'newer' } as never, {
      $set: { 'message.headers.ce_type': TYPE },
    });
    const upgraded = inboxOf(bench, recorder(bench));
    await upgraded.newer.take();
    expect(await applied(bench)).toEqual(['a#1', 'b#1', 'a#2', 'a#3']);
    expect(await upgraded.parked.count()).toBe(0);
    await give(upgraded, [message(4, 'a', 4)]);
    expect(await applied(bench)).toHaveLength(5);
  });
});

describe('a build that reads a type more', () => {
  const MORE = 'fr.gpect.enrolment.firm-detected.v1' as const;
  const more = (offset: number, subject: string, sequence: number, id = `m${offset}`): IncomingMessage => ({
    ...message(offset, subject, sequence, id),
    headers: { ...message(offset, subject, sequence, id).headers, ce_type: MORE },
    value: JSON.stringify(examplesOf(MORE)[0]),
  });
  /** A read model that keeps both types. */
  const both = () => ({
    ...recorder(bench),
    types: [TYPE, MORE],
    changesOf: (event: RecordedEvent) => [{ subject: event.subject, sequence: event.sequence }],
    apply: async (documents: readonly object[], session: Session) => {
      const copies = documents.map((document) => ({ ...document }));
      if (copies.length > 0) await collectionOf(bench.connection, 'applied').insertMany(copies, { session });
    },
  });
  const history = [message(0, 'a', 1), more(1, 'a', 2), message(2, 'a', 3), more(3, 'b', 1), more(4, 'a', 4)];

  test('reads its history by itself: once, in order, what was read before not twice, and goes on though it dies meanwhile', async () => {
    await give(inboxOf(bench, recorder(bench)), [...history, more(5, 'b', 1, 'm3')]);
    expect(await applied(bench)).toEqual(['a#1', 'a#3']);
    const dying = inboxOf(bench, both() as never);
    expect(await dying.positions()).toEqual(new Map([[`${TOPIC}/0`, 0]]));
    // It looks where it stood first, then takes two of the history, and dies.
    expect(await dying.onBatch(batchOf([more(5, 'b', 1, 'm3'), message(6, 'a', 5)]))).toBe(0);
    expect(await dying.onBatch(batchOf(history.slice(0, 2)))).toBe(2);
    const next = inboxOf(bench, both() as never);
    const all = [...history, more(5, 'b', 1, 'm3'), message(6, 'a', 5), more(7, 'b', 2)];
    expect(await give(next, all)).toBe(8);
    expect(await applied(bench)).toEqual(['a#1', 'a#3', 'a#2', 'b#1', 'a#4', 'a#5', 'b#2']);
    expect(await next.parked.list()).toEqual([]);
    expect(await inboxOf(bench, both() as never).positions()).toEqual(new Map([[`${TOPIC}/0`, 8]]));
  });

  test('what an older build passed over beside it is read too; of a database of before nothing is read again', async () => {
    await give(inboxOf(bench, recorder(bench)), history.slice(0, 3));
    // As a release leaves it that says nothing of what it reads.
    await collectionOf(bench.connection, 'inbox_reads').deleteMany({});
    await collectionOf(bench.connection, 'inbox_positions').updateMany({}, { $unset: { as: '' } });
    expect(await inboxOf(bench, recorder(bench)).positions()).toEqual(new Map([[`${TOPIC}/0`, 3]]));
    await give(inboxOf(bench, both() as never), history.slice(0, 3));
    expect(await applied(bench)).toEqual(['a#1', 'a#3', 'a#2']);
    await give(inboxOf(bench, recorder(bench)), history);
    expect(await applied(bench)).toHaveLength(3);
    await give(inboxOf(bench, both() as never), history);
    expect(await applied(bench)).toEqual(['a#1', 'a#3', 'a#2', 'b#1', 'a#4']);
  });
});

describe('a build that keeps more of a type that it reads', () => {
  /** The last event of each aggregate; in any revision but the first with its reason. */
  const lasts = (revision: Kept['revision']): Facts<{ _id: string; sequence: number; reason?: string }> =>
    keptAs('lasts', revision, {
      types: [TYPE],
      changesOf: (event: RecordedEvent) =>
        event.type === TYPE
          ? [{ _id: event.subject, sequence: event.sequence, ...(revision !== 1 ? { reason: event.data.reason } : {}) }]
          : [],
      apply: async (changes: readonly { _id: string }[], session: Session) => {
        for (const { _id, ...$set } of changes)
          await collectionOf<{ _id: string }>(bench.connection, 'lasts').updateOne(
            { _id },
            { $set },
            { session, upsert: true },
          );
      },
    });
  const reader = (revision: Kept['revision'], poison: { reason?: string } = {}) =>
    inboxOf(bench, withFacts(recorder(bench, poison), lasts(revision)) as never);
  const kept = () => collectionOf(bench.connection, 'lasts').find().sort({ _id: 1 }).toArray();
  const repeat = message(1, 'a', 1, 'first');
  const history = [message(0, 'a', 1, 'first'), message(1, 'b', 1), message(2, 'a', 2), { ...repeat, offset: 3 }];

  const progress = async () => (await readProgress(bench.connection, lasts('c0ffee').kept ?? [])).get('lasts/c0ffee');

  test.each([2, 'c0ffee'])(
    'reads its history again for that alone (revision %s): in its order, a repeat without effect, and goes on though it dies meanwhile',
    async (revision) => {
      await give(reader(1), history);
      expect(await kept()).toEqual([
        { _id: 'a', sequence: 2 },
        { _id: 'b', sequence: 1 },
      ]);
      const dying = reader(revision);
      expect(await dying.positions()).toEqual(new Map([[`${TOPIC}/0`, 0]]));
      // It looks where it stood first, then takes two of the history, and dies.
      expect(await dying.onBatch(batchOf(history.slice(3)))).toBe(0);
      expect(await dying.onBatch(batchOf(history.slice(0, 2)))).toBe(2);
      const all = [...history, message(4, 'b', 2)];
      expect(await give(reader(revision), all)).toBe(5);
      expect(await kept()).toEqual([
        { _id: 'a', sequence: 2, reason: '2' },
        { _id: 'b', sequence: 2, reason: '2' },
      ]);
      expect(await applied(bench)).toEqual(['a#1', 'b#1', 'a#2', 'b#2']);
      expect(await reader(revision).positions()).toEqual(new Map([[`${TOPIC}/0`, 5]]));
    },
  );

  test('what was parked is kept when it is replayed, not before', async () => {
    const poison: { reason?: string } = { reason: '2' };
    await give(reader(1, poison), history);
    const upgraded = reader(2, poison);
    await give(upgraded, [...history, message(4, 'b', 2)]);
    expect(await upgraded.parked.count()).toBe(2);
    expect((await kept()).map(({ reason }) => reason)).toEqual(['1', '1']);
    delete poison.reason;
    const letters = new DeadLetters(bench.connection, [upgraded]);
    expect(await letters.replay({})).toEqual({ replayed: 2, stillParked: 0 });
    expect((await kept()).map(({ reason }) => reason)).toEqual(['2', '2']);
    expect(await applied(bench)).toHaveLength(4);
  });

  test('says that it is not whole, and how far it is, until its history is read', async () => {
    expect(await progress()).toEqual({ whole: true, learnt: 0, until: 0 });
    await give(reader(1), history);
    const upgraded = reader('c0ffee');
    // It looks where it stood first, then takes two of the history.
    await upgraded.onBatch(batchOf(history.slice(3)));
    expect(await progress()).toEqual({ whole: false, learnt: 0, until: 4 });
    await upgraded.onBatch(batchOf(history.slice(0, 2)));
    expect(await progress()).toEqual({ whole: false, learnt: 2, until: 4 });
    const all = [...history, message(4, 'b', 2)];
    await give(upgraded, all);
    expect(await progress()).toEqual({ whole: true, learnt: 5, until: 5 });
    // A build of before goes on beside it: it does not keep this of what it takes.
    await give(reader(1), [...all, message(5, 'b', 3)]);
    expect(await progress()).toMatchObject({ whole: false, until: 6 });
  });

  test('a database of a release that knew no names has what revision 1 stands for, and lacks what came since', async () => {
    await give(reader(1), history);
    await collectionOf(bench.connection, 'inbox_reads').updateMany({}, { $unset: { kept: '' } });
    expect(await reader(1).positions()).toEqual(new Map([[`${TOPIC}/0`, 4]]));
    await collectionOf(bench.connection, 'inbox_reads').updateMany({}, { $unset: { kept: '' } });
    expect(await reader(2).positions()).toEqual(new Map([[`${TOPIC}/0`, 0]]));
  });
});

describe('who writes changes is told whose they are', () => {
  /** Counts the transactions of each in a document of its own. */
  const counting = (onBegin: () => void = () => undefined, beforeEnd: () => Promise<void> = async () => undefined) => ({
    apply: async (_changes: readonly unknown[], session: Session, from: string) => {
      onBegin();
      const counts = collectionOf<{ _id: string; n: number }>(bench.connection, 'lasts');
      await counts.updateOne({ _id: from }, { $inc: { n: 1 } }, { session, upsert: true });
      await beforeEnd();
    },
  });
  const counted = () => collectionOf(bench.connection, 'lasts').find().sort({ _id: 1 }).toArray();

  test.each([
    ['a read model', (poison: object): EventHandler => recorder(bench, poison) as never],
    ['reactions', (): EventHandler => ({ kind: 'reactions', on: {} })],
  ])(
    '%s with facts: the partition for a batch and its history, other words for what is replayed',
    async (_what, other) => {
      const poison: { reason?: string } = { reason: '2' };
      const facts = { ...recorder(bench, poison), ...counting() } as unknown as Facts;
      const reads = (revision: number) =>
        inboxOf(bench, withFacts(other(poison), keptAs('counts', revision, facts)) as never);
      const inbox = reads(1);
      const taken = [message(0, 'a', 1), message(1, 'b', 2)];
      await give(inbox, taken);
      expect(await counted()).toEqual([{ _id: `${TOPIC}/0`, n: 1 }]);
      await give(reads(2), taken);
      expect(await counted()).toEqual([{ _id: `${TOPIC}/0`, n: 2 }]);
      delete poison.reason;
      await new DeadLetters(bench.connection, [inbox]).replay({});
      expect(await counted()).toEqual([
        { _id: `${TOPIC}/0`, n: 2 },
        { _id: REPLAYED, n: 1 },
      ]);
    },
  );

  test.each([
    ['though nothing was ever replayed', 0],
    ['as later ones do', 1],
  ])(
    'two that are replayed at one time meet, %s: one of them writes again, and both are taken',
    async (_when, before) => {
      const poison: { reason?: string } = { reason: '2' };
      await give(inboxOf(bench, recorder(bench, poison)), [message(0, 'a', 2), message(1, 'b', 2)]);
      if (before > 0)
        await collectionOf<{ _id: string; n: number }>(bench.connection, 'lasts').insertOne({
          _id: REPLAYED,
          n: before,
        });
      let tries = 0;
      const aWhile = () => new Promise<void>((resolve) => setTimeout(resolve, 300));
      const replica = () => inboxOf(bench, { ...recorder(bench), ...counting(() => tries++, aWhile) });
      const parked = await replica().parked.list();
      expect(parked).toHaveLength(2);
      const replayed = await Promise.all(parked.map((event) => replica().replayOne(event)));
      expect(replayed).toEqual([undefined, undefined]);
      expect(await counted()).toEqual([{ _id: REPLAYED, n: before + 2 }]);
      expect(tries).toBeGreaterThan(2);
      expect(await replica().parked.count()).toBe(0);
    },
  );
});

test('a database that was emptied sends the reader back to the first event', async () => {
  const inbox = inboxOf(bench, recorder(bench));
  expect(await inbox.onBatch(batchOf([message(40, 'a', 1)]))).toBe(0);
});
