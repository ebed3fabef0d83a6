import { answers, draws } from '../facts/keepers/survey.js';
import { completion } from '../figures/accompanied.js';
import { agreement } from '../figures/enrolled.js';
import { NOT_COMPARABLE } from '../figures/figure.js';
import type { Estimate } from '../statistics/estimate.js';
import { effectOf } from '../survey/effects.js';
import { SURVEYED } from '../survey/surveyed.js';
import { CHANGE, NOT_PAIRED_EN, NOT_PAIRED_FR, WEIGHTED_EN, WEIGHTED_FR } from '../survey/words.js';

export const estimate: Estimate = {
  id: 'trainingPriority',
  place: 205,
  group: 'effects',
  labelFr: 'Priorité donnée à la formation',
  labelEn: 'Priority given to training',
  definitionFr: 'Part des accompagnées pour qui la formation est une priorité (4 ou 5), avant et après.',
  definitionEn: 'Share of accompanied firms to whom training is a priority (4 or 5), before and after.',
  formula: 'as surveyEffects, of one question',
  assumptionsFr: [NOT_PAIRED_FR, ...WEIGHTED_FR],
  assumptionsEn: [NOT_PAIRED_EN, ...WEIGHTED_EN],
  notComparable: NOT_COMPARABLE.survey,
  keeps: [answers, draws, agreement, completion],
  needs: SURVEYED,
  countedBy: ['accompanied', 'survey', 'survey:drawnAtLeastOnce', 'survey:asked:training_priority'],
  counts: {},
  values: CHANGE,
  of: (asked) => effectOf(asked, 'training_priority'),
};
