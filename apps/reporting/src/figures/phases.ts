import { actionsUnderWay } from '../facts/keepers/actions.js';
import type { Figure } from './figure.js';

export const figure: Figure = {
  id: 'phases',
  place: 302,
  group: 'territory',
  labelFr: 'Phases engagées',
  labelEn: 'Phases begun',
  definitionFr:
    'Phases que les actions collectives ont engagées (construction, qualification, appui-conseil, évaluation) ; leurs durées prévues et réalisées, action par action, sont à `phases`.',
  definitionEn:
    'Phases that collective actions began (building, qualification, consulting, evaluation); how long each was planned and took, by action, is in `phases`.',
  formula: 'count(collective-action-phase-started) by phase',
  unit: 'phase',
  countsBy: 'the day on which the phase began',
  keeps: [actionsUnderWay],
  isCount: false,
  factsOf: {
    actions: ({ phasesStarted = {} }) =>
      Object.entries(phasesStarted).flatMap(([phase, on]) => [
        ['phases', on, 1] as const,
        [`phases:${phase}`, on, 1] as const,
      ]),
  },
};
