import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessOf } from '@gpect/local/access';
import { ROOT } from '@gpect/local/root';
import { SERVICES } from '@gpect/programme/api-client';
import { fetchBilan } from '@gpect/programme/bilan';
import { caughtUp } from '@gpect/programme/caught-up';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import kafkajs from 'kafkajs';
import { SIRETS } from './firms.js';
import { firmOfArras, tokenOf } from './harness.js';
import { sendAnyEnvelopes } from './partners/any-envelope.js';
import { type Client, clients, sendBy } from './partners/clients.js';
import {
  answersTo,
  eventOf,
  kafkaAs,
  openFieldOfPartners,
  type PartnersField,
  poll,
  sendOverHttp,
} from './partners/field-of-partners.js';
import {
  type ForeignHeader,
  type ForeignOrder,
  type ForeignRecord,
  withHeaders,
  without,
  writeAsGo,
} from './partners/foreign.js';

/** Partners with clients that we did not write; and what none of them may do to another. */
let field: PartnersField;
let all: readonly Client[];
const programme = 'partenaires-clients';
const FIRMS = [...new Set(SIRETS)];
const NAMES = [
  'Python, confluent-kafka',
  'Java, kafka-clients',
  'kcat',
  'Python over HTTP, cloudevents',
  'Go, franz-go',
  'Go over HTTP, CloudEvents SDK',
  'PHP, librdkafka',
  'PHP over HTTP, curl',
];

beforeAll(async () => {
  all = await clients();
  field = await openFieldOfPartners(programme);
});
afterAll(() => field.stop());

describe('events of an earlier release, which break bounds that came after them', () => {
  const NAMES_OF_BEFORE = ['x'.repeat(10_000), ' \u200b', 'a\ud800b', 'a\u0000b'];
  const before = NAMES_OF_BEFORE.map((name, i) => {
    const siret = FIRMS[20 + i] ?? '';
    return { id: `of-before-${i}`, subject: `${programme}/${siret}`, data: { ...firmOfArras(programme, siret), name } };
  });
  const figures = async () => {
    await caughtUp(field.api);
    const { figures: told } = await fetchBilan(field.api, programme);
    return JSON.stringify(told);
  };
  const parked = async () => {
    const gauges = await Promise.all(SERVICES.map((service) => field.api.gauges(service)));
    return gauges.map((of) => of?.get('gpect_parked_events'));
  };

  test('are read by every service that runs, and told to partners so that anybody can read them', async () => {
    const detected = async () => (await fetchBilan(field.api, programme)).figures['detected'] ?? 0;
    await caughtUp(field.api);
    const firms = await detected();
    const kafka = new kafkajs.Kafka({ brokers: [field.stack.broker], logLevel: kafkajs.logLevel.NOTHING });
    for (const { id, subject, data } of before)
      await produce(
        kafka,
        'gpect.enrolment.events',
        {
          ce_specversion: '1.0',
          ce_id: id,
          ce_source: '/services/enrolment',
          ce_type: 'fr.gpect.enrolment.firm-detected.v1',
          ce_subject: subject,
          ce_time: '2025-01-01T00:00:00Z',
          ce_sequence: '1',
          'content-type': 'application/json',
        },
        JSON.stringify({ ...data, detectedBy: 'cci-artois' }),
        subject,
      );
    const { events } = await until(
      () => poll(field, 'cci-artois'),
      (page) => before.every(({ id }) => page.events.some(({ event }) => event.id === id)),
    );
    const told = before.map(({ id }) => events.find(({ event }) => event.id === id)?.event.data['name']);
    expect(told).toEqual([NAMES_OF_BEFORE[0], NAMES_OF_BEFORE[1], 'a\\ud800b', 'a\\u0000b']);
    await caughtUp(field.api);
    expect((await detected()) - firms).toBe(before.length);
    expect(await parked()).toEqual(SERVICES.map(() => 0));
  });

  test('are read again when reporting is rebuilt while it runs', async () => {
    const told = await figures();
    const { status } = spawnSync(process.execPath, ['dist/rebuild.js'], {
      cwd: join(ROOT, 'apps/reporting'),
      env: { ...process.env, MONGO_URL: field.stack.mongoUrlOf('reporting') },
    });
    expect(status).toBe(0);
    expect(await figures()).toBe(told);
    expect(await parked()).toEqual(SERVICES.map(() => 0));
  });
});

