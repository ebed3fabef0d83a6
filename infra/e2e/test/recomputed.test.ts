import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '@gpect/local/root';
import type { fetchBilan } from '@gpect/programme/bilan';
import { caughtUp } from '@gpect/programme/caught-up';
import { readFolder } from '@gpect/programme/folder';
import { loadProgramme } from '@gpect/programme/load';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { type Field, openField, quiet, SAMPLE } from './harness.js';

/**
 * Numbers of the sample's bilan against scripts of their own reading of its files (infra/e2e/recompute, Python and its standard
 * library): what both say, two programs made of the definitions alone.
 */
let field: Field;
const sample = readFolder(SAMPLE);

beforeAll(async () => {
  field = await openField();
  await loadProgramme(field.api, sample, quiet);
  await caughtUp(field.api);
});
afterAll(() => field.stop());

interface Value {
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
}
interface Recomputed {
  readonly n: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, Value>>;
}

const recomputed = (script: string, ...more: string[]): unknown =>
  JSON.parse(
    execFileSync('python3', [join(ROOT, 'infra/e2e/recompute', script), SAMPLE, ...more], { encoding: 'utf8' }),
  );

/** The bilan as of a day, with every figure. */
async function bilanAsOf(asOf?: string) {
  const query = new URLSearchParams({
    programme: sample.rules.code,
    purpose: 'compared with a recomputation',
    ...(asOf ? { asOf } : {}),
  });
  const bilan = await field.api.get('reporting', { roles: ['state'] }, `/bilan?${query}`);
  return bilan as Awaited<ReturnType<typeof fetchBilan>> & { readonly estimates: readonly Estimate[] };
}

interface Estimate {
  readonly id: string;
  readonly status: string;
  readonly reasonEn?: string;
  readonly n: number | null;
  readonly counts: readonly { readonly name: string; readonly count: number | null }[];
  readonly values: readonly (Value & { readonly name: string; readonly unit: string })[];
  readonly parts?: readonly (Pick<Estimate, 'n' | 'counts' | 'values'> & { readonly key: string })[];
}

/** An estimate in the form of the scripts. */
function told(estimates: readonly Estimate[], id: string): Recomputed | undefined {
  const estimate = estimates.find((one) => one.id === id);
  return estimate && inForm(estimate);
}

const inForm = ({ n, counts, values }: Pick<Estimate, 'n' | 'counts' | 'values'>): Recomputed => ({
  n: n ?? -1,
  counts: Object.fromEntries(counts.map(({ name, count }) => [name, count ?? -1])),
  values: Object.fromEntries(values.map(({ name, ...value }) => [name, value])),
});

/** Its parts, by key. */
const partsOf = (estimates: readonly Estimate[], id: string): Map<string, Recomputed> =>
  new Map(estimates.find((one) => one.id === id)?.parts?.map((part) => [part.key, inForm(part)]));

/** Each number of an estimate is told as it was recomputed: to the cent, or to four digits of a share. */
function expectSame(said: Recomputed | undefined, again: Recomputed | undefined, relative = 0): void {
  expect({ n: said?.n, counts: said?.counts }).toEqual({ n: again?.n, counts: again?.counts });
  expect(Object.keys(said?.values ?? {}).sort()).toEqual(Object.keys(again?.values ?? {}).sort());
  for (const [name, value] of Object.entries(again?.values ?? {}))
    for (const end of ['value', 'low', 'high'] as const) {
      const [here, there] = [said?.values[name]?.[end] ?? null, value[end] ?? null];
      const least = Math.abs(there ?? 0) > 100 ? 0.501 : 0.000_051;
      const open = Math.max(least, relative * Math.abs(there ?? 0));
      const isSame = here === there || Math.abs((here ?? Number.NaN) - (there ?? Number.NaN)) <= open;
      expect([name, end, here, there, isSame]).toEqual([name, end, here, there, true]);
    }
}

describe.each([
  ['at the end', undefined],
  ['as of the end of 2011', '2011-12-31'],
])('estimates of spend, %s', (_when, asOf) => {
  interface Spend {
    readonly notElapsed: number;
    readonly estimates: Readonly<Record<string, Recomputed>>;
  }
  let spend: Spend;
  let bilan: Awaited<ReturnType<typeof bilanAsOf>>;
  beforeAll(async () => {
    spend = recomputed('spend.py', ...(asOf ? ['--as-of', asOf] : [])) as Spend;
    bilan = await bilanAsOf(asOf);
  });

  test('are those of the script', () => {
    // The product's index is rounded to two digits.
    const open: Readonly<Record<string, number>> = { spendChangeReal: 0.000_2 };
    for (const [id, again] of Object.entries(spend.estimates)) expectSame(told(bilan.estimates, id), again, open[id]);
  });

  test('count elapsed windows alone: at the end all have, and the totals say the same', () => {
    const { before12Months, after12Months } = bilan.spend.accompaniedFirmsCents;
    const ofTotals = after12Months / before12Months - 1;
    expect(ofTotals).toBeCloseTo(spend.notElapsed, 6);
    const estimate = bilan.estimates.find(({ id }) => id === 'spendChange');
    const change = estimate?.values.find(({ name }) => name === 'change')?.value ?? 0;
    if (asOf) {
      // Of lines that funders took back, +14.9 % and +75.7 % are +15.1 % and +76.2 % (the script's --with-lines-taken-back).
      expect([ofTotals, change].map((x) => Number(x.toFixed(3)))).toEqual([0.149, 0.757]);
      expect(estimate?.status).toBe('INCOMPLETE');
      expect(estimate?.reasonEn).toContain('have not elapsed');
    } else {
      expect(change).toBeCloseTo(ofTotals, 4);
      expect(estimate?.status).toBe('COMPLETE');
    }
  });
});

