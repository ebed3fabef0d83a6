import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { anyFreePorts } from '@gpect/local/ports';
import { ROOT } from '@gpect/local/root';
import { type Actor, SERVICES, type Service } from '@gpect/programme/api-client';
import { caughtUp } from '@gpect/programme/caught-up';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { SIRETS } from './firms.js';
import { bearerOf, type Field, formOf, launchArras, openField, tokenOf } from './harness.js';

let field: Field;
const programme = 'porte';
const siret = '00001002500013';
const CARRIER: Actor = { roles: ['carrier'], carrier: 'cci-artois' };

beforeAll(async () => {
  field = await openField();
  await launchArras(field, programme, CARRIER);
});
afterAll(() => field.stop());

async function send(
  service: Service,
  actor: Actor | string | undefined,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const token = typeof actor === 'object' ? await tokenOf(field, actor) : actor;
  const response = await fetch(field.stack.urls[service] + path, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
  });
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    body: (await response.json()) as Record<string, unknown>,
  };
}

const firm = {
  programme,
  action: 'arras',
  siret,
  name: 'Mécanique',
  commune: '62041',
  basin: 'artois-ternois',
  naf: '25.62B',
  headcount: 41,
  detectedOn: '2010-05-03',
  source: 'PORTEUR',
};
const scores = { manager_commitment: 3, strategic_vision: 2, social_climate: 4, hr_practice: 2 };

