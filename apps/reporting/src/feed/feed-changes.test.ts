import { emptyReadModel } from '@gpect/service-kit/inbox/rebuild';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { type ReadModelInUse, startReadModels } from '../../test/feed.js';
import { READ_MODEL } from '../collections.js';
import type { Change } from '../facts/change.js';
import { actionsUnderWay } from '../facts/keepers/actions.js';
import type { Feed } from './feed.js';

let servers: Awaited<ReturnType<typeof startReadModels>>;
let model: ReadModelInUse;
let feed: Feed;
beforeAll(async () => {
  servers = await startReadModels();
}, 120_000);
afterAll(() => servers.stop());

async function begin(...changes: Change[]): Promise<void> {
  model = await servers.fresh();
  feed = model.feed();
  await model.write('enrolment/0', changes);
}

const firm = (siret: string, set: object): Change => ({
  collection: 'firms',
  id: `p/${siret}`,
  set: { programme: 'p', siret, ...set },
});
const paid = (siret: string, cents: number): Change => ({
  ...firm(siret, {}),
  newest: { 'paid.A1': { q: 1, on: '2008-03-01', funder: 'f', scheme: 'PLAN', cents } as never },
});
const move = (siret: string, successor: string): Change => ({ collection: 'moves', id: siret, set: { successor } });
const action = (set: object): Change => ({
  collection: 'actions',
  id: 'p/a',
  set: { programme: 'p', action: 'a', ...set },
});
const opened = (targetHeadcount: number): Change => ({
  collection: 'programmes',
  id: 'p',
  set: { name: 'P', targetHeadcount, basins: [] },
});

let asked = 0;
/** What a measure comes to, by a dimension. */
async function told(measure: string, by: string, of: Feed = feed): Promise<Record<string, number>> {
  const cells = await of.answer(`${asked++}`, ({ cube }) => cube.ask({ programmes: ['p'], by: [by] }));
  return Object.fromEntries(
    cells.flatMap(({ at, of: m }) => (m.has(measure) ? [[at[by] ?? '', m.get(measure)?.value ?? 0]] : [])),
  );
}

test('a firm counts under all its SIRET, however its moves chain and whichever is told first', async () => {
  await begin(
    firm('s1', { basin: 'b1' }),
    paid('s1', 500),
    firm('s3', { basin: 'b3', enrolledOn: '2008-02-01' }),
    paid('s2', 70),
  );
  expect(await told('spendEnrolled', 'basin')).toEqual({});
  await model.write('spend/0', [move('s2', 's3')]);
  expect(await told('spendEnrolled', 'basin')).toEqual({ b3: 70 });
  await model.write('spend/0', [move('s1', 's2')]);
  expect(await told('spendEnrolled', 'basin')).toEqual({ b3: 570 });
  await model.write('spend/0', [paid('s1', 500), firm('s1', { basin: 'b9' })]);
  expect(await told('spendEnrolled', 'basin')).toEqual({ b3: 570 });
});

test('a move that is said otherwise parts the firms that it made one', async () => {
  await begin(
    paid('s1', 500),
    firm('s2', { basin: 'b2', enrolledOn: '2008-02-01' }),
    firm('s3', { basin: 'b3', enrolledOn: '2008-02-01' }),
  );
  await model.write('spend/0', [move('s1', 's2')]);
  expect(await told('spendEnrolled', 'basin')).toEqual({ b2: 500 });
  await model.write('spend/0', [move('s1', 's3')]);
  expect(await told('spendEnrolled', 'basin')).toEqual({ b3: 500 });
  expect(await told('enrolled', 'basin')).toEqual({ b2: 1, b3: 1 });
});

