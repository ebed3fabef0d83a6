import { detection, merges, moves } from '../facts/keepers/firms.js';
import { filesRead, payments } from '../facts/keepers/spend.js';
import { completion } from '../figures/accompanied.js';
import { refusal } from '../figures/declined.js';
import { agreement } from '../figures/enrolled.js';
import { NOT_COMPARABLE } from '../figures/figure.js';
import { immaturity } from '../figures/not-mature.js';
import { COMPARED_ASSUMPTIONS, COMPARED_COUNTS, COMPARED_VALUES, comparedSpend } from '../spend/compared.js';
import type { Estimate } from '../statistics/estimate.js';

export const estimate: Estimate = {
  id: 'spendAgainstDeclined',
  place: 30,
  group: 'spend',
  labelFr: 'Dépenses des accompagnées, comparées aux entreprises qui ont refusé ou de maturité insuffisante',
  labelEn: 'Spend of accompanied firms, against firms that declined or were not mature',
  definitionFr:
    'Évolution des dépenses des accompagnées (mêmes périodes et mêmes entreprises que l’avant/après), rapportée à celle des entreprises qui ont refusé de signer ou dont la maturité était insuffisante, de même section NAF et de même tranche d’effectif, dans tout le dispositif. Celles-ci n’ont pas de périodes à elles : chacune est lue aux périodes de toutes les accompagnées qui lui ressemblent, dans leurs proportions, et les secteurs et tailles pèsent comme parmi les accompagnées.',
  definitionEn:
    'Change of spend of accompanied firms (the windows and firms of before and after), against that of firms that declined to sign or were not mature, of the same NAF section and band of headcount, of the whole programme. These have no windows of their own: each is looked at in the windows of all accompanied firms that are like it, in their proportions, and sectors and sizes weigh as among the accompanied.',
  formula: '(after / before of accompanied) / (after / before of compared, weighted by section x size) - 1',
  assumptionsFr: [
    'Comparées par secteur et taille seulement ; une accompagnée sans entreprise semblable est écartée et comptée à part.',
    ...COMPARED_ASSUMPTIONS.fr,
  ],
  assumptionsEn: [
    'Compared by sector and size alone; an accompanied firm that no other is like is left out and told apart.',
    ...COMPARED_ASSUMPTIONS.en,
  ],
  notComparable: NOT_COMPARABLE.funders,
  keeps: [payments, agreement, completion, refusal, immaturity, detection, merges, moves, filesRead],
  needs: ['detected', 'enrolled', 'accompanied', 'declined', 'notMature', 'spend', 'spend:funder:*'],
  countedBy: ['accompanied', 'declined', 'notMature'],
  counts: COMPARED_COUNTS,
  values: COMPARED_VALUES,
  of: (asked) =>
    comparedSpend(asked, {
      isCompared: ({ said }) => said.has('declined') || said.has('notMature'),
      stratumOf: ({ place }) => {
        const [section] = place['section'] ?? [];
        const [size] = place['size'] ?? [];
        return section && size ? `${section} ${size}` : undefined;
      },
      nobodyFr:
        'Les fichiers des financeurs n’ont aucune ligne d’une entreprise qui a refusé ou de maturité insuffisante.',
      nobodyEn: 'The funders’ files have no line of a firm that declined or was not mature.',
    }),
};
