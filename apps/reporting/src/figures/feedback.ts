import { feedback } from '../facts/keepers/persons.js';
import type { Figure } from './figure.js';

/** From this score on a participant is satisfied, or finds a workshop useful: 4 or 5 of 5. */
const YES = 4;

export const figure: Figure = {
  id: 'feedback',
  place: 338,
  group: 'delivery',
  labelFr: 'Avis des participants',
  labelEn: 'Feedback of participants',
  definitionFr:
    'Avis donnés après les animations collectives, dont ceux de participants satisfaits et de ceux qui les jugent utiles à l’entreprise (4 ou 5 sur 5) ; masqués quand trop peu de personnes en ont donné.',
  definitionEn:
    'What participants said of workshops, those satisfied, and those who find them useful for the firm (4 or 5 of 5); masked where too few persons said something.',
  formula: 'count(workshop-feedback-given); satisfaction >= 4; usefulness >= 4',
  unit: 'feedback',
  countsBy: 'the day on which it was given',
  keeps: [feedback],
  isCount: false,
  factsOf: {
    persons: ({ feedback: given = {} }) =>
      Object.values(given).flatMap(({ on, satisfaction, usefulness }) => [
        ['feedback', on, 1] as const,
        ...(satisfaction >= YES ? [['feedback:satisfied', on, 1] as const] : []),
        ...(usefulness >= YES ? [['feedback:useful', on, 1] as const] : []),
      ]),
  },
  sums: [
    { total: 'feedback', parts: ['feedback:satisfied'] },
    { total: 'feedback', parts: ['feedback:useful'] },
  ],
};
