import { anyFreePorts } from '@gpect/local/ports';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { type Field, openField } from './harness.js';
import { type FileReport, opcaA, opcaC, SpendClient, settledEvents } from './spend-field.js';

let field: Field;
let spend: SpendClient;
beforeAll(async () => {
  field = await openField(false, ['training-spend'], ['--setParameter', 'enableTestCommands=1']);
  spend = new SpendClient(field);
});
afterAll(() => field.stop());

const LINES = 40_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends a large file, lets `fault` happen while it is read, and expects it to come out whole: no line twice, none missing. */
async function comesOutWhole(programme: string, fault: (fileId: string) => Promise<void>): Promise<void> {
  const { bytes, accepted, cents, refused } = opcaA(LINES, 'F');
  const { fileId } = await spend.begin(programme, 'opca-a', 'grand.csv', bytes);
  await fault(fileId);
  const file = await spend.fileAt(programme, 'opca-a', fileId, 'READ', 120_000);
  expect(file).toMatchObject({
    lines: LINES,
    counts: { accepted, refused, repeated: LINES / 100 },
    cents: { accepted: cents },
    totals: { lines: LINES },
  });
  expect(await settledEvents(field, programme)).toMatchObject({
    lines: accepted,
    cents,
    refused,
    events: { 'spend-file-ingested': 1 },
  });
}

/** Waits until the file is in the middle of being read. */
async function midway(programme: string, fileId: string): Promise<void> {
  for (;;) {
    const { lines, status } = await spend.file(programme, 'opca-a', fileId);
    if (lines > 0 || status === 'READ') return;
    await pause(20);
  }
}

/** Commands that the database refuses as a full disk does. */
async function failures(failCommands: readonly string[]) {
  const connection = await mongoose.createConnection(field.stack.mongoUrlOf('admin')).asPromise();
  const admin = connection.getClient().db('admin');
  const data = { failCommands, errorCode: 14031 };
  return {
    failing: (mode: 'alwaysOn' | 'off') => admin.command({ configureFailPoint: 'failCommand', mode, data }),
    close: () => connection.close(),
  };
}

