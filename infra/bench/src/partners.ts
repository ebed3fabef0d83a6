import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { examplesOf } from '@gpect/contracts/event-contracts';
import { partnerTopic } from '@gpect/contracts/partner-topics';
import { anyFreePorts } from '@gpect/local/ports';
import { ROOT, Stack } from '@gpect/local/stack';
import { startChild } from '@gpect/local-servers/child';
import { freePorts } from '@gpect/local-servers/ports';
import { Doors } from '@gpect/programme/doors';
import { readFolder } from '@gpect/programme/folder';
import { makeTopics } from '@gpect/test-kit/topics';
import kafkajs from 'kafkajs';
import { v7 as uuidv7 } from 'uuid';
import { median, type Row } from './measure.js';
import { SIRETS } from './sample.js';

const ROUNDS = 3;
const EVENTS = 1000;
const AT_ONCE = 32;
const ANSWERS = 100;
const WARM_UP = 20;
const PARTNER = 'cci-artois';
const PROGRAMME = 'npdc-2007-2013';
const TYPE = 'fr.gpect.partner.firm-detection-sent.v1';

/** The gateway against a bare route, and a partner's answer against a bare Kafka round trip, each on one stack in turn. */
export async function partners(): Promise<{ rows: Row[] }> {
  const dir = mkdtempSync(join(tmpdir(), 'gpect-bench-'));
  // The limit of a partner's requests is not what is measured here.
  const env = { VALIDATE_RESPONSES: 'false', NODE_ENV: 'production', PARTNER_REQUESTS_PER_SECOND: '1000000' };
  const stack = await Stack.start({
    dir,
    ports: await anyFreePorts(),
    services: ['enrolment', 'partner-gateway'],
    env,
  });
  try {
    await stack.declarePartners(join(ROOT, 'infra/kafka/partners'));
    await launch(stack);
    return { rows: [await throughput(stack, dir), await latency(stack)] };
  } finally {
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function launch(stack: Stack): Promise<void> {
  const doors = new Doors(stack.urls);
  const state = { roles: ['state'] };
  const { rules, basins } = readFolder(join(ROOT, 'examples/npdc-2007-2013'));
  await doors.command('enrolment', state, '/programmes', { ...rules, basins });
  await doors.command('enrolment', state, '/collective-actions', {
    programme: PROGRAMME,
    code: 'bench',
    name: 'Bench',
    basins: ['lille'],
    startsOn: '2008-01-01',
    durationMonths: 18,
    targetFirms: 1,
    carriers: [{ code: PARTNER, name: 'CCI Artois' }],
  });
}

function event(siret: string): Record<string, unknown> {
  const data = { ...(examplesOf(TYPE)[0] as object), programme: PROGRAMME, action: 'bench', basin: 'lille', siret };
  return {
    specversion: '1.0',
    id: uuidv7(),
    source: `/partners/${PARTNER}`,
    type: TYPE,
    subject: `${PROGRAMME}/${siret}`,
    time: new Date().toISOString(),
    data,
  };
}

async function throughput(stack: Stack, dir: string): Promise<Row> {
  const [port = 0] = await freePorts(1);
  const bare = startChild('bare', process.execPath, [fileURLToPath(new URL('./bare-route.js', import.meta.url))], {
    logFile: join(dir, 'logs/bare.log'),
    env: { ...process.env, PORT: String(port), NODE_ENV: 'production' },
  });
  const token = await tokenOf(stack);
  // A known firm: what is behind the door is not what is measured here.
  const [siret = ''] = SIRETS;
  const perSecond = async (url: string): Promise<number> => {
    const bodies = Array.from({ length: EVENTS }, () => JSON.stringify(event(siret)));
    const began = performance.now();
    const worker = async () => {
      for (let body = bodies.pop(); body; body = bodies.pop()) {
        const response = await fetch(url, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents+json' },
          body,
        });
        await response.arrayBuffer();
        if (response.status !== 202) throw new Error(`${url} answered ${response.status}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return EVENTS / ((performance.now() - began) / 1000);
  };
  const [gatewayUrl, bareUrl] = [
    `${stack.urls['partner-gateway']}/partners/${PARTNER}/events`,
    `http://127.0.0.1:${port}/events`,
  ];
  const [ours, theirs]: [number[], number[]] = [[], []];
  try {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    for (let round = 0; round <= ROUNDS; round++) {
      const [o, b] = [await perSecond(gatewayUrl), await perSecond(bareUrl)];
      // The first round warms both sides up.
      if (round > 0) {
        ours.push(o);
        theirs.push(b);
      }
    }
  } finally {
    await bare.stop();
  }
  const [o, b] = [median(ours), median(theirs)];
  return {
    what: 'events a second through the gateway, held by the brokers / a bare Express route that only checks the same body',
    ours: `${Math.round(o)}/s`,
    bare: `${Math.round(b)}/s`,
    ratio: o / b,
  };
}

async function tokenOf(stack: Stack): Promise<string> {
  const response = await fetch(`${stack.urls.issuer}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ roles: ['partner'], partner: PARTNER }),
  });
  return ((await response.json()) as { token: string }).token;
}

async function latency(stack: Stack): Promise<Row> {
  const topic = 'bench.round-trip';
  await makeTopics(stack.broker, [topic], 1);
  const kafka = new kafkajs.Kafka({ brokers: [stack.broker], logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer({ maxInFlightRequests: 1 });
  await producer.connect();
  const waiting = new Map<string, () => void>();
  const listen = async (name: string, idOf: (message: kafkajs.KafkaMessage) => string) => {
    const consumer = kafka.consumer({ groupId: uuidv7(), maxWaitTimeInMs: 300 });
    await consumer.connect();
    await consumer.subscribe({ topic: name, fromBeginning: false });
    await consumer.run({ eachMessage: async ({ message }) => waiting.get(idOf(message))?.() });
    return consumer;
  };
  const bare = await listen(topic, (message) => String(message.value));
  const answers = await listen(partnerTopic(PARTNER, 'out'), ({ headers }) =>
    String(headers?.['ce_type']).startsWith('fr.gpect.partner.event-') ? String(headers?.['ce_causationid']) : '',
  );
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const timed = async (id: string, send: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    const back = new Promise<void>((resolve) => waiting.set(id, resolve));
    await send();
    await back;
    return performance.now() - began;
  };
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let i = 0; i < WARM_UP + ANSWERS; i++) {
    const id = uuidv7();
    const bareMs = await timed(id, () => producer.send({ topic, acks: -1, messages: [{ value: id }] }));
    const sent = event(SIRETS[i] ?? '');
    const { data, ...attributes } = sent;
    const headers = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`ce_${name}`, String(value)]),
    );
    const messages = [{ key: String(sent['subject']), value: JSON.stringify(data), headers }];
    const oursMs = await timed(String(sent['id']), () =>
      producer.send({ topic: partnerTopic(PARTNER, 'in'), acks: -1, messages }),
    );
    if (i < WARM_UP) continue;
    ours.push(oursMs);
    theirs.push(bareMs);
  }
  await Promise.all([bare.disconnect(), answers.disconnect(), producer.disconnect()]);
  const [o, b] = [median(ours), median(theirs)];
  return {
    what: "from a partner's event on its topic to its answer (median) / bare Kafka round trip",
    ours: `${o.toFixed(1)} ms`,
    bare: `${b.toFixed(1)} ms`,
    ratio: o / b,
  };
}
