import { answers, draws, samples } from '../facts/keepers/survey.js';
import { completion } from '../figures/accompanied.js';
import { agreement } from '../figures/enrolled.js';
import { NOT_COMPARABLE } from '../figures/figure.js';
import type { Estimate } from '../statistics/estimate.js';
import { responseOf } from '../survey/response.js';
import { SURVEYED } from '../survey/surveyed.js';

export const estimate: Estimate = {
  id: 'surveyResponse',
  place: 201,
  group: 'effects',
  labelFr: 'Réponse à l’enquête, par vague et par strate',
  labelEn: 'Response to the survey, by wave and stratum',
  definitionFr:
    'Par vague : entreprises qui pouvaient être interrogées (adhérentes avant, accompagnées après), tirées, tirées qui ont répondu, et qui ont répondu sans avoir été tirées. Par taille, par bassin, et par strate de tirage (bassin et taille) pour qui voit tous les chiffres.',
  definitionEn:
    'By wave: firms that could be asked (enrolled before, accompanied after), drawn, drawn and answered, and answered without having been drawn. By size, by basin, and by stratum of the draw (basin and size) for who sees every figure.',
  formula: 'count(drawn and answered) / count(drawn), by wave, basin and size',
  assumptionsFr: [
    'Une réponse en partie compte pour une réponse. L’effectif est celui de la détection.',
    'Dans les estimations, les réponses d’une strate représentent aussi celles de ses entreprises qui n’ont pas répondu, et elles seules tant qu’il y en a assez.',
  ],
  assumptionsEn: [
    'An answer in part counts as an answer. The headcount is that of the detection.',
    'In the estimates those of a stratum who do not answer are stood for by its answers, and by no others as long as it has enough.',
  ],
  notComparable: NOT_COMPARABLE.survey,
  keeps: [answers, draws, samples, agreement, completion],
  needs: SURVEYED,
  countedBy: ['enrolled', 'accompanied', 'surveyDrawn'],
  counts: {
    population: { labelFr: 'pouvaient être interrogées', labelEn: 'could be asked' },
    drawn: { labelFr: 'tirées', labelEn: 'drawn' },
    answered: { labelFr: 'tirées qui ont répondu', labelEn: 'drawn that answered' },
    volunteers: { labelFr: 'ont répondu sans tirage', labelEn: 'answered without being drawn' },
  },
  values: { rate: { labelFr: 'taux de réponse', labelEn: 'response rate', unit: 'share' } },
  of: responseOf,
};