test('firms and workshops go where their action goes: other carriers, another wave, another first basin', async () => {
  await begin(firm('s1', { action: 'a', detectedOn: '2008-01-01' }), {
    collection: 'workshops',
    id: 'p/w',
    set: { programme: 'p', action: 'a', heldOn: '2008-05-01' },
  });
  expect(await told('detected', 'carrier')).toEqual({ '': 1 });
  await model.write('enrolment/0', [
    action({ basins: ['b1'], carriers: [{ code: 'c1', name: 'C' }], startsOn: '2008-01-01' }),
  ]);
  expect([await told('detected', 'carrier'), await told('detected', 'wave'), await told('workshops', 'basin')]).toEqual(
    [{ c1: 1 }, { 2008: 1 }, { b1: 1 }],
  );
  await model.write('enrolment/0', [
    action({
      basins: ['b2'],
      carriers: [
        { code: 'c1', name: 'C' },
        { code: 'c2', name: 'D' },
      ],
    }),
  ]);
  expect([await told('detected', 'carrier'), await told('workshops', 'basin')]).toEqual([{ c1: 1, c2: 1 }, { b2: 1 }]);
});

test('a programme that opens after its firms says which of them are above its target', async () => {
  await begin(firm('s1', { headcount: 80, enrolledOn: '2008-02-01' }));
  await told('over100', 'programme');
  await model.write('enrolment/1', [opened(100)]);
  expect([await told('over100', 'programme'), await told('under100', 'programme')]).toEqual([{}, { p: 1 }]);
});

test('a read model that is emptied while a replica lives is followed, and built again to the same', async () => {
  const changes = [
    firm('s1', { basin: 'b1', detectedOn: '2008-01-01' }),
    firm('s2', { basin: 'b2', detectedOn: '2008-01-01' }),
  ];
  await begin(...changes);
  expect(await told('detected', 'basin')).toEqual({ b1: 1, b2: 1 });
  await emptyReadModel(model.connection, READ_MODEL);
  expect(await told('detected', 'basin')).toEqual({});
  await model.write('enrolment/0', changes.slice(1));
  expect(await told('detected', 'basin')).toEqual({ b2: 1 });
});

test('a replica that missed an emptying altogether takes nothing of before for true', async () => {
  await begin(firm('s1', { basin: 'b1', detectedOn: '2008-01-01' }));
  expect(await told('detected', 'basin')).toEqual({ b1: 1 });
  await emptyReadModel(model.connection, READ_MODEL);
  await model.write('enrolment/0', [firm('s2', { basin: 'b2', detectedOn: '2008-01-01' })]);
  expect(await told('detected', 'basin')).toEqual({ b2: 1 });
});

test('a replica whose changes are noted no more loads everything anew', async () => {
  await begin(firm('s1', { basin: 'b1', detectedOn: '2008-01-01' }));
  expect(await told('detected', 'basin')).toEqual({ b1: 1 });
  await model.write('enrolment/0', [firm('s1', { basin: 'b2' })]);
  await model.write('enrolment/0', [firm('s3', { basin: 'b3', detectedOn: '2008-01-01' })]);
  await model.collection('cube_changes').deleteOne({ n: 2 });
  expect(await told('detected', 'basin')).toEqual({ b2: 1, b3: 1 });
});

test('a partner that joins and leaves in one batch has left, and joins again', async () => {
  await begin();
  const joined = event('enrolment.action-partner-joined', {
    action: 'a',
    partner: 'opca.a',
    name: 'Opca A',
    since: '2008-02-01',
  });
  const left = event('enrolment.action-partner-left', { action: 'a', partner: 'opca.a' });
  const partners = async () => (await model.collection('actions').findOne({ _id: 'p/a' }))?.['partners'];
  await model.write('enrolment/0', [joined, left].flatMap(actionsUnderWay.changesOf));
  expect(await partners()).toEqual({ 'opca%2Ea': { name: 'Opca A', since: '2008-02-01', left: true } });
  await model.write('enrolment/0', actionsUnderWay.changesOf(joined) as Change[]);
  expect(await partners()).toEqual({ 'opca%2Ea': { name: 'Opca A', since: '2008-02-01', left: false } });
});
