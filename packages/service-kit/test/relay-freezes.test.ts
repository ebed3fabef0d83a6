import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Chances } from '@gpect/test-kit/chances';
import { type Servers, startServers } from '@gpect/test-kit/servers';
import { makeTopics, readAll } from '@gpect/test-kit/topics';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { outboxOf, toEntries } from '../src/outbox/outbox.js';
import { openWorkbench, type Workbench } from './workbench.js';

/** A short campaign; a long one by RELAY_FREEZES, RELAY_FREEZE_MS (beyond the lease of 5 s, another relay takes over) and RELAY_EVENTS. */
const FREEZES = Number(process.env['RELAY_FREEZES'] ?? 2);
const FREEZE_MS = Number(process.env['RELAY_FREEZE_MS'] ?? 6500);
const EVENTS = Number(process.env['RELAY_EVENTS'] ?? 6000);
const SEED = Number(process.env['RELAY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const AGGREGATES = 50;
const TOPIC = 'relay-freezes';
const PROCESS = fileURLToPath(new URL('relay-process.mjs', import.meta.url));

let servers: Servers;
let bench: Workbench;
let url = '';
const relays: ChildProcess[] = [];

beforeAll(async () => {
  servers = await startServers();
  url = servers.freshDatabase();
  bench = await openWorkbench(url, servers.broker);
  await makeTopics(servers.broker, [TOPIC]);
}, 120_000);
afterAll(async () => {
  for (const relay of relays) relay.kill('SIGKILL');
  await bench.bus.close();
  await bench.connection.close();
  await servers.stop();
}, 60_000);

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test(
  'relays that are frozen at any instant and wake later: no message twice, none missing, each aggregate in its order',
  async () => {
    console.info(`RELAY_SEED=${SEED} RELAY_FREEZES=${FREEZES} RELAY_FREEZE_MS=${FREEZE_MS} RELAY_EVENTS=${EVENTS}`);
    const chances = new Chances(SEED);
    const random = () => chances.next();
    let active: ChildProcess | undefined;
    for (let i = 0; i < 3; i++) {
      const relay = spawn(process.execPath, [PROCESS, url, servers.broker], { stdio: ['ignore', 'pipe', 'inherit'] });
      relay.stdout?.on('data', () => {
        active = relay;
      });
      relays.push(relay);
    }
    let writing = true;
    let written = 0;
    const write = (async () => {
      for (; written < EVENTS || writing; ) {
        const size = 1 + Math.floor(random() * 40);
        const messages = Array.from({ length: size }, () => messageOf(written++));
        await outboxOf(bench.connection).insertMany(toEntries(messages, []));
        // As many as are asked for, over the time that the freezes take.
        await sleep(random() * ((size * 2 * (FREEZES * (FREEZE_MS + 500))) / EVENTS));
      }
    })();
    let frozen = 0;
    for (let i = 0; i < FREEZES; i++) {
      active = undefined;
      const victim = await until(
        async () => active,
        (one) => one !== undefined,
        60_000,
      );
      await sleep(random() * 200);
      victim?.kill('SIGSTOP');
      frozen++;
      // Sometimes it is awake before the others have noticed, sometimes long after.
      await sleep(random() < 0.3 ? FREEZE_MS * random() : FREEZE_MS);
      victim?.kill('SIGCONT');
    }
    writing = false;
    await write;
    await until(
      () => outboxOf(bench.connection).countDocuments(),
      (left) => left === 0,
      60_000,
    );
    expect(frozen).toBe(FREEZES);
    const messages = await readAll(servers.broker, TOPIC);
    expect(messages.length).toBe(written);
    const lastOf = new Map<string, number>();
    let behind = 0;
    for (const { key, headers } of messages) {
      const sequence = Number(headers['ce_sequence']);
      if (sequence !== (lastOf.get(key) ?? 0) + 1) behind++;
      lastOf.set(key, sequence);
    }
    expect({ behind, ids: new Set(messages.map((m) => m.headers['ce_id'])).size }).toEqual({ behind: 0, ids: written });
    console.info(`${written} messages, ${frozen} freezes`);
  },
  120_000 + FREEZES * (FREEZE_MS + 5000),
);

function messageOf(number: number) {
  const headers = { ce_id: `event-${number}`, ce_sequence: String(Math.floor(number / AGGREGATES) + 1) };
  return { topic: TOPIC, key: `aggregate-${number % AGGREGATES}`, headers, value: JSON.stringify('x'.repeat(300)) };
}
