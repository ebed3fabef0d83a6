import { frenchOfRefusal } from '@gpect/contracts/refusals-in-french';
import { disclosureRuleOf } from '@gpect/domain-values/disclosure';
import { MATURITY_CRITERIA } from '@gpect/domain-values/maturity';
import { taken } from '@gpect/test-kit/commands';
import { scenarioOf } from '@gpect/test-kit/scenario';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GEOGRAPHY } from './geography.js';
import { gridInForce, gridsOf } from './maturity-grid.js';
import { type Programme, type ProgrammeCommand, programme } from './programme.js';

const open: ProgrammeCommand = {
  kind: 'open',
  geography: GEOGRAPHY,
  programme: {
    programme: 'p',
    name: 'P',
    opensOn: '2007-01-01',
    closesOn: '2013-12-31',
    funders: ['État'],
    headcountCeiling: 250,
    targetHeadcount: 100,
    maturityThreshold: 8,
    basins: [{ code: 'artois', name: 'Artois' }],
  },
};
const criteria = [...MATURITY_CRITERIA, 'wear'].map((criterion) => ({ criterion, label: criterion, weight: 1 }));
const publish = {
  kind: 'publish-grid',
  grid: { criteria, threshold: 9, appliesFrom: '2010-01-01', reason: 'Usure' },
} as const satisfies ProgrammeCommand;
const { after, given } = scenarioOf(programme);

test('a grid applies from its day on, and is published once', () => {
  expect(after(open, publish, publish)).toEqual(['programme-opened', 'maturity-grid-published']);
  const state = given(open, publish) as Programme;
  expect(gridsOf(state).map((g) => g.version)).toEqual([1, 2]);
  expect([gridInForce(state, '2009-12-31').version, gridInForce(state, '2010-01-01').version]).toEqual([1, 2]);
});

test('a programme is opened once, as it is', () => {
  expect(after(open, publish, open)).toEqual(['programme-opened', 'maturity-grid-published']);
  expect(after(open, { ...open, programme: { ...open.programme, name: 'Q' } })).toBe('programme_exists');
  expect(after({ ...open, programme: { ...open.programme, closesOn: '2006-01-01' } })).toBe('period_reversed');
});

const telling = (leastFirms: number): ProgrammeCommand => ({
  ...open,
  programme: { ...open.programme, disclosure: { leastFirms, largestShare: 0.7, every: 'WEEK' } },
});

test('a programme says when it is opened what of its figures may be told; what it does not say is usual', () => {
  expect(disclosureRuleOf(given(telling(5)) as Programme)).toEqual({ leastFirms: 5, largestShare: 0.7, every: 'WEEK' });
  expect(disclosureRuleOf(given(open) as Programme)).toEqual({ leastFirms: 3, largestShare: 0.85, every: 'MONTH' });
});

test('what of its figures may be told stays as it was opened', () => {
  expect(after(telling(5), telling(5))).toEqual(['programme-opened']);
  expect(after(telling(5), telling(6))).toBe('programme_exists');
  expect(after(open, telling(3))).toBe('programme_exists');
});

test.each([0, 1, 2])('a programme that would tell what %i firms make is refused, with why', (few) => {
  const decided = programme.decide(telling(few), null);
  expect(decided).toMatchObject({ ok: false, fault: { code: 'least_firms_too_few', field: 'disclosure' } });
  const french = decided.ok ? '' : frenchOfRefusal(decided.fault);
  expect(french).toMatch(new RegExp(`moins de 3 entreprises.*\\(${few}\\).*donnez 3 ou plus$`));
});

test('a programme that tells what three firms make is opened', () => {
  expect(after(telling(3))).toEqual(['programme-opened']);
});

test.each<[string, ProgrammeCommand, string]>([
  [
    'that lacks one of the four',
    { ...publish, grid: { ...publish.grid, criteria: criteria.slice(1) } },
    'criterion_missing',
  ],
  [
    'with a criterion twice',
    { ...publish, grid: { ...publish.grid, criteria: [...criteria, ...criteria] } },
    'criteria_twice',
  ],
  [
    'that would judge again what was judged',
    { ...publish, grid: { ...publish.grid, appliesFrom: '2007-01-01' } },
    'date_too_early',
  ],
])('refuses a grid %s', (_what, command, code) => {
  expect(after(open, command)).toBe(code);
});
test('refuses a grid of no programme', () => {
  expect(after(publish)).toBe('programme_unknown');
});

test('whatever is sent in whatever order: a programme stays as it was opened, its grids follow one another by day', () => {
  const day = fc.constantFrom('2007-01-01', '2010-01-01', '2011-01-01', '2012-01-01');
  const command: fc.Arbitrary<ProgrammeCommand> = fc.oneof(
    fc.constantFrom('P', 'Q').map((name): ProgrammeCommand => ({ ...open, programme: { ...open.programme, name } })),
    fc
      .record({ appliesFrom: day, threshold: fc.integer({ min: 1, max: 12 }), left: fc.nat(1) })
      .map(({ left, ...said }) => ({ ...publish, grid: { ...publish.grid, ...said, criteria: criteria.slice(left) } })),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 15 }), (commands) => {
      let name: string | undefined;
      for (const { state } of taken(programme, commands)) {
        name ??= state?.name;
        expect(state?.name).toBe(name);
        const grids = gridsOf(state as Programme);
        expect(grids.map((g) => g.version)).toEqual(grids.map((_g, i) => i + 1));
        const days = grids.map((g) => g.appliesFrom);
        expect(days).toEqual([...new Set(days)].sort());
        for (const { criteria: weighed } of grids)
          expect(weighed.map((c) => c.criterion)).toEqual(expect.arrayContaining([...MATURITY_CRITERIA]));
      }
    }),
  );
});
