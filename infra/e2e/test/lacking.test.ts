import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '@gpect/local/root';
import { fetchBilan, inTruthShape, releaseFigures } from '@gpect/programme/bilan';
import { readFolder } from '@gpect/programme/folder';
import { loadProgramme } from '@gpect/programme/load';
import { printBilan, printReports } from '@gpect/programme/print';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Field, openField, quiet, SAMPLE, STATE } from './harness.js';

/** Makes the sample and others like it; it stands beside the clone where the work is done, and not in it. */
const MAKE = join(ROOT, '../shared/data/make-programme.py');

interface Truth {
  readonly programme: Readonly<Record<string, number>>;
  readonly byBasin: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly survey: { readonly yes: object };
  readonly spend: { readonly windowRule: string };
}

let field: Field;
const dir = mkdtempSync(join(tmpdir(), 'gpect-lacking-'));
beforeAll(async () => {
  field = await openField();
});
afterAll(async () => {
  await field.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** The sample under a name and a code of its own, changed. */
function changed(name: string, change: (path: (file: string) => string) => void): string {
  const to = join(dir, name);
  cpSync(SAMPLE, to, { recursive: true });
  rmSync(join(to, 'programme.json'));
  change((file) => join(to, file));
  return to;
}

const firstLine = (path: string) => readFileSync(path, 'latin1').split('\n')[0] ?? '';

async function loaded(path: string) {
  const folder = readFolder(path);
  const reports = await loadProgramme(field.api, folder, quiet);
  return { bilan: await fetchBilan(field.api, folder.rules.code), said: printReports(reports) };
}

const truthOf = (path: string) => JSON.parse(readFileSync(join(path, 'truth.json'), 'utf8')) as Truth;
const NOTHING = { before: 0, after: 0 };

/** What is true of a folder where some figures were not told. */
function truthBut(path: string, untold: readonly string[]): Truth {
  const truth = truthOf(path);
  const left = (group: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(group).filter(([name]) => !untold.includes(name)));
  return {
    ...truth,
    programme: left(truth.programme),
    byBasin: Object.fromEntries(Object.entries(truth.byBasin).map(([code, group]) => [code, left(group)])),
  };
}

/** What is true of a folder that lacks its survey, its spend and its attendance, which is what says that a workshop took place. */
function truthWithout(path: string, untold: readonly string[] = []): object {
  const { survey, spend, ...rest } = truthBut(path, ['workshops', 'invited', 'attended', ...untold]);
  return {
    ...rest,
    survey: {
      firms: 0,
      yes: Object.fromEntries(Object.keys(survey.yes).map((question) => [question, NOTHING])),
      trainingPriority: { littleRecourseAndNoPolicyBefore: 0, priorityAfter: 0, of: 0 },
    },
    spend: {
      acceptedCents: {},
      refused: {},
      refusedLines: 0,
      accompaniedFirmsCents: {},
      windowRule: spend.windowRule,
    },
  };
}

test('without survey, spend and attendance all else is exact, and what rests on them is incomplete', async () => {
  const path = changed('sans-enquete', (file) => {
    for (const name of ['survey-before.csv', 'survey-after.csv', 'spend', 'workshop-attendance.csv'])
      rmSync(file(name), { recursive: true });
    writeFileSync(file('notes.txt'), 'rien');
  });
  const { bilan } = await loaded(path);
  expect(inTruthShape(bilan)).toEqual(truthWithout(path));
  const said = printBilan(bilan);
  expect(said).toContain('enquête : incomplet');
  expect(said).toContain('dépenses de formation : incomplet');
  const { estimates } = bilan as unknown as { estimates: { id: string; status: string; reasonFr?: string }[] };
  const complete = estimates.filter(({ id, status }) => /spend|survey/i.test(id) && status !== 'INCOMPLETE');
  expect(complete.map(({ id }) => id)).toEqual([]);
  // The documents say the same, and a release is made of what there is.
  const { code } = readFolder(path).rules;
  await releaseFigures(field.api, code);
  const documentIn = (format: string) =>
    field.api.download('reporting', STATE, `/bilan/document?format=${format}&programme=${code}&purpose=sans-enquete`);
  expect((await documentIn('csv')).toString('utf8')).toMatch(/Incomplet : /);
  expect((await documentIn('pdf')).subarray(0, 5).toString()).toBe('%PDF-');
});

test('files with headings alone, or a title and headings, are taken as nothing', async () => {
  const path = changed('en-tetes', (file) => {
    for (const name of ['consulting-sessions.csv', 'survey-before.csv', 'survey-after.csv'])
      writeFileSync(file(name), `${firstLine(file(name))}\n`);
    for (const name of readdirSync(file('spend')))
      if (name === 'opca-b-2009.csv')
        writeFileSync(file(`spend/${name}`), `Export\n${firstLine(file(`spend/${name}`))}\n`, 'latin1');
      else rmSync(file(`spend/${name}`));
    const headings = firstLine(file('workshop-attendance.csv'));
    writeFileSync(file('workshop-attendance.csv'), `Feuille de présence\n${headings}\n`);
  });
  const { bilan, said } = await loaded(path);
  expect(inTruthShape(bilan)).toEqual(truthWithout(path, ['sessions', 'halfDays']));
  expect(said).toMatch(
    /Sans aucune ligne : (opca-b-2009|workshop-attendance)\.csv, (opca-b-2009|workshop-attendance)\.csv/,
  );
});

const made = existsSync(MAKE) ? test : test.skip;
made.each([
  // Its truth counts workshops that are planned, to which nobody is invited and of which nothing says that they took place.
  ['no firm', '0', '7', ['workshops']],
  ['other firms', '1', '7', []],
])('a made programme with %s comes out as its truth', async (_what, scale, seed, untold) => {
  const path = join(dir, `fait-${scale}-${seed}`);
  execFileSync('python3', [MAKE, path, '--scale', scale, '--seed', seed], { stdio: 'ignore' });
  const { bilan } = await loaded(path);
  expect(inTruthShape(bilan)).toEqual(truthBut(path, untold));
});
