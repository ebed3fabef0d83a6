import type { PartName } from '@gpect/local/stack';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bilanOfLoad, type Field, openField, quiet, sampleAs, truth, whenDone } from './harness.js';

let field: Field;
beforeAll(async () => {
  field = await openField(false);
});
afterAll(() => field.stop());

/** When each part is hit: in the middle of its own work. */
const MOMENTS: Readonly<
  Record<Exclude<PartName, 'issuer' | 'dashboard'>, readonly [step: string, times: number, afterMs: number]>
> = {
  enrolment: ['détections', 5, 30],
  'training-spend': ['dépenses', 6, 60],
  consulting: ['séances, ateliers, enquête', 0, 250],
  workshops: ['séances, ateliers, enquête', 1, 100],
  evaluation: ['séances, ateliers, enquête', 0, 60],
  reporting: ['détections', 9, 100],
  'partner-gateway': ['détections', 3, 100],
  kafka: ['détections', 7, 50],
  mongod: ['dépenses', 9, 50],
};
type Part = keyof typeof MOMENTS;
const parts = Object.keys(MOMENTS) as Part[];
/** Each in a load of its own takes a quarter of an hour: `GPECT_FAULTS=each npm test -w infra/e2e -- faults`. */
const EACH = process.env['GPECT_FAULTS'] === 'each';

/** Each part is hit at its own moment, one at a time. */
async function loadWhile(
  hitParts: readonly Part[],
  code: string,
  fault: (part: Part) => Promise<void>,
): Promise<object> {
  const hit: Part[] = [];
  let faults = Promise.resolve();
  const moments = hitParts.map((part) => {
    const [step, times, afterMs] = MOMENTS[part];
    return whenDone(step, times, () => {
      const before = faults;
      faults = new Promise<void>((resolve) => setTimeout(resolve, afterMs)).then(async () => {
        await before;
        await fault(part);
        hit.push(part);
      });
      // It is said where it is waited for.
      faults.catch(() => undefined);
    });
  });
  const bilan = await bilanOfLoad(field, sampleAs(code), {
    ...quiet,
    begin: (name, total) => {
      for (const moment of moments) moment.begin(name, total);
    },
    step: (name) => {
      for (const moment of moments) moment.step(name);
    },
  });
  await faults;
  expect(hit.sort()).toEqual([...hitParts].sort());
  return bilan;
}

const together = (groups: readonly (readonly Part[])[]) =>
  (EACH ? groups.flat().map((part) => [part]) : groups).map((group) => [group.join(', '), group] as const);

describe('killed with kill -9 in the middle of the load and started again, the bilan is the same', () => {
  test.each(
    together([
      ['partner-gateway', 'reporting', 'consulting'],
      ['enrolment', 'training-spend', 'workshops', 'evaluation'],
      ['kafka', 'mongod'],
    ]),
  )('%s', async (_, group) => {
    const bilan = await loadWhile(group, `kill-${parts.indexOf(group[0] as Part)}-${group.length}`, async (part) => {
      await field.stack.killPart(part);
      await new Promise((resolve) => setTimeout(resolve, 500));
      await field.stack.startPart(part);
    });
    expect(bilan).toEqual(truth);
  });
});

describe('stopped for a while during the load, the others go on and the bilan is the same', () => {
  test.each(
    together([
      ['enrolment', 'training-spend', 'workshops', 'evaluation'],
      ['partner-gateway', 'reporting', 'consulting'],
    ]),
  )('%s', async (_, group) => {
    const bilan = await loadWhile(group, `stop-${parts.indexOf(group[0] as Part)}-${group.length}`, async (part) => {
      const others = parts.filter((p) => p !== part && p !== 'mongod' && p !== 'kafka');
      await field.stack.stopPart(part);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      for (const other of others)
        expect((await fetch(`${field.stack.urls[other as 'reporting']}/health/ready`)).status).toBe(200);
      await field.stack.startPart(part);
    });
    expect(bilan).toEqual(truth);
  });
});
