import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '@gpect/local/root';
import { fetchBilan, inTruthShape } from '@gpect/programme/bilan';
import { caughtUp } from '@gpect/programme/caught-up';
import { readFolder } from '@gpect/programme/folder';
import { loadProgramme } from '@gpect/programme/load';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { bilanOfLoad, type Field, openField, quiet, SAMPLE, truth } from './harness.js';

let field: Field;
const sample = readFolder(SAMPLE);
const bytes = async () => {
  await caughtUp(field.api);
  return JSON.stringify(await fetchBilan(field.api, sample.rules.code));
};

beforeAll(async () => {
  field = await openField();
});
afterAll(() => field.stop());

test('the sample programme, sent through the public endpoints, comes out as its truth', async () => {
  expect(await bilanOfLoad(field, sample)).toEqual(truth);
});

test('sent a second time, whole, it changes nothing', async () => {
  const before = inTruthShape(await fetchBilan(field.api, sample.rules.code));
  const reports = await loadProgramme(field.api, sample, quiet);
  expect(inTruthShape(await fetchBilan(field.api, sample.rules.code))).toEqual(before);
  const accepted = reports.filter((r) => !r.file.startsWith('opca')).reduce((sum, r) => sum + r.accepted, 0);
  expect(accepted).toBe(0); // every line was known; the spend files give their first report again
});

test('reporting emptied while it runs builds the same bilan again, byte for byte', async () => {
  const before = await bytes();
  const { status } = spawnSync(process.execPath, ['dist/rebuild.js'], {
    cwd: join(ROOT, 'apps/reporting'),
    env: { ...process.env, MONGO_URL: field.stack.mongoUrlOf('reporting') },
  });
  expect(status).toBe(0);
  expect(await bytes()).toBe(before);
});

test('reporting dropped while it is stopped builds the same bilan again, byte for byte', async () => {
  const before = await bytes();
  await field.stack.stopPart('reporting');
  const connection = await mongoose.createConnection(field.stack.mongoUrlOf('reporting')).asPromise();
  await connection.dropDatabase();
  await connection.close();
  await field.stack.startPart('reporting');
  expect(await bytes()).toBe(before);
});

test('basins and actions each have a bilan of their own, and their firms add up to the programme', async () => {
  const whole = await fetchBilan(field.api, sample.rules.code);
  for (const [parameter, groups] of [
    ['basin', whole.byBasin],
    ['action', whole.byAction],
  ] as const) {
    let enrolled = 0;
    for (const [code, figures] of Object.entries(groups)) {
      const one = (await field.api.get(
        'reporting',
        { roles: ['region'] },
        `/bilan?programme=${sample.rules.code}&${parameter}=${code}&purpose=bilan-of-a-part`,
      )) as typeof whole;
      expect(one.figures).toEqual(figures);
      enrolled += one.figures['enrolled'] ?? 0;
    }
    expect(enrolled).toBe(whole.figures['enrolled']);
  }
});

test('every figure says how it was made, and the offsets add up to all the events there are', async () => {
  const { definitions, figures, provenance } = JSON.parse(await bytes()) as Awaited<ReturnType<typeof fetchBilan>>;
  const defined = new Map(definitions.map((d) => [d.id, d]));
  for (const id of Object.keys(figures)) {
    expect(defined.get(id)?.definition).toMatch(/\w+/);
    expect(defined.get(id)?.sources.length).toBeGreaterThan(0);
  }
  expect(defined.get('sessions')?.firms).toBe(493);
  const read = Object.values(provenance.topics)
    .flatMap((p) => Object.values(p))
    .reduce((sum, next) => sum + Number(next), 0);
  expect((await field.api.gauges('reporting'))?.get('gpect_inbox_position')).toBe(read);
  expect(read).toBeGreaterThan(12_000);
});
