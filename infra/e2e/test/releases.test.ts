import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { todayInParis } from '@gpect/domain-values/calendar';
import { ROOT } from '@gpect/local/root';
import { freePorts } from '@gpect/local-servers/ports';
import type { Actor } from '@gpect/programme/api-client';
import { caughtUp } from '@gpect/programme/caught-up';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SIRETS } from './firms.js';
import { bearerOf, enrolInArras, type Field, launchArras, openField, STATE } from './harness.js';

/** Two programmes as their partners read them: what is released, and what is seen with a purpose. */
let field: Field;
const [here, beside] = ['publie', 'voisin'];
const REGION: Actor = { roles: ['region'] };
const EVALUATOR: Actor = { roles: ['evaluator'] };
const CARRIER: Actor = { roles: ['carrier'], carrier: 'cci-artois' };
const FUNDER: Actor = { roles: ['funder'], funder: 'opca-a' };
const PURPOSE = 'réunion du comité de pilotage';
/** Firms of the one programme, and of the other: the last of the one is the first of the other. */
const FIRMS = { [here]: SIRETS.slice(0, 12), [beside]: SIRETS.slice(11, 20) };
const today = todayInParis(new Date());

beforeAll(async () => {
  field = await openField();
  for (const programme of [here, beside]) await launchArras(field, programme);
  // Each programme of its own day: nobody has to wait for the other.
  await Promise.all(
    Object.entries(FIRMS).map(async ([programme, sirets]) => {
      for (const siret of sirets) await enrolInArras(field, programme, siret);
    }),
  );
  await field.api.command('enrolment', STATE, '/collective-actions', {
    programme: here,
    code: 'lens',
    name: 'Lens',
    basins: ['lens-henin'],
    startsOn: '2010-01-11',
    durationMonths: 18,
    targetFirms: 40,
    carriers: [{ code: 'medef-artois', name: 'Medef Artois' }],
  });
  await caughtUp(field.api);
});
afterAll(() => field.stop());

type Query = Readonly<Record<string, string>>;

async function ask(
  actor: Actor,
  path: string,
  query: Query = {},
  { lang = 'fr', at = field.stack.urls.reporting } = {},
): Promise<{ status: number; text: string; body: Record<string, unknown> }> {
  const search = new URLSearchParams(
    path === '/bilans/compare' || path === '/audit' ? query : { programme: here, ...query },
  );
  const response = await fetch(`${at}${path}?${search}`, {
    headers: { ...(await bearerOf(field, actor)), 'accept-language': lang },
  });
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) as Record<string, unknown> };
}

