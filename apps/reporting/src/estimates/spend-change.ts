import { moves } from '../facts/keepers/firms.js';
import { filesRead, payments } from '../facts/keepers/spend.js';
import { completion } from '../figures/accompanied.js';
import { agreement } from '../figures/enrolled.js';
import { NOT_COMPARABLE } from '../figures/figure.js';
import { CHANGE_COUNTS, CHANGE_VALUES, changeOfSpend } from '../spend/change.js';
import type { Estimate } from '../statistics/estimate.js';

export const estimate: Estimate = {
  id: 'spendChange',
  place: 10,
  group: 'spend',
  labelFr: 'Dépenses de formation des accompagnées : avant et après',
  labelEn: 'Training spend of accompanied firms: before and after',
  definitionFr:
    'Dépenses des 12 mois civils qui suivent le mois de la fin, rapportées à celles des 12 mois civils qui précèdent le mois de l’adhésion, parmi les seules accompagnées dont les deux périodes sont écoulées et couvertes par les fichiers de tous leurs financeurs. Aucun fichier ne dit quels mois il couvre : un financeur couvre du mois de sa première ligne à celui de sa dernière, toutes entreprises confondues, sans les mois inachevés au jour de lecture de son dernier fichier ou au jour demandé.',
  definitionEn:
    'Spend in the 12 calendar months that follow the month of completion, against the 12 calendar months that end before the month of enrolment, among those accompanied firms alone both of whose windows have elapsed and are covered by the files of all their funders. No file says which months it covers: a funder covers from the month of its first line to that of its last, of all firms, without months that had not ended on the day its last file was read, or by the day that is asked for.',
  formula: 'sum(after) / sum(before) - 1; mean and median of (after - before), firm by firm',
  assumptionsFr: [
    'Toutes les accompagnées qui se comparent y sont : ce n’est pas un échantillon. Les intervalles se lisent comme si ces entreprises étaient un tirage d’entreprises semblables.',
    'Un financeur de trois entreprises ou moins n’est réputé couvrir que jusqu’à sa propre dernière ligne : ses entreprises ne comptent alors que si elles ont été payées jusque-là, ce qui peut relever l’évolution.',
    'Intervalles à 95 % : du total, rapport de deux totaux linéarisé sur son logarithme ; de l’écart moyen, Student sur les différences appariées ; de l’écart médian, statistiques d’ordre (exact, sans hypothèse de loi).',
    'Une évolution n’est pas un effet : ce qui aurait changé sans le dispositif (conjoncture, prix, règles des financeurs) y est compris. Voir les comparaisons qui suivent.',
    'En euros courants. Un mois sans ligne dans la période couverte compte pour zéro.',
  ],
  assumptionsEn: [
    'All accompanied firms that can be compared are in it: it is no sample. Intervals are to be read as if these firms were drawn from firms like them.',
    'A funder of three firms or fewer is taken to cover no more than up to its own last line: its firms then count only where they were paid up to there, which may raise the change.',
    '95 % intervals: of the total, a ratio of two totals linearised on its logarithm; of the mean difference, Student’s on paired differences; of the median difference, order statistics (exact, whatever the distribution).',
    'A change is no effect: what would have changed without the programme (the economy, prices, rules of funders) is in it. See the comparisons that follow.',
    'In current euros. A month without a line within what is covered counts as nothing.',
  ],
  notComparable: NOT_COMPARABLE.spend,
  keeps: [payments, agreement, completion, moves, filesRead],
  needs: ['enrolled', 'accompanied', 'spend', 'spend:funder:*'],
  countedBy: ['accompanied'],
  counts: CHANGE_COUNTS,
  values: CHANGE_VALUES,
  of: (asked) => changeOfSpend(asked),
};
