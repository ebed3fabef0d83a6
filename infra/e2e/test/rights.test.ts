import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiDocument } from '@gpect/contracts/api-documents';
import { type Actor, SERVICES, type Service } from '@gpect/programme/api-client';
import { caughtUp } from '@gpect/programme/caught-up';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sample } from 'openapi-sampler';
import { SIRETS } from './firms.js';
import { bearerOf, enrolInArras, type Field, formOf, launchArras, openField, STATE } from './harness.js';
import { lineCases, sendBoth } from './rights/lines.js';
import { declarationOf, SENDERS, SENT, type Sender, sendEvent } from './rights/partner-events.js';

let field: Field;
const programme = 'droits';
const [siret = '', unstaffed = '', others = '', unknown = ''] = SIRETS;

/** What stands in a path, a query or a body under these names: things that are there, and whose they are. */
const KNOWN: Readonly<Record<string, unknown>> = {
  programme,
  action: 'arras',
  code: 'arras',
  basin: 'artois-ternois',
  basins: ['artois-ternois'],
  carriers: [{ code: 'cci-artois', name: 'CCI Artois' }],
  siret,
  naf: '25.62B',
  commune: '62041',
  justifications: {},
  workshop: 'W1',
  funder: 'opca-a',
  consultant: 'C1',
  indicator: 'enrolled',
  rows: 'action',
  format: 'json',
  fileId: 'a'.repeat(64),
  reference: 'R1',
  partner: 'mde',
  meeting: '1',
  decision: '1',
  platform: 'CRPDC',
  moment: 'START',
  item: 'p1',
  session: 'S1',
  person: 'P1',
  startsAt: '14:00',
  endsAt: '17:00',
  month: '2010-09',
  proposal: 'A1',
  agreedBy: [siret],
  feed: `${'a'.repeat(43)}.ics`,
  url: 'http://127.0.0.1:9/',
  scheme: 'PLAN',
  contract: 'fr.gpect.partner.firm-detection-sent.v1',
  replacedBy: 'fr.gpect.partner.firm-contact-sent.v1',
  sends: ['fr.gpect.partner.firm-detection-sent.v1'],
  acts: { partner: ['mde'] },
  doors: ['HTTP'],
  programmes: [programme],
  consultantsFirm: 'cabinet',
  themes: ['skills'],
  detectedBy: 'mde',
  siren: siret.slice(0, 9),
  into: '00001003300025',
  successor: unstaffed,
  call: 'appel',
  project: 'arras-p',
  applicants: [{ code: 'cci-artois', name: 'CCI Artois' }],
};

/** Each role as who has part in these things, and as who has none. */
const OWN: Readonly<Record<string, Actor>> = {
  state: STATE,
  region: { roles: ['region'] },
  operations: { roles: ['operations'] },
  evaluator: { roles: ['evaluator'] },
  carrier: { roles: ['carrier'], carrier: 'cci-artois' },
  partner: { roles: ['partner'], partner: 'mde' },
  consultant: { roles: ['consultant'], consultant: 'C1' },
  funder: { roles: ['funder'], funder: 'opca-a' },
};
const OTHERS: Readonly<Record<string, Actor>> = {
  carrier: { roles: ['carrier'], carrier: 'cci-autre' },
  partner: { roles: ['partner'], partner: 'autre' },
  consultant: { roles: ['consultant'], consultant: 'C9' },
  funder: { roles: ['funder'], funder: 'opca-z' },
};

interface Operation {
  readonly operationId: string;
  readonly 'x-own'?: string;
  readonly 'x-programme': readonly string[];
  readonly security: readonly { readonly bearer: readonly string[] }[];
  readonly parameters?: readonly object[];
  readonly requestBody?: { readonly $ref?: string; readonly content?: Readonly<Record<string, { schema: object }>> };
}
interface Route {
  readonly service: Service;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
  readonly roles: readonly string[];
}

