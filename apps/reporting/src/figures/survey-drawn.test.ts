import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure as survey } from './survey.js';
import { figure } from './survey-drawn.js';

const drawn = (wave: 'BEFORE' | 'AFTER', sample: string, sampledOn: string) =>
  event('evaluation.survey-sampled', { wave, sample, sampledOn });
const answered = (wave: 'BEFORE' | 'AFTER', answeredOn: string) =>
  event('evaluation.survey-answered', { wave, answeredOn, answers: {}, trends: undefined as never } as never);

test('a firm that was drawn in both waves, or twice in one, is drawn once, from the first day on', () => {
  const draws = [
    drawn('AFTER', 'panel', '2013-10-01'),
    drawn('BEFORE', 'quart', '2010-06-01'),
    drawn('BEFORE', 'plus', '2010-07-01'),
  ];
  expect(saidOf(figure, draws)).toEqual([['surveyDrawn', '2010-06-01', 1]]);
  expect(saidOf(figure, [answered('BEFORE', '2010-06-10')])).toEqual([]);
});

test('who answered both waves was drawn, or is a volunteer', () => {
  const both = [answered('BEFORE', '2010-06-10'), answered('AFTER', '2012-01-10')];
  expect(saidOf(survey, both)).toContainEqual(['survey:volunteers', '2012-01-10', 1]);
  const said = saidOf(survey, [...both, drawn('BEFORE', 'quart', '2010-06-01')]);
  expect(said).toContainEqual(['survey:drawnAtLeastOnce', '2012-01-10', 1]);
  expect(said.map(([measure]) => measure)).not.toContain('survey:volunteers');
});
