import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyFreePorts } from '@gpect/local/ports';
import { Stack } from '@gpect/local/stack';
import { ApiClient } from '@gpect/programme/api-client';
import { collectionOf, connect, createDatabase } from '@gpect/service-kit/mongo/connection';
import { median, type Row } from './measure.js';
import { type Looked, lookedAt } from './query-plans.js';

const SIZES = [10_000, 100_000] as const;
const SESSIONS = 10;
const ROUNDS = 15;
const ACTIONS = 60;
const BASINS = 30;
const NAFS = ['01.11Z', '25.62B', '43.99C', '47.11F', '49.41A', '56.10A', '62.01Z', '86.21Z'];

/** Each asked at another date every time, so that no answer is remembered. */
const QUESTIONS: readonly (readonly [string, string])[] = [
  ['the bilan', '/bilan?programme=bench'],
  ['the bilan of a basin', '/bilan?programme=bench&basin=b7'],
  ['basins by NAF section', '/bilan/table?programme=bench&indicator=spend&rows=basin&columns=section'],
  ['actions by year', '/bilan/table?programme=bench&indicator=sessions&rows=action&columns=year'],
  ['one figure', '/bilan/figures/sessions?programme=bench'],
];

interface Measured {
  /** Seconds until the cells were made. */
  readonly folded: number;
  /** By question, its median time and what the database looked at. */
  readonly ms: ReadonlyMap<string, number>;
  readonly looked: ReadonlyMap<string, Looked>;
}

type Document = { _id: string } & Record<string, unknown>;

/** How long the bilan takes to answer with 10 000 firms and with 100 000 firms and 1 000 000 sessions. */
export async function bilanQueries(): Promise<{ rows: Row[]; notes: string[]; plans: string[] }> {
  const results: Measured[] = [];
  for (const firms of SIZES) results.push(await measured(firms));
  const [small, large] = results;
  const rows = QUESTIONS.map(([what]): Row => {
    const [few, many] = [small?.ms.get(what) ?? Number.NaN, large?.ms.get(what) ?? Number.NaN];
    return {
      what: `${what}, at a past date: 100 000 firms and 1 000 000 sessions / 10 000 firms and 100 000 sessions`,
      ours: `${many.toFixed(1)} ms`,
      bare: `${few.toFixed(1)} ms`,
      ratio: many / few,
      aim: 'flat (2 or less)',
    };
  });
  const notes = results.map(({ folded }, i) => `| ${SIZES[i]} firms | ${folded.toFixed(1)} s |`);
  const plans = QUESTIONS.map(([what]) => {
    const [few, many] = [small?.looked.get(what), large?.looked.get(what)];
    const read = (of: Looked | undefined) => `${of?.keys} keys, ${of?.documents} documents`;
    return `| ${what} | ${read(few)} | ${read(many)} | ${many?.plans.join('; ')} |`;
  });
  return { rows, notes, plans };
}

/** The read model as the events of so many firms leave it (they are not sent: their reading is measured elsewhere). */
async function measured(firms: number): Promise<Measured> {
  const dir = mkdtempSync(join(tmpdir(), 'gpect-bench-'));
  const stack = await Stack.start({
    dir,
    ports: await anyFreePorts(),
    services: ['reporting'],
    env: { VALIDATE_RESPONSES: 'false', NODE_ENV: 'production' },
  });
  const connection = createDatabase();
  try {
    await connect(connection, stack.mongoUrlOf('reporting'));
    const basins = Array.from({ length: BASINS }, (_, i) => `b${i}`);
    await collectionOf<Document>(connection, 'programmes').insertOne({
      _id: 'bench',
      name: 'Bench',
      opensOn: '2008-01-01',
      closesOn: '2014-12-31',
      targetHeadcount: 100,
      basins,
    });
    await collectionOf<Document>(connection, 'actions').insertMany(
      Array.from({ length: ACTIONS }, (_, i) => ({
        _id: `bench/a${i}`,
        programme: 'bench',
        action: `a${i}`,
        basins: [`b${i % BASINS}`],
        carriers: [{ code: `c${i % 20}`, name: 'C' }],
      })),
    );
    for (let from = 0; from < firms; from += 2000)
      await collectionOf<Document>(connection, 'firms').insertMany(
        Array.from({ length: Math.min(2000, firms - from) }, (_, i) => firm(from + i)),
      );
    const began = performance.now();
    const left = () => collectionOf<Document>(connection, 'firms').countDocuments({ dirty: { $gt: 0 } });
    while ((await left()) > 0) await new Promise((resolve) => setTimeout(resolve, 500));
    const folded = (performance.now() - began) / 1000;
    const api = new ApiClient(stack.urls);
    const ask = (path: string, day: number) =>
      api.get('reporting', { roles: ['state'] }, `${path}&asOf=2012-05-${10 + day}`);
    const ms = new Map<string, number>();
    const looked = new Map<string, Looked>();
    for (const [what, path] of QUESTIONS) {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const at = performance.now();
        await ask(path, round);
        times.push(performance.now() - at);
      }
      ms.set(what, median(times.slice(3)));
      looked.set(what, await lookedAt(connection, () => ask(path, ROUNDS)));
    }
    return { folded, ms, looked };
  } finally {
    await connection.close();
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

function firm(n: number): Document {
  const action = n % ACTIONS;
  const day = (k: number) => `${2008 + ((n + k) % 6)}-${two(1 + ((n * 7 + k) % 12))}-${two(1 + ((n * 3 + k) % 28))}`;
  const siret = String(n).padStart(14, '0');
  const start = `${2008 + (n % 5)}-03-${two(1 + (n % 28))}`;
  return {
    _id: `bench/${siret}`,
    programme: 'bench',
    siret,
    action: `a${action}`,
    basin: `b${action % BASINS}`,
    naf: NAFS[n % NAFS.length],
    headcount: (n * 13) % 300,
    detectedOn: `${2008 + (n % 5)}-01-15`,
    qualified: '',
    enrolledOn: start,
    sessions: Object.fromEntries(
      Array.from({ length: SESSIONS }, (_, k) => [
        day(k),
        { sessions: 1, halfDays: 1, at: { PRE_DIAGNOSTIC: { MANAGER: 1 } } },
      ]),
    ),
    spend: Object.fromEntries(Array.from({ length: 4 }, (_, k) => [day(k * 5), { 'opca-a': { PLAN: 10_000 + n } }])),
    dirty: 1,
  };
}

const two = (n: number) => String(n).padStart(2, '0');
