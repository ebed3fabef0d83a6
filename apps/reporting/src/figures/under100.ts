import { detection, merges } from '../facts/keepers/firms.js';
import { programmes } from '../facts/keepers/programmes.js';
import { agreement } from './enrolled.js';
import { DAY, type Figure, NOT_COMPARABLE } from './figure.js';
import { once } from './path.js';

export const figure: Figure = {
  id: 'under100',
  place: 90,
  group: 'reach',
  labelFr: 'Adhérentes sous la cible',
  labelEn: 'Enrolled below the target headcount',
  definitionFr: 'Entreprises adhérentes dont l’effectif à la détection est sous la cible du dispositif (100 salariés).',
  definitionEn: "Enrolled firms whose headcount at detection is below the programme's target (100 employees).",
  formula: 'count(firm-enrolled where headcount < targetHeadcount)',
  unit: 'firm',
  countsBy: DAY.agreement,
  keeps: [agreement, detection, programmes, merges],
  isCount: true,
  notComparable: NOT_COMPARABLE.headcount,
  facts: ({ firm, targetHeadcount }) =>
    (firm.headcount ?? Number.POSITIVE_INFINITY) < targetHeadcount ? once('under100', firm, firm.enrolledOn) : [],
};