test('with the lines that funders took back, the end of 2011 says what an evaluator found who left them in', () => {
  const { notElapsed, estimates } = recomputed('spend.py', '--as-of', '2011-12-31', '--with-lines-taken-back') as {
    notElapsed: number;
    estimates: Record<string, Recomputed>;
  };
  const change = estimates['spendChange']?.values['change']?.value ?? 0;
  expect([notElapsed, change].map((x) => Number(x.toFixed(3)))).toEqual([0.151, 0.762]);
});

test.each([
  ['at the end', [], [200, -0.008], [256, -0.003]],
  ['as of the end of 2011', ['--as-of', '2011-12-31'], [200, 0.065], [244, 0.074]],
] as const)(
  '%s, of firms outside there are 200; 56 more are SIRET whose key is wrong, lines that are refused',
  (_when, asOf, valid, withWrong) => {
    const { outside, outsideWithWrongSirets } = recomputed('spend.py', ...asOf) as Record<
      'outside' | 'outsideWithWrongSirets',
      { readonly firms: number; readonly change: number }
    >;
    const shown = ({ firms, change }: typeof outside) => [firms, Number(change.toFixed(3))];
    expect([shown(outside), shown(outsideWithWrongSirets)]).toEqual([valid, withWrong]);
  },
);

/** What the script of the survey says. */
interface Survey {
  readonly respondents: Recomputed;
  readonly effects: Readonly<Record<string, Recomputed>>;
  readonly trainingRecourse: Recomputed;
  readonly trainingPriority: Recomputed;
  readonly volunteers: Readonly<Record<string, Recomputed>>;
  readonly response: Readonly<Record<string, Recomputed>>;
}

async function expectSurvey(survey: Survey): Promise<Awaited<ReturnType<typeof bilanAsOf>>> {
  const bilan = await bilanAsOf();
  for (const id of ['respondents', 'trainingRecourse', 'trainingPriority'] as const)
    expectSame(told(bilan.estimates, id), survey[id]);
  for (const [id, parts] of [
    ['surveyEffects', survey.effects],
    ['surveyVolunteers', survey.volunteers],
  ] as const) {
    const said = partsOf(bilan.estimates, id);
    expect([...said.keys()].sort()).toEqual(Object.keys(parts).sort());
    for (const [key, again] of Object.entries(parts)) expectSame(said.get(key), again);
  }
  const response = partsOf(bilan.estimates, 'surveyResponse');
  for (const [key, again] of Object.entries(survey.response)) expectSame(response.get(key), again);
  return bilan;
}

