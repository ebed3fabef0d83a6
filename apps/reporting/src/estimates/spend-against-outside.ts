import { detection, merges, moves } from '../facts/keepers/firms.js';
import { filesRead, payments } from '../facts/keepers/spend.js';
import { completion } from '../figures/accompanied.js';
import { agreement } from '../figures/enrolled.js';
import { NOT_COMPARABLE } from '../figures/figure.js';
import { COMPARED_ASSUMPTIONS, COMPARED_COUNTS, COMPARED_VALUES, comparedSpend } from '../spend/compared.js';
import { fundersOf } from '../spend/coverage.js';
import type { Estimate } from '../statistics/estimate.js';

export const estimate: Estimate = {
  id: 'spendAgainstOutside',
  place: 40,
  group: 'spend',
  labelFr: 'Dépenses des accompagnées, comparées aux entreprises des mêmes fichiers hors du dispositif',
  labelEn: 'Spend of accompanied firms, against firms of the same files outside the programme',
  definitionFr:
    'Évolution des dépenses des accompagnées (mêmes périodes et mêmes entreprises que l’avant/après), rapportée à celle des entreprises que les fichiers des mêmes financeurs nomment et que le dispositif n’a jamais repérées. Celles-ci n’ont pas de périodes à elles : chacune est lue aux périodes de toutes les accompagnées des mêmes financeurs (ceux qui avaient payé pour elles avant l’adhésion), dans leurs proportions, et les financeurs pèsent comme parmi les accompagnées.',
  definitionEn:
    'Change of spend of accompanied firms (the windows and firms of before and after), against that of firms that the files of the same funders name and that the programme never detected. These have no windows of their own: each is looked at in the windows of all accompanied firms of the same funders (those that had paid for them before the enrolment), in their proportions, and funders weigh as among the accompanied.',
  formula: '(after / before of accompanied) / (after / before of compared, weighted by funder) - 1',
  assumptionsFr: [
    'Comparées par financeur seulement, non ajustées par secteur ni par taille : les fichiers des financeurs ne disent ni l’un ni l’autre.',
    ...COMPARED_ASSUMPTIONS.fr,
  ],
  assumptionsEn: [
    'Compared by funder alone, unadjusted by sector and by size: funders’ files hold neither.',
    ...COMPARED_ASSUMPTIONS.en,
  ],
  notComparable: NOT_COMPARABLE.funders,
  keeps: [payments, agreement, completion, detection, merges, moves, filesRead],
  needs: ['detected', 'enrolled', 'accompanied', 'spend', 'spend:funder:*'],
  countedBy: ['accompanied'],
  counts: COMPARED_COUNTS,
  values: COMPARED_VALUES,
  of: (asked) =>
    comparedSpend(asked, {
      // A case that was merged into another has an action, and is not detected by itself.
      isCompared: ({ said, place }) => !said.has('detected') && (place['action'] ?? []).length === 0,
      // Who paid later, the programme may have brought about.
      stratumOf: (firm, until) => {
        const funders = fundersOf(firm, until);
        return funders.length > 0 ? JSON.stringify(funders) : undefined;
      },
      nobodyFr: 'Les fichiers des financeurs ne nomment aucune entreprise hors du dispositif.',
      nobodyEn: 'The funders’ files name no firm outside the programme.',
    }),
};
