import { calls } from '../facts/keepers/calls.js';
import type { Figure } from './figure.js';

export const figure: Figure = {
  id: 'calls',
  place: 316,
  group: 'reach',
  labelFr: 'Appels à projets, et critères revus',
  labelEn: 'Calls for projects, and criteria revised',
  definitionFr: 'Appels à projets ouverts, et nouvelles versions de leurs critères de sélection.',
  definitionEn: 'Calls for projects that were opened, and new versions of their criteria.',
  formula: 'count(call-for-projects-opened); count(call-criteria-revised)',
  unit: 'document',
  countsBy: 'the day of the opening; the day of the revision',
  keeps: [calls],
  isCount: false,
  factsOf: {
    programmes: ({ calls: opened = {} }) =>
      Object.values(opened).flatMap(({ opensOn, revised = {} }) => [
        ...(opensOn ? [['calls', opensOn, 1] as const] : []),
        ...Object.values(revised).map((on) => ['calls:revisions', on, 1] as const),
      ]),
  },
};