const ROUTES: readonly Route[] = SERVICES.flatMap((service) =>
  Object.entries(apiDocument(service).paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      method === 'parameters'
        ? []
        : [
            {
              service,
              method: method.toUpperCase(),
              path,
              // What all the operations of a path share.
              operation: {
                ...operation,
                parameters: [
                  ...((methods['parameters'] as unknown as object[] | undefined) ?? []),
                  ...(operation.parameters ?? []),
                ],
              },
              roles: operation.security[0]?.bearer ?? [],
            },
          ],
    ),
  ),
);

const declarations = mkdtempSync(join(tmpdir(), 'gpect-partners-'));

beforeAll(async () => {
  field = await openField();
  writeFileSync(
    join(declarations, 'mde.yaml'),
    `{partner: mde, name: MDE, kind: EMPLOYMENT_HOUSE, acts: {partner: [mde]}, doors: [HTTP], sends: [firm-detection-sent.v1], programmes: [${programme}]}`,
  );
  for (const sender of Object.keys(SENDERS) as Sender[])
    writeFileSync(join(declarations, `${sender}.yaml`), declarationOf(sender, programme));
  await field.stack.declarePartners(declarations);
  await putWebhook();
  const { api } = field;
  await launchArras(field, programme);
  await api.command('enrolment', STATE, `/collective-actions/${programme}/arras/partners`, {
    partner: 'mde',
    name: "Maison de l'emploi",
    kind: 'EMPLOYMENT_HOUSE',
    roles: ['DETECTION'],
    since: '2010-04-06',
  });
  await enrolInArras(field, programme, siret);
  await enrolInArras(field, programme, unstaffed);
  await launchLens();
  await caughtUp(api);
  await api.command('consulting', STATE, `/assignments/${programme}/${siret}/staffing`, { consultant: 'C1' });
  await api.command('consulting', STATE, `/assignments/${programme}/${others}/staffing`, { consultant: 'C9' });
  await api.command('workshops', STATE, '/workshops', {
    programme,
    action: 'lens',
    workshop: 'W9',
    plannedOn: '2010-09-01',
    theme: 'skills',
  });
  const agreed = { named: true, agreedOn: '2010-07-01' };
  await api.command('evaluation', STATE, `/surveys/${programme}/${siret}/naming`, agreed);
  await api.command('workshops', STATE, '/workshops', {
    programme,
    action: 'arras',
    workshop: 'W1',
    plannedOn: '2010-09-01',
    theme: 'skills',
  });
  const shipped = (await api.get('training-spend', STATE, '/dialects/opca-a')) as {
    versions: { dialect: unknown }[];
  };
  dialect = shipped.versions[0]?.dialect;
  const begun = await fetch(`${field.stack.urls['training-spend']}/uploads`, {
    method: 'POST',
    headers: {
      ...(await bearerOf(field, OWN['funder'] as Actor)),
      'tus-resumable': '1.0.0',
      'upload-length': '9',
      'upload-metadata': METADATA,
    },
  });
  await importFiles();
  upload = begun.headers.get('location')?.split('/').at(-1) ?? '';
  expect(upload).not.toBe('');
  await caughtUp(api);
});
afterAll(async () => {
  rmSync(declarations, { recursive: true, force: true });
  await field.stop();
});

/** An action and a firm in it that are somebody else's. */
async function launchLens(): Promise<void> {
  const [basin, startsOn] = ['lens-henin', '2010-04-06'];
  await field.api.command('enrolment', STATE, '/collective-actions', {
    ...{ programme, code: 'lens', name: 'Lens', basins: [basin], startsOn, durationMonths: 18, targetFirms: 10 },
    carriers: [{ code: 'cci-autre', name: 'CCI autre' }],
  });
  await enrolInArras(field, programme, others, { action: 'lens', basin });
}

