import { examplesOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { expect, test } from '@jest/globals';
import { type SurveyCommand, survey, type Wave } from './survey.js';

const { answers, trends } = examplesOf(
  'fr.gpect.evaluation.survey-answered.v1',
)[0] as EventDataByType['fr.gpect.evaluation.survey-answered.v1'];
const request = (wave: Wave): SurveyCommand => ({
  kind: 'request',
  request: { programme: 'p', action: 'a', basin: 'b', siret: '00001002500013', wave, requestedOn: '2008-05-05' },
});
const answer = (wave: Wave, more: object = {}): SurveyCommand => ({
  kind: 'answer',
  wave,
  today: '2014-06-30',
  answer: { answeredOn: '2009-06-05', answers, ...more },
});
const after = (...commands: SurveyCommand[]) => {
  const result = target(survey, 'x', ...commands).run(null);
  return result.ok ? result.value.events.map((e) => e.type.split('.').at(-2)) : result.fault.code;
};

test('each wave is asked once and answered once', () => {
  expect(
    after(
      request('BEFORE'),
      request('BEFORE'),
      answer('BEFORE'),
      answer('BEFORE'),
      request('AFTER'),
      answer('AFTER', trends ? { trends } : {}),
    ),
  ).toEqual(['survey-requested', 'survey-answered', 'survey-requested', 'survey-answered']);
});

test.each([
  ['a firm that was not asked', [answer('BEFORE')], 'survey_not_requested'],
  ['a wave that was not asked', [request('BEFORE'), answer('AFTER')], 'survey_not_requested'],
  [
    'other answers to the same wave',
    [request('BEFORE'), answer('BEFORE'), answer('BEFORE', { answeredOn: '2009-06-06' })],
    'answer_differs',
  ],
  ['an answer from the future', [request('BEFORE'), answer('BEFORE', { answeredOn: '2014-07-01' })], 'date_in_future'],
  ['trends in the before wave', [request('BEFORE'), answer('BEFORE', { trends })], 'trends_before'],
])('refuses %s', (_what, commands, code) => {
  expect(after(...commands)).toBe(code);
});