describe('a detection and a line of spend, each answered', () => {
  test.each(NAMES.map((name, i) => [name, i] as const))(
    '%s',
    async (name, i) => {
      const client = all.find((c) => c.name === name) as Client;
      const siret = FIRMS[i] ?? '';
      const detection = eventOf(
        'cci-artois',
        'firm-detection-sent',
        `${programme}/${siret}`,
        firmOfArras(programme, siret),
      );
      expect(await sendBy(field, client, 'cci-artois', detection)).toMatchObject({
        type: 'fr.gpect.partner.event-taken.v1',
        data: { event: { id: detection.id }, results: [{ type: 'fr.gpect.enrolment.firm-detected.v1' }] },
      });
      const line = {
        programme,
        funder: 'opca-a',
        reference: `L${i}`,
        siret,
        paidOn: '2010-09-01',
        scheme: 'PLAN',
        amountCents: 100,
      };
      const sent = eventOf('opca-a', 'spend-line-sent', `${programme}/opca-a/L${i}`, line);
      expect(await sendBy(field, client, 'opca-a', sent)).toMatchObject({
        type: 'fr.gpect.partner.event-taken.v1',
        data: { results: [{ type: 'fr.gpect.training-spend.spend-lines-recorded.v1' }] },
      });
      // A refusal comes the same way.
      const wrong = eventOf('opca-a', 'spend-line-sent', `${programme}/opca-a/L${i}`, { ...line, amountCents: 200 });
      expect(await sendBy(field, client, 'opca-a', wrong)).toMatchObject({
        type: 'fr.gpect.partner.event-refused.v1',
        data: { problem: { type: 'urn:gpect:problem:reference-differs' } },
      });
    },
    600_000,
  );
});

/** What an error says, and those that it holds. */
function wholly(error: unknown): string {
  const { message, errors = [], type = '' } = error as Error & { errors?: readonly unknown[]; type?: string };
  return [message, type, ...errors.map(wholly)].join(' ');
}

async function produce(
  as: kafkajs.Kafka,
  topic: string,
  headers: Record<string, string> = {},
  value = '{}',
  key = 'x',
): Promise<void> {
  const producer = as.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  try {
    await producer.send({ topic, messages: [{ key, value, headers }] });
  } finally {
    await producer.disconnect();
  }
}

async function consume(as: kafkajs.Kafka, topic: string, groupId: string): Promise<void> {
  const consumer = as.consumer({ groupId, retry: { retries: 0, restartOnFailure: async () => false } });
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      consumer.on(consumer.events.FETCH, () => resolve());
      consumer.run({ eachMessage: async () => undefined }).catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
}

test('what is its own a partner may do: write its .in, read its .out in a group of its name', async () => {
  await produce(kafkaAs(field, 'cci-artois'), 'gpect.partner.cci-artois.in', { ce_id: 'own' });
  await consume(kafkaAs(field, 'cci-artois'), 'gpect.partner.cci-artois.out', 'gpect.partner.cci-artois.essai');
});

