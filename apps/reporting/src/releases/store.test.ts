import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startReadModels } from '../../test/feed.js';
import { releaseOn } from '../../test/releases.js';
import type { ReleasedCell } from './release.js';
import { releasedEstimatesOf } from './released-estimates.js';
import { keepRelease, lastRelease, releaseOf, releasesFor, tableOfRelease } from './store.js';

let servers: Awaited<ReturnType<typeof startReadModels>>;
beforeAll(async () => {
  servers = await startReadModels();
}, 120_000);
afterAll(() => servers.stop());

const cells = (value: number): ReleasedCell[] => [{ at: {}, of: [['detected', [value, value]]] }];
const tables = (value: number) => new Map([['', cells(value)]]);

test('of two replicas that release on the same day one is kept, with its own tables', async () => {
  const { connection } = await servers.fresh();
  const kept = await Promise.all([1, 2].map((n) => keepRelease(connection, releaseOn('2026-12-01'), tables(n))));
  expect([...kept].sort()).toEqual([false, true]);
  expect(await releasesFor(connection, 'p')).toHaveLength(1);
  expect(await tableOfRelease(connection, 'p/2026-12-01', '')).toEqual(cells(kept.indexOf(true) + 1));
});

test('releases are told the last first, each by its date, and of their programme alone', async () => {
  const { connection } = await servers.fresh();
  for (const date of ['2026-11-01', '2026-12-01', '2026-10-01'])
    await keepRelease(connection, releaseOn(date), tables(1));
  await keepRelease(connection, { ...releaseOn('2026-12-09'), _id: 'q/2026-12-09', programme: 'q' }, tables(1));
  expect((await releasesFor(connection, 'p')).map(({ date }) => date)).toEqual([
    '2026-12-01',
    '2026-11-01',
    '2026-10-01',
  ]);
  expect((await lastRelease(connection, 'p'))?.date).toBe('2026-12-01');
  expect((await lastRelease(connection, 'p', '2026-11-30'))?.date).toBe('2026-11-01');
  expect((await releaseOf(connection, 'p', '2026-10-01'))?.positions).toEqual({ 'topic/0': 7 });
  expect(await releaseOf(connection, 'p', '2026-10-02')).toBeNull();
});

test('estimates are kept with their release, and told of the programme as a whole; one of before has none', async () => {
  const { connection } = await servers.fresh();
  const told = { n: 40, counts: { rose: 25 }, values: { change: { value: 0.12 } } };
  await keepRelease(connection, releaseOn('2026-11-01'), tables(1));
  await keepRelease(connection, releaseOn('2026-12-01'), tables(1), {
    estimates: [{ estimate: 'spendChange', told, behind: '' }],
  });
  expect(await releasedEstimatesOf(connection, 'p/2026-11-01', {})).toEqual([]);
  const [estimate, ...others] = await releasedEstimatesOf(connection, 'p/2026-12-01', {});
  expect(others).toEqual([]);
  expect(estimate).toMatchObject({ id: 'spendChange', status: 'COMPLETE', n: 40, confidence: 0.95 });
  expect(estimate?.counts[0]).toEqual({ name: 'rose', labelFr: 'En hausse', labelEn: 'Rose', count: 25 });
  expect(estimate?.values[0]).toMatchObject({ name: 'change', unit: 'change', value: 0.12, low: null });
  const [ofBasin] = await releasedEstimatesOf(connection, 'p/2026-12-01', { basin: 'lille' });
  expect(ofBasin).toMatchObject({ status: 'INCOMPLETE', n: null });
  expect(ofBasin?.reasonEn).toContain('the whole programme alone');
});

test('what a replica began and did not end is told to nobody, and is made by another after ten minutes', async () => {
  const model = await servers.fresh();
  const { connection } = model;
  const { _id, ...begun } = releaseOn('2026-12-01', new Date('2026-12-01T10:00:00Z'));
  await model.collection('releases').insertOne({ _id, ...begun, isWhole: false } as never);
  expect(await releasesFor(connection, 'p')).toEqual([]);
  const again = (time: string) =>
    keepRelease(connection, releaseOn('2026-12-01', new Date(`2026-12-01T${time}Z`)), tables(3));
  expect(await again('10:09:59')).toBe(false);
  expect(await again('10:10:01')).toBe(true);
  expect(await tableOfRelease(connection, _id, '')).toEqual(cells(3));
  expect(await again('11:00:00')).toBe(false);
});
