import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '@gpect/local/root';
import { Refused } from '@gpect/programme/api-client';
import { partitionOf } from '@gpect/service-kit/kafka/appender';
import { connectKafka } from '@gpect/service-kit/kafka/kafka';
import { createLogger } from '@gpect/service-kit/observability/logger';
import { makeTopics, readAll } from '@gpect/test-kit/topics';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import kafkajs from 'kafkajs';
import mongoose from 'mongoose';
import { SIRETS } from './firms.js';
import {
  answersTo,
  eventOf,
  kafkaAs,
  openFieldOfPartners,
  type PartnersField,
  sendOverHttp,
} from './partners/field-of-partners.js';

/** What operations do by their commands, on a stack that runs; and what protects partners from each other. */
let field: PartnersField;
let home = '';
const programme = 'partenaires';

beforeAll(async () => {
  field = await openFieldOfPartners(programme);
  home = mkdtempSync(join(tmpdir(), 'gpect-operations-'));
  mkdirSync(join(home, 'stack'));
  const { urls } = field.stack;
  writeFileSync(join(home, 'running.json'), JSON.stringify({ supervisor: process.pid, urls, pids: {} }));
});
afterAll(async () => {
  rmSync(home, { recursive: true, force: true });
  await field.stop();
});

/** `npm run COMMAND`, as its script hands it over: what it prints. */
async function run(...args: string[]): Promise<string> {
  const main = join(ROOT, 'infra/local/dist/main.js');
  const env = { ...process.env, GPECT_LOCAL: home, USER: 'anne' };
  return (await promisify(execFile)(process.execPath, [main, ...args], { env })).stdout;
}

