import { ALWAYS } from '../facts/fact.js';
import { actions } from '../facts/keepers/actions.js';
import type { Figure } from './figure.js';

export const figure: Figure = {
  id: 'targetFirms',
  place: 300,
  group: 'reach',
  labelFr: 'Entreprises visées',
  labelEn: 'Firms aimed at',
  definitionFr:
    "Objectif que chaque action collective s'est donné à son lancement ; par bassin, il compte dans le premier bassin de l'action.",
  definitionEn:
    'The objective of each collective action at its launch; by basin, it counts for the first basin of the action.',
  formula: 'sum(collective-action-launched.targetFirms)',
  unit: 'firm aimed at',
  countsBy: 'the day on which the action starts',
  keeps: [actions],
  isCount: false,
  factsOf: { actions: ({ targetFirms = 0, startsOn = ALWAYS }) => [['targetFirms', startsOn, targetFirms]] },
};