describe('estimates of the survey', () => {
  test('are those of the script where nobody was drawn, and say so; 120 of 460 answered, a quarter', async () => {
    const { estimates } = await expectSurvey(recomputed('survey.py') as Survey);
    expect(told(estimates, 'respondents')).toMatchObject({
      counts: { respondents: 120, accompanied: 460 },
      values: { share: { value: expect.closeTo(120 / 460, 10) } },
    });
    expect(estimates.find(({ id }) => id === 'surveyEffects')?.status).toBe('INCOMPLETE');
  });

  test('are those of the script once a quarter is drawn before and its panel after: who was drawn speaks, volunteers apart', async () => {
    const { code: programme } = sample.rules;
    const draw = (body: object) =>
      field.api.command('evaluation', { roles: ['evaluator'] }, '/samples', {
        programme,
        frameOn: '2014-06-30',
        ...body,
      });
    await draw({ sample: 'quart', wave: 'BEFORE', method: 'STRATIFIED', fraction: 0.25, seed: 2014 });
    await draw({ sample: 'panel', wave: 'AFTER', method: 'ALL', panelOf: 'quart' });
    await caughtUp(field.api);
    const mongo = await mongoose.createConnection(field.stack.mongoUrlOf('evaluation')).asPromise();
    const drawnIn = async (wave: string, code: string): Promise<string[]> =>
      (
        await mongo
          .collection('surveys')
          .find({ [`state.waves.${wave}.sample`]: code })
          .toArray()
      ).map(({ state }) => String(state['siret']));
    const drawn = { BEFORE: await drawnIn('BEFORE', 'quart'), AFTER: await drawnIn('AFTER', 'panel') };
    await mongo.close();
    expect(new Set(drawn.BEFORE)).toEqual(new Set([...drawn.BEFORE, ...drawn.AFTER]));
    const folder = mkdtempSync(join(tmpdir(), 'gpect-drawn-'));
    const file = join(folder, 'drawn.json');
    writeFileSync(file, JSON.stringify(drawn));
    const bilan = await expectSurvey(recomputed('survey.py', '--drawn', file) as Survey);
    rmSync(folder, { recursive: true });
    const { survey } = bilan as unknown as { survey: Record<string, unknown> };
    const both = bilan.estimates.find(({ id }) => id === 'surveyEffects')?.n ?? 0;
    expect(survey).toMatchObject({
      firms: 120,
      drawn: drawn.BEFORE.length,
      drawnAtLeastOnce: both,
      volunteers: 120 - both,
      samples: [
        { sample: 'panel', panelOf: 'quart', frame: 460, drawn: drawn.AFTER.length },
        { sample: 'quart', frame: 493, drawn: drawn.BEFORE.length },
      ],
      training: { recourse: { before: 51, of: 120 }, priority: { after: 107, of: 120 } },
    });
    expect(
      (survey['effects'] as { question: string; points: object }[]).find((e) => e.question === 'information_flows'),
    ).toMatchObject({ points: { difference: 51.7 } });
  });
});

describe.each([
  ['at the end', undefined],
  ['as of the end of 2011', '2011-12-31'],
])('facts, %s', (_when, asOf) => {
  type Counts = Readonly<Record<string, number>>;
  interface Facts {
    readonly themes: Readonly<Record<string, Counts>>;
    readonly origins: Readonly<Record<string, Counts>>;
    readonly waves: Readonly<Record<string, Counts>>;
    readonly objectives: Readonly<Record<string, Counts>>;
    readonly targetFirms: number;
    readonly platforms: Readonly<Record<string, readonly string[]>>;
    readonly durations: Recomputed;
  }
  interface Told {
    readonly cuts: Readonly<Record<string, Readonly<Record<string, Counts>>>>;
    readonly origins: readonly (Counts & { readonly origin: string })[];
    readonly objectives: readonly (Counts & { readonly action: string })[];
    readonly platforms: readonly {
      readonly name: string;
      readonly actions: readonly string[];
      readonly state: string;
    }[];
    readonly details: Readonly<Record<string, { readonly value: number }>>;
  }
  let facts: Facts;
  let bilan: Awaited<ReturnType<typeof bilanAsOf>> & Told;
  beforeAll(async () => {
    facts = recomputed('facts.py', ...(asOf ? ['--as-of', asOf] : [])) as Facts;
    bilan = (await bilanAsOf(asOf)) as typeof bilan;
  });
  const only = (names: readonly string[], counts: Counts | undefined) =>
    Object.fromEntries(names.map((name) => [name, counts?.[name] ?? 0]));

  test('themes of sessions and of collective workshops', () => {
    const names = ['sessions', 'halfDays', 'workshops'];
    const told = Object.entries(bilan.cuts['theme'] ?? {}).filter(([theme]) => theme !== '');
    expect(Object.fromEntries(told.map(([theme, counts]) => [theme, only(names, counts)]))).toEqual(
      Object.fromEntries(Object.entries(facts.themes).map(([theme, counts]) => [theme, only(names, counts)])),
    );
  });

  test('origins with the share that signed, and waves', () => {
    expect(Object.fromEntries(bilan.origins.map(({ origin, ...counts }) => [origin, counts]))).toEqual(facts.origins);
    const steps = ['detected', 'qualified', 'enrolled', 'accompanied'];
    const told = Object.entries(bilan.cuts['wave'] ?? {}).filter(([wave]) => wave !== '');
    expect(Object.fromEntries(told.map(([wave, counts]) => [wave, only(steps, counts)]))).toEqual(facts.waves);
  });

  test('objectives beside what was achieved', () => {
    expect(Object.fromEntries(bilan.objectives.map(({ action, ...counts }) => [action, counts]))).toEqual(
      facts.objectives,
    );
    expect(bilan.details['targetFirms']?.value).toBe(facts.targetFirms);
  });

  test('platforms, each alive since nobody said otherwise', () => {
    expect(Object.fromEntries(bilan.platforms.map(({ name, actions }) => [name, actions]))).toEqual(facts.platforms);
    expect(new Set(bilan.platforms.map(({ state }) => state))).toEqual(new Set(['ALIVE']));
  });

  test('durations; half of the accompaniments took 425 days at most', () => {
    expectSame(told(bilan.estimates, 'durations'), facts.durations);
    if (!asOf) expect(facts.durations.values['accompaniment']?.value).toBe(425);
  });
});
