import { faultsWhereMade } from '@gpect/contracts/event-contracts';
import { scenarioOf } from '@gpect/test-kit/scenario';
import { expect, test } from '@jest/globals';
import { type SurveyCommand, survey } from './survey.js';
import type { Verbatim } from './verbatims.js';

const today = '2014-06-30';
const asked: SurveyCommand = {
  kind: 'request',
  request: {
    programme: 'p',
    action: 'a',
    basin: 'b',
    siret: '00001002500013',
    wave: 'BEFORE',
    requestedOn: '2008-05-05',
  },
};
const words: Verbatim = {
  verbatim: '1',
  saidOn: '2009-06-05',
  by: 'MANAGER',
  theme: 'STRATEGY',
  text: 'Nous savons où nous allons.',
  consented: true,
  consentedOn: '2009-06-05',
};
const say = (more: Partial<Verbatim> = {}): SurveyCommand => ({ kind: 'say', verbatim: { ...words, ...more }, today });
const consent = (consented: boolean, consentedOn: string, verbatim = '1'): SurveyCommand => ({
  kind: 'consent',
  verbatim,
  consented,
  consentedOn,
  today,
});
const { after, given, said } = scenarioOf(survey);

test('words are recorded once, as their contract wants them', () => {
  expect(after(asked, say(), say())).toEqual(['survey-requested', 'survey-verbatim-recorded']);
  const [, recorded] = said(asked, say()) as object[];
  expect(faultsWhereMade('fr.gpect.evaluation.survey-verbatim-recorded.v1', recorded)).toEqual([]);
});

test('a firm may change its mind: its words stay, and whether they may be published is what it said last', () => {
  const state = given(asked, say(), consent(false, '2010-01-01'), say({ verbatim: '2' }));
  expect(state?.verbatims).toEqual([
    { ...words, consented: false, consentedOn: '2010-01-01' },
    { ...words, verbatim: '2' },
  ]);
  expect(after(asked, say(), consent(true, '2009-06-05'))).toEqual(['survey-requested', 'survey-verbatim-recorded']);
});

test.each<[string, SurveyCommand[], string]>([
  ['a firm that was asked nothing', [say()], 'survey_unknown'],
  ['other words under its number', [asked, say(), say({ text: 'Autre chose.' })], 'verbatim_differs'],
  ['words of tomorrow', [asked, say({ saidOn: '2014-07-01' })], 'date_in_future'],
  ['a consent of tomorrow', [asked, say(), consent(false, '2014-07-01')], 'date_in_future'],
  ['a consent of before the last one', [asked, say(), consent(false, '2009-01-01')], 'date_too_early'],
  ['a consent to what nobody said', [asked, say(), consent(true, '2010-01-01', '9')], 'verbatim_unknown'],
])('refuses %s', (_what, commands, code) => {
  expect(after(...commands)).toBe(code);
});
