import { SERVICE_NAMES } from '@gpect/contracts/api-documents';
import { EVENT_TYPES, readersOf } from '@gpect/contracts/event-contracts';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SIRETS } from './firms.js';
import { firmOfArras } from './harness.js';
import { allNine } from './nine-questions.js';
import {
  answersTo,
  eventOf,
  openFieldOfPartners,
  type PartnersField,
  poll,
  type SentEvent,
  sendOverHttp,
} from './partners/field-of-partners.js';

/** What partners' systems live: they send events, get one answer for each, and hear of their firms and actions. */
let field: PartnersField;
const programme = 'partenaires';
const [siret = '', other = '', third = ''] = [...new Set(SIRETS)];

beforeAll(async () => {
  field = await openFieldOfPartners(programme);
});
afterAll(() => field.stop());

const ofFirm = (of: string) => `${programme}/${of}`;
const detection = (of: string, more: Partial<SentEvent> = {}) =>
  eventOf('cci-artois', 'firm-detection-sent', ofFirm(of), firmOfArras(programme, of), more);
const decision = (of: string, decided: string, decidedOn: string, more: object = {}) =>
  eventOf('cci-artois', 'firm-decision-sent', ofFirm(of), {
    programme,
    siret: of,
    decision: decided,
    decidedOn,
    ...more,
  });
const TAKEN = 'fr.gpect.partner.event-taken.v1';
const REFUSED = 'fr.gpect.partner.event-refused.v1';

/** Sends an event over HTTP and gives its answer, the only one. */
async function answered(partner: string, event: SentEvent) {
  expect(await sendOverHttp(field, partner, event)).toMatchObject({ status: 202, body: { kept: [event.id] } });
  const answers = await answersTo(field, partner, event.id);
  expect(answers).toHaveLength(1);
  return answers[0];
}

describe('each thing that partners send becomes a command of the service that owns it', () => {
  test('a detection: its answer names what it caused, and that comes too, as it was said', async () => {
    const answer = await answered('cci-artois', detection(siret));
    expect(answer).toMatchObject({
      type: TAKEN,
      data: { results: [{ type: 'fr.gpect.enrolment.firm-detected.v1', subject: ofFirm(siret), sequence: 1 }] },
    });
    const [result] = (answer?.data['results'] ?? []) as { id: string }[];
    const got = await until(
      () => poll(field, 'cci-artois'),
      ({ events }) => events.some(({ event }) => event.id === result?.id),
    );
    const firm = got.events.find(({ event }) => event.id === result?.id)?.event;
    expect(firm).toMatchObject({ source: '/services/enrolment', data: { siret, detectedBy: 'cci-artois' } });
  });

  test('a contact, a qualification, an agreement', async () => {
    const contact = { contact: '1', on: '2010-05-10', by: 'CCI', means: 'CALL', outcome: 'INTERESTED' };
    const events = [
      eventOf('cci-artois', 'firm-contact-sent', ofFirm(siret), { programme, siret, ...contact }),
      decision(siret, 'QUALIFIED', '2010-05-20', {
        scores: { manager_commitment: 3, strategic_vision: 2, social_climate: 4, hr_practice: 2 },
      }),
      decision(siret, 'SIGNED', '2010-06-01'),
    ];
    // A batch about one firm keeps its order.
    expect((await sendOverHttp(field, 'cci-artois', events)).status).toBe(202);
    const answers = await Promise.all(events.map(({ id }) => answersTo(field, 'cci-artois', id)));
    expect(answers.map(([a]) => (a?.data['results'] as { type: string }[])?.[0]?.type)).toEqual([
      'fr.gpect.enrolment.firm-contacted.v2',
      'fr.gpect.enrolment.firm-qualified.v1',
      'fr.gpect.enrolment.firm-enrolled.v1',
    ]);
  });

  test("a line of spend, and a survey's answer, of a firm whose enrolment is on its way", async () => {
    const line = {
      programme,
      funder: 'opca-a',
      reference: 'A-1',
      siret,
      paidOn: '2010-09-01',
      scheme: 'PLAN',
      amountCents: 125_000,
    };
    expect(
      await answered('opca-a', eventOf('opca-a', 'spend-line-sent', `${programme}/opca-a/A-1`, line)),
    ).toMatchObject({
      type: TAKEN,
      data: { results: [{ type: 'fr.gpect.training-spend.spend-lines-recorded.v1' }] },
    });
    const answers = { wave: 'BEFORE', answeredOn: '2010-06-10', answers: allNine(2) };
    const survey = eventOf('aract', 'survey-answer-sent', ofFirm(siret), { programme, siret, ...answers });
    expect(await answered('aract', survey)).toMatchObject({
      type: TAKEN,
      data: { results: [{ type: 'fr.gpect.evaluation.survey-answered.v1' }] },
    });
  });

  test('what happened stands in the bilan', async () => {
    const bilan = await until(
      () =>
        field.api.get(
          'reporting',
          { roles: ['region'] },
          `/bilan?programme=${programme}&purpose=what-happened`,
        ) as Promise<Record<string, object>>,
      (b) => (b['spend'] as { totalCents?: number }).totalCents === 125_000,
    );
    expect(bilan).toMatchObject({ figures: { detected: 1, qualified: 1, enrolled: 1 } });
  });
});

