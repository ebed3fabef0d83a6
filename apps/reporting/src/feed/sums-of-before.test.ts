import { topicOf } from '@gpect/contracts/event-contracts';
import { linesOf } from '@gpect/service-kit/inbox/lacking';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type mongoose from 'mongoose';
import { startReadModels } from '../../test/feed.js';
import { KEPT } from './revisions.js';

let servers: Awaited<ReturnType<typeof startReadModels>>;
beforeAll(async () => {
  servers = await startReadModels();
}, 120_000);
afterAll(() => servers.stop());

const types = [...new Set(KEPT.flatMap((kept) => kept.types))].sort();
/** What the firm says by its sums, and by the records that history is read into. */
const SAID = {
  sessions: { '2008-06-23': { sessions: 2, halfDays: 3, at: { PRE_DIAGNOSTIC: { MANAGER: 2 } } } },
  workshops: { '2008-07-03': { invited: 2, attended: 1 } },
  spend: { '2008-03-01': { 'opca%2Ea': { PLAN: 500 } } },
  spendLines: { '2008-03-01': 1 },
  held: {
    S1: { q: 1, on: '2008-06-23', halfDays: 2, stage: 'PRE_DIAGNOSTIC', participants: ['MANAGER'] },
    S2: { q: 1, on: '2008-06-23', halfDays: 1, stage: 'PRE_DIAGNOSTIC', participants: ['MANAGER'] },
  },
  invited: { W1: { q: 1, on: '2008-07-03', came: true }, W2: { q: 1, on: '2008-07-03', came: false } },
  paid: { 'opca%2Ea A1': { q: 1, on: '2008-03-01', funder: 'opca.a', scheme: 'PLAN', cents: 500 } },
};
const { held, invited, paid, ...sums } = SAID;
const FIGURES = [
  ['attended', 1],
  ['halfDays', 3],
  ['invited', 2],
  ['participation', 2],
  ['participation:MANAGER', 2],
  ['participationByStage', 2],
  ['participationByStage:PRE_DIAGNOSTIC:MANAGER', 2],
  ['sessions', 2],
  ['spend', 500],
  ['spend:funder:opca.a', 500],
  ['spend:lines', 1],
  ['spend:scheme:PLAN', 500],
];

test('a database of before is counted by its sums until history is read, and by records to the same after', async () => {
  const positions = [...new Set(types.map(topicOf))].map((topic) => ({ _id: `${topic}/0`, next: 5 }));
  const reachedBy = async (connection: mongoose.Connection, set: string) => {
    for (const { _id, next } of positions)
      await collectionOf(connection, 'inbox_positions').updateOne(
        { _id } as never,
        { $set: { next, as: { set, at: next } } },
        { upsert: true },
      );
  };
  const firm = { _id: 'p/s1', programme: 'p', siret: 's1' };
  const model = await servers.fresh(async (connection) => {
    await collectionOf(connection, 'firms').insertOne({ ...firm, ...sums } as never);
    await collectionOf(connection, 'inbox_reads').insertOne({ _id: 'before', types, kept: [] } as never);
    await reachedBy(connection, 'before');
  });
  const feed = model.feed();
  const told = (key: string) =>
    feed.answer(key, async ({ cube, notWhole }) => ({
      figures: [...((await cube.ask({ programmes: ['p'], by: [] }))[0]?.of ?? [])]
        .map(([m, { value }]) => [m, value])
        .sort(),
      notWhole: [...notWhole],
    }));
  const before = await told('before');
  expect(before.figures).toEqual(FIGURES);
  for (const name of ['sessions', 'attendance', 'payments']) expect(before.notWhole).not.toContain(name);

  // Half of history is read: records are there, and nobody looks at them yet.
  await model.collection('firms').updateOne({ _id: firm._id }, { $set: { held: { S1: held.S1 } } });
  expect((await told('meanwhile')).figures).toEqual(FIGURES);

  await model.collection('firms').updateOne({ _id: firm._id }, { $set: { held, invited, paid } });
  await model.collection('inbox_reads').insertOne({ _id: 'now', types, kept: linesOf(KEPT) } as never);
  await reachedBy(model.connection, 'now');
  expect(await told('after')).toEqual({ figures: FIGURES, notWhole: [] });
});
