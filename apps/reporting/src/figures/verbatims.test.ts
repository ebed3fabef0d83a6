import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { documentsOf } from '../../test/said.js';
import { surveyOf } from '../bilan/survey.js';
import type { VerbatimDocument } from '../facts/documents.js';
import { withoutNames } from '../programmes/verbatims.js';
import { nothingAt } from './counted-in.js';
import { figure } from './verbatims.js';

const words = (verbatim: string, theme: string, text: string, consented = true, consentedOn = '2009-06-05') =>
  event('evaluation.survey-verbatim-recorded', { verbatim, theme, text, consented, consentedOn } as never);
const kept = (...events: ReturnType<typeof words>[]) => documentsOf(figure, events).of<VerbatimDocument>('verbatims');
const told = (documents: readonly VerbatimDocument[], asOf?: string) =>
  surveyOf(nothingAt({}), {
    hasEffects: true,
    isMasked: false,
    documents: { samples: [], verbatims: withoutNames(documents, ['Mécanique']) },
    asOf,
  });

test('words are told by theme, without whose they are, once the firm has agreed', () => {
  const { verbatims, verbatimsWithheld } = told(
    kept(
      words('1', 'TRAINING', 'Nous formons.'),
      words('2', 'STRATEGY', 'Nous savons où aller.'),
      words('3', 'SOCIAL', 'Chez Mécanique on parle.'),
    ),
  );
  expect(verbatims).toEqual([
    { theme: 'STRATEGY', by: 'MANAGER', text: 'Nous savons où aller.' },
    { theme: 'TRAINING', by: 'MANAGER', text: 'Nous formons.' },
  ]);
  expect(verbatimsWithheld).toBe(1);
});

test('words that the firm does not agree to are not kept; taken back, they are kept no more', () => {
  expect(kept(words('1', 'SOCIAL', 'Rien à dire.', false))[0]?.text).toBeNull();
  const [document] = kept(
    words('1', 'SOCIAL', 'Rien à dire.'),
    words('1', 'SOCIAL', 'Rien à dire.', false, '2010-01-01'),
  );
  expect(document?.text).toBeNull();
  expect(told(document ? [document] : []).verbatims).toEqual([]);
});

test('as of a day, what was said and agreed to by then', () => {
  const documents = kept(words('1', 'SOCIAL', 'Rien à dire.', true, '2010-01-01'));
  expect(told(documents, '2009-12-31').verbatims).toEqual([]);
  expect(told(documents, '2010-01-01').verbatims).toHaveLength(1);
});