describe('two versions of a contract, side by side', () => {
  const contact = (number: string, means: string) => ({
    programme,
    siret,
    contact: number,
    on: '2010-06-12',
    by: 'CCI',
    means,
    outcome: 'INTERESTED',
  });
  const sendContact = (partner: string, number: string, means: string, more: Partial<SentEvent> = {}) =>
    sendOverHttp(field, partner, eventOf(partner, 'firm-contact-sent', ofFirm(siret), contact(number, means), more));
  const heardBy = async (partner: string, number: string) => {
    const isIt = ({ event: { type, data } }: { event: { type: string; data: Record<string, unknown> } }) =>
      type.includes('firm-contacted') && data['contact'] === number;
    const { events } = await until(
      () => poll(field, partner),
      (got) => got.events.some(isIt),
    );
    return events.filter(isIt).map(({ event: { type, data } }) => [type, data['means']]);
  };
  const [V1, V2] = ['fr.gpect.enrolment.firm-contacted.v1', 'fr.gpect.enrolment.firm-contacted.v2'];

  test('what is sent in the old one is taken, and the answer over HTTP says when that ends', async () => {
    const sent = await sendContact('cci-artois', '10', 'CALL');
    expect(sent.status).toBe(202);
    expect(sent.headers.get('deprecation')).toBe(`@${Date.parse('2026-11-25') / 1000}`);
    expect(sent.headers.get('sunset')).toBe('Tue, 30 Nov 2027 23:59:59 GMT');
    expect(sent.headers.get('link')).toBe(
      '<urn:gpect:events:fr.gpect.partner.firm-contact-sent.v2>; rel="successor-version"',
    );
    // One version each: who asked for the new one has it, everybody else what they had.
    expect(await heardBy('cci-artois-bis', '10')).toEqual([[V2, 'CALL']]);
    expect(await heardBy('cci-artois', '10')).toEqual([[V1, 'CALL']]);
  });

  test('what only the new one can say comes to readers of the old one as near as it can', async () => {
    const sent = await sendContact('cci-artois-bis', '11', 'VIDEO', {
      type: 'fr.gpect.partner.firm-contact-sent.v2',
    });
    expect(sent.status).toBe(202);
    expect(sent.headers.get('deprecation')).toBeNull();
    expect(await heardBy('cci-artois-bis', '11')).toEqual([[V2, 'VIDEO']]);
    expect(await heardBy('cci-artois', '11')).toEqual([[V1, 'CALL']]);
  });

  test('the old one does not take what only the new one knows', async () => {
    const sent = await sendContact('cci-artois', '12', 'VIDEO');
    expect(sent).toMatchObject({ status: 422, body: { errors: [{ pointer: '/data/means' }] } });
  });

  test('anybody can ask what ends; when operations move the day, every partner is told by an event', async () => {
    const operations = { roles: ['operations'] };
    const asked = async () =>
      ((await field.api.get('partner-gateway', operations, '/deprecations')) as { deprecations: object[] })
        .deprecations;
    const ends = { contract: V1, replacedBy: V2, announcedOn: '2026-11-25', endsOn: '2027-11-30' };
    expect(await asked()).toContainEqual(ends);
    const moved = { ...ends, endsOn: '2028-01-31', reason: 'Un partenaire a besoin de deux mois de plus' };
    await field.api.command('partner-gateway', operations, '/deprecations', moved);
    expect(await asked()).toContainEqual(moved);
    for (const partner of ['cci-artois', 'cci-artois-bis', 'opca-a']) {
      const { events } = await until(
        () => poll(field, partner),
        (got) => got.events.some(({ event }) => event.type.endsWith('contract-deprecated.v1')),
      );
      const told = events.filter(({ event }) => event.type.endsWith('contract-deprecated.v1'));
      expect(told.map(({ event }) => event.data)).toEqual([moved]);
    }
  });
});

