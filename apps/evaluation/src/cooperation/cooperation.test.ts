import { taken } from '@gpect/test-kit/commands';
import { scenarioOf } from '@gpect/test-kit/scenario';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AssessCooperation, type Assessment, cooperation } from './cooperation.js';

const links = [
  { from: 'cci', to: 'mde', intensity: 1 },
  { from: 'medef', to: 'mde', intensity: 0 },
];
const assess = (moment: 'START' | 'END', more: Partial<Assessment> = {}): AssessCooperation => ({
  kind: 'assess',
  programme: 'p',
  action: 'a',
  moment,
  today: '2014-06-30',
  assessment: { assessedOn: moment === 'START' ? '2008-03-01' : '2009-10-01', by: 'ARACT', links, ...more },
});
const { after } = scenarioOf(cooperation);

test('the start and the end are each assessed once', () => {
  expect(after(assess('START'), assess('START'), assess('END'), assess('END'))).toHaveLength(2);
});

test.each([
  [
    'another assessment of the same moment',
    [assess('START'), assess('START', { by: 'DIRECCTE' })],
    'assessment_differs',
  ],
  ['one from the future', [assess('START', { assessedOn: '2014-07-01' })], 'date_in_future'],
  ['an end before the start', [assess('START'), assess('END', { assessedOn: '2008-02-29' })], 'date_too_early'],
  ['a start after the end', [assess('END'), assess('START', { assessedOn: '2009-10-02' })], 'date_too_late'],
  ['an actor with itself', [assess('START', { links: [{ from: 'cci', to: 'cci', intensity: 2 }] })], 'actor_alone'],
  [
    'a pair twice, in either order',
    [assess('START', { links: [...links, { from: 'mde', to: 'cci', intensity: 3 }] })],
    'pair_twice',
  ],
] as [string, AssessCooperation[], string][])('refuses %s', (_what, commands, code) => {
  expect(after(...commands)).toBe(code);
});

test('whatever is sent in whatever order: a moment keeps its first assessment, the end is not before the start', () => {
  const command = fc
    .record({
      moment: fc.constantFrom('START' as const, 'END' as const),
      assessedOn: fc.constantFrom('2008-03-01', '2009-10-01', '2014-07-01'),
      links: fc.array(
        fc.record({ from: fc.constantFrom('cci', 'mde'), to: fc.constantFrom('mde', 'medef'), intensity: fc.nat(3) }),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(({ moment, ...said }) => assess(moment, said));
  fc.assert(
    fc.property(fc.array(command, { maxLength: 15 }), (commands) => {
      const kept: Partial<Record<string, Assessment>> = {};
      for (const { state } of taken(cooperation, commands))
        for (const [moment, assessment] of Object.entries(state?.moments ?? {})) {
          kept[moment] ??= assessment;
          expect(assessment).toEqual(kept[moment]);
          const pairs = assessment.links.map(({ from, to }) => [from, to].sort().join(' '));
          expect(new Set(pairs).size).toBe(pairs.length);
        }
      const { START: start, END: end } = kept;
      if (
        start &&
        end &&
        commands.findIndex((c) => c.moment === 'START') < commands.findIndex((c) => c.moment === 'END')
      )
        expect(end.assessedOn >= start.assessedOn).toBe(true);
    }),
  );
});