async function release(actor: Actor, programme: string, lang = 'fr') {
  const response = await fetch(`${field.stack.urls.reporting}/releases`, {
    method: 'POST',
    headers: { ...(await bearerOf(field, actor)), 'content-type': 'application/json', 'accept-language': lang },
    body: JSON.stringify({ programme }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('before anything is released', () => {
  test.each([
    ['an evaluator', EVALUATOR],
    ['a carrier', CARRIER],
    ['a funder', FUNDER],
    ['State, who says no purpose,', STATE],
  ])('%s reads no figures', async (_who, actor) => {
    for (const path of ['/bilan', '/bilan/figures/enrolled']) {
      const { status, body } = await ask(actor, path, {});
      expect([path, status, body['type']]).toEqual([path, 409, 'urn:gpect:problem:not-released-yet']);
      expect(body['detail']).toContain('n’est encore publié');
      expect((await ask(actor, path, {}, { lang: 'en' })).body['detail']).toContain('released yet');
    }
    expect((await ask(actor, '/releases')).body['releases']).toEqual([]);
  });

  test('State and Region, who say why, read every figure', async () => {
    for (const actor of [STATE, REGION])
      expect((await ask(actor, '/bilan', { purpose: PURPOSE })).body).toMatchObject({
        figures: { enrolled: 12 },
        secrecy: 'none',
      });
  });
});

describe('a release is made', () => {
  test('by State or Region alone, of a programme that there is', async () => {
    for (const actor of [EVALUATOR, CARRIER, FUNDER]) expect((await release(actor, here)).status).toBe(403);
    const unknown = await release(STATE, 'nulle-part');
    expect(unknown).toMatchObject({ status: 422, body: { errors: [{ pointer: '/programme' }] } });
    expect(JSON.stringify(unknown.body)).toContain('ce programme n’est pas ouvert (nulle-part)');
    expect((await ask(EVALUATOR, '/releases', { programme: 'nulle-part' })).status).toBe(404);
    expect((await ask(EVALUATOR, '/bilan', { programme: 'nulle-part' })).status).toBe(404);
  });

  test('once a day; it says of which events it is made, by which rule, and how much of it is masked', async () => {
    const made = await release(STATE, here);
    expect(made).toMatchObject({
      status: 201,
      body: {
        programme: here,
        date: today,
        madeBy: 'REQUEST',
        rule: { leastFirms: 3, largestShare: 0.85, every: 'MONTH' },
      },
    });
    const again = await release(REGION, here);
    expect(again).toMatchObject({ status: 409, body: { type: 'urn:gpect:problem:released-today' } });
    expect(again.body['detail']).toContain('demain');
    expect((await release(REGION, here, 'en')).body['detail']).toContain('tomorrow');
    expect((await ask(EVALUATOR, '/releases')).body['releases']).toEqual([made.body]);
    const { provenance } = (await ask(EVALUATOR, '/bilan')).body as { provenance: { topics: object } };
    expect(provenance.topics).toEqual(made.body['topics']);
  });
});

describe('who reads what', () => {
  const whole = { secrecy: 'none', figures: { enrolled: 12 } };
  const released = { secrecy: 'applied', release: { date: today } };

  test.each([
    ['State with a purpose', STATE, { purpose: PURPOSE }, whole],
    ['Region with a purpose', REGION, { purpose: PURPOSE }, whole],
    ['State without one', STATE, {}, released],
    ['State with a purpose, of a release', STATE, { purpose: PURPOSE, release: today }, released],
    ['an evaluator', EVALUATOR, {}, released],
    ['an evaluator with a purpose', EVALUATOR, { purpose: PURPOSE }, released],
    ['a carrier', CARRIER, {}, released],
    ['a carrier, of its own action', CARRIER, { action: 'arras' }, released],
    ['a funder', FUNDER, {}, released],
    ['who is a carrier and of the Region', { ...CARRIER, roles: ['carrier', 'region'] }, { purpose: PURPOSE }, whole],
  ] as [string, Actor, Query, object][])('%s', async (_who, actor, query, expected) => {
    const { status, body } = await ask(actor, '/bilan', query);
    expect(status).toBe(200);
    expect(body).toMatchObject(expected);
    expect('release' in body).toBe('release' in expected);
  });

  test('a day in the field is asked with full sight; the others are told which releases there are', async () => {
    expect((await ask(STATE, '/bilan', { purpose: PURPOSE, asOf: '2010-01-01' })).body).toMatchObject({
      figures: { enrolled: 0 },
    });
    for (const actor of [STATE, EVALUATOR, CARRIER, FUNDER]) {
      const { status, body } = await ask(actor, '/bilan', { asOf: '2010-01-01' });
      expect([status, body['type']]).toEqual([422, 'urn:gpect:problem:day-not-released']);
      expect(body['detail']).toContain(today);
      expect(body['detail']).toContain('publication');
      expect((await ask(actor, '/bilan', { asOf: '2010-01-01' }, { lang: 'en' })).body['detail']).toContain(
        'by its date',
      );
    }
  });

  test('a day without a release is not found, and a purpose of four letters is none', async () => {
    const { status, body } = await ask(EVALUATOR, '/bilan', { release: '1999-01-01' });
    expect([status, body['type']]).toEqual([404, 'urn:gpect:problem:release-unknown']);
    expect(body['detail']).toContain(today);
    expect((await ask(STATE, '/bilan', { purpose: 'abcd' })).status).toBe(400);
  });

  test('dimensions that were not released together are refused, and crossed with full sight', async () => {
    const query = { indicator: 'enrolled', by: 'basin,section,size' };
    const { status, body } = await ask(EVALUATOR, '/bilan/cross', query);
    expect([status, body['type']]).toEqual([422, 'urn:gpect:problem:not-released-together']);
    expect((await ask(EVALUATOR, '/bilan', { basin: 'artois-ternois', size: '10-49', section: 'C' })).status).toBe(422);
    expect((await ask(STATE, '/bilan/cross', { ...query, purpose: PURPOSE })).body).toMatchObject({
      cells: [{ at: { basin: 'artois-ternois', section: 'C', size: '10-49' }, value: 12 }],
    });
  });

  test('a carrier reads its own actions alone, by name its own firms; a funder its own part of the spend', async () => {
    const own = (await ask(CARRIER, '/bilan')).body as { byAction: object };
    expect(Object.keys(own.byAction)).toEqual(['arras']);
    for (const [path, query] of [
      ['/bilan', { action: 'lens' }],
      ['/bilan', { carrier: 'medef-artois' }],
      ['/bilan/table', { indicator: 'enrolled', rows: 'action' }],
      ['/bilan/table', { indicator: 'enrolled', rows: 'basin', columns: 'carrier' }],
      ['/bilan/table', { indicator: 'enrolled', rows: 'basin', action: 'lens' }],
      ['/bilan/cross', { indicator: 'enrolled', by: 'year,action' }],
      ['/warnings', {}],
      ['/warnings', { action: 'lens' }],
    ] as [string, Query][])
      expect([path, query, (await ask(CARRIER, path, query)).status]).toEqual([path, query, 403]);
    expect((await ask(CARRIER, '/bilan/table', { indicator: 'enrolled', rows: 'basin', action: 'arras' })).status).toBe(
      200,
    );
    const { idleFirms } = (await ask(CARRIER, '/warnings', { carrier: 'cci-artois' })).body as {
      idleFirms: { siret: string }[];
    };
    expect(idleFirms.every(({ siret }) => FIRMS[here]?.includes(siret))).toBe(true);
    const funded = (await ask(FUNDER, '/bilan')).body as { byAction: object; spend: { byFunderCents: object } };
    expect(funded.byAction).toEqual({});
    expect(Object.keys(funded.spend.byFunderCents).filter((code) => code !== 'opca-a')).toEqual([]);
  });

  test('who read every figure stands in the audit trail with what, when and why; who read a release does not', async () => {
    const purpose = 'contrôle de la piste d’audit';
    await ask(REGION, '/bilan', { purpose, basin: 'artois-ternois' });
    await ask(EVALUATOR, '/bilan', { purpose });
    await ask(STATE, '/bilan', { purpose, release: today });
    const { entries } = (await ask({ roles: ['operations'] }, '/audit')).body as {
      entries: { read?: string[]; purpose?: string; roles: string[]; operation: string; path: string }[];
    };
    const said = entries.filter((entry) => entry.purpose === purpose);
    expect(said).toMatchObject([{ read: [here], roles: ['region'], operation: 'getBilan' }]);
    expect(said[0]?.path).toContain('basin=artois-ternois');
  });
});

describe('a release stays what it was', () => {
  const QUESTIONS: readonly [string, Query][] = [
    ['/bilan', {}],
    ['/bilan', { basin: 'artois-ternois' }],
    ['/bilan/table', { indicator: 'enrolled', rows: 'basin', columns: 'size' }],
    ['/bilan/figures/detected', {}],
    ['/releases', {}],
  ];
  const bytes = async (at?: string) =>
    Promise.all(QUESTIONS.map(async ([path, query]) => (await ask(EVALUATOR, path, query, at ? { at } : {})).text));

  test('while firms enrol after it, and after reporting was built again', async () => {
    const before = await bytes();
    const late = SIRETS[30] ?? '';
    await enrolInArras(field, here, late);
    const enrolled = async () =>
      ((await ask(STATE, '/bilan', { purpose: PURPOSE })).body['figures'] as { enrolled: number }).enrolled;
    await until(enrolled, (count) => count === 13);
    expect(await bytes()).toEqual(before);
    const { status } = spawnSync(process.execPath, ['dist/rebuild.js'], {
      cwd: join(ROOT, 'apps/reporting'),
      env: { ...process.env, MONGO_URL: field.stack.mongoUrlOf('reporting') },
    });
    expect(status).toBe(0);
    await caughtUp(field.api);
    expect(await bytes()).toEqual(before);
    expect(await enrolled()).toBe(13);
    expect((await release(STATE, here)).status).toBe(409);
  });

  test('and is the same from two replicas, byte for byte, as is what is read with a purpose', async () => {
    const [port = 0] = await freePorts(1);
    const { child, url } = await field.stack.replica('reporting', port);
    try {
      expect(await bytes(url)).toEqual(await bytes());
      const live = (at: string) => ask(STATE, '/bilan', { purpose: PURPOSE }, { at });
      expect((await live(url)).text).toBe((await live(field.stack.urls.reporting)).text);
    } finally {
      await child.stop();
    }
  });
});

describe('programmes side by side', () => {
  const programmes = `${here},${beside}`;
  const compare = (actor: Actor, query: Query = {}) => ask(actor, '/bilans/compare', { programmes, ...query });

  test('with a purpose a firm that is in both counts once in all of them together', async () => {
    const { status, body } = await compare(STATE, { purpose: PURPOSE, indicator: 'detected,enrolled' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      programmes: [{ code: here }, { code: beside }],
      secrecy: 'none',
      together: [{ at: {}, figures: { detected: 21, enrolled: 21 } }],
    });
    expect(body['each']).toEqual(
      expect.arrayContaining([
        { at: { programme: here }, figures: { detected: 13, enrolled: 13 } },
        { at: { programme: beside }, figures: { detected: 9, enrolled: 9 } },
      ]),
    );
    const { body: bySize } = await compare(REGION, { purpose: PURPOSE, indicator: 'enrolled', by: 'size' });
    expect(bySize['together']).toEqual([{ at: { size: '10-49' }, figures: { enrolled: 21 } }]);
  });

  test('of releases there is one of each, and nothing together that would say who is in both', async () => {
    expect((await compare(EVALUATOR)).status).toBe(409);
    expect((await release(STATE, beside)).status).toBe(201);
    const { status, body } = await compare(EVALUATOR, { indicator: 'enrolled,workshops' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      secrecy: 'applied',
      programmes: [
        { code: here, release: { date: today } },
        { code: beside, release: { date: today } },
      ],
      together: [{ at: {}, figures: { enrolled: null, workshops: 0 } }],
    });
    const of = async (programme: string) =>
      ((await ask(EVALUATOR, '/bilan', { programme })).body['figures'] as Record<string, number | null>)['enrolled'];
    expect(body['each']).toEqual([
      { at: { programme: here }, figures: { enrolled: await of(here), workshops: 0 } },
      { at: { programme: beside }, figures: { enrolled: await of(beside), workshops: 0 } },
    ]);
  });

  test('a programme that the token does not cover is named; one that nobody opened is not found', async () => {
    const { status, text } = await compare({ ...STATE, programmes: [here] }, { purpose: PURPOSE });
    expect(status).toBe(403);
    expect(text).toContain('programme-not-yours');
    expect(text).toContain(beside);
    expect((await compare(STATE, { programmes: `${here},nulle-part`, purpose: PURPOSE })).status).toBe(404);
  });

  test('who read several is written down once, with all of them', async () => {
    const purpose = 'comparaison de deux dispositifs';
    await compare(STATE, { purpose });
    const { entries } = (await ask({ roles: ['operations'] }, '/audit')).body as {
      entries: { read?: string[]; purpose?: string }[];
    };
    expect(entries.filter((entry) => entry.purpose === purpose).map(({ read }) => read)).toEqual([[here, beside]]);
  });
});