test('a small file of spend by event is read as an upload is; the same file again is the same file', async () => {
  const dialect = (await field.api.get('training-spend', { roles: ['state'] }, '/dialects/opca-a')) as {
    versions: object[];
  };
  expect(dialect.versions).toHaveLength(1);
  const csv = `Référence;SIRET;Date de paiement;Dispositif;Heures;Stagiaires;Montant HT\nF-1;${siret};03/09/2010;DIF;7;1;300,00\n`;
  const data = { programme, funder: 'opca-a', fileName: 'septembre.csv', content: Buffer.from(csv).toString('base64') };
  for (let i = 0; i < 2; i++)
    expect(await answered('opca-a', eventOf('opca-a', 'spend-file-sent', 'septembre.csv', data))).toMatchObject({
      type: TAKEN,
    });
  const { files } = (await until(
    () =>
      field.api.get('training-spend', { roles: ['state'] }, `/files?programme=${programme}`) as Promise<{
        files: { status: string }[];
      }>,
    (found) => found.files[0]?.status === 'READ',
    10_000,
  )) as { files: object[] };
  expect(files).toMatchObject([{ file: 'septembre.csv', door: 'EVENT', counts: { accepted: 1 } }]);
  const forged = eventOf('opca-a', 'spend-file-sent', 'x', { ...data, funder: 'opca-b' });
  expect(await answered('opca-a', forged)).toMatchObject({ type: REFUSED, data: { problem: { status: 403 } } });
});

describe('the same event again', () => {
  test('gets the same answer, to the letter, and changes nothing', async () => {
    const sent = detection(other);
    const first = await answered('cci-artois', sent);
    await sendOverHttp(field, 'cci-artois', [sent, sent]);
    const answers = await until(
      () => answersTo(field, 'cci-artois', sent.id),
      (all) => all.length === 3,
    );
    expect(answers).toEqual([first, first, first]);
  });

  test('with other contents under its id is another event, and refused', async () => {
    const sent = detection(third);
    await answered('cci-artois', sent);
    await sendOverHttp(field, 'cci-artois', { ...sent, data: { ...(sent.data as object), name: 'Autre nom' } });
    const answers = await until(
      () => answersTo(field, 'cci-artois', sent.id),
      (all) => all.length === 2,
    );
    expect(answers[1]).toMatchObject({
      type: REFUSED,
      data: { problem: { type: 'urn:gpect:problem:event-id-reused' } },
    });
  });
});

test('what a rule refuses is answered with its reason, each fault by its pointer', async () => {
  const answer = await answered('cci-artois', detection('00001002500014'));
  expect(answer).toMatchObject({
    type: REFUSED,
    data: { problem: { type: 'urn:gpect:problem:siret-invalid', status: 422, errors: [{ pointer: '/data/siret' }] } },
  });
  expect(await answered('cci-artois', decision(siret, 'SUSPENDED', '2010-07-01'))).toMatchObject({
    type: REFUSED,
    data: {
      problem: {
        status: 400,
        errors: expect.arrayContaining([expect.objectContaining({ pointer: '/data/wakeUpOn' })]),
      },
    },
  });
  expect(await answered('cci-artois', decision(siret, 'DECLINED', '2010-07-01'))).toMatchObject({
    type: REFUSED,
    data: { problem: { status: 409, state: 'ENROLLED' } },
  });
});

