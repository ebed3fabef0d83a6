import { taken } from '@gpect/test-kit/commands';
import { scenarioOf } from '@gpect/test-kit/scenario';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { practices, type SurveyPractices } from './practices.js';

const survey: SurveyPractices = {
  kind: 'survey-practices',
  programme: 'p',
  funder: 'opca-a',
  surveyed: {
    survey: '2013',
    surveyedOn: '2013-11-05',
    by: 'Délégation',
    firmsSeen: 40,
    practices: [{ practice: 'GPEC_TOOLS', firms: 31 }],
  },
  today: '2014-06-30',
};
const saying = (more: object): SurveyPractices => ({ ...survey, surveyed: { ...survey.surveyed, ...more } });
const { after } = scenarioOf(practices);

test('a survey is recorded once, and another beside it', () => {
  expect(after(survey, survey, saying({ survey: '2014' }))).toHaveLength(2);
});

test.each<[string, SurveyPractices[], string]>([
  ['another under its number', [survey, saying({ firmsSeen: 41 })], 'survey_differs'],
  ['one of tomorrow', [saying({ surveyedOn: '2014-07-01' })], 'date_in_future'],
  ['more firms than were seen', [saying({ practices: [{ practice: 'TUTORING', firms: 41 }] })], 'firms_unseen'],
  [
    'a practice twice',
    [saying({ practices: [...survey.surveyed.practices, ...survey.surveyed.practices] })],
    'practices_twice',
  ],
  [
    'a practice twice, once of the list and once beside it',
    [saying({ otherPractices: [{ practice: 'GPEC_TOOLS', firms: 1 }] })],
    'practices_twice',
  ],
  [
    'more firms than were seen beside the list',
    [saying({ otherPractices: [{ practice: 'USE_OF_DIF', firms: 41 }] })],
    'firms_unseen',
  ],
])('refuses %s', (_what, commands, code) => {
  expect(after(...commands)).toBe(code);
});

test('whatever is sent in whatever order: a survey is kept as it was first said, with each practice once', () => {
  const command = fc
    .record({
      survey: fc.constantFrom('2013', '2014'),
      surveyedOn: fc.constantFrom('2013-11-05', '2014-07-01'),
      firmsSeen: fc.integer({ min: 1, max: 40 }),
      practices: fc.array(
        fc.record({ practice: fc.constantFrom('GPEC_TOOLS' as const, 'TUTORING' as const), firms: fc.nat(41) }),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(saying);
  fc.assert(
    fc.property(fc.array(command, { maxLength: 15 }), (commands) => {
      const first = new Map<string, unknown>();
      for (const { state } of taken(practices, commands)) {
        expect(new Set(state.map((s) => s.survey)).size).toBe(state.length);
        for (const one of state) {
          if (!first.has(one.survey)) first.set(one.survey, one);
          expect(one).toEqual(first.get(one.survey));
          expect(one.surveyedOn <= survey.today).toBe(true);
          expect(new Set(one.practices.map((p) => p.practice)).size).toBe(one.practices.length);
          for (const { firms } of one.practices) expect(firms).toBeLessThanOrEqual(one.firmsSeen);
        }
      }
    }),
  );
});
