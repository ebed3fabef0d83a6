import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@gpect/local/root';
import { fetchBilan } from '@gpect/programme/bilan';
import { caughtUp } from '@gpect/programme/caught-up';
import { readFolder } from '@gpect/programme/folder';
import { loadProgramme } from '@gpect/programme/load';
import { readAll } from '@gpect/test-kit/topics';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bearerOf, type Field, openField, quiet, SAMPLE, STATE } from './harness.js';
import { againAndAgain, askReporting, beforeHistoryIsRead, bilanOf } from './reporting-builds.js';

const sample = readFolder(SAMPLE);
const { code: programme } = sample.rules;
/** What is deployed: the build of now, copied, with more in it. Within the repository, where its packages are found. */
const copy = mkdtempSync(join(ROOT, '.local/new-figure-'));
let field: Field;

beforeAll(async () => {
  for (const name of ['package.json', 'dist'])
    cpSync(join(ROOT, 'apps/reporting', name), join(copy, name), { recursive: true });
  let deployed = false;
  field = await openField(false, undefined, [], (service) =>
    service === 'reporting' ? [deployed ? join(copy, 'dist/main.js') : 'dist/main.js'] : undefined,
  );
  deployed = true;
  await loadProgramme(field.api, sample, quiet);
  await caughtUp(field.api);
});
afterAll(async () => {
  await field.stop();
  rmSync(copy, { recursive: true });
});

/** A figure as its author writes it, compiled: one file. */
const figureFile = (id: string, type: string, kept: string, isCounted: string) => `
import { firmChange } from '../facts/change.js';
import { keeper } from '../facts/keeper.js';
import { once } from './path.js';
const kept = keeper('${id}', { '${type}': ({ data }) => [firmChange(data, { ${id}: ${kept} })] });
export const figure = {
  id: '${id}', place: 900, group: 'reach', unit: 'firm', countsBy: 'the day of the event', formula: 'count', isCount: true,
  labelFr: '${id}', labelEn: '${id}', definitionFr: '${id}', definitionEn: '${id}',
  keeps: [kept],
  facts: ({ firm }) => once('${id}', firm, ${isCounted}),
};
`;

const DETECTED = 'fr.gpect.enrolment.firm-detected.v1';
const OPENED = 'fr.gpect.consulting.assignment-opened.v1';

/** Events of a type as they stand on a topic. */
async function eventsOf<Data>(topic: string, type: string): Promise<Data[]> {
  const messages = await readAll(field.stack.broker, topic);
  return messages.filter(({ headers }) => headers['ce_type'] === type).map(({ value }) => JSON.parse(value) as Data);
}

const ask = (path: string, query: Record<string, string> = {}) =>
  askReporting(field, field.stack.urls.reporting, path, { programme, ...query });
const figureAsked = async (id: string) => {
  const { status, text, retryAfter } = await ask(`/bilan/figures/${id}`);
  return status === 200 ? (JSON.parse(text) as { value: number }).value : { status, retryAfter };
};
async function released(): Promise<number> {
  const { status } = await fetch(`${field.stack.urls.reporting}/releases`, {
    method: 'POST',
    headers: { ...(await bearerOf(field, STATE)), 'content-type': 'application/json' },
    body: JSON.stringify({ programme }),
  });
  return status;
}
const BEING_COUNTED = { status: 503, retryAfter: expect.stringMatching(/^[1-9]\d*$/) };

/** Deploys what is in the copy in the place of what runs; what is asked before any history is read. */
async function deployed<T>(asked: () => Promise<T>): Promise<T> {
  await field.stack.stopPart('reporting');
  return beforeHistoryIsRead(field, () => field.stack.startPart('reporting'), asked);
}

/** Figures of everything as texts: of the programme, its basins and its actions; without some. */
async function figuresWithout(ids: readonly string[]): Promise<string | undefined> {
  const answer = await ask('/bilan');
  if (answer.status !== 200) return undefined;
  const text = JSON.stringify(bilanOf(answer), (key, value) => (ids.includes(key) ? undefined : (value as unknown)));
  const { definitions, beingCounted, ...figures } = JSON.parse(text) as {
    definitions: { id: string }[];
    beingCounted: unknown;
  };
  return JSON.stringify({ ...figures, definitions: definitions.filter(({ id }) => !ids.includes(id)) });
}

