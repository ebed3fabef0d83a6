import { expect, test } from '@jest/globals';
import { madeBilan, NAMES } from '../../test/bilan.js';
import type { Bilan } from '../bilan/shape.js';
import { effectsShown } from './effects-shown.js';
import { bilanReport } from './report/bilan-report.js';
import { toldIn } from './words.js';

const value = (name: string, of: number, low: number | null = null, high: number | null = null) => ({
  name,
  labelFr: name,
  labelEn: name,
  unit: 'points' as const,
  value: of,
  low,
  high,
});
const part = (key: string, difference: number, together: readonly [number, number]) => ({
  key,
  labelFr: key,
  labelEn: key,
  n: 118,
  counts: [],
  values: [
    value('before', 0.3),
    value('after', 0.3 + difference),
    value('difference', difference, difference - 0.05, difference + 0.05),
    value('together', difference, ...together),
  ],
});
function weighted(...parts: ReturnType<typeof part>[]): Bilan {
  const bilan = madeBilan();
  const [some] = bilan.estimates;
  if (!some) throw new Error('the made bilan has an estimate');
  return { ...bilan, estimates: [...bilan.estimates, { ...some, id: 'surveyEffects', group: 'effects', parts }] };
}

test('where there is a weighted estimate, no document has another number for the same question', () => {
  const { weighted: isWeighted, effects } = effectsShown(weighted(part('strategy_shared', 0.5, [0.4, 0.6])));
  expect(isWeighted).toBe(true);
  expect(effects).toMatchObject([
    { question: 'strategy_shared', n: 118, before: 0.3, difference: 0.5, together: { low: 0.4 } },
  ]);
});

test('of a release of before there was, the unweighted shares', () => {
  const { weighted: isWeighted, effects } = effectsShown(madeBilan());
  expect(isWeighted).toBe(false);
  expect(effects.map(({ question, together }) => [question, together.low])).toEqual([
    ['strategy_shared', 0.401],
    ['roles_clear', null],
  ]);
});

test('the cover tells the largest difference whose interval holds for all questions at once, with that interval and its answers', () => {
  const bilan = weighted(part('roles_clear', 0.6, [-0.1, 0.9]), part('strategy_shared', 0.503, [0.41, 0.59]));
  const { figures } = bilanReport(toldIn(bilan, NAMES, 'fr'), 'Bilan');
  const told = figures.find(({ label }) => label.includes('plus grand écart'));
  expect(told?.value).toBe('+50,3 points');
  for (const said of ['Stratégie partagée', '118 réponses', '+41,0 à +59,0']) expect(told?.label).toContain(said);
});

test('where no such interval leaves out zero, the cover tells none', () => {
  const { figures } = bilanReport(toldIn(weighted(part('roles_clear', 0.6, [-0.1, 0.9])), NAMES, 'fr'), 'Bilan');
  expect(figures.filter(({ label }) => label.includes('plus grand écart'))).toEqual([]);
});
