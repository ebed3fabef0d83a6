import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '@gpect/local/stack';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import kafkajs from 'kafkajs';
import { SIRETS } from './firms.js';
import { firmOfArras, tokenOf } from './harness.js';
import { accessOf, type Client, clients, sendBy } from './partners/clients.js';
import {
  answersTo,
  eventOf,
  kafkaAs,
  openFieldOfPartners,
  type PartnersField,
  sendOverHttp,
} from './partners/field-of-partners.js';

/** Partners with clients that we did not write; and what none of them may do to another. */
let field: PartnersField;
let all: readonly Client[];
const programme = 'partenaires-clients';
const FIRMS = [...new Set(SIRETS)];
const NAMES = ['Python, confluent-kafka', 'Java, kafka-clients', 'kcat', 'Python over HTTP, cloudevents'];

beforeAll(async () => {
  all = await clients();
  field = await openFieldOfPartners(programme);
});
afterAll(() => field.stop());

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
): Promise<void> {
  const producer = as.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  try {
    await producer.send({ topic, messages: [{ key: 'x', value, headers }] });
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
  ])('%s opens no door over HTTP', async (_what, token, status) => {
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
        ...accessOf(field, 'cci-artois'),
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