/** A file of each kind, one line of which is refused, as who has part in it sends it. */
async function importFiles(): Promise<void> {
  const sent = [
    ['enrolment', 'carrier', { kind: 'detections', action: 'arras' }],
    ['consulting', 'consultant', { kind: 'sessions' }],
    ['workshops', 'carrier', { kind: 'attendance' }],
    ['evaluation', 'evaluator', { kind: 'answers', wave: 'BEFORE' }],
  ] as const;
  for (const [service, role, query] of sent) {
    const line = lineCases({ programme, own: siret, unstaffed, others }).find((c) => c.query['kind'] === query.kind);
    const response = await fetch(
      `${field.stack.urls[service]}/imports?${new URLSearchParams({ programme, ...query })}`,
      {
        method: 'POST',
        headers: { ...(await bearerOf(field, OWN[role] as Actor)), 'content-type': 'text/csv' },
        body: `${Object.keys(line?.cells ?? {}).join(';')}\n${Object.keys(line?.cells ?? {})
          .fill('x')
          .join(';')}\n`,
      },
    );
    const report = (await response.json()) as { refusalsFile?: string };
    expect(report).toMatchObject({ refused: 1, refusalsFile: expect.any(String) });
    imported.set(service, report.refusalsFile?.split('/')[3] ?? '');
  }
}
const imported = new Map<Service, string>();

/** A webhook to ask about; nobody listens there. */
async function putWebhook(): Promise<void> {
  const { authorization } = await bearerOf(field, OWN['partner'] as Actor);
  await fetch(`${field.stack.urls['partner-gateway']}/partners/mde/webhook`, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ url: 'http://127.0.0.1:9/' }),
  });
}

let upload = '';
let dialect: unknown;
const b64 = (text: string) => Buffer.from(text).toString('base64');
const METADATA = `filename ${b64('x.csv')},programme ${b64(programme)},funder ${b64('opca-a')}`;

/** A request as the contract wants it, about the things that are there. */
async function request({ service, method, path, operation }: Route, actor: Actor | undefined): Promise<Response> {
  const document = apiDocument(service) as unknown as { components: { parameters: Record<string, object> } };
  const decidedFor = actor === OWN['region'] ? 'REGION' : 'STATE';
  const known: Record<string, unknown> = { ...KNOWN, upload, import: imported.get(service), decidedFor };
  const resolved = (operation.parameters ?? []).map((p) => {
    const ref = (p as { $ref?: string }).$ref;
    return (ref ? document.components.parameters[ref.split('/').at(-1) ?? ''] : p) as {
      name: string;
      in: string;
      required?: boolean;
      schema: object;
    };
  });
  // A funder has no part in an action: it asks about the programme.
  const asksOfAction = /^.(bilan|warnings)/.test(path) && actor !== OWN['funder'];
  const query = new URLSearchParams();
  for (const p of resolved)
    if (p.in === 'query' && (p.required || p.name === 'funder' || (p.name === 'action' && asksOfAction)))
      query.set(p.name, String(known[p.name] ?? sample(p.schema, {}, document)));
  const concrete = path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(String(known[name])));
  const headers: Record<string, string> = actor ? await bearerOf(field, actor) : {};
  const url = `${field.stack.urls[service]}${concrete}?${query}`;
  if (path.startsWith('/uploads')) {
    Object.assign(headers, { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'upload-length': '9' });
    if (method === 'POST') headers['upload-metadata'] = METADATA;
    if (method === 'PATCH') headers['content-type'] = 'application/offset+octet-stream';
    return fetch(url, { method, headers, ...(method === 'PATCH' ? { body: 'x' } : {}) });
  }
  const content = contentOf(operation, document);
  if (content?.['multipart/form-data']) {
    return fetch(url, { method, headers, body: formOf('x.csv', 'a;b\n1;2\n') });
  }
  if (content?.['application/cloudevents+json']) {
    headers['content-type'] = 'application/cloudevents+json';
    return fetch(url, { method, headers, body: JSON.stringify({ specversion: '1.0', id: 'e1' }) });
  }
  const schema = content?.['application/json']?.schema;
  if (!schema) return fetch(url, { method, headers });
  const { [operation.operationId]: own = {} } = IN_BODY;
  const body =
    operation.operationId === 'publishDialect' ? dialect : about(sample(schema, {}, document), { ...known, ...own });
  return fetch(url, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Where a name of a body stands for another thing than elsewhere. */
const IN_BODY: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  openProgramme: {
    ...{ name: 'A', opensOn: '2007-01-01', closesOn: '2013-12-31', funders: ['État'] },
    basins: [{ code: 'artois-ternois', name: 'Artois-Ternois' }],
  },
  joinAction: { kind: 'CCI' },
  declarePartner: { kind: 'CCI' },
  decideProject: { decision: 'ACCEPTED', reasons: ['Solide'], decidedOn: '2010-05-05' },
  resumeStoppedPartition: { partition: 'gpect.enrolment.events/0', from: 'here' },
};

