import { target } from '@gpect/service-kit/aggregate/aggregate';
import { expect, test } from '@jest/globals';
import { type PublishVersion, questionnaire } from './questionnaire.js';
import { type Question, type Version, versionOn } from './questions.js';

const question: Question = {
  question: 'apprentices',
  label: 'Apprentis ?',
  kind: 'NUMBER',
  theme: 'TRAINING',
  waves: ['BEFORE'],
};
const publish: PublishVersion = {
  kind: 'publish',
  programme: 'p',
  questions: [question],
  appliesFrom: '2010-01-01',
  reason: 'Apprentissage',
};
const run = (...commands: PublishVersion[]) => target(questionnaire, 'x', ...commands).run(questionnaire.initial);
const codeOf = (...commands: PublishVersion[]) => {
  const result = run(...commands);
  return result.ok ? 'taken' : result.fault.code;
};

test('version 1 is there; a later one applies from its day on, and is published once', () => {
  const result = run(publish, publish, { ...publish, appliesFrom: '2011-01-01' });
  const versions = (result.ok ? result.value.state : []) as readonly Version[];
  expect(versions.map((v) => v.version)).toEqual([1, 2, 3]);
  expect(['2009-12-31', '2010-01-01', '2012-01-01'].map((on) => versionOn(versions, on).version)).toEqual([1, 2, 3]);
});

test.each<[string, PublishVersion[], string]>([
  [
    'a question of version 1 again',
    [{ ...publish, questions: [{ ...question, question: 'roles_clear' }] }],
    'questions_twice',
  ],
  ['a choice without choices', [{ ...publish, questions: [{ ...question, kind: 'CHOICE' }] }], 'choices_unclear'],
  ['choices of a number', [{ ...publish, questions: [{ ...question, choices: ['1', '2'] }] }], 'choices_unclear'],
  ['a version before the last', [publish, { ...publish, appliesFrom: '2009-01-01' }], 'date_too_early'],
])('refuses %s', (_what, commands, code) => {
  expect(codeOf(...commands)).toBe(code);
});
