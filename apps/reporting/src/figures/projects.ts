import { projects } from '../facts/keepers/calls.js';
import { type Figure, NOT_COMPARABLE } from './figure.js';

export const figure: Figure = {
  id: 'projects',
  place: 314,
  group: 'reach',
  labelFr: 'Projets présentés aux appels',
  labelEn: 'Projects submitted to the calls',
  definitionFr:
    "Projets d'actions collectives présentés aux appels à projets, et ce qu'il en a été décidé ; leurs notes et les résultats de leurs actions sont à `projects`.",
  definitionEn:
    'Projects of collective actions that were submitted to the calls, and what was decided; their scores and the results of their actions are in `projects`.',
  formula: 'count(project-submitted), by the last project-decided',
  unit: 'project',
  countsBy: 'the day of the submission; the day of the decision',
  keeps: [projects],
  isCount: false,
  notComparable: NOT_COMPARABLE.criteria,
  factsOf: {
    projects: ({ submittedOn, decided = {} }) => {
      if (submittedOn === undefined) return [];
      const [last] = Object.values(decided)
        .filter(({ outcome }) => outcome !== 'SUBMITTED')
        .sort((a, b) => (a.on < b.on ? 1 : -1));
      return [['projects', submittedOn, 1], ...(last ? [[`projects:${last.outcome}`, last.on, 1] as const] : [])];
    },
  },
};
