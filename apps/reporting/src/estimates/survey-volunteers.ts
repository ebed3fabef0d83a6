import { answers, draws } from '../facts/keepers/survey.js';
import { completion } from '../figures/accompanied.js';
import { agreement } from '../figures/enrolled.js';
import { volunteersOf } from '../survey/effects.js';
import { SURVEYED } from '../survey/surveyed.js';
import { CHANGE } from '../survey/words.js';
import type { Estimate } from './estimate.js';

export const estimate: Estimate = {
  id: 'surveyVolunteers',
  place: 203,
  group: 'effects',
  labelFr: 'Évolutions déclarées par les répondantes hors tirage',
  labelEn: 'Changes as declared by firms that answered without being drawn',
  definitionFr:
    'Par question, part de « oui » avant et après parmi les entreprises accompagnées qui ont répondu aux deux vagues sans avoir été tirées à chaque vague où il y a eu un tirage.',
  definitionEn:
    'By question, the share of "yes" before and after among accompanied firms that answered both waves without having been drawn in each wave in which there was a draw.',
  formula: 'count(yes) / count(answered both), among volunteers',
  assumptionsFr: [
    'Qui répond de soi-même ne parle que pour soi : ces parts n’ont ni poids ni intervalle, et ne s’étendent à personne d’autre.',
  ],
  assumptionsEn: [
    'Who answers unasked speaks for themselves: these shares have neither weights nor intervals, and are of nobody else.',
  ],
  keeps: [answers, draws, agreement, completion],
  needs: SURVEYED,
  counts: {},
  values: CHANGE,
  of: volunteersOf,
};
