import { issues } from '../facts/keepers/firms.js';
import type { Figure } from './figure.js';

export const figure: Figure = {
  id: 'issues',
  place: 334,
  group: 'territory',
  labelFr: 'Difficultés constatées dans les entreprises',
  labelEn: 'Issues found in firms',
  definitionFr:
    'Difficultés constatées dans les entreprises du territoire, chacune une fois par entreprise et par thème.',
  definitionEn: 'Issues found in firms of the territory, each once a firm and theme.',
  formula: 'count(firm-issue-noted) by firm and theme',
  unit: 'issue',
  countsBy: 'the day on which it was noted last',
  keeps: [issues],
  isCount: false,
  facts: ({ firm: { issues: noted = {} } }) => Object.entries(noted).map(([theme, on]) => ['issues', on, 1, theme]),
};