describe('the HTTP endpoint refuses at once what no service would take, and keeps nothing of it', () => {
  const { source, type, subject } = detection(siret);
  test.each<[string, Partial<SentEvent>, number, string]>([
    ['a source of another partner', { source: '/partners/cci-autre' }, 403, 'source-not-yours'],
    ['a type without contract', { type: 'fr.gpect.partner.firm-eaten.v1' }, 422, 'type-unknown'],
    ['a type of a service', { type: 'fr.gpect.enrolment.firm-detected.v1' }, 422, 'type-unknown'],
    ['a type that was not agreed', { type: 'fr.gpect.partner.spend-line-sent.v1' }, 403, 'type-not-agreed'],
    ['a subject that the data is not about', { subject: ofFirm(other) }, 422, 'subject-differs'],
    ['an event of the future', { time: '2099-01-01T00:00:00Z' }, 422, 'time-in-future'],
    ['no instant', { time: 'hier' }, 422, 'time-unreadable'],
    [
      'data against the contract',
      { data: { ...firmOfArras(programme, siret), headcount: 'beaucoup' } },
      422,
      'data-against-contract',
    ],
    ['another programme', { data: firmOfArras('autre', siret), subject: `autre/${siret}` }, 403, 'programme-not-yours'],
  ])('%s', async (_what, wrong, status, code) => {
    const event = { ...detection(siret), source, type, subject, ...wrong };
    const refused = await sendOverHttp(field, 'cci-artois', event);
    expect(refused).toMatchObject({ status, body: { type: `urn:gpect:problem:${code}` } });
    const { events } = await poll(field, 'cci-artois');
    expect(events.filter((got) => got.event.causationid === event.id)).toEqual([]);
  });

  test('of a batch with one fault nothing is kept, and the fault has its place', async () => {
    const wrong = detection(siret, { data: { ...firmOfArras(programme, siret), headcount: -1 } });
    expect(await sendOverHttp(field, 'cci-artois', [detection(siret), wrong])).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/1/data/headcount' }] },
    });
  });

  test('what is no CloudEvent, what is too large', async () => {
    const url = `${field.stack.urls['partner-gateway']}/partners/cci-artois/events`;
    const authorization = `Bearer ${await field.tokenOfPartner('cci-artois')}`;
    const post = (type: string, body: string) =>
      fetch(url, { method: 'POST', headers: { authorization, 'content-type': type }, body });
    expect((await post('application/cloudevents+json', '{')).status).toBe(400);
    expect((await post('application/cloudevents+json', '{}')).status).toBeGreaterThanOrEqual(400);
    expect((await post('text/csv', 'a;b')).status).toBe(415);
    expect((await post('application/cloudevents+json', JSON.stringify({ x: 'x'.repeat(2_000_000) }))).status).toBe(413);
  });
});

test('each partner hears of its own firms and actions alone', async () => {
  const types = async (partner: string) => new Set((await poll(field, partner)).events.map(({ event }) => event.type));
  expect(await types('cci-autre')).not.toContain('fr.gpect.enrolment.firm-detected.v1');
  const carrier = await types('cci-artois');
  for (const type of [
    'fr.gpect.enrolment.collective-action-launched.v1',
    'fr.gpect.enrolment.firm-enrolled.v1',
    'fr.gpect.consulting.assignment-opened.v1',
  ])
    expect(carrier).toContain(type);
  expect(carrier).not.toContain('fr.gpect.training-spend.spend-lines-recorded.v1');
  expect(await types('opca-a')).toContain('fr.gpect.training-spend.spend-lines-recorded.v1');
  expect(await types('aract')).toContain('fr.gpect.evaluation.survey-requested.v1');
  // Nobody is told what a firm answered.
  for (const partner of ['cci-artois', 'cci-autre', 'opca-a', 'aract'])
    expect(await types(partner)).not.toContain('fr.gpect.evaluation.survey-answered.v1');
});

