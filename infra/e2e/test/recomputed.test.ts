import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '@gpect/local/root';
import type { fetchBilan } from '@gpect/programme/bilan';
import { caughtUp } from '@gpect/programme/caught-up';
import { readFolder } from '@gpect/programme/folder';
import { loadProgramme } from '@gpect/programme/load';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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
}

/** An estimate in the form of the scripts. */
function told(estimates: readonly Estimate[], id: string): Recomputed | undefined {
  const estimate = estimates.find((one) => one.id === id);
  return (
    estimate && {
      n: estimate.n ?? -1,
      counts: Object.fromEntries(estimate.counts.map(({ name, count }) => [name, count ?? -1])),
      values: Object.fromEntries(estimate.values.map(({ name, ...value }) => [name, value])),
    }
  );
}

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
