import { dictionary } from '@gpect/domain-values/records';
import type { ToldCell } from '../secrecy/told.js';
import { pairedDifference } from './paired-interval.js';
import type { Bilan } from './shape.js';

type Survey = Bilan['survey'];
type Trend = 'UP' | 'STABLE' | 'DOWN';

/**
 * What firms that answered both waves say. Where one number of a question is masked, its shares are.
 * @param hasEffects false where counts are rounded: differences are made of counts as they are
 */
export function surveyOf(total: ToldCell, hasEffects: boolean): Survey {
  const of = (part: string) => total.value(`survey:${part}`);
  const firms = total.value('survey');
  const questions = total.parts('survey:asked').map(([question]) => question);
  const trends = dictionary<Record<Trend, number | null>>();
  for (const [part, count] of total.parts('survey:trend')) {
    const [name = '', trend = ''] = part.split(':');
    trends[name] ??= { UP: 0, STABLE: 0, DOWN: 0 };
    trends[name][trend as Trend] = count;
  }
  return {
    firms,
    ...(firms === null ? { masked: true } : {}),
    yes: Object.fromEntries(questions.map((q) => [q, { before: of(`before:${q}`), after: of(`after:${q}`) }])),
    effects: hasEffects ? questions.flatMap((question) => effectOf(question, total)) : [],
    trends,
    trainingPriority: {
      littleRecourseAndNoPolicyBefore: of('noTrainingBefore'),
      priorityAfter: of('trainingPriorityAfter'),
      of: firms,
    },
  };
}

function effectOf(question: string, total: ToldCell): Survey['effects'] {
  const [n, before, after] = ['asked', 'before', 'after'].map((part) => total.value(`survey:${part}:${question}`));
  const [gained, lost] = ['gained', 'lost'].map((part) => total.value(`~survey:${part}:${question}`));
  if (n === null || n === undefined || before === null || after === null)
    return [{ question, n: n ?? null, before: null, after: null, difference: null, low: null, high: null }];
  const made = pairedDifference(n, before ?? 0, after ?? 0, gained ?? 0, lost ?? 0);
  if (!made) return [];
  return [{ question, ...made, ...(gained === null || lost === null ? { low: null, high: null } : {}) }];
}