test('a firm goes from its detection to its completion over HTTP, and the other services follow by themselves', async () => {
  const steps = [
    ['/firms', firm, 'firm-detected'],
    [`/firms/${programme}/${siret}/qualification`, { scores }, 'firm-qualified'],
    [`/firms/${programme}/${siret}/agreement`, { signedOn: '2010-06-01' }, 'firm-enrolled'],
    [`/firms/${programme}/${siret}/completion`, { completedOn: '2011-07-01' }, 'firm-completed'],
  ] as const;
  for (const [path, body, event] of steps) {
    expect(await send('enrolment', CARRIER, 'POST', path, body)).toMatchObject({
      status: 200,
      body: { subject: `${programme}/${siret}`, events: [`fr.gpect.enrolment.${event}.v1`] },
    });
  }
  const eventually = async (service: Service, actor: Actor, path: string) => {
    for (let i = 0; i < 100; i++) {
      const answer = await send(service, actor, 'GET', path);
      if (answer.status === 200 && JSON.stringify(answer.body).includes('2011-07-01') === (service === 'evaluation'))
        return answer.body;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${service} ${path}`);
  };
  expect(await eventually('consulting', { roles: ['region'] }, `/assignments/${programme}/${siret}`)).toMatchObject({
    enrolledOn: '2010-06-01',
  });
  expect(await eventually('evaluation', { roles: ['region'] }, `/surveys/${programme}/${siret}`)).toMatchObject({
    waves: [{ wave: 'BEFORE' }, { wave: 'AFTER', requestedOn: '2011-07-01' }],
  });
  const plan = { programme, action: 'arras', workshop: 'W1', plannedOn: '2010-09-01', theme: 'skills' };
  expect(await send('workshops', CARRIER, 'POST', '/workshops', plan)).toMatchObject({ status: 200 });
  expect(await eventually('workshops', CARRIER, `/workshops/${programme}/W1`)).toMatchObject({
    status: 'PLANNED',
    invited: [{ siret }],
  });
});

test('a forbidden transition gets 409 with the state and what is allowed', async () => {
  const answer = await send('enrolment', CARRIER, 'POST', `/firms/${programme}/${siret}/abandonment`, {});
  expect(answer).toMatchObject({
    status: 409,
    type: expect.stringContaining('application/problem+json'),
    body: { type: 'urn:gpect:problem:transition-forbidden', status: 409, state: 'COMPLETED', allowed: [] },
  });
});

test('a command sent again with its Idempotency-Key takes effect once and gets the first answer, also at the same moment', async () => {
  const other = '00001003300025';
  const key = { 'idempotency-key': randomUUID() };
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => send('enrolment', CARRIER, 'POST', '/firms', { ...firm, siret: other }, key)),
  );
  for (const { status, body } of answers)
    expect([status, body['sequence'], body['events']]).toEqual([200, 1, ['fr.gpect.enrolment.firm-detected.v1']]);
  expect(
    await send('enrolment', CARRIER, 'POST', '/firms', { ...firm, siret: other, name: 'Autre' }, key),
  ).toMatchObject({ status: 422, body: { type: 'urn:gpect:problem:idempotency-key-reused' } });
});

describe('what comes from outside is checked at the edge', () => {
  test('every fault of a body is named by its pointer, and nothing is done', async () => {
    const answer = await send('enrolment', CARRIER, 'POST', '/firms', {
      ...firm,
      siret: '12',
      headcount: -1,
      naf: undefined,
    });
    expect(answer.status).toBe(400);
    const pointers = (answer.body['errors'] as { pointer: string }[]).map((e) => e.pointer).sort();
    expect(pointers).toEqual(['/headcount', '/naf', '/siret']);
  });
  test('a SIRET whose check digit does not agree', async () => {
    expect(await send('enrolment', CARRIER, 'POST', '/firms', { ...firm, siret: '00001002500014' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/siret' }] },
    });
  });
  test('no token, a forged token, another role', async () => {
    const forged = `${(await tokenOf(field, CARRIER)).split('.').slice(0, 2).join('.')}.AAAA`;
    expect([
      (await send('enrolment', undefined, 'POST', '/firms', firm)).status,
      (await send('enrolment', forged, 'POST', '/firms', firm)).status,
      (await send('enrolment', { roles: ['funder'] }, 'POST', '/firms', firm)).status,
      (await send('reporting', { roles: ['operations'] }, 'GET', `/bilan?programme=${programme}`)).status,
    ]).toEqual([401, 401, 403, 403]);
  });
  test('a file whose lines are partly wrong: the good ones are taken, each other one is named; sent again, nothing changes', async () => {
    const heading =
      'siret,raison_sociale,code_insee,bassin,naf,effectif,date_detection,origine,manager_commitment,strategic_vision,social_climate,hr_practice,suite,date_convention,date_fin';
    const file = `${heading}\n00001004100036,"Ateliers, de l'Artois",62041,artois-ternois,25.62B,41,04/05/2010,OPCA,3,3,3,3,REFUS,,\n00001004100037,X,62041,artois-ternois,25.62B,41,04/05/2010,OPCA,3,3,3,3,,,\n00001005800014,Y,62041,lille,25.62B,41,31/02/2010,OPCA,3,3,9,3,,,\n00001005800014,Y,62041,lille,25.62B,41,04/05/2010,OPCA,3,3,3,3,,,\n`;
    const path = `/imports?kind=detections&programme=${programme}&action=arras`;
    const upload = () => send('enrolment', CARRIER, 'POST', path, formOf('arras.csv', file));
    const refusals = [
      { line: 3, column: 'siret', value: '00001004100037', reason: 'siret_invalid' },
      { line: 4, column: 'date_detection', value: '31/02/2010', reason: 'date_unreadable' },
      { line: 5, column: 'bassin', value: 'lille', reason: 'basin_unknown' },
    ];
    expect(await upload()).toMatchObject({
      status: 200,
      body: { file: 'arras.csv', lines: 4, accepted: 1, repeated: 0, refused: 3, refusals },
    });
    expect(await upload()).toMatchObject({ status: 200, body: { accepted: 0, repeated: 1, refused: 3 } });
  });
  test.each([
    ['empty', '', 'file-empty'],
    ['without its columns', 'a;b\n1;2\n', 'columns-missing'],
    ['a web page', '<html><table><tr><td>siret', 'html-given'],
    ['with a quote that never closes', 'siret;"x\n1;2\n', 'quote-not-closed'],
  ])('a file that is %s is refused whole', async (_what, content, code) => {
    const form = formOf('x.csv', content);
    expect(
      await send(
        'consulting',
        { roles: ['consultant'] },
        'POST',
        `/imports?kind=sessions&programme=${programme}`,
        form,
      ),
    ).toMatchObject({ status: 422, body: { type: `urn:gpect:problem:${code}` } });
  });
});

describe('whatever things are called by those who send them', () => {
  const code = 'constructor';
  const basins = ['tostring', 'valueof', 'prototype'];
  const HOSTILE = [
    ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__defineGetter__', 'prototype', 'then', 'length'],
    ...["=cmd|' /C calc'!A0", '+1+1', '-2+3', '@SUM(1;2)', '=HYPERLINK("http://127.0.0.1/";"x")'],
    ...['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '&lt;b&gt; & co', "Robert'); DROP TABLE--"],
    ...['$where', '$', 'a.b', '..', '../../etc/passwd', 'C:\\nul', '%00', '%', '{{7*7}}', 'null', 'undefined', 'NaN'],
    ...['\u202egnp.exe', 'שלום', 'a\u200bb', '👩‍💼🏳️‍🌈', 'e\u0301', 'ﷺ', '𝕏', 'İ'],
    'x'.repeat(200),
  ];
  const region: Actor = { roles: ['region'] };
  let refusedFirst = 0;

  beforeAll(async () => {
    const open = { name: HOSTILE[0], opensOn: '2007-01-01', closesOn: '2013-12-31', funders: HOSTILE };
    await field.api.command('enrolment', { roles: ['state'] }, '/programmes', {
      code,
      ...open,
      basins: basins.map((basin, i) => ({ code: basin, name: HOSTILE[i] })),
    });
    for (const [i, action] of basins.entries())
      await field.api.command('enrolment', CARRIER, '/collective-actions', {
        programme: code,
        code: action,
        name: HOSTILE[i],
        basins: [action],
        carriers: [
          { code: 'cci-artois', name: HOSTILE[i + 8] },
          { code: 'hasownproperty', name: '__proto__' },
        ],
        startsOn: '2010-04-06',
        durationMonths: 18,
        targetFirms: 32,
      });
  });

  test('each name is taken as it is, or refused by its place: never a fault of ours', async () => {
    const at = `/collective-actions/${code}/tostring`;
    const carrier = await tokenOf(field, CARRIER);
    for (const [i, name] of HOSTILE.entries()) {
      const firmOf = { ...firm, programme: code, action: 'tostring', basin: 'tostring', name, note: name };
      const asked: [Service, string, unknown][] = [
        ['enrolment', '/firms', { ...firmOf, siret: SIRETS[i % SIRETS.length] }],
        ['enrolment', `${at}/platforms`, { name }],
        [
          'enrolment',
          `${at}/platforms/${encodeURIComponent(name)}/reviews`,
          { reviewedOn: '2011-02-01', active: true },
        ],
        [
          'workshops',
          '/workshops',
          {
            programme: code,
            action: 'tostring',
            workshop: `W${i}`,
            plannedOn: '2010-09-01',
            theme: 'skills',
            title: name,
            place: name,
            series: name,
          },
        ],
      ];
      const form = formOf(
        name,
        `siret,raison_sociale,code_insee,bassin,naf,effectif,date_detection,origine,manager_commitment,strategic_vision,social_climate,hr_practice,suite,date_convention,date_fin\n1,${JSON.stringify(name)},62041,tostring,25.62B,41,04/05/2010,OPCA,3,3,3,3,,,\n`,
      );
      const answers = [
        ...(await Promise.all(asked.map(([service, path, body]) => send(service, carrier, 'POST', path, body)))),
        await send('enrolment', carrier, 'POST', `/imports?kind=detections&programme=${code}&action=tostring`, form),
      ];
      for (const { status, type, body } of answers) {
        expect({ name, status: status >= 500 ? body : 'answered' }).toEqual({ name, status: 'answered' });
        if (status >= 400) expect(type).toContain('application/problem+json');
      }
      if (answers.at(-1)?.status === 200) refusedFirst++;
    }
    expect(refusedFirst).toBeGreaterThan(HOSTILE.length / 2);
  });

  test('every report still answers, shows them as text, and a spreadsheet takes none for a formula', async () => {
    await caughtUp(field.api);
    const query = `programme=${code}`;
    const whole = `${query}&purpose=hostile-texts`;
    const bilan = await send('reporting', region, 'GET', `/bilan?${whole}`);
    expect(bilan.status).toBe(200);
    expect(JSON.stringify(bilan.body)).toContain('__proto__');
    for (const path of [
      `/bilan/table?${whole}&indicator=detected&rows=basin`,
      `/bilan/table?${whole}&indicator=detected&rows=action`,
      `/bilan?${whole}&basin=tostring`,
      `/bilan?${whole}&action=valueof`,
      `/warnings?${query}`,
    ])
      expect([path, (await send('reporting', region, 'GET', path)).status]).toEqual([path, 200]);
    const headers = await bearerOf(field, region);
    for (const format of ['csv', 'xlsx', 'ods', 'pdf']) {
      const url = `${field.stack.urls.reporting}/bilan/document?${whole}&format=${format}`;
      const response = await fetch(url, { headers });
      const bytes = Buffer.from(await response.arrayBuffer());
      expect([format, response.status]).toEqual([format, 200]);
      if (format !== 'csv') continue;
      const cells = parse(bytes, { bom: true, delimiter: ';', relax_column_count: true }) as string[][];
      // A number may begin with its sign.
      const formulas = cells.flat().filter((cell) => /^[=@\t\r]|^[+-](?![\d\s,.%]*$)/.test(cell));
      expect(formulas).toEqual([]);
    }
    for (const service of ['enrolment', 'workshops'] as const)
      expect((await send(service, { roles: ['operations'] }, 'GET', '/audit')).status).toBe(200);
    expect((await send('workshops', CARRIER, 'GET', `/workshops?${query}&action=tostring`)).status).toBe(200);
  });
});

describe.each(SERVICES)('%s', (service) => {
  test('says at once all that its configuration lacks, and ends with 78', () => {
    const { status, stderr } = spawnSync(process.execPath, ['dist/main.js'], {
      cwd: join(ROOT, 'apps', service),
      env: { PATH: process.env['PATH'], PORT: 'quatre' },
      encoding: 'utf8',
    });
    expect(status).toBe(78);
    for (const name of [
      'PORT has a value that is not valid',
      'MONGO_URL is missing',
      'KAFKA_BROKERS is missing',
      'AUTH_ISSUER is missing',
      'AUTH_JWKS_URL is missing',
    ])
      expect(stderr).toContain(name);
  });

  test('reports health and metrics, logs JSON', async () => {
    // A connection that was kept may be closed at the moment in which it is used again: asked once more, on another.
    const ask = (url: string) => fetch(url).catch(() => fetch(url));
    for (const path of ['/health/live', '/health/ready', '/metrics', '/openapi.json'])
      expect((await ask(field.stack.urls[service] + path)).status).toBe(200);
  });

  test('starts alone with nothing but its environment, while database and broker are away, and stops cleanly on SIGTERM', async () => {
    const { issuer: port } = await anyFreePorts();
    const env = {
      PATH: process.env['PATH'],
      ...field.stack.serviceEnv(service),
      PORT: String(port),
      MONGO_URL: 'mongodb://127.0.0.1:9/x',
      KAFKA_BROKERS: '127.0.0.1:9',
    };
    const child = spawn(process.execPath, ['dist/main.js'], {
      cwd: join(ROOT, 'apps', service),
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let log = '';
    child.stdout.on('data', (chunk) => {
      log += String(chunk);
    });
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    const look = (path: string) =>
      fetch(`http://127.0.0.1:${port}${path}`).then(
        (r) => r.status,
        () => 0,
      );
    for (let i = 0; i < 600 && (await look('/health/live')) !== 200; i++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect([await look('/health/live'), await look('/health/ready')]).toEqual([200, 503]);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    for (const line of log.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ service });
  });
});