function contentOf({ requestBody }: Operation, document: object): Record<string, { schema: object }> | undefined {
  if (!requestBody?.$ref) return requestBody?.content as Record<string, { schema: object }> | undefined;
  const { components } = document as { components: { requestBodies: Record<string, { content: object }> } };
  return components.requestBodies[requestBody.$ref.split('/').at(-1) ?? '']?.content as never;
}

/** The sample, with the names of things that are there. */
function about(value: unknown, known: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(value)) return value.map((item) => about(item, known));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, known[name] ?? about(item, known)]));
}

describe('a line of a file is allowed what its route allows', () => {
  const cases = lineCases({ programme, own: siret, unstaffed, others });
  test.each(cases.map((c) => [`${c.service} ${c.query['kind']}`, c.what, c] as const))(
    '%s: %s',
    async (_s, _w, line) => {
      const { refused, status, problem } = await sendBoth(field, line);
      if (line.refusedAt === undefined) {
        expect(refused).toBeUndefined();
        expect([status, problem]).toEqual([200, expect.any(String)]);
        return;
      }
      expect(refused).toMatchObject({ column: line.refusedAt, reason: 'not_yours' });
      expect(refused?.detail).toContain('n’est pas à vous');
      expect([status, problem]).toEqual([403, expect.stringContaining('not-yours')]);
    },
  );
});

describe('who has charge of both establishments says that one goes on for the other, and nobody else', () => {
  const elsewhere: Actor = { roles: ['region'], programmes: [programme] };
  test.each<[string, Actor, string, string | undefined, number]>([
    ['a carrier, its own and one that nobody knows yet', OWN['carrier'] as Actor, siret, unknown, 403],
    ['a carrier, one that nobody knows yet and its own', OWN['carrier'] as Actor, unknown, siret, 403],
    ['a carrier, its own and another carrier’s', OWN['carrier'] as Actor, siret, others, 403],
    ['a carrier, another carrier’s and its own', OWN['carrier'] as Actor, others, siret, 403],
    ['a carrier, one that nobody knows', OWN['carrier'] as Actor, unknown, undefined, 403],
    ['a Region of the programme, one of it and one of nobody', elsewhere, siret, unknown, 403],
    ['a Region of the programme, two of it', elsewhere, others, siret, 422],
    ['a carrier, two of its own', OWN['carrier'] as Actor, siret, unstaffed, 422],
    ['the State of every programme, one that nobody knows', STATE, unknown, siret, 422],
  ])('%s', async (_what, actor, closed, successor, status) => {
    // In the future: who may is told that it cannot be yet, and nothing is closed.
    const response = await fetch(`${field.stack.urls['training-spend']}/establishments/${closed}/closure`, {
      method: 'POST',
      headers: { ...(await bearerOf(field, actor)), 'content-type': 'application/json' },
      body: JSON.stringify({ on: '2099-01-01', ...(successor ? { successor } : {}) }),
    });
    expect([response.status, await response.json()]).toEqual([status, expect.any(Object)]);
  });
});

