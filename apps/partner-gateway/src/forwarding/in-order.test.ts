import type { RecordedEvent } from '@gpect/service-kit/events/event';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { startDatabase } from '@gpect/test-kit/servers';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';

/** Two gateways that take events of the same aggregates, one after the other, with clocks of their own. */
let database: Awaited<ReturnType<typeof startDatabase>>;
beforeAll(async () => {
  database = await startDatabase();
}, 60_000);
afterAll(() => database.stop());

const clock = Date.now;
afterEach(() => {
  Date.now = clock;
});

/** A process of its own, as far as its modules go: each has its clock and what it remembers of it. */
async function replica(url: string, aheadMs: number) {
  jest.resetModules();
  const { createDatabase, connect } = await import('@gpect/service-kit/mongo/connection');
  const { inTransaction } = await import('@gpect/service-kit/mongo/transaction');
  const { keepPartners } = await import('@gpect/partner-events/known-partners');
  const { messagesOf, outboxOf } = await import('@gpect/service-kit/outbox/outbox');
  const { forwardEvents } = await import('./forward.js');
  const connection = createDatabase();
  await connect(connection, url);
  const runner = { startingWith: async () => [] };
  const { apply } = forwardEvents({ connection, runner } as unknown as ServiceContext);
  const partner = { partner: 'p', acts: {}, doors: ['HTTP'], sends: [], programmes: ['*'] } as never;
  return {
    declare: () => inTransaction(connection, (session) => keepPartners(connection, [{ _id: 'p', partner }], session)),
    take: async (...events: RecordedEvent[]) => {
      Date.now = () => clock() + aheadMs;
      await inTransaction(connection, (session) => apply(events, session, 'test'));
    },
    told: async () => {
      const entries = await outboxOf(connection).find().sort({ _id: 1 }).toArray();
      return entries.flatMap(messagesOf).map(({ key, headers }) => `${key} ${headers['ce_sequence']}`);
    },
    close: () => connection.close(),
  };
}

const event = (subject: string, sequence: number): RecordedEvent => ({
  ...{
    id: `${subject}-${sequence}`,
    source: '/services/partner-gateway',
    subject,
    time: '2026-01-01T00:00:00Z',
    sequence,
  },
  type: 'fr.gpect.partner-gateway.contract-deprecated.v1',
  data: { contract: subject, announcedOn: '2026-01-01', endsOn: '2027-01-01' },
});

test.each([
  ['an hour ahead', 3_600_000],
  ['an hour behind', -3_600_000],
  ['a day ahead', 86_400_000],
])(
  'events of an aggregate keep their order for partners where the gateway that took the first has a clock %s',
  async (_what, ahead) => {
    const url = database.freshDatabase();
    const [first, second] = [await replica(url, ahead), await replica(url, 0)];
    await first.declare();
    await first.take(event('a', 1), event('b', 1));
    await second.take(event('a', 2), event('c', 1));
    await first.take(event('a', 3), event('c', 2));
    await second.take(event('b', 2), event('c', 3), event('a', 4));
    const told = await second.told();
    for (const subject of ['a', 'b', 'c']) {
      const of = told.filter((one) => one.startsWith(subject));
      expect(of).toEqual(of.map((_one, i) => `${subject} ${i + 1}`));
    }
    expect(told).toHaveLength(9);
    await Promise.all([first.close(), second.close()]);
  },
);
