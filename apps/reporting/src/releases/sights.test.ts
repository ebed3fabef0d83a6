import { auditContext, trailOf } from '@gpect/service-kit/audit/audit-trail';
import type { Grant } from '@gpect/service-kit/rights/grant';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Request, Response } from 'express';
import { type ReadModelInUse, startReadModels } from '../../test/feed.js';
import { releaseOn } from '../../test/releases.js';
import { disclose, FullSight } from '../secrecy/disclosed.js';
import { sightFor } from './sights.js';
import { ReleaseSource } from './source.js';
import { keepRelease } from './store.js';

let servers: Awaited<ReturnType<typeof startReadModels>>;
let model: ReadModelInUse;
beforeAll(async () => {
  servers = await startReadModels();
  model = await servers.fresh();
  for (const date of ['2026-11-01', '2026-12-01'])
    await keepRelease(
      model.connection,
      releaseOn(date),
      new Map([
        ['', [{ at: {}, of: [['detected', [9, 9]]] }]],
        [
          'basin+size',
          [
            { at: { basin: 'b1', size: '0-9' }, of: [['detected', [5, 5]]] },
            { at: { basin: 'b2', size: '0-9' }, of: [['detected', null]] },
          ],
        ],
      ]),
    );
}, 120_000);
afterAll(() => servers.stop());

const ask = (role: string, asked: Omit<Parameters<typeof sightFor>[2], 'programme'>, programme = 'p') => {
  const caller = { subject: `a ${role}`, roles: [role] };
  const request = {
    caller,
    method: 'GET',
    originalUrl: '/bilan',
    headers: {},
    get: () => undefined,
    header: () => undefined,
  };
  return new Promise<Awaited<ReturnType<typeof sightFor>>>((resolve, reject) => {
    auditContext()(request as unknown as Request, {} as Response, () =>
      sightFor(model.connection, { caller } as unknown as Grant, { programme, ...asked }).then(resolve, reject),
    );
  });
};
const purpose = 'contrôle annuel';

test.each(['state', 'region'])('%s, who say why, see every figure, and that is written down', async (role) => {
  const before = await trailOf(model.connection).countDocuments();
  const sight = await ask(role, { purpose, asOf: '2009-01-01' });
  expect(sight).toMatchObject({ kind: 'full', purpose });
  // It is written while figures are read: whatever is disclosed, it stands there first.
  await disclose(sight, 'a figure');
  expect(await trailOf(model.connection).countDocuments()).toBe(before + 1);
  expect(await trailOf(model.connection).findOne({ who: `a ${role}` })).toMatchObject({ read: ['p'], purpose });
});

test.each(['state', 'region', 'evaluator', 'funder', 'carrier'])(
  '%s, who say no purpose, see the last release',
  async (role) => {
    expect(await ask(role, {})).toMatchObject({ kind: 'release', date: '2026-12-01' });
  },
);

test.each(['evaluator', 'funder', 'carrier'])(
  '%s see a release whatever they say, and nothing is written down',
  async (role) => {
    const before = await trailOf(model.connection).countDocuments();
    expect(await ask(role, { purpose })).toMatchObject({ kind: 'release' });
    expect(await trailOf(model.connection).countDocuments()).toBe(before);
  },
);

test('an earlier release is seen by its date, by State too, who say why', async () => {
  expect(await ask('evaluator', { release: '2026-11-01' })).toMatchObject({ date: '2026-11-01' });
  expect(await ask('state', { release: '2026-11-01', purpose })).toMatchObject({ kind: 'release', date: '2026-11-01' });
});

test.each([
  ['a day in the field', { asOf: '2009-01-01' }, 'p', 422, 'une date passée se lit avec une finalité'],
  ['a release that there is not', { release: '2026-11-02' }, 'p', 404, 'rien de p n’a été publié le 2026-11-02'],
  ['a programme of which nothing was released', {}, 'q', 409, 'aucun chiffre de q n’est encore publié'],
] as const)('%s is refused in French, with what there is', async (_what, asked, programme, status, french) => {
  const problem = await ask('evaluator', asked, programme).catch((error: unknown) => error);
  expect(problem).toMatchObject({ status });
  const text = JSON.stringify(problem);
  expect(text).toContain(french);
  if (programme === 'p') expect(text).toContain('2026-12-01, 2026-11-01');
});

test('figures of a release are those of its tables, and what it has no table of is refused with those it has', async () => {
  const source = new ReleaseSource(model.connection).of('p/2026-12-01');
  const [cells = []] = await source.cuts([['size']], { basin: 'b1' });
  expect(cells.map(({ at }) => at)).toEqual([{ basin: 'b1', size: '0-9' }]);
  expect(cells[0]?.value('detected')).toBe(5);
  const [masked = []] = await source.cuts([['size', 'basin']], { basin: 'b2' });
  expect(masked[0]?.value('detected')).toBeNull();
  const refused = await source.cuts([['size', 'basin', 'year']], {}).catch((error: unknown) => error);
  expect(refused).toMatchObject({ status: 422 });
  expect(JSON.stringify(refused)).toContain('une publication a des tableaux d’une dimension, et de action+basin');
});

test('what cannot be written down is not disclosed', async () => {
  const sight = FullSight.granted(purpose, Promise.reject(new Error('the trail is full')));
  await expect(disclose(sight, 'a figure')).rejects.toThrow('the trail is full');
});