describe.each(SENT)('an event of a partner is allowed what its route allows: %s', (type) => {
  // Nothing that it does is undone by the others: who has no part in it comes first.
  test('a partner with part in something else', async () => {
    const { status, problem } = await sendEvent(field, 'autre', type, (example) =>
      about(example, { ...KNOWN, decision: 'SIGNED' }),
    );
    expect([status, problem]).toEqual([403, expect.stringMatching(/not-yours|role-not-allowed|type-not-agreed/)]);
  });

  test('a partner with part in it, but not in the programme', async () => {
    const { status, problem } = await sendEvent(field, 'ailleurs', type, (example) =>
      about(example, { ...KNOWN, decision: 'SIGNED' }),
    );
    expect([status, problem]).toEqual([403, expect.stringContaining('programme-not-yours')]);
  });

  test('a partner with part in it', async () => {
    const { status, problem } = await sendEvent(field, 'soi', type, (example) =>
      about(example, { ...KNOWN, decision: 'SIGNED' }),
    );
    expect([status, problem]).not.toEqual([403, expect.any(String)]);
  });
});

/** The roles that a route refuses where their token is not for its programme. */
function bySomeProgramme({ operation, roles }: Route): string[] {
  const stated = operation['x-programme'];
  if (stated.includes('shared') || stated.includes('listed')) return [];
  const freeAlone = stated.every((one) => one === 'all' || one === 'overseen');
  return roles.filter((role) => !freeAlone || !(role in OTHERS));
}

describe.each(ROUTES.map((route) => [`${route.service} ${route.method} ${route.path}`, route] as const))(
  '%s',
  (_name, route) => {
    const bound = route.operation['x-own'] !== undefined && route.operation['x-own'] !== 'everyone';

    const strangers = Object.keys(OTHERS).filter((role) => bound && route.roles.includes(role));
    if (strangers.length > 0)
      test.each(strangers)('%s of something else', async (role) => {
        // Who only funds is shown its own part of a bilan, and has no part in an action.
        const response = await request(route, OTHERS[role]);
        expect(response.status).toBe(403);
        if (route.method !== 'HEAD') expect(await response.text()).toContain('not-yours');
      });

    // What a secret link opens is opened by no token, and by no other link.
    if (route.operation['x-own'] === 'link') {
      test('nobody without the link', async () => {
        expect((await request(route, STATE)).status).toBe(404);
        expect((await request(route, undefined)).status).toBe(404);
      });
      return;
    }

    test('nobody without a token', async () => {
      expect((await request(route, undefined)).status).toBe(401);
    });

    const roles = bySomeProgramme(route);
    if (roles.length > 0)
      test.each(roles)('%s of another programme, or of none', async (role) => {
        const codes: Record<string, string[]> = {
          'programme-not-yours': ['autre', 'autre-*'],
          'programmes-missing': [],
        };
        for (const [code, programmes] of Object.entries(codes)) {
          const response = await request(route, { ...(OWN[role] as Actor), programmes });
          expect([programmes, response.status]).toEqual([programmes, 403]);
          if (route.method !== 'HEAD') expect(await response.text()).toContain(code);
        }
      });

    test.each(Object.keys(OWN))('%s', async (role) => {
      const response = await request(route, OWN[role]);
      if (!route.roles.includes(role)) {
        expect(response.status).toBe(403);
        if (route.method !== 'HEAD') expect(await response.text()).toContain('role-not-allowed');
      } else {
        expect([response.status, [401, 403, 500].includes(response.status)]).toEqual([response.status, false]);
      }
    });
  },
);

describe('what is listed is of the programmes of who asks', () => {
  const get = async (service: Service, path: string, actor: Actor) =>
    JSON.stringify(await field.api.get(service, actor, path));
  const elsewhere = (actor: Actor): Actor => ({ ...actor, programmes: ['autre', 'autre-*', 'droi'] });
  const here = (actor: Actor): Actor => ({ ...actor, programmes: ['autre', 'droit*'] });

  test.each(SERVICES)('the audit trail of %s', async (service) => {
    expect(await get(service, '/audit', elsewhere(STATE))).not.toContain(programme);
    if (service !== 'reporting' && service !== 'partner-gateway')
      expect(await get(service, '/audit', here(STATE))).toContain(`"subject":"${programme}/`);
  });

  test('partners', async () => {
    const operations: Actor = { roles: ['operations'] };
    expect(await get('partner-gateway', '/partners', elsewhere(operations))).not.toContain('"soi"');
    expect(await get('partner-gateway', '/partners', elsewhere(operations))).toContain('"ailleurs"');
    expect(await get('partner-gateway', '/partners', here(operations))).toContain('"soi"');
  });
});

