import { ALWAYS } from '../facts/fact.js';
import { actions, diagnostics } from '../facts/keepers/actions.js';
import type { Figure } from './figure.js';

export const figure: Figure = {
  id: 'diagnostics',
  place: 312,
  group: 'territory',
  labelFr: 'Sources et constats des diagnostics de territoire',
  labelEn: 'Sources and findings of the territorial diagnostics',
  definitionFr:
    'Sources sur lesquelles les diagnostics de territoire reposent, et spécificités relevées dans les bassins.',
  definitionEn: 'Sources that the territorial diagnostics rest on, and what was noted as particular to basins.',
  formula: 'count(diagnostic-source-added); count(territory-specificity-noted)',
  unit: 'document',
  countsBy: 'the day on which a source was published; else the day on which the action starts',
  keeps: [diagnostics, actions],
  isCount: false,
  factsOf: {
    actions: ({ diagnostic = {}, specificities = {}, startsOn = ALWAYS }) => [
      ...Object.values(diagnostic).flatMap((day) => [
        ['diagnostics', day || startsOn, 1] as const,
        ['diagnostics:sources', day || startsOn, 1] as const,
      ]),
      ...Object.values(specificities).flatMap(() => [
        ['diagnostics', startsOn, 1] as const,
        ['diagnostics:specificities', startsOn, 1] as const,
      ]),
    ],
  },
};
