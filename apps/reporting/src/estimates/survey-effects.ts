import { answers, draws } from '../facts/keepers/survey.js';
import { completion } from '../figures/accompanied.js';
import { agreement } from '../figures/enrolled.js';
import { NOT_COMPARABLE } from '../figures/figure.js';
import type { Estimate } from '../statistics/estimate.js';
import { effectsOf } from '../survey/effects.js';
import { SURVEYED } from '../survey/surveyed.js';
import { CHANGE, WEIGHTED_EN, WEIGHTED_FR } from '../survey/words.js';

export const estimate: Estimate = {
  id: 'surveyEffects',
  place: 202,
  group: 'effects',
  labelFr: 'Évolutions déclarées, pondérées',
  labelEn: 'Changes as declared, weighted',
  definitionFr:
    'Par question, part de « oui » (4 ou 5) avant et après parmi toutes les entreprises accompagnées, estimée par celles qui ont été tirées à chaque vague où il y a eu un tirage et ont répondu aux deux, et leur écart en points.',
  definitionEn:
    'By question, the share of "yes" (4 or 5) before and after among all accompanied firms, estimated by those that were drawn in each wave in which there was a draw and answered both, and the difference in points.',
  formula:
    'sum(w * yes) / N, w of the draw and of post-strata; interval: Bonett and Price (2012) with the n that weighted answers are worth',
  assumptionsFr: [
    ...WEIGHTED_FR,
    'Regarder toutes les questions ensemble demande plus que chacune seule : le second intervalle (« ensemble ») vaut pour toutes à la fois (Bonferroni), quels que soient les liens entre les réponses d’une même entreprise. Il est préféré à des valeurs p corrigées (Holm), qui décident sans dire de combien.',
  ],
  assumptionsEn: [
    ...WEIGHTED_EN,
    'Looking at all questions asks more than at each alone: the second interval ("together") holds for all at once (Bonferroni), whatever ties there are between answers of one firm. It is preferred to adjusted p-values (Holm), which decide without saying by how much.',
  ],
  notComparable: NOT_COMPARABLE.survey,
  keeps: [answers, draws, agreement, completion],
  needs: SURVEYED,
  countedBy: ['accompanied', 'survey', 'survey:drawnAtLeastOnce'],
  counts: {},
  values: {
    ...CHANGE,
    together: {
      labelFr: 'écart, toutes questions ensemble',
      labelEn: 'difference, all questions together',
      unit: 'points',
    },
  },
  of: effectsOf,
};
