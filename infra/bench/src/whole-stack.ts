import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyFreePorts } from '@gpect/local/ports';
import { ROOT } from '@gpect/local/root';
import { Stack } from '@gpect/local/stack';
import { ApiClient, SERVICES } from '@gpect/programme/api-client';
import { readFolder } from '@gpect/programme/folder';
import { loadProgramme } from '@gpect/programme/load';
import { quiet } from '@gpect/programme/progress';
import { collectionOf, connect, createDatabase } from '@gpect/service-kit/mongo/connection';
import { makeTopics } from '@gpect/test-kit/topics';
import kafkajs from 'kafkajs';
import { startCommands } from './command-to-figure.js';
import { median, type Row } from './measure.js';
import { residentMb } from './sample.js';
import { CUBE } from './sides.js';

/** The first commands warm both sides up (connections, compiled code); the others count. */
const WARM_UP = 200;
const COMMANDS = 300;
/** The latency from a command to its figure, and the memory of each service, on a whole stack. */
export async function wholeStack(): Promise<{ rows: Row[]; memory: string[] }> {
  const dir = mkdtempSync(join(tmpdir(), 'gpect-bench-'));
  const stack = await Stack.start({
    dir,
    ports: await anyFreePorts(),
    env: { VALIDATE_RESPONSES: 'false', NODE_ENV: 'production' },
  });
  try {
    const rest = rss(stack);
    const rows = [await latency(stack)];
    let peak = rest;
    const watching = setInterval(() => {
      peak = peak.map((mb, i) => Math.max(mb, rss(stack)[i] ?? 0));
    }, 200);
    await loadProgramme(new ApiClient(stack.urls), readFolder(join(ROOT, 'examples/npdc-2007-2013')), quiet);
    clearInterval(watching);
    const memory = SERVICES.map((service, i) => `| ${service} | ${rest[i]} MB | ${peak[i]} MB |`);
    return { rows, memory };
  } finally {
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

function rss(stack: Stack): number[] {
  const pids = stack.pids();
  return SERVICES.map((service) => residentMb(pids[service] ?? 0));
}

async function latency(stack: Stack): Promise<Row> {
  const command = await startCommands(stack, `/bilan?programme=latency${CUBE.purpose}${CUBE.ofFigures}`);
  const bare = await bareRoundTrip(stack);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let i = 0; i < COMMANDS; i++) {
    theirs.push(await bare.once());
    const took = await command();
    if (i >= WARM_UP) ours.push(took);
  }
  await bare.close();
  const [o, b] = [median(ours), median(theirs.slice(WARM_UP))];
  return {
    what: "from a command's 2xx to its figure in GET /bilan (median) / bare Mongo transaction and Kafka round trip",
    ours: `${o.toFixed(1)} ms`,
    bare: `${b.toFixed(1)} ms`,
    ratio: o / b,
    aim: '3 or less',
  };
}

/** One transaction with one insert, one produced message, and that message consumed: what no design can do without. */
async function bareRoundTrip(stack: Stack) {
  const topic = 'bench.round-trip';
  await makeTopics(stack.broker, [topic], 1);
  const kafka = new kafkajs.Kafka({ brokers: [stack.broker], logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer({ maxInFlightRequests: 1 });
  await producer.connect();
  const connection = createDatabase();
  await connect(connection, stack.mongoUrlOf('bench'));
  await connection.getClient().db(connection.name).createCollection('things');
  const waiting = new Map<string, () => void>();
  const consumer = kafka.consumer({ groupId: randomUUID(), maxWaitTimeInMs: 300 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => waiting.get(String(message.value))?.() });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  return {
    once: async () => {
      const id = randomUUID();
      const began = performance.now();
      const session = connection.getClient().startSession();
      await session.withTransaction(() => collectionOf(connection, 'things').insertOne({ id }, { session }), {
        writeConcern: { w: 'majority' },
      });
      await session.endSession();
      const back = new Promise<void>((resolve) => waiting.set(id, resolve));
      await producer.send({ topic, acks: -1, messages: [{ value: id }] });
      await back;
      return performance.now() - began;
    },
    close: async () => {
      await consumer.disconnect();
      await producer.disconnect();
      await connection.close();
    },
  };
}
