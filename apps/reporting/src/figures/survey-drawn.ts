import { draws } from '../facts/keepers/survey.js';
import type { Figure } from './figure.js';
import { drawnDays } from './survey-facts.js';

export const figure: Figure = {
  id: 'surveyDrawn',
  place: 201,
  group: 'effects',
  labelFr: 'Entreprises tirées pour l’enquête, à une vague au moins',
  labelEn: 'Firms drawn for the survey, in one wave at least',
  definitionFr:
    'Entreprises tirées au sort dans un échantillon de l’enquête, à une vague au moins. Celles d’entre elles qui ont répondu aux deux vagues sont une part de l’enquête avant/après.',
  definitionEn:
    'Firms drawn into a sample of the survey, in one wave at least. Those of them that answered both are a part of the before/after survey.',
  formula: 'count(firms with survey-sampled)',
  unit: 'firm',
  countsBy: 'the day of the draw',
  keeps: [draws],
  isCount: false,
  facts: ({ firm }) => {
    const [first] = drawnDays(firm);
    return first ? [['surveyDrawn', first, 1]] : [];
  },
};
