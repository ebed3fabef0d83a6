import { target } from '@gpect/service-kit/aggregate/aggregate';
import { expect, test } from '@jest/globals';
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
const after = (...commands: SurveyPractices[]) => {
  const result = target(practices, 'x', ...commands).run(practices.initial);
  return result.ok ? result.value.events.length : result.fault.code;
};

test('a survey is recorded once, and another beside it', () => {
  expect(after(survey, survey, saying({ survey: '2014' }))).toBe(2);
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
])('refuses %s', (_what, commands, code) => {
  expect(after(...commands)).toBe(code);
});