/** Asks all along for what must not change by a byte. */
function watched(ids: readonly string[], before: string): { end(): Promise<number> } {
  return againAndAgain(async () => {
    const now = await figuresWithout(ids);
    if (now === undefined) return false;
    expect(now).toBe(before);
    return true;
  });
}

test('a new figure of a field of known events, and one of events that nobody read, are deployed: those of before stay as they are to the byte, and the new ones are being counted until they are right over all history', async () => {
  const ids = ['detectedByOpca', 'assignmentsOpened'];
  const before = (await figuresWithout(ids)) ?? '';
  expect(before).toContain('"detected":');
  writeFileSync(
    join(copy, 'dist/figures/detected-by-opca.js'),
    figureFile(
      'detectedByOpca',
      DETECTED,
      'data.source',
      "firm.detectedByOpca === 'OPCA' ? firm.detectedOn : undefined",
    ),
  );
  writeFileSync(
    join(copy, 'dist/figures/assignments-opened.js'),
    figureFile('assignmentsOpened', OPENED, 'data.enrolledOn', 'firm.assignmentsOpened'),
  );
  const questions = watched(ids, before);
  const meanwhile = await deployed(async () => {
    const bilan = bilanOf(await ask('/bilan')) as unknown as {
      beingCounted: string[];
      figures: Record<string, number | null>;
    };
    return {
      beingCounted: bilan.beingCounted,
      figures: ids.map((id) => bilan.figures[id]),
      asked: [await figureAsked('detectedByOpca'), await figureAsked('assignmentsOpened')],
      detected: await figureAsked('detected'),
      released: await released(),
    };
  });
  expect(meanwhile).toEqual({
    beingCounted: expect.arrayContaining(ids),
    figures: [null, null],
    asked: [BEING_COUNTED, BEING_COUNTED],
    detected: expect.any(Number),
    released: 503,
  });
  for (const id of ids)
    await until(
      () => figureAsked(id),
      (value) => typeof value === 'number',
      120_000,
    );
  expect(await questions.end()).toBeGreaterThan(2);

  const detections = await eventsOf<{ siret: string; source: string }>('gpect.enrolment.events', DETECTED);
  const opened = await eventsOf<{ siret: string }>('gpect.consulting.events', OPENED);
  const firms = (events: readonly { siret: string }[]) => new Set(events.map(({ siret }) => siret)).size;
  const ofOpca = firms(detections.filter(({ source }) => source === 'OPCA'));
  expect([ofOpca, firms(opened)]).toEqual([expect.any(Number), expect.any(Number)]);
  expect(Math.min(ofOpca, firms(opened))).toBeGreaterThan(0);
  expect(await figureAsked('detectedByOpca')).toBe(ofOpca);
  expect(await figureAsked('assignmentsOpened')).toBe(firms(opened));
  expect(await figuresWithout(ids)).toBe(before);
  expect(await released()).toBe(201);
});

test('what an existing figure keeps is changed: its history is read again by itself, the figure is being counted meanwhile, and nobody raised a number', async () => {
  const { invited = 0, attended = 0 } = (await fetchBilan(field.api, programme)).figures;
  expect(attended).toBeGreaterThan(0);
  expect(attended).not.toBe(invited - attended);
  // The firms behind workshops are those that were invited.
  const ids = ['invited', 'attended', 'workshops'];
  const before = (await figuresWithout(ids)) ?? '';
  const keeperFile = join(copy, 'dist/facts/keepers/attendance.js');
  const text = readFileSync(keeperFile, 'utf8');
  const changed = text.replace("came: attendance === 'PRESENT'", "came: attendance !== 'PRESENT'");
  expect(changed).not.toBe(text);
  writeFileSync(keeperFile, changed);
  const questions = watched(ids, before);
  expect(await deployed(() => figureAsked('attended'))).toEqual(BEING_COUNTED);
  await until(
    () => figureAsked('attended'),
    (value) => typeof value === 'number',
    120_000,
  );
  expect(await questions.end()).toBeGreaterThan(2);
  expect(await figureAsked('attended')).toBe(invited - attended);
  expect(await figureAsked('invited')).toBe(invited);
});
