import { addedAnswers, answers, draws, questionnaires } from '../facts/keepers/survey.js';
import { completion } from '../figures/accompanied.js';
import { agreement } from '../figures/enrolled.js';
import { NOT_COMPARABLE } from '../figures/figure.js';
import type { Estimate } from '../statistics/estimate.js';
import { addedOf } from '../survey/added.js';
import { ADDED, SURVEYED } from '../survey/surveyed.js';
import { OF_ONE_WAVE_EN, OF_ONE_WAVE_FR } from '../survey/words.js';

export const estimate: Estimate = {
  id: 'addedQuestions',
  place: 206,
  group: 'effects',
  labelFr: 'Questions ajoutées par le dispositif',
  labelEn: 'Questions that the programme added',
  definitionFr:
    'Par question ajoutée au questionnaire et par vague, ce que répondraient toutes les accompagnées : part de « oui » (4 ou 5) d’une note, part de chaque choix, moyenne et médiane d’un nombre ; d’une note demandée aux deux vagues, l’écart en points. Une question de texte n’a pas de chiffre.',
  definitionEn:
    'By question added to the questionnaire and by wave, what all accompanied firms would answer: the share of "yes" (4 or 5) of a score, the share of each choice, the mean and median of a number; of a score that is asked in both waves, the difference in points. A question of text has no number.',
  formula:
    'as surveyEffects; of a share the interval of Wilson (1927), of a mean Student’s, of a median that of Woodruff (1952)',
  assumptionsFr: OF_ONE_WAVE_FR,
  assumptionsEn: OF_ONE_WAVE_EN,
  notComparable: NOT_COMPARABLE.survey,
  keeps: [addedAnswers, questionnaires, answers, draws, agreement, completion],
  needs: [...SURVEYED, ...ADDED],
  countedBy: ['accompanied', 'survey'],
  counts: {},
  values: {
    share: { labelFr: 'part', labelEn: 'share', unit: 'share' },
    mean: { labelFr: 'moyenne', labelEn: 'mean', unit: 'number' },
    median: { labelFr: 'médiane', labelEn: 'median', unit: 'number' },
    difference: { labelFr: 'écart, en points', labelEn: 'difference, in points', unit: 'points' },
  },
  of: addedOf,
};
