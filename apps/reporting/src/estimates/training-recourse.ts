import { answers, draws } from '../facts/keepers/survey.js';
import { completion } from '../figures/accompanied.js';
import { agreement } from '../figures/enrolled.js';
import { NOT_COMPARABLE } from '../figures/figure.js';
import type { Estimate } from '../statistics/estimate.js';
import { effectOf } from '../survey/effects.js';
import { LITTLE_RECOURSE } from '../survey/facts.js';
import { SURVEYED } from '../survey/surveyed.js';
import { CHANGE, NOT_PAIRED_EN, NOT_PAIRED_FR, WEIGHTED_EN, WEIGHTED_FR } from '../survey/words.js';

export const estimate: Estimate = {
  id: 'trainingRecourse',
  place: 204,
  group: 'effects',
  labelFr: 'Peu de recours à la formation et pas de politique',
  labelEn: 'Little recourse to training and no policy',
  definitionFr:
    'Part des accompagnées qui répondent 1 ou 2 aux deux questions sur la formation (priorité, politique), avant et après. Le questionnaire 1 ne demande pas le recours lui-même : il est lu dans ces deux réponses.',
  definitionEn:
    'Share of accompanied firms that answer 1 or 2 to both questions on training (priority, policy), before and after. Questionnaire 1 does not ask for the recourse itself: it is read in these two answers.',
  formula: 'as surveyEffects, of one question',
  assumptionsFr: [NOT_PAIRED_FR, ...WEIGHTED_FR],
  assumptionsEn: [NOT_PAIRED_EN, ...WEIGHTED_EN],
  notComparable: NOT_COMPARABLE.survey,
  keeps: [answers, draws, agreement, completion],
  needs: SURVEYED,
  countedBy: ['accompanied', 'survey', 'survey:drawnAtLeastOnce'],
  counts: {},
  values: CHANGE,
  of: (asked) => effectOf(asked, LITTLE_RECOURSE),
};
