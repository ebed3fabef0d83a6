import { expect, test } from '@jest/globals';
import { buildFilters, checkPlan, type Plan, whyLeftOut } from '../check-plan.mjs';

const workspace = (folder: string, imports: string[] = [], tests = ['src/a.test.ts']) => ({
  folder,
  name: `@gpect/${folder.split('/')[1]}`,
  imports: imports.map((name) => `@gpect/${name}`),
  tests,
});
const ALL = [
  workspace('packages/values'),
  workspace('packages/kit', ['values']),
  workspace('apps/enrolment', ['kit']),
  workspace('apps/reporting', ['kit', 'values']),
  workspace('infra/e2e', ['kit']),
];
const TOOK: Record<string, number | undefined> = { 'packages/kit': 40_000, 'apps/reporting': 3000 };
const planOf = (...names: string[]) => checkPlan(names, ALL, ({ folder }) => TOOK[folder]) as Plan;

test('all that depends on a workspace is looked at, near and far, and tests that are quick come first', () => {
  const { workspace: of, dependents, quickest } = planOf('values');
  expect([of, ...dependents].map(({ folder }) => folder)).toEqual(ALL.map(({ folder }) => folder));
  expect(quickest).toEqual([
    { folder: 'apps/reporting', tookMs: 3000 },
    { folder: 'packages/kit', tookMs: 40_000 },
    { folder: 'apps/enrolment', tookMs: undefined },
  ]);
});

test('tests of whole programmes are said to be left out', () => {
  expect(planOf('kit').ofStacks).toEqual(['infra/e2e']);
  expect(planOf('kit').quickest.map(({ folder }) => folder)).not.toContain('infra/e2e');
});

test('tests are left out where they would take longer than is left, or nobody knows how long, and why is said', () => {
  expect(whyLeftOut({ tookMs: 3000 }, 3000, 30_000)).toBeUndefined();
  expect(whyLeftOut({ tookMs: 24_000 }, 9000, 30_000)).toBe(
    'they took 24 s when they last ran whole, and 9 of 30 s are left',
  );
  expect(whyLeftOut({ tookMs: undefined }, 30_000, 30_000)).toContain('not known');
});

test('nothing depends on an app, and for one only what it imports is built', () => {
  expect(planOf('apps/enrolment/').dependents).toEqual([]);
  expect(buildFilters(planOf('enrolment'))).toContain('--filter=!./apps/*');
});

test('a workspace that is not there is said with those that are', () => {
  expect(planOf('enrolmnt')).toEqual({
    fault: expect.stringMatching(/^there is no workspace enrolmnt; there are packages\/values, .*infra\/e2e$/),
  });
  expect(planOf()).toEqual({ fault: expect.stringMatching(/^name one workspace; there are/) });
});