describe('a resumable upload whose last byte came, and that could not be registered then', () => {
  test.each([
    ['the database refuses to commit', async () => undefined],
    [
      'the service is killed as well',
      async () => {
        await field.stack.killPart('training-spend');
        await field.stack.startPart('training-spend');
      },
    ],
  ])('is read all the same: %s', async (name, fault) => {
    const programme = `upload-${name.length}`;
    const { bytes, accepted, cents } = opcaA(200, programme);
    const headers = { authorization: await spend.bearer(), 'tus-resumable': '1.0.0' };
    const said = Object.entries({ filename: 'gros.csv', programme, funder: 'opca-a' });
    const { failing, close } = await failures(['commitTransaction']);
    const begun = await fetch(`${spend.url}/uploads`, {
      method: 'POST',
      headers: {
        ...headers,
        'upload-length': String(bytes.length),
        'upload-metadata': said.map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(),
      },
    });
    const url = new URL(begun.headers.get('location') ?? '', `${spend.url}/uploads`);
    await failing('alwaysOn');
    const sent = fetch(url, {
      method: 'PATCH',
      headers: { ...headers, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
      body: new Uint8Array(bytes),
    }).then(
      ({ status }) => status,
      () => 0,
    );
    const offset = async () => (await fetch(url, { method: 'HEAD', headers })).headers.get('upload-offset');
    await until(offset, (at) => at === String(bytes.length));
    await fault();
    await failing('off');
    await close();
    await sent;
    const file = await until(
      async () => ((await spend.json(`/files?programme=${programme}`)).body['files'] as FileReport[])[0],
      (f) => f?.status === 'READ',
      120_000,
    );
    expect(file).toMatchObject({ counts: { accepted }, cents: { accepted: cents }, door: 'RESUMABLE' });
  });
});

describe('a file that is cut off anywhere goes on where it was', () => {
  test.each([0, 60, 150, 300, 500])(
    'the service is killed %i ms after the first lines, again and again',
    async (ms) => {
      await comesOutWhole(`kill-${ms}`, async (fileId) => {
        await midway(`kill-${ms}`, fileId);
        for (let i = 0; i < 2; i++) {
          await pause(ms);
          await field.stack.killPart('training-spend');
          await field.stack.startPart('training-spend');
        }
      });
    },
  );
  test('the service is stopped cleanly and started again', async () => {
    await comesOutWhole('stop', async (fileId) => {
      await midway('stop', fileId);
      await field.stack.stopPart('training-spend');
      await field.stack.startPart('training-spend');
    });
  });
  test('mongod is killed', async () => {
    await comesOutWhole('mongod', async (fileId) => {
      await midway('mongod', fileId);
      await field.stack.killPart('mongod');
      await pause(500);
      await field.stack.startPart('mongod');
    });
  });
  test('the broker is killed and away for a while: the file is read on, its events follow', async () => {
    await comesOutWhole('kafka', async (fileId) => {
      await midway('kafka', fileId);
      await field.stack.killPart('kafka');
      await pause(3000);
      await field.stack.startPart('kafka');
    });
  });
  test('the disk of the database is full for a while', async () => {
    await comesOutWhole('disk', async (fileId) => {
      await midway('disk', fileId);
      const { failing, close } = await failures(['insert', 'update', 'commitTransaction']);
      await failing('alwaysOn');
      const { lines } = await spend.file('disk', 'opca-a', fileId);
      await pause(2000);
      expect((await spend.file('disk', 'opca-a', fileId)).lines).toBeLessThanOrEqual(lines + 8000);
      expect((await fetch(`${spend.url}/health/live`)).status).toBe(200);
      await failing('off');
      await close();
    });
  });
});

test('two replicas share the files, and one goes on with what the other was killed in', async () => {
  const ports = await anyFreePorts();
  const { child, url } = await field.stack.replica('training-spend', ports.consulting);
  try {
    const other = new SpendClient(field, url);
    const files = Array.from({ length: 6 }, (_, i) => opcaA(6000, `R${i}`));
    const begun = await Promise.all(
      files.map(({ bytes }, i) => (i % 2 === 0 ? spend : other).begin('replicas', 'opca-a', `r${i}.csv`, bytes)),
    );
    await pause(300);
    await field.stack.killPart('training-spend');
    for (const { fileId } of begun) await other.fileAt('replicas', 'opca-a', fileId, 'READ', 60_000);
    await field.stack.startPart('training-spend');
    const sum = (pick: (f: (typeof files)[number]) => number) => files.reduce((total, f) => total + pick(f), 0);
    expect(await settledEvents(field, 'replicas')).toMatchObject({
      lines: sum((f) => f.accepted),
      cents: sum((f) => f.cents),
      refused: sum((f) => f.refused),
      events: { 'spend-file-ingested': 6 },
    });
  } finally {
    await child.stop();
  }
});

test('the same lines in many files at the same time count once', async () => {
  const lines = Array.from({ length: 3000 }, (_, i) => ({ reference: `S${i}`, cents: 100 + i }));
  const files = Array.from({ length: 5 }, (_, i) => opcaC([...lines, { reference: `only-${i}`, cents: 1 }]));
  const sent = await Promise.all(files.map((bytes, i) => spend.send('same', 'opca-c', `s${i}.csv`, bytes)));
  expect(sent.map((s) => s.status)).toEqual([200, 200, 200, 200, 200]);
  const accepted = sent.reduce((sum, s) => sum + Number(s.body['accepted']), 0);
  expect(accepted).toBe(3005);
  expect(await settledEvents(field, 'same')).toMatchObject({
    lines: 3005,
    cents: lines.reduce((sum, l) => sum + l.cents, 0) + 5,
  });
});