test('while Kafka and the database stand still, every service says how it is and what it measures, and waits for neither', async () => {
  const { kafka = 0, mongod = 0 } = field.stack.pids();
  const { authorization } = await bearerOf(field, CARRIER);
  const programmeOf = () =>
    fetch(`${field.stack.urls.enrolment}/programmes/${programme}`, { headers: { authorization } });
  expect((await programmeOf()).status).toBe(200);
  for (const pid of [kafka, mongod]) process.kill(pid, 'SIGSTOP');
  try {
    let answered: number | undefined;
    const asked = programmeOf().then((response) => {
      answered = response.status;
      return response;
    });
    // The second time nothing stands that was measured a moment before.
    for (let round = 0; round < 2; round++)
      await Promise.all(
        SERVICES.flatMap((service) =>
          ['/health/live', '/health/ready', '/metrics'].map(async (path) => {
            const { status } = await fetch(field.stack.urls[service] + path);
            expect([path, status]).toEqual([path, path === '/health/ready' ? expect.any(Number) : 200]);
          }),
        ),
      );
    // What asks the database waits meanwhile, or is told after a while that it is away: they stood still.
    expect([undefined, 503]).toContain(answered);
    for (const pid of [kafka, mongod]) process.kill(pid, 'SIGCONT');
    expect([200, 503]).toContain((await asked).status);
  } finally {
    for (const pid of [kafka, mongod]) process.kill(pid, 'SIGCONT');
  }
});