test('npm run dlq: what could not be taken is listed, shown, tried again, put aside with its reason, and that is audited', async () => {
  const topic = 'gpect.training-spend.events';
  const kafka = new kafkajs.Kafka({ brokers: [field.stack.broker], logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const headers = {
    ce_specversion: '1.0',
    ce_id: 'abîmé',
    ce_source: '/services/training-spend',
    ce_type: 'fr.gpect.training-spend.establishment-closed.v1',
    ce_subject: 'establishments/1',
    ce_time: '2026-11-25T08:00:00Z',
    ce_sequence: '1',
  };
  const [sent] = await producer.send({
    topic,
    messages: [{ key: 'establishments/1', value: '{"siret": 1}', headers }],
  });
  await producer.disconnect();
  const place = `${topic}/${sent?.partition}/${sent?.baseOffset}`;
  const list = (...filter: string[]) => run('dlq', 'list', '--service', 'enrolment', ...filter);
  const listed = await until(
    () => list(),
    (said) => said.includes(place),
  );
  expect(listed).toContain('fr.gpect.training-spend.establishment-closed.v1  establishments/1');
  expect(listed).toContain('1 parked');
  expect(await list('--type', headers.ce_type, '--reason', '/siret')).toContain('1 parked');
  expect(await list('--since', '2100-01-01T00:00:00Z')).toBe('0 parked\n');
  expect(JSON.parse(await run('dlq', 'show', place, '--service', 'enrolment'))).toMatchObject({
    service: 'enrolment',
    value: '{"siret": 1}',
    headers: { ce_id: 'abîmé' },
  });
  // Nothing was mended: it stays.
  expect(await run('dlq', 'replay', '--service', 'enrolment')).toBe('enrolment: {"replayed":0,"stillParked":1}\n');
  await expect(run('dlq', 'discard', '--service', 'enrolment')).rejects.toThrow('say why');
  await run('dlq', 'discard', '--service', 'enrolment', '--subject', 'establishments/1', '--because', 'faux envoi');
  expect(await list()).toBe('0 parked\n');
  await expect(run('dlq', 'show', place, '--service', 'enrolment')).rejects.toThrow('nothing is parked from');
  const { entries } = (await field.api.get('enrolment', { roles: ['operations'] }, '/audit?who=anne')) as {
    entries: { operation: string }[];
  };
  expect(entries.map(({ operation }) => operation)).toContain('discardDeadLetters');
});

test('npm run dlq: what cannot be published is listed with its reason, published once its topic is there, or given up with a reason, and that is audited', async () => {
  const [late, gone] = ['gpect.essai.tardif', 'gpect.essai.parti'];
  const database = await mongoose.createConnection(field.stack.mongoUrlOf('enrolment')).asPromise();
  const outbox = database.collection<{ _id: string; messages: object[] }>('outbox');
  const say = (topic: string, key: string, sequence: number) => ({
    _id: `${(BigInt(Date.now()) << 12n).toString(16).padStart(16, '0')}-${topic}-${key}-${sequence}`,
    messages: [
      {
        topic,
        key,
        headers: JSON.stringify({ ce_id: `${key}#${sequence}`, ce_type: 'essai', ce_subject: key }),
        value: '{}',
      },
    ],
  });
  await outbox.insertMany([say(late, 'a', 1), say(late, 'a', 2), say(gone, 'b', 1), say(gone, 'b', 2)]);
  const stuck = (...filter: string[]) => run('dlq', 'stuck', '--service', 'enrolment', ...filter);
  const listed = await until(
    () => stuck(),
    (said) => said.includes('4 cannot be published'),
  );
  expect(listed).toContain(`there is no topic ${late}: make it`);
  expect(listed).toContain(`${gone}  essai  b`);
  expect(await stuck('--topic', late)).toContain('2 cannot be published');
  expect(await stuck('--key', 'b')).toContain('2 cannot be published');
  // Everything else is published meanwhile, and who looks at the service sees it.
  const ready = await (await fetch(`${field.stack.urls.enrolment}/health/ready`)).text();
  expect(ready).toContain('there is no topic');
  const line = { roles: ['carrier'], carrier: 'cci-artois' };
  const asCarrier = field.api.get('enrolment', line, '/stuck-messages');
  await expect(asCarrier).rejects.toMatchObject({ status: 403 });
  await expect(asCarrier).rejects.toBeInstanceOf(Refused);

  // The relay would try by itself within a minute, and by chance before the operator: it is the operator who is looked at here.
  const inAnHour = new Date(Date.now() + 3_600_000);
  await database.collection('outbox_aside').updateMany({ 'message.topic': late }, { $set: { due: inAnHour } });
  await makeTopics(field.stack.broker, [late], 1);
  expect(await run('dlq', 'publish', '--service', 'enrolment', '--topic', late)).toBe('enrolment: {"tried":2}\n');
  await until(
    () => stuck('--topic', late),
    (said) => said === '0 cannot be published\n',
  );
  const there = await readAll(field.stack.broker, late);
  expect(there.map(({ headers }) => headers['ce_id'])).toEqual(['a#1', 'a#2']);

  await expect(run('dlq', 'give-up', '--service', 'enrolment', '--topic', gone)).rejects.toThrow('say why');
  const gaveUp = await run(
    'dlq',
    'give-up',
    '--service',
    'enrolment',
    '--topic',
    gone,
    '--because',
    'partenaire parti',
  );
  expect(gaveUp).toBe('enrolment: {"discarded":2,"stillStuck":0}\n');
  expect(await stuck()).toBe('0 cannot be published\n');
  expect(
    await database
      .collection('outbox_discarded')
      .find({}, { projection: { _id: 0, discardedBy: 1, because: 1 } })
      .toArray(),
  ).toEqual([1, 2].map(() => ({ discardedBy: 'anne', because: 'partenaire parti' })));
  const { entries } = (await field.api.get('enrolment', { roles: ['operations'] }, '/audit?who=anne')) as {
    entries: { operation: string }[];
  };
  const operations = entries.map(({ operation }) => operation);
  expect(operations).toContain('retryStuckMessages');
  expect(operations).toContain('discardStuckMessages');
  await database.close();
});

test('a service whose brokers want TLS and SCRAM publishes by its user, and is told what that user may not', async () => {
  const [topic, others] = ['gpect.partner.cci-artois.in', 'gpect.enrolment.events'];
  const { username, secret } = field.secretOf('cci-artois');
  const certificates = readFileSync(field.stack.authority, 'utf8');
  const publisherOf = (password: string) =>
    connectKafka({
      brokers: field.stack.partnersBroker,
      clientId: 'scram',
      logger: createLogger('scram', 'silent'),
      access: { username, password, certificates },
    }).publisher();
  const publisher = publisherOf(secret);
  const producer = await publisher.newProducer();
  const message = { topic, key: 'scram', headers: { ce_id: 'scram' }, value: '{}' };
  const partition = partitionOf('scram', Number((await publisher.partitionsOf([topic])).get(topic)));
  const lanes = [{ topic, partition, first: 0, messages: [message] }];
  // Twice under the same numbers: it is there once.
  expect(await publisher.append(producer, lanes)).toEqual([{ kind: 'appended' }]);
  expect(await publisher.append(producer, lanes)).toEqual([{ kind: 'appended' }]);
  const there = (await readAll(field.stack.broker, topic)).filter(({ key }) => key === 'scram');
  expect(there).toHaveLength(1);
  const [refused] = await publisher.publishEach([{ ...message, topic: others }]);
  // Sending it again does not help.
  expect(refused).toEqual({ reason: expect.stringContaining(others), refused: 'topic' });
  await publisher.close();
  const wrong = publisherOf('faux');
  await expect(wrong.publish([message])).rejects.toThrow(/authentication|no broker answers/i);
  await wrong.close();
});

test('one event alone that is too large is told to its sender with its place and its limit, and its neighbours go on', async () => {
  const [siret = ''] = SIRETS;
  const contact = (number: number, more: object = {}) =>
    eventOf('cci-artois', 'firm-contact-sent', `${programme}/${siret}`, {
      ...{ programme, siret, contact: `${number}`, on: '2010-05-10', by: 'CCI', means: 'CALL' },
      ...{ outcome: 'INTERESTED', ...more },
    });
  const [before, after] = [contact(1), contact(3)];
  // A text that no topic takes is longer than its contract allows; a body is not read beyond its limit.
  const text = await sendOverHttp(field, 'cci-artois', [before, contact(2, { note: 'é'.repeat(500_000) }), after]);
  expect(text.status).toBe(422);
  expect(JSON.stringify(text.body)).toContain('/1/data/note');
  const body = await sendOverHttp(field, 'cci-artois', contact(2, { note: 'é'.repeat(600_000) }));
  expect(body.status).toBe(413);
  expect(JSON.stringify(body.body)).toContain('octets');
  // A batch is taken as a whole or not at all: its other events are sent again.
  expect((await sendOverHttp(field, 'cci-artois', [before, after])).status).toBe(202);
  for (const { id } of [before, after]) expect(await answersTo(field, 'cci-artois', id)).toHaveLength(1);
});

test('npm run sandbox: a programme to try in; a reset opens the next one, the first stays', async () => {
  const first = await run('sandbox');
  expect(first).toContain("GPECT_PROGRAMME='bac-a-sable-1'");
  expect(await run('sandbox')).toBe(first);
  expect(await run('sandbox', 'reset')).toContain("GPECT_PROGRAMME='bac-a-sable-2'");
  expect(await run('sandbox')).toContain("GPECT_PROGRAMME='bac-a-sable-2'");
  for (const code of ['bac-a-sable-1', 'bac-a-sable-2'])
    expect(await field.api.get('enrolment', { roles: ['state'] }, `/programmes/${code}`)).toMatchObject({ code });
});

test("a partner that says more over Kafka than its quota is slowed down, and another one's event is answered meanwhile", async () => {
  const producer = kafkaAs(field, 'bavard', { retries: 5 }).producer({ allowAutoTopicCreation: false });
  await producer.connect();
  let sending = true;
  const much = (async () => {
    for (let i = 0; i < 6; i++)
      await producer.send({ topic: 'gpect.partner.bavard.in', messages: [{ key: 'x', value: 'x'.repeat(100_000) }] });
    sending = false;
  })();
  const line = {
    programme,
    funder: 'opca-a',
    reference: 'Q-1',
    siret: SIRETS[0],
    paidOn: '2010-09-02',
    scheme: 'PLAN',
  };
  const event = eventOf('opca-a', 'spend-line-sent', `${programme}/opca-a/Q-1`, { ...line, amountCents: 5 });
  expect((await sendOverHttp(field, 'opca-a', event)).status).toBe(202);
  expect(await answersTo(field, 'opca-a', event.id)).toHaveLength(1);
  expect(sending).toBe(true);
  await much;
  await producer.disconnect();
});
