import { examplesOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { taken } from '@gpect/test-kit/commands';
import { scenarioOf } from '@gpect/test-kit/scenario';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FIRST, type Version, type Wave } from '../questionnaire/questions.js';
import { type Survey, type SurveyCommand, survey } from './survey.js';

const { answers, trends } = examplesOf(
  'fr.gpect.evaluation.survey-answered.v1',
)[0] as EventDataByType['fr.gpect.evaluation.survey-answered.v1'];
const request = (wave: Wave): SurveyCommand => ({
  kind: 'request',
  request: { programme: 'p', action: 'a', basin: 'b', siret: '00001002500013', wave, requestedOn: '2008-05-05' },
});
const today = '2014-06-30';
const answer = (wave: Wave, more: object = {}, versions: readonly Version[] = [FIRST]): SurveyCommand => ({
  kind: 'answer',
  wave,
  versions,
  today,
  answer: { answeredOn: '2009-06-05', answers, ...more },
});
const { after, given } = scenarioOf(survey);

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

const second: Version = {
  version: 2,
  appliesFrom: '2008-01-01',
  questions: [
    { question: 'apprentices', label: 'Apprentis ?', kind: 'NUMBER', theme: 'TRAINING', waves: ['BEFORE', 'AFTER'] },
    {
      question: 'opca_help',
      label: 'OPCA ?',
      kind: 'CHOICE',
      theme: 'TRAINING',
      waves: ['AFTER'],
      choices: ['oui', 'non'],
    },
  ],
};
const inPart = (some: object, versions: readonly Version[] = [FIRST]): SurveyCommand => ({
  kind: 'answer-in-part',
  wave: 'BEFORE',
  answer: { answeredOn: '2008-05-20', ...some },
  versions,
  today,
});
const stateOf = (...commands: SurveyCommand[]) => given(...commands) as Survey;

describe('a later version of the questionnaire', () => {
  const versions = [FIRST, second];
  test('asks more, of those who are asked from its day on', () => {
    expect(
      stateOf(request('BEFORE'), answer('BEFORE', { more: { apprentices: 2 } }, versions)).waves.BEFORE,
    ).toMatchObject({
      questionnaire: 2,
      answer: { more: { apprentices: 2 } },
    });
    const later = [FIRST, { ...second, appliesFrom: '2009-01-01' }];
    expect(stateOf(request('BEFORE'), answer('BEFORE', {}, later)).waves.BEFORE).toMatchObject({ questionnaire: 1 });
  });
  test.each([
    ['without what it adds', {}, 'answers_missing'],
    ['to a question of the other wave', { more: { apprentices: 2, opca_help: 'oui' } }, 'more_unknown'],
    ['of another kind', { more: { apprentices: 'deux' } }, 'answer_unfit'],
  ])('refuses answers %s', (_what, more, code) => {
    expect(after(request('BEFORE'), answer('BEFORE', more, versions))).toBe(code);
  });
  test('a choice is one of its choices', () => {
    const more = (opca_help: string) => ({ more: { apprentices: 1, opca_help } });
    expect(after(request('AFTER'), answer('AFTER', more('oui'), versions))).toContain('survey-answered');
    expect(after(request('AFTER'), answer('AFTER', more('peut-être'), versions))).toBe('answer_unfit');
  });
});

describe('partial answers', () => {
  const { strategy_clear, ...others } = answers;
  test('add up, say what is missing, and are whole once nothing is', () => {
    const begun = stateOf(request('BEFORE'), inPart({ answers: { strategy_clear } }));
    expect(begun.waves.BEFORE?.partly?.missing).toEqual(Object.keys(others));
    const some = [request('BEFORE'), inPart({ answers: { strategy_clear } }), inPart({ answers: { strategy_clear } })];
    expect(after(...some, inPart({ answers: others, mode: 'PAPER', enteredBy: 'anne' }))).toEqual([
      'survey-requested',
      'survey-partly-answered',
      'survey-answered',
    ]);
    const whole = stateOf(...some, inPart({ answers: others, mode: 'PAPER', enteredBy: 'anne' }));
    expect(whole.waves.BEFORE).toMatchObject({ answer: { answers, mode: 'PAPER', enteredBy: 'anne' } });
    expect(whole.waves.BEFORE).not.toHaveProperty('partly');
  });
  test('a whole answer takes their place', () => {
    expect(after(request('BEFORE'), inPart({ answers: { strategy_clear } }), answer('BEFORE'))).toContain(
      'survey-answered',
    );
  });
  test('refuses a question that nobody asks', () => {
    expect(after(request('BEFORE'), inPart({ answers: { charm: 3 } }))).toBe('answers_unknown');
    expect(after(inPart({ answers: { strategy_clear } }))).toBe('survey_not_requested');
  });
});

test('a firm agrees to be named, and can change its mind', () => {
  const name = (named: boolean, agreedOn: string): SurveyCommand => ({ kind: 'name', named, agreedOn, today });
  expect(stateOf(request('BEFORE'), name(true, '2009-01-01'), name(false, '2009-02-01')).named).toBe(false);
  expect(after(name(true, '2009-01-01'))).toBe('survey_unknown');
  expect(after(request('BEFORE'), name(true, '2014-07-01'))).toBe('date_in_future');
});

test('a firm of a sample is reminded until it answers, each time once', () => {
  const sample: SurveyCommand = { kind: 'sample', wave: 'BEFORE', sample: 's', sampledOn: '2008-06-01' };
  const remind = (number: number): SurveyCommand => ({ kind: 'remind', wave: 'BEFORE', number, today: '2008-06-16' });
  const told = [request('BEFORE'), sample, sample, remind(1), remind(1), remind(2)];
  expect(after(...told)).toEqual(['survey-requested', 'survey-sampled', 'survey-reminder-due', 'survey-reminder-due']);
  expect(after(request('BEFORE'), sample, answer('BEFORE'), remind(1))).not.toContain('survey-reminder-due');
  expect(after(request('BEFORE'), remind(1))).toEqual(['survey-requested']);
});

test('whatever is sent in whatever order: a wave is answered once, wholly, and keeps its answer', () => {
  const names = Object.keys(answers) as (keyof typeof answers)[];
  const part = fc
    .subarray(names, { minLength: 1 })
    .chain((some) =>
      fc
        .tuple(...some.map(() => fc.integer({ min: 1, max: 5 })))
        .map((scores) => inPart({ answers: Object.fromEntries(some.map((name, i) => [name, scores[i]])) })),
    );
  const command = fc.oneof(
    fc.constantFrom(request('BEFORE'), answer('BEFORE')),
    { weight: 4, arbitrary: part },
    fc.constantFrom<SurveyCommand>({ kind: 'sample', wave: 'BEFORE', sample: 's', sampledOn: '2008-06-01' }),
    fc.constantFrom<SurveyCommand>({ kind: 'remind', wave: 'BEFORE', number: 2, today }),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
      let first: unknown;
      for (const { state } of taken(survey, commands)) {
        const wave = state?.waves.BEFORE;
        if (!wave?.answer) continue;
        first ??= wave.answer;
        expect(wave.answer).toEqual(first);
        expect(Object.keys(wave.answer.answers).sort()).toEqual([...names].sort());
        expect(wave.partly).toBeUndefined();
      }
    }),
  );
});
