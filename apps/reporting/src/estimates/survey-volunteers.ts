import { answers, draws } from '../facts/keepers/survey.js';
import { completion } from '../figures/accompanied.js';
import { agreement } from '../figures/enrolled.js';
import { NOT_COMPARABLE } from '../figures/figure.js';
import type { Estimate } from '../statistics/estimate.js';
import { volunteersOf } from '../survey/effects.js';
import { SURVEYED } from '../survey/surveyed.js';
import { CHANGE } from '../survey/words.js';

export const estimate: Estimate = {
  id: 'surveyVolunteers',
  place: 203,
  group: 'effects',
  labelFr: 'Évolutions déclarées par les répondantes hors tirage',
  labelEn: 'Changes as declared by firms that answered without being drawn',
  definitionFr:
    'Par question, part de « oui » avant et après parmi les entreprises accompagnées qui ont répondu aux deux vagues sans avoir été tirées à aucune vague.',
  definitionEn:
    'By question, the share of "yes" before and after among accompanied firms that answered both waves without having been drawn in any wave.',
  formula: 'count(yes) / count(answered both), among volunteers',
  assumptionsFr: [
    'Une entreprise qui répond sans avoir été tirée ne représente qu’elle-même\u00a0: ces parts n’ont ni poids ni intervalle et ne s’étendent à aucune autre. Une entreprise tirée à une seule des vagues n’est ni ici ni parmi les tirées.',
  ],
  assumptionsEn: [
    'A firm that answers without being drawn stands for itself: these shares have neither weights nor intervals, and are of no other. One drawn in one wave of two is neither here nor among those drawn.',
  ],
  notComparable: NOT_COMPARABLE.survey,
  keeps: [answers, draws, agreement, completion],
  needs: SURVEYED,
  countedBy: ['survey', 'survey:volunteers'],
  counts: {},
  values: CHANGE,
  of: volunteersOf,
};
