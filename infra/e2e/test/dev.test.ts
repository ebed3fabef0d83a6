import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { anyFreePorts } from '@gpect/local/ports';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { scratchCopy } from './scratch-copy.js';

/** On a machine that does nothing else an edit is there within 5 s; here other tests run. */
const AT_MOST_MS = 60_000;
const SERVICE = 'apps/enrolment/src/service.ts';
const copy = scratchCopy();
let [said, base] = ['', 0];
let dev: ChildProcess;

beforeAll(async () => {
  const { issuer } = await anyFreePorts();
  base = issuer > 40_000 ? issuer - 20_000 : issuer;
  dev = spawn(process.execPath, ['infra/local/dist/main.js', 'dev', 'enrolment', '--only'], {
    cwd: copy.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, GPECT_PORT_BASE: String(base), GPECT_LOCAL: join(copy.folder, '.local') },
  });
  for (const stream of [dev.stdout, dev.stderr])
    stream?.on('data', (piece: Buffer) => {
      said += String(piece);
    });
  await until(() => said.includes('Edits are brought'), 120_000);
}, 180_000);

afterAll(async () => {
  const ended = new Promise((resolve) => dev.once('exit', resolve));
  dev.kill('SIGTERM');
  await ended;
  copy.remove();
}, 60_000);

test('an edit in an app, in the kit and in a contract is in the running service, without a build', async () => {
  await bring('app', () => append(SERVICE, "console.log('edit of the app');"));
  await bring('kit', () => append('packages/service-kit/src/time/within.ts', "console.log('edit of the kit');"));
  const log = readFileSync(join(copy.folder, '.local/stack/logs/enrolment.log'), 'utf8');
  expect([log.includes('edit of the app'), log.includes('edit of the kit')]).toEqual([true, true]);
  await bring('contract', () => {
    const file = join(copy.folder, 'packages/contracts/openapi/enrolment.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^( {2}title: ).*$/m, '$1Edited'));
  });
  const document = (await (await fetch(`http://127.0.0.1:${base + 1}/openapi.json`)).json()) as {
    info: { title: string };
  };
  expect(document.info.title).toBe('Edited');
});

test('the debugger of the service listens on the port that is said, after each edit too', async () => {
  const [, port] = said.match(/debugger on 127\.0\.0\.1:(\d+)/) ?? [];
  await bring('edit', () => append(SERVICE, "console.log('another edit');"));
  const [target] = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as { url: string }[];
  expect(target?.url).toContain('/apps/enrolment/.dev/main.js');
});

test('a syntax error is shown, what runs stays, and the mend is brought in', async () => {
  const sound = readFileSync(join(copy.folder, SERVICE), 'utf8');
  append(SERVICE, 'const broken = (;');
  await until(() => said.includes(`${SERVICE} cannot be compiled`));
  expect((await fetch(`http://127.0.0.1:${base + 1}/health/ready`)).status).toBe(200);
  await bring('mend', () => writeFileSync(join(copy.folder, SERVICE), sound));
});

test('a service that an edit keeps from starting is tried again after the next one', async () => {
  append(SERVICE, "throw new Error('at the start');");
  await until(() => said.includes('enrolment is tried again after the next edit'));
  await bring('repair', () =>
    writeFileSync(
      join(copy.folder, SERVICE),
      readFileSync(join(copy.folder, SERVICE), 'utf8').replace("throw new Error('at the start');", ''),
    ),
  );
});

function append(file: string, line: string): void {
  appendFileSync(join(copy.folder, file), `${line}\n`);
}

/** Makes an edit and waits until the running service has it; says how long that took. */
async function bring(what: string, edit: () => void): Promise<void> {
  const [began, before] = [Date.now(), count()];
  edit();
  await until(() => count() > before);
  process.stderr.write(`edit (${what}) in the running service after ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}

function count(): number {
  return said.split('enrolment runs the edit').length;
}

async function until(holds: () => boolean, atMostMs = AT_MOST_MS): Promise<void> {
  const deadline = Date.now() + atMostMs;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`not within ${atMostMs / 1000} s; it was said:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
