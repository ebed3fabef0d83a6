import type { Stack } from '@gpect/local/stack';
import { makeTopics } from '@gpect/test-kit/topics';
import kafkajs from 'kafkajs';
import { v7 as uuidv7 } from 'uuid';
import { median, ROUNDS, type Row, soFar } from './measure.js';
import { PartnerSystem } from './partner-events.js';
import { SIRETS } from './sample.js';

const ANSWERS = 100;
const WARM_UP = 30;
const ASKED = 30;
/** However long an answer takes: a machine that is behind with the load is asked no more. */
const LONGEST_MS = 6000;
/** What another partner sends meanwhile, a second, and at once. */
const LOAD = 300;
const BURST = 500;
const TICK_MS = 20;

/** A partner's answer at rest, while another sends without end, and behind five hundred events of another. */
export async function answering(stack: Stack, code: string, otherCode: string): Promise<Row[]> {
  const partner = await new PartnerSystem(code, stack.broker).open();
  const other = await new PartnerSystem(otherCode, stack.broker).open();
  const bare = await bareRoundTrip(stack.broker);
  await pause(3000);
  let next = 0;
  const sirets = (count: number) => Array.from({ length: count }, () => SIRETS[next++ % SIRETS.length] ?? '');
  const asked = () => timed(() => partner.ask(sirets(1)));
  try {
    return [
      soFar(await atRest(asked, bare.ask)),
      soFar(await besideLoad(asked, other, sirets)),
      soFar(await behindBurst(asked, other, sirets)),
    ];
  } finally {
    await Promise.all([partner.close(), other.close(), bare.close()]);
  }
}

async function atRest(asked: () => Promise<number>, bare: () => Promise<unknown>): Promise<Row> {
  const pairs: { ours: number; theirs: number }[] = [];
  for (let i = 0; i < WARM_UP + ANSWERS; i++) {
    const theirs = await timed(bare);
    const ours = await asked();
    await pause(20);
    if (i >= WARM_UP) pairs.push({ ours, theirs });
  }
  return {
    what: "from a partner's event on its topic to its answer (median) / bare Kafka round trip",
    ...inMs(
      pairs.map((p) => p.ours),
      pairs.map((p) => p.theirs),
    ),
    aim: '4 or less',
  };
}

async function besideLoad(
  asked: () => Promise<number>,
  other: PartnerSystem,
  sirets: (count: number) => string[],
): Promise<Row> {
  const [alone, beside, perSecond]: [number[], number[], number[]] = [[], [], []];
  const some = async (into: number[]) => {
    const all: number[] = [];
    const until = performance.now() + LONGEST_MS;
    for (let i = 0; i < ASKED && performance.now() < until; i++) {
      all.push(await asked());
      await pause(20);
    }
    into.push(median(all));
  };
  for (let round = 0; round <= ROUNDS; round++) {
    await pause(1000);
    await some(alone);
    let going = true;
    const load = (async () => {
      const sent: Promise<void>[] = [];
      const began = performance.now();
      for (let count = 0; going; ) {
        const due = Math.floor(((performance.now() - began) * LOAD) / 1000);
        if (due > count) sent.push(other.ask(sirets(due - count)));
        count = due;
        await pause(TICK_MS);
      }
      await Promise.all(sent);
    })();
    await pause(1000);
    const [from, before] = [performance.now(), other.answered];
    await some(beside);
    perSecond.push((other.answered - before) / ((performance.now() - from) / 1000));
    going = false;
    await load;
  }
  // The first round warms up.
  return {
    what: `the answer while another partner sends ${LOAD} events a second, of which ${Math.round(median(perSecond.slice(1)))} a second are answered / alone`,
    ...inMs(beside.slice(1), alone.slice(1)),
    aim: '2 or less',
  };
}

async function behindBurst(
  asked: () => Promise<number>,
  other: PartnerSystem,
  sirets: (count: number) => string[],
): Promise<Row> {
  const [alone, behind, took]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round <= ROUNDS; round++) {
    await pause(500);
    alone.push(await asked());
    const all = timed(() => other.ask(sirets(BURST)));
    await pause(30);
    behind.push(await asked());
    took.push(await all);
  }
  return {
    what: `the answer behind ${BURST} events that another partner sent at once (all answered in ${median(took.slice(1)).toFixed(0)} ms) / alone`,
    ...inMs(behind.slice(1), alone.slice(1)),
  };
}

function inMs(ours: readonly number[], theirs: readonly number[]): Pick<Row, 'ours' | 'bare' | 'ratio'> {
  return {
    ours: `${median(ours).toFixed(1)} ms`,
    bare: `${median(theirs).toFixed(1)} ms`,
    ratio: median(ours.map((o, i) => o / (theirs[i] ?? Number.NaN))),
  };
}

async function bareRoundTrip(broker: string) {
  const topic = 'bench.round-trip';
  await makeTopics(broker, [topic], 1);
  const kafka = new kafkajs.Kafka({ brokers: [broker], logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer({ maxInFlightRequests: 1 });
  const consumer = kafka.consumer({ groupId: uuidv7(), maxWaitTimeInMs: 300 });
  await Promise.all([producer.connect(), consumer.connect()]);
  const waiting = new Map<string, () => void>();
  await consumer.subscribe({ topic, fromBeginning: false });
  await consumer.run({ eachMessage: async ({ message }) => waiting.get(String(message.value))?.() });
  return {
    ask: async () => {
      const id = uuidv7();
      const back = new Promise<void>((resolve) => waiting.set(id, resolve));
      await producer.send({ topic, acks: -1, messages: [{ value: id }] });
      await back;
    },
    close: async () => {
      await Promise.all([consumer.disconnect(), producer.disconnect()]);
    },
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
