import { taken } from '@gpect/test-kit/commands';
import { scenarioOf } from '@gpect/test-kit/scenario';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
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
const { run } = scenarioOf(questionnaire);
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

test('whatever is published in whatever order: versions follow one another by day, and none is changed later', () => {
  const command = fc
    .record({
      names: fc.uniqueArray(fc.constantFrom('apprentices', 'tutors', 'roles_clear'), { minLength: 1 }),
      appliesFrom: fc.constantFrom('2010-01-01', '2011-01-01', '2012-01-01'),
    })
    .map(({ names, appliesFrom }): PublishVersion => {
      const questions = names.map((name) => ({ ...question, question: name }));
      return { ...publish, questions, appliesFrom };
    });
  fc.assert(
    fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
      for (const { before, state } of taken(questionnaire, commands)) {
        expect(state.slice(0, before.length)).toEqual(before);
        expect(state.map((v) => v.version)).toEqual(state.map((_v, i) => i + 1));
        const days = state.flatMap((v) => v.appliesFrom ?? []);
        expect(days).toEqual([...new Set(days)].sort());
        expect(state.flatMap((v) => v.questions.map((q) => q.question))).not.toContain('roles_clear');
      }
    }),
  );
});