test('a firm of another carrier, a line of another funder, are refused', async () => {
  const forged = eventOf('cci-autre', 'firm-decision-sent', ofFirm(siret), {
    programme,
    siret,
    decision: 'ABANDONED',
    decidedOn: '2010-08-01',
  });
  expect(await answered('cci-autre', forged)).toMatchObject({
    type: REFUSED,
    data: { problem: { status: 403, type: 'urn:gpect:problem:not-yours' } },
  });
  const line = {
    programme,
    funder: 'opca-b',
    reference: 'B-1',
    siret,
    paidOn: '2010-09-01',
    scheme: 'PLAN',
    amountCents: 1,
  };
  expect(await answered('opca-a', eventOf('opca-a', 'spend-line-sent', `${programme}/opca-b/B-1`, line))).toMatchObject(
    {
      type: REFUSED,
      data: { problem: { type: 'urn:gpect:problem:not-yours' } },
    },
  );
});

test('what a partner did is in the audit trail under its name', async () => {
  const { entries } = (await field.api.get(
    'enrolment',
    { roles: ['operations'] },
    `/audit?who=${encodeURIComponent('/partners/cci-artois')}`,
  )) as { entries: object[] };
  expect(entries).toContainEqual(expect.objectContaining({ operation: 'detectFirm', roles: ['carrier', 'partner'] }));
});

test('a partner that asks without end is slowed down by name, and nobody else waits for it', async () => {
  // A limit that a busy machine reaches too: how fast it answers is not what is asked here.
  const restart = async (env: Record<string, string>) => {
    await field.stack.stopPart('partner-gateway');
    field.stack.giveEnv('partner-gateway', env);
    await field.stack.startPart('partner-gateway');
  };
  await restart({ PARTNER_REQUESTS_PER_SECOND: '10' });
  const url = `${field.stack.urls['partner-gateway']}/partners/cci-autre/events?from=0&limit=1`;
  const headers = { authorization: `Bearer ${await field.tokenOfPartner('cci-autre')}` };
  let refused: Response | undefined;
  for (let i = 0; i < 200 && !refused; i++)
    refused = (await Promise.all(Array.from({ length: 20 }, () => fetch(url, { headers })))).find(
      (r) => r.status === 429,
    );
  const retryAfter = Number(refused?.headers.get('retry-after'));
  expect(retryAfter).toBeGreaterThan(0);
  expect(await refused?.json()).toMatchObject({
    type: 'urn:gpect:problem:too-many-requests',
    status: 429,
    detail: expect.stringContaining(
      `100 demandes sont admises en 10 s (10 par seconde)\u00a0: attendez ${retryAfter} s`,
    ),
    limit: { requests: 100, seconds: 10, retryAfter },
  });
  expect(refused?.headers.get('ratelimit-policy')).toMatch(/q=100; w=10/);
  const line = {
    programme,
    funder: 'opca-a',
    reference: 'A-2',
    siret,
    paidOn: '2010-09-02',
    scheme: 'PLAN',
    amountCents: 5,
  };
  expect(await answered('opca-a', eventOf('opca-a', 'spend-line-sent', `${programme}/opca-a/A-2`, line))).toMatchObject(
    {
      type: TAKEN,
    },
  );
  // By default a thousand in ten seconds are taken, whoever reads page after page.
  await restart({});
  const all = await Promise.all(Array.from({ length: 200 }, () => fetch(url, { headers })));
  expect(all.map((r) => r.status)).toEqual(all.map(() => 200));
  expect(all[0]?.headers.get('ratelimit-policy')).toMatch(/q=1000; w=10/);
  const tooMany = await fetch(url.replace('limit=1', 'limit=501'), { headers });
  expect([tooMany.status, await tooMany.json()]).toEqual([
    400,
    expect.objectContaining({ errors: [{ in: 'query', parameter: 'limit', detail: expect.stringContaining('500') }] }),
  ]);
});

test.each(SERVICE_NAMES)('%s reads what the catalogue says that it reads', async (service) => {
  const metrics = await (await fetch(`${field.stack.urls[service]}/metrics`)).text();
  const read = [...metrics.matchAll(/^gpect_event_types_read\{.*?type="([^"]+)".*\} 1$/gm)].map(([, type]) => type);
  expect(read.sort()).toEqual(EVENT_TYPES.filter((type) => readersOf(type).includes(service)).sort());
});
