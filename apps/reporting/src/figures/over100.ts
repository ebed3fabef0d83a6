import { detection, merges } from '../facts/keepers/firms.js';
import { programmes } from '../facts/keepers/programmes.js';
import { agreement } from './enrolled.js';
import { DAY, type Figure, NOT_COMPARABLE } from './figure.js';
import { once } from './path.js';

export const figure: Figure = {
  id: 'over100',
  place: 100,
  group: 'reach',
  labelFr: 'Adhérentes au-dessus de la cible',
  labelEn: 'Enrolled at or above the target headcount',
  definitionFr: 'Entreprises adhérentes dont l’effectif à la détection atteint la cible du dispositif (100 salariés).',
  definitionEn: "Enrolled firms whose headcount at detection is at or above the programme's target (100 employees).",
  formula: 'count(firm-enrolled where headcount >= targetHeadcount)',
  unit: 'firm',
  countsBy: DAY.agreement,
  keeps: [agreement, detection, programmes, merges],
  isCount: true,
  notComparable: NOT_COMPARABLE.headcount,
  facts: ({ firm, targetHeadcount }) =>
    (firm.headcount ?? Number.NEGATIVE_INFINITY) >= targetHeadcount ? once('over100', firm, firm.enrolledOn) : [],
};