describe('of a firm’s spend and contacts each is shown what is theirs', () => {
  const FUNDERS = ['opca-a', 'opca-b', 'opca-z'] as const;
  const as = (funder: string): Actor => ({ roles: ['funder'], funder });
  const path = `/spend/${programme}/${others}`;

  beforeAll(async () => {
    const { api } = field;
    for (const [i, funder] of FUNDERS.entries()) {
      const line = {
        programme,
        funder,
        reference: `L${i}`,
        siret: others,
        paidOn: `2010-0${i + 1}-01`,
        scheme: 'PLAN',
      };
      await api.command('training-spend', as(funder), '/lines', { ...line, amountCents: 100 * (i + 1) });
      const met = { siret: others, on: `2010-0${i + 1}-02`, kind: 'VISIT', subject: `of ${funder}` };
      await api.command('training-spend', as(funder), `/contacts/${programme}/${funder}/C${i}`, met);
    }
  });

  test.each<[string, Actor, readonly string[]]>([
    ['a funder: its own', as('opca-a'), ['opca-a']],
    ['another funder: its own', as('opca-b'), ['opca-b']],
    ['a funder without any: nothing', as('opca-y'), []],
    ['the State: all of them', STATE, FUNDERS],
    ['the Region: all of them', { roles: ['region'] }, FUNDERS],
    ['who is a funder and the Region: all of them', { ...as('opca-a'), roles: ['funder', 'region'] }, FUNDERS],
    [
      'who is a funder and a carrier: what is its own as a funder',
      { ...as('opca-a'), roles: ['funder', 'carrier'], carrier: 'cci-artois' },
      ['opca-a'],
    ],
  ])('%s', async (_who, actor, shown) => {
    const told = (await field.api.get('training-spend', actor, path)) as {
      lines: { funder: string }[];
      practices: { contacts: { funder: string }[]; firstUses: { on: string }[] };
    };
    expect(told.lines.map(({ funder }) => funder).sort()).toEqual([...shown]);
    expect(told.practices.contacts.map(({ funder }) => funder)).toEqual([...shown]);
    for (const funder of FUNDERS.filter((one) => !shown.includes(one)))
      expect(JSON.stringify(told)).not.toContain(funder);
    // What is computed tells nothing of the others either.
    const own = FUNDERS.flatMap((funder, i) => (shown.includes(funder) ? [i + 1] : []));
    expect(told.practices.firstUses.map(({ on }) => on)).toEqual(own.slice(0, 1).map((i) => `2010-0${i}-01`));
  });
});

test('every write is in the audit trail: who, when, what and from where; a refused one is not', async () => {
  const anne: Actor = { roles: ['carrier'], carrier: 'cci-artois', subject: 'anne' };
  const at = `/collective-actions/${programme}/arras/partners`;
  const partner = { partner: 'plie', name: 'PLIE', kind: 'PLIE', roles: ['STEERING_COMMITTEE'], since: '2010-05-10' };
  const headers = { ...(await bearerOf(field, anne)), 'content-type': 'application/json' };
  const send = (path: string, body: object) =>
    fetch(field.stack.urls.enrolment + path, { method: 'POST', headers, body: JSON.stringify(body) });
  expect((await send(at, partner)).status).toBe(200);
  expect((await send(`${at}/nobody/departure`, { leftOn: '2010-06-01' })).status).toBe(404);
  const trail = (await field.api.get('enrolment', STATE, '/audit?who=anne')) as { entries: { at: string }[] };
  expect(trail.entries).toMatchObject([
    {
      who: 'anne',
      roles: ['carrier'],
      from: expect.stringContaining('127.0.0.1'),
      operation: 'joinAction',
      path: `POST ${at}`,
      changes: [{ subject: `${programme}/arras`, events: ['fr.gpect.enrolment.action-partner-joined.v1'] }],
    },
  ]);
  expect(Date.now() - Date.parse(trail.entries[0]?.at ?? '')).toBeLessThan(600_000);
});