describe('no partner reaches another, nor the services', () => {
  const ATTEMPTS: readonly (readonly [string, () => Promise<unknown>, RegExp])[] = [
    [
      "writes another's topic",
      () => produce(kafkaAs(field, 'cci-autre'), 'gpect.partner.cci-artois.in'),
      /not authorized/i,
    ],
    [
      "writes to another's answers",
      () => produce(kafkaAs(field, 'cci-autre'), 'gpect.partner.cci-artois.out'),
      /not authorized/i,
    ],
    [
      'writes to its own answers',
      () => produce(kafkaAs(field, 'cci-autre'), 'gpect.partner.cci-autre.out'),
      /not authorized/i,
    ],
    ['writes as a service', () => produce(kafkaAs(field, 'cci-autre'), 'gpect.enrolment.events'), /not authorized/i],
    [
      "reads another's answers",
      () => consume(kafkaAs(field, 'cci-autre'), 'gpect.partner.cci-artois.out', 'gpect.partner.cci-autre.x'),
      /not authorized/i,
    ],
    [
      'reads what the services say',
      () => consume(kafkaAs(field, 'cci-autre'), 'gpect.enrolment.events', 'gpect.partner.cci-autre.x'),
      /not authorized/i,
    ],
    [
      "joins another's group",
      () => consume(kafkaAs(field, 'cci-autre'), 'gpect.partner.cci-autre.out', 'gpect.partner.cci-artois.x'),
      /not authorized|group coordinator/i,
    ],
    [
      "joins a service's group",
      () => consume(kafkaAs(field, 'cci-autre'), 'gpect.partner.cci-autre.out', 'gpect.enrolment'),
      /not authorized|group coordinator/i,
    ],
    [
      'makes a topic',
      async () => {
        const admin = kafkaAs(field, 'cci-autre').admin();
        await admin.connect();
        try {
          await admin.createTopics({ topics: [{ topic: 'gpect.partner.cci-autre.encore' }] });
        } finally {
          await admin.disconnect();
        }
      },
      /authoriz/i,
    ],
    [
      "with another's secret",
      () =>
        produce(
          kafkaAs(field, 'cci-autre', { secret: field.secretOf('cci-artois').secret }),
          'gpect.partner.cci-autre.in',
        ),
      /authentication/i,
    ],
    [
      'without TLS',
      () =>
        produce(
          new kafkajs.Kafka({
            brokers: [field.stack.partnersBroker],
            retry: { retries: 0 },
            connectionTimeout: 3000,
            logLevel: kafkajs.logLevel.NOTHING,
          }),
          'gpect.partner.cci-autre.in',
        ),
      /./,
    ],
  ];
  test.each(ATTEMPTS)(
    '%s',
    async (_what, attempt, said) => {
      const refused = await attempt().then(
        () => 'done',
        (error: unknown) => wholly(error),
      );
      expect(refused).toMatch(said);
    },
    600_000,
  );

  test('forges a source on its own topic: refused, in its own answers', async () => {
    const event = eventOf(
      'cci-artois',
      'firm-detection-sent',
      `${programme}/${FIRMS[9]}`,
      firmOfArras(programme, FIRMS[9] ?? ''),
    );
    const headers = {
      ce_specversion: '1.0',
      ce_id: event.id,
      ce_source: event.source,
      ce_type: event.type,
      ce_subject: event.subject,
      ce_time: event.time,
    };
    await produce(kafkaAs(field, 'cci-autre'), 'gpect.partner.cci-autre.in', headers, JSON.stringify(event.data));
    expect((await answersTo(field, 'cci-autre', event.id))[0]).toMatchObject({
      type: 'fr.gpect.partner.event-refused.v1',
      data: { problem: { type: 'urn:gpect:problem:source-not-yours' } },
    });
  });

  test.each<[string, () => Promise<string>, number]>([
    ['the token of another partner', () => field.tokenOfPartner('cci-autre'), 403],
    [
      'the token of a carrier that is no partner',
      () => tokenOf(field, { roles: ['carrier'], carrier: 'cci-artois' }),
      403,
    ],
    [
      'no token of ours',
      async () => 'eyJhbGciOiJub25lIn0.eyJyb2xlcyI6WyJwYXJ0bmVyIl0sInBhcnRuZXIiOiJjY2ktYXJ0b2lzIn0.',
      401,
    ],
  ])('%s opens no endpoint over HTTP', async (_what, token, status) => {
    const bearer = await token();
    const event = eventOf(
      'cci-artois',
      'firm-detection-sent',
      `${programme}/${FIRMS[8]}`,
      firmOfArras(programme, FIRMS[8] ?? ''),
    );
    expect((await sendOverHttp(field, 'cci-artois', event, { token: bearer })).status).toBe(status);
    for (const path of ['events', 'webhook']) {
      const response = await fetch(`${field.stack.urls['partner-gateway']}/partners/cci-artois/${path}`, {
        headers: { authorization: `Bearer ${bearer}` },
      });
      expect(response.status).toBe(status);
    }
  });

  test('a wrong secret gets no token', async () => {
    const response = await fetch(`${field.stack.urls.issuer}/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('cci-artois:faux').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    expect(response.status).toBe(401);
  });
});

describe('what comes by Kafka and is no event of a partner is refused with its own reason, and stops nobody', () => {
  const right = () => {
    const event = eventOf(
      'cci-artois',
      'firm-detection-sent',
      `${programme}/${FIRMS[7]}`,
      firmOfArras(programme, FIRMS[7] ?? ''),
    );
    return {
      ce_specversion: '1.0',
      ce_id: event.id,
      ce_source: event.source,
      ce_type: event.type,
      ce_subject: event.subject,
      ce_time: event.time,
    };
  };
  const value = JSON.stringify(firmOfArras(programme, FIRMS[7] ?? ''));
  test.each<[string, Record<string, string>, string, string]>([
    ['an unknown type', { ce_type: 'fr.gpect.partner.firm-eaten.v1' }, value, 'type-unknown'],
    ['a type not agreed', { ce_type: 'fr.gpect.partner.spend-line-sent.v1' }, value, 'type-not-agreed'],
    ['no JSON', {}, '{"programme":', 'data-not-json'],
    ['bytes', {}, '\u0000\u0001\ufffd', 'data-not-json'],
    ['nothing', {}, '', 'data-not-json'],
    ['another version of CloudEvents', { ce_specversion: '0.3' }, value, 'specversion-unknown'],
    ['an event of the future', { ce_time: '2099-01-01T00:00:00Z' }, value, 'time-in-future'],
    ['another subject', { ce_subject: `${programme}/x` }, value, 'subject-differs'],
    ['no subject', { ce_subject: '' }, value, 'envelope-incomplete'],
    ['too much', {}, JSON.stringify({ x: 'x'.repeat(800_000) }), 'event-too-large'],
  ])('%s', async (_what, wrong, data, code) => {
    const headers = { ...right(), ...wrong };
    await produce(kafkaAs(field, 'cci-artois'), 'gpect.partner.cci-artois.in', headers, data);
    const [answer] = await answersTo(field, 'cci-artois', headers.ce_id);
    expect(answer).toMatchObject({
      type: 'fr.gpect.partner.event-refused.v1',
      data: { problem: { type: `urn:gpect:problem:${code}` } },
    });
  });

  test('more than a message may hold: the broker itself refuses it', async () => {
    await expect(
      produce(kafkaAs(field, 'cci-artois'), 'gpect.partner.cci-artois.in', right(), 'x'.repeat(1_200_000)),
    ).rejects.toThrow(/larger than|too large/i);
  });

  test('and the next good event goes through', async () => {
    const headers = right();
    await produce(kafkaAs(field, 'cci-artois'), 'gpect.partner.cci-artois.in', headers, value);
    expect((await answersTo(field, 'cci-artois', headers.ce_id))[0]).toMatchObject({
      type: 'fr.gpect.partner.event-taken.v1',
    });
  });
});

/** What programs of other makers do; written by franz-go, which packs with Snappy where nothing is asked of it. */
describe('a record as a foreign program writes it ends in an answer', () => {
  const firm = FIRMS[6] ?? '';
  const fresh = () =>
    eventOf('cci-artois', 'firm-detection-sent', `${programme}/${firm}`, firmOfArras(programme, firm));
  /** In binary mode, by its headers. */
  const written = (event = fresh()) => {
    const { data, ...attributes } = event;
    const headers = Object.entries({ specversion: '1.0', ...attributes }).map(
      ([name, text]) => [`ce_${name}`, text] as ForeignHeader,
    );
    headers.push(['content-type', 'application/json']);
    return { id: event.id, key: event.subject as string | null, value: JSON.stringify(data) as string | null, headers };
  };
  const structured = () => {
    const event = fresh();
    const headers: ForeignHeader[] = [['content-type', 'application/cloudevents+json; charset=UTF-8']];
    return { id: event.id, key: null, value: JSON.stringify({ specversion: '1.0', ...event }), headers };
  };
  const renamed = (record: ForeignRecord & { id: string }, name: (name: string) => string) => ({
    ...record,
    headers: record.headers.map(([own, value]) => [name(own), value] as ForeignHeader),
  });
  const upsideDown = <R extends ForeignRecord>(record: R): R => ({ ...record, headers: [...record.headers].reverse() });
  const capitals = (name: string) => name.replace(/^ce_/, 'CE_').replace('content-type', 'Content-Type');

  const TAKEN: readonly (readonly [string, ForeignRecord & { id: string }, ForeignOrder?])[] = [
    ['by its own choice', written()],
    ...(['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const).map(
      (codec) => [`compressed with ${codec}`, written(), { codec }] as const,
    ),
    ['in a transaction', written(), { transaction: 'gpect.partner.cci-artois.essai' }],
    ['without a key', { ...written(), key: null }],
    ['with a key that is not its subject', { ...written(), key: 'autre' }],
    ['in structured form, without a key', structured()],
    ['with its headers the other way round', upsideDown(written())],
    [
      'with headers of its own, without a value, twice',
      withHeaders(written(), ['trace', null], ['a', 'b'], ['a', 'c']),
    ],
    ['with an attribute beyond ASCII', withHeaders(written(), ['ce_lot', 'été 2010'])],
    ['with an extension that has no value', withHeaders(written(), ['ce_lot', null])],
  ];
  test('what is right, however it is packed, is taken', async () => {
    for (const [, record, order] of TAKEN) if (order) await writeAsGo(field, 'cci-artois', [record], order);
    await writeAsGo(
      field,
      'cci-artois',
      TAKEN.flatMap(([, record, order]) => (order ? [] : [record])),
    );
    for (const [what, { id }] of TAKEN) {
      const answers = await answersTo(field, 'cci-artois', id);
      expect([what, answers.map(({ type }) => type)]).toEqual([what, ['fr.gpect.partner.event-taken.v1']]);
    }
  });

  const REFUSED: readonly (readonly [string, ForeignRecord & { id: string }, string, string])[] = [
    ['no value at all (a tombstone)', { ...written(), value: null }, 'data-not-json', '/data'],
    ['a header of ours twice', withHeaders(written(), ['ce_subject', 'autre']), 'record-unreadable', ''],
    [
      'an attribute without its value',
      withHeaders(without(written(), 'ce_time'), ['ce_time', null]),
      'envelope-incomplete',
      '/time',
    ],
    ['a value that is not UTF-8', { ...written(), value: Buffer.from('{"n":"é"}', 'latin1') }, 'record-unreadable', ''],
    ['a key that is not UTF-8', { ...written(), key: Buffer.from([0xff]) }, 'record-unreadable', ''],
    [
      'an attribute that is not UTF-8',
      withHeaders(written(), ['ce_lot', Buffer.from([0xe9])]),
      'record-unreadable',
      '',
    ],
    [
      'one name in capitals',
      renamed(written(), (name) => (name === 'ce_time' ? 'CE_Time' : name)),
      'envelope-unfit',
      '/time',
    ],
    [
      'an extension that breaks the rules of names',
      withHeaders(written(), ['ce_lot-no', '1']),
      'envelope-unfit',
      '/lot-no',
    ],
  ];
  test('what is wrong is refused under its id, with the place', async () => {
    await writeAsGo(
      field,
      'cci-artois',
      REFUSED.map(([, record]) => record),
    );
    for (const [what, { id }, code, pointer] of REFUSED) {
      const answers = await answersTo(field, 'cci-artois', id);
      const problems = answers.map(({ data }) => data['problem'] as { type: string; errors?: { pointer: string }[] });
      const said = problems.map(({ type, errors = [{ pointer: '' }] }) => [type, errors[0]?.pointer]);
      expect([what, ...said]).toEqual([what, [`urn:gpect:problem:${code}`, pointer]]);
    }
  });

  test('what has no id is refused under its place', async () => {
    const { next } = await poll(field, 'cci-artois');
    const batch = {
      id: '',
      key: null,
      value: '[]',
      headers: [['content-type', 'application/cloudevents-batch+json']],
    } as const;
    const nothing: ForeignRecord = { key: null, value: null, headers: [] };
    await writeAsGo(field, 'cci-artois', [
      nothing,
      batch,
      renamed(written(), capitals),
      renamed(structured(), capitals),
    ]);
    const { events } = await until(
      () => poll(field, 'cci-artois', next),
      (got) => got.events.length >= 4,
    );
    const said = events.map(({ event }) => [
      (event.data['event'] as { id: string }).id.replace(/\d+$/, ''),
      (event.data['problem'] as { errors?: { detail: string }[] }).errors?.map(({ detail }) => detail).join(' '),
    ]);
    const place = 'gpect.partner.cci-artois.in/0/';
    expect(said).toEqual([
      [place, expect.stringContaining('id is missing')],
      [place, expect.stringContaining('application/cloudevents-batch+json')],
      [place, expect.stringContaining('write ce_id')],
      [place, expect.stringContaining('write content-type')],
    ]);
  });

  test('what a transaction gave up is not there; what comes behind it is', async () => {
    const [gone, behind] = [written(), written()];
    await writeAsGo(field, 'cci-artois', [gone], { transaction: 'gpect.partner.cci-artois.essai', giveUp: true });
    await writeAsGo(field, 'cci-artois', [behind]);
    await answersTo(field, 'cci-artois', behind.id);
    const { events } = await poll(field, 'cci-artois');
    expect(events.some(({ event }) => event.causationid === gone.id)).toBe(false);
  });

  test('a transaction of another name is refused by the brokers', async () => {
    await expect(
      writeAsGo(field, 'cci-artois', [written()], { transaction: 'gpect.partner.cci-autre.x' }),
    ).rejects.toThrow(/TRANSACTIONAL_ID_AUTHORIZATION_FAILED/);
  });
});

/** The long campaign: GPECT_FUZZ_REQUESTS=5000, and GPECT_FUZZ_SEED to see one again. */
const REQUESTS = Number(process.env['GPECT_FUZZ_REQUESTS'] ?? 600);
const SEED = Number(process.env['GPECT_FUZZ_SEED'] ?? 13);
test(`of ${REQUESTS} requests of any kind (seed ${SEED}) none meets a fault of ours, and each event taken has an answer that anybody reads`, async () => {
  const partners = ['cci-artois', 'cci-autre', 'opca-a', 'aract'];
  const { wrong, taken } = await sendAnyEnvelopes(field, { requests: REQUESTS, seed: SEED, programme, partners });
  expect(wrong).toEqual([]);
  expect(taken).toBeGreaterThan(REQUESTS / 50);
  expect((await fetchBilan(field.api, programme)).programme.code).toBe(programme);
  expect((await fetch(`${field.stack.urls['partner-gateway']}/health/ready`)).status).toBe(200);
});

test('what a partner is told of its access names its Kafka user; of nobody there is nothing to tell', () => {
  const { stack } = field;
  expect(accessOf(stack, stack.secretsFolder, 'opca-a')).toMatchObject({
    GPECT_PARTNER: 'opca-a',
    GPECT_KAFKA_USER: 'partner-opca-a',
    GPECT_BROKERS: stack.partnersBroker,
  });
  expect(() => accessOf(stack, stack.secretsFolder, 'opca-z')).toThrow('opca-z n’est pas déclaré');
});

/** The commands of a page, as a reader would paste them into one shell. */
function commandsOf(page: string): string {
  const text = readFileSync(join(ROOT, 'docs/partners', page), 'utf8');
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, commands]) => commands).join('\n');
}

test('« Raccorder son système en une heure » : chaque commande, dans l’ordre, dans un dossier vide', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gpect-heure-'));
  try {
    const said = execFileSync('bash', ['-euo', 'pipefail', '-c', commandsOf('se-raccorder-en-une-heure.md')], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        ...accessOf(field.stack, field.stack.secretsFolder, 'cci-artois'),
        GPECT_PROGRAMME: programme,
        GPECT_ACTION: 'arras',
        GPECT_BASIN: 'artois-ternois',
      },
    });
    for (const part of [
      '"kept":["essai-',
      'fr.gpect.partner.event-taken.v1',
      'fr.gpect.enrolment.firm-detected.v1',
      'whsec_',
      '"status":"ACTIVE"',
    ])
      expect(said).toContain(part);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
