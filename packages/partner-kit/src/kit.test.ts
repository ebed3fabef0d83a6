import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@gpect/local-servers/ports';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

/** The kit as a partner gets it: packed, installed elsewhere, run with Node alone. */
const folder = mkdtempSync(join(tmpdir(), 'gpect-kit-'));
let program: string;

beforeAll(() => {
  const [packed = ''] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { encoding: 'utf8' }),
  ).map((p: { filename: string }) => p.filename);
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', '--prefix', folder, join(folder, packed)]);
  program = join(folder, 'node_modules/.bin/gpect-partner-kit');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const kit = (...args: string[]) => spawnSync(program, args, { encoding: 'utf8', cwd: folder });

test('its samples keep their contracts, and a fault is named by its pointer', () => {
  const samples = kit('samples', '--partner', 'opca-a').stdout;
  writeFileSync(join(folder, 'good.json'), samples);
  expect(kit('check', '--partner', 'opca-a', 'good.json')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^\d+ keep their contract, 0 do not\n$/),
  });
  const [first = ''] = samples.split('\n');
  const wrong = { ...JSON.parse(first), source: '/partners/autre', time: '2099-01-01T00:00:00Z' };
  writeFileSync(join(folder, 'wrong.json'), JSON.stringify([wrong, { specversion: '1.0' }]));
  const said = kit('check', '--partner', 'opca-a', 'wrong.json');
  expect(said.status).toBe(1);
  for (const part of [
    'source-not-yours',
    'event 2: Attributes of CloudEvents are missing',
    'id is missing',
    '0 keep their contract, 2 do not',
  ])
    expect(said.stdout).toContain(part);
  expect(kit('check').status).toBe(64);
});

/** A partner's system: `careful` sends again what was not taken and mends what was refused, the other does not. */
async function play(careful: boolean): Promise<{ report: string; code: number | null }> {
  const [port = 0] = await freePorts(1);
  const report = join(folder, `${careful}.md`);
  const child = spawn(
    program,
    [
      'counterpart',
      '--partner',
      'opca-a',
      '--port',
      String(port),
      '--refuse',
      '3',
      '--duplicate',
      '2',
      '--outage',
      '4',
      '--reorder',
      '--report',
      report,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const url = `http://127.0.0.1:${port}/partners/opca-a/events`;
  const headers = { authorization: 'Bearer x', 'content-type': 'application/cloudevents+json' };
  const events = kit('samples', '--partner', 'opca-a')
    .stdout.trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string });
  const send = async (event: object): Promise<void> => {
    for (;;) {
      const { status } = await fetch(url, { method: 'POST', headers, body: JSON.stringify(event) });
      if (status === 202 || !careful) return;
    }
  };
  const answers = async (): Promise<{ event: { type: string; causationid: string } }[]> => {
    for (;;) {
      const response = await fetch(`${url}?from=0&limit=500`, { headers });
      if (response.ok)
        return ((await response.json()) as { events: { event: { type: string; causationid: string } }[] }).events;
    }
  };
  for (const event of events) await send(event);
  for (let round = 0; careful && round < 5; round++) {
    const refused = new Set(
      (await answers()).filter(({ event }) => event.type.includes('refused')).map(({ event }) => event.causationid),
    );
    for (const event of events.filter((e) => refused.has(e.id))) {
      event.id = `${event.id}-mended`;
      await send(event);
    }
  }
  if (careful) await answers();
  child.kill('SIGTERM');
  return { code: await ended, report: readFileSync(report, 'utf8') };
}

test('a careful system is found to conform, through refusals, duplicates, another order and outages', async () => {
  const { report, code } = await play(true);
  expect(report).toContain('# Conformité du système de opca-a : conforme');
  expect(report).not.toContain('✗');
  expect(code).toBe(0);
}, 60_000);

test('one that loses what was not taken, and reads no answers, is told so', async () => {
  const { report, code } = await play(false);
  expect(report).toContain('à reprendre');
  expect(report).toMatch(/✗ événements non renvoyés après une panne : \S+/);
  expect(report).toMatch(/✗ réponses lues/);
  expect(code).toBe(1);
}, 60_000);
