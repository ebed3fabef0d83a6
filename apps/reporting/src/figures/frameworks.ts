import { frameworks } from '../facts/keepers/programmes.js';
import type { Figure } from './figure.js';

export const figure: Figure = {
  id: 'frameworks',
  place: 318,
  group: 'territory',
  labelFr: "Versions du cadre commun d'animation",
  labelEn: 'Versions of the shared framework',
  definitionFr: 'Versions publiées du cadre selon lequel tous les consultants travaillent.',
  definitionEn: 'Versions of the framework that all consultants work by.',
  formula: 'count(shared-framework-published)',
  unit: 'document',
  countsBy: 'the day of the publication',
  keeps: [frameworks],
  isCount: false,
  factsOf: {
    programmes: ({ frameworks: versions = {} }) => Object.values(versions).map((on) => ['frameworks', on, 1]),
  },
};
