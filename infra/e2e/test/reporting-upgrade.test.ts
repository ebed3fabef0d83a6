import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@gpect/local/root';
import { freePorts } from '@gpect/local-servers/ports';
import { ApiClient } from '@gpect/programme/api-client';
import { fetchBilan, inTruthShape } from '@gpect/programme/bilan';
import { caughtUp } from '@gpect/programme/caught-up';
import { readFolder } from '@gpect/programme/folder';
import { loadProgramme } from '@gpect/programme/load';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { SIRETS } from './firms.js';
import { enrolInArras, type Field, launchArras, openField, quiet, SAMPLE, sampleAs, truth } from './harness.js';
import { againAndAgain, askReporting, beforeHistoryIsRead, bilanOf } from './reporting-builds.js';
import { reportingOfBefore } from './reporting-of-before.js';

const NOW = join(ROOT, 'apps/reporting/dist/main.js');
const sample = readFolder(SAMPLE);
const { code } = sample.rules;
let before: string;
/** Which reporting is started next. */
let build: string;
let field: Field;

beforeAll(async () => {
  before = reportingOfBefore();
  build = before;
  field = await openField(false, undefined, [], (service) => (service === 'reporting' ? [build] : undefined));
  await loadProgramme(field.api, sample, quiet);
  await caughtUp(field.api);
});
afterAll(() => field.stop());

/** The bilan that one replica gives, in the shape of the truth; its status where it gives none. */
async function told(url: string, programme: string, otherwise: Record<string, string> = {}): Promise<object | number> {
  const answer = await askReporting(field, url, '/bilan', { programme, ...otherwise });
  return answer.status === 200 ? inTruthShape(bilanOf(answer)) : answer.status;
}
/** As the reporting of before is asked. */
const BEFORE = { purpose: '' };

/** Asks all along: from the first answer on each must be the truth. */
function asking(ask: () => Promise<object | number>): { end(): Promise<number> } {
  let answered = false;
  return againAndAgain(async () => {
    const answer = await ask();
    if (typeof answer === 'number' && !answered) return false;
    answered = true;
    expect(answer).toEqual(truth);
    return true;
  });
}

/** What rests on what was not kept before. */
const NEW_CUTS = [
  { indicator: 'enrolled', rows: 'region' },
  { indicator: 'sessions', rows: 'theme' },
];
const statusOf = async (url: string, cut: (typeof NEW_CUTS)[number]) =>
  (await askReporting(field, url, '/bilan/table', { programme: code, ...cut })).status;

async function historyIsRead(url: string): Promise<void> {
  for (const cut of NEW_CUTS)
    await until(
      () => statusOf(url, cut),
      (status) => status === 200,
      120_000,
    );
}

/** As it would be in a first installation of that reporting, which reads all there is on the topics. */
async function startFromNothing(main: string): Promise<void> {
  await field.stack.stopPart('reporting');
  const connection = await mongoose.createConnection(field.stack.mongoUrlOf('reporting')).asPromise();
  await connection.dropDatabase();
  await connection.close();
  build = main;
  await field.stack.startPart('reporting');
  await caughtUp(field.api);
}

/** The bytes of a bilan that a database filled by the build of now gives. */
async function bytesOf(programme: string): Promise<string> {
  await caughtUp(field.api);
  return JSON.stringify(await fetchBilan(field.api, programme));
}

describe('an installation with the reporting of before', () => {
  const firms = SIRETS.slice(0, 2);

  test('is upgraded by itself: every question is answered right from the first answer on, while its history is read into records, and after', async () => {
    const url = field.stack.urls.reporting;
    expect(await told(url, code, BEFORE)).toEqual(truth);
    await field.stack.stopPart('reporting');
    build = NOW;
    const questions = asking(() => told(url, code));
    const meanwhile = await beforeHistoryIsRead(
      field,
      () => field.stack.startPart('reporting'),
      async () => [await told(url, code), ...(await Promise.all(NEW_CUTS.map((cut) => statusOf(url, cut))))],
    );
    await historyIsRead(url);
    const answers = await questions.end();
    expect(meanwhile).toEqual([truth, 503, 503]);
    expect(answers).toBeGreaterThan(5);
    expect(await told(url, code)).toEqual(truth);
  });

  test('counts what comes then once', async () => {
    await launchArras(field, 'ensuite');
    for (const siret of firms) await enrolInArras(field, 'ensuite', siret);
    await loadProgramme(field.api, sampleAs('ensuite-aussi'), quiet);
    await caughtUp(field.api);
    expect((await fetchBilan(field.api, 'ensuite')).figures).toMatchObject({ detected: 2, enrolled: 2 });
    expect(await told(field.stack.urls.reporting, 'ensuite-aussi')).toEqual(truth);
    expect(await told(field.stack.urls.reporting, code)).toEqual(truth);
  });

  test('gives the bytes of one that never had another reporting', async () => {
    const programmes = [code, 'ensuite', 'ensuite-aussi'];
    const upgraded = [];
    for (const programme of programmes) upgraded.push(await bytesOf(programme));
    await startFromNothing(NOW);
    for (const [i, programme] of programmes.entries()) expect(await bytesOf(programme)).toBe(upgraded[i]);
  });

  test('is upgraded while the one of before still runs beside the new one, under load: both answer right', async () => {
    await startFromNothing(before);
    const url = field.stack.urls.reporting;
    const [port = 0] = await freePorts(1);
    build = NOW;
    const { child, url: beside } = await field.stack.replica('reporting', port);
    try {
      const questions = [asking(() => told(url, code, BEFORE)), asking(() => told(beside, code))];
      await loadProgramme(field.api, sampleAs('les-deux'), quiet);
      await caughtUp(field.api);
      for (const { end } of questions) expect(await end()).toBeGreaterThan(5);
      expect(await told(url, 'les-deux', BEFORE)).toEqual(truth);
      expect(await told(beside, 'les-deux')).toEqual(truth);
      // The one of before did take events meanwhile, which the new one can only see by positions.
      expect(readFileSync(child.logFile, 'utf8')).toContain('a build of before took events beside this one');

      const after = new ApiClient({ ...field.api.urls, reporting: beside });
      const alone = asking(() => told(beside, 'les-deux'));
      await field.stack.stopPart('reporting');
      await historyIsRead(beside);
      await caughtUp(after);
      expect(await alone.end()).toBeGreaterThan(5);
      for (const programme of [code, 'les-deux']) expect(await told(beside, programme)).toEqual(truth);
    } finally {
      await child.stop();
    }
  });
});
