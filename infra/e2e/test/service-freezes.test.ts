import { freePorts } from '@gpect/local-servers/ports';
import { ApiClient } from '@gpect/programme/api-client';
import { fetchBilan } from '@gpect/programme/bilan';
import { caughtUp } from '@gpect/programme/caught-up';
import { Chances } from '@gpect/test-kit/chances';
import { readAll } from '@gpect/test-kit/topics';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SIRETS } from './firms.js';
import { enrolInArras, type Field, launchArras, openField } from './harness.js';

/** A short campaign; a long one by SERVICE_FREEZES and SERVICE_FREEZE_MS, one seen before by SERVICE_SEED (docs/adr/0021). */
const FREEZES = Number(process.env['SERVICE_FREEZES'] ?? 2);
const FREEZE_MS = Number(process.env['SERVICE_FREEZE_MS'] ?? 7000);
const SEED = Number(process.env['SERVICE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const AT_ONCE = 4;
const FIRMS = [...new Set(SIRETS)];
/** Whoever is frozen in turn: a service that says, and the one that counts. */
const VICTIMS = ['enrolment', 'reporting'] as const;

let field: Field;
const replicas: { readonly child: { stop(): Promise<void> }; readonly url: string }[] = [];

beforeAll(async () => {
  field = await openField(true, [...VICTIMS]);
  const ports = await freePorts(VICTIMS.length);
  for (const [i, service] of VICTIMS.entries()) replicas.push(await field.stack.replica(service, ports[i] ?? 0));
});
afterAll(async () => {
  for (const victim of Object.values(field.stack.pids())) process.kill(victim, 'SIGCONT');
  await Promise.all(replicas.map(({ child }) => child.stop()));
  await field.stop();
});

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const programmeOf = (n: number) => `gel-${n}`;

test(
  'a service that is frozen at any instant under load, beside its replica, and wakes later: nothing twice, nothing missing, figures exact',
  async () => {
    console.info(`SERVICE_SEED=${SEED} SERVICE_FREEZES=${FREEZES} SERVICE_FREEZE_MS=${FREEZE_MS}`);
    const chances = new Chances(SEED);
    const byReplica = { ...field, api: new ApiClient({ ...field.api.urls, enrolment: replicas[0]?.url ?? '' }) };
    let programmes = 0;
    let opening: Promise<void> = Promise.resolve();
    const todo: { readonly programme: string; readonly siret: string }[] = [];
    const enrolled = new Map<string, number>();
    let going = true;
    /** The next firm; a further programme where all firms of the last one are taken. */
    const next = async () => {
      await opening;
      const firm = todo.pop();
      if (firm) return firm;
      const programme = programmeOf(programmes++);
      opening = launchArras(byReplica, programme);
      await opening;
      todo.push(...FIRMS.map((siret) => ({ programme, siret })));
      return todo.pop();
    };
    // Half of them come to the one process, half to the other: what is asked of a frozen one waits until it wakes.
    const load = Array.from({ length: AT_ONCE }, async (_, i) => {
      while (going) {
        const firm = await next();
        if (!firm) continue;
        await enrolInArras(i % 2 === 0 ? field : byReplica, firm.programme, firm.siret);
        enrolled.set(firm.programme, (enrolled.get(firm.programme) ?? 0) + 1);
      }
    });
    let frozen = 0;
    for (let i = 0; i < FREEZES; i++) {
      await sleep(500 + chances.below(1500));
      const pid = field.stack.pids()[VICTIMS[i % VICTIMS.length] ?? 'enrolment'] ?? 0;
      process.kill(pid, 'SIGSTOP');
      frozen++;
      // Sometimes it is awake before its replica has noticed, mostly long after.
      await sleep(chances.maybe(0.2) ? chances.next() * FREEZE_MS : FREEZE_MS);
      process.kill(pid, 'SIGCONT');
    }
    await sleep(500);
    going = false;
    await Promise.all(load);
    await caughtUp(field.api, [...VICTIMS]);

    const expected = [...enrolled.values()].reduce((sum, n) => sum + n, 0);
    for (const [programme, count] of enrolled) {
      const figures = await until(
        async () => (await fetchBilan(field.api, programme)).figures,
        ({ enrolled: seen = 0 }) => seen >= count,
        60_000,
      );
      expect({ programme, detected: figures['detected'], enrolled: figures['enrolled'] }).toEqual({
        programme,
        detected: count,
        enrolled: count,
      });
    }
    const messages = await readAll(field.stack.broker, 'gpect.enrolment.events');
    const last = new Map<string, number>();
    const outOfOrder: string[] = [];
    for (const { key, headers } of messages) {
      const sequence = Number(headers['ce_sequence']);
      if (sequence !== (last.get(key) ?? 0) + 1) outOfOrder.push(`${key}#${sequence}`);
      last.set(key, sequence);
    }
    expect(outOfOrder).toEqual([]);
    expect(new Set(messages.map(({ headers }) => headers['ce_id'])).size).toBe(messages.length);
    expect(frozen).toBe(FREEZES);
    console.info(`${expected} firms, ${messages.length} messages, ${frozen} freezes`);
  },
  300_000 + FREEZES * (FREEZE_MS + 10_000),
);
