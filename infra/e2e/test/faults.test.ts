import type { PartName } from '@gpect/local/stack';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bilanOfLoad, type Field, openField, sampleAs, truth, whenDone } from './harness.js';

let field: Field;
beforeAll(async () => {
  field = await openField(false);
});
afterAll(() => field.stop());

/** When each part is hit: in the middle of its own work. */
const MOMENTS: Readonly<Record<Exclude<PartName, 'issuer'>, readonly [step: string, times: number, afterMs: number]>> =
  {
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
const parts = Object.keys(MOMENTS) as (keyof typeof MOMENTS)[];

async function loadWhile(part: keyof typeof MOMENTS, code: string, fault: () => Promise<void>): Promise<object> {
  const [step, times, afterMs] = MOMENTS[part];
  let hit: Promise<void> | undefined;
  const progress = whenDone(step, times, () => {
    hit = new Promise((resolve) => setTimeout(resolve, afterMs)).then(fault);
  });
  const bilan = await bilanOfLoad(field, sampleAs(code), progress);
  expect(hit).toBeDefined();
  await hit;
  return bilan;
}

describe('killed with kill -9 in the middle of the load and started again, the bilan is the same', () => {
  test.each(parts)('%s', async (part) => {
    const bilan = await loadWhile(part, `kill-${part}`, async () => {
      await field.stack.killPart(part);
      await new Promise((resolve) => setTimeout(resolve, 500));
      await field.stack.startPart(part);
    });
    expect(bilan).toEqual(truth);
  });
});

describe('stopped for a while during the load, the others go on and the bilan is the same', () => {
  test.each(parts.filter((p) => p !== 'mongod' && p !== 'kafka'))('%s', async (part) => {
    const others = parts.filter((p) => p !== part && p !== 'mongod' && p !== 'kafka') as Exclude<
      typeof part,
      'mongod' | 'kafka'
    >[];
    const bilan = await loadWhile(part, `stop-${part}`, async () => {
      await field.stack.stopPart(part);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      for (const other of others)
        expect((await fetch(`${field.stack.urls[other as 'reporting']}/health/ready`)).status).toBe(200);
      await field.stack.startPart(part);
    });
    expect(bilan).toEqual(truth);
  });
});
