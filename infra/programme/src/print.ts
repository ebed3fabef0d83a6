import { formatEuros } from '@gpect/domain-values/cents';
import { organisationLabel } from '@gpect/reference-data/organisations';
import { schemeLabel } from '@gpect/reference-data/schemes';
import Table from 'cli-table3';
import type { ImportReport } from './api-client.js';
import type { Bilan, Figures } from './bilan.js';

const number = new Intl.NumberFormat('fr-FR');

/** The questions of the survey, as a committee reads them. */
const QUESTIONS: Readonly<Record<string, string>> = {
  strategy_clear: 'stratégie claire',
  strategy_shared: 'stratégie partagée avec les salariés',
  time_for_anticipation: "temps consacré à l'anticipation",
  information_flows: "circulation de l'information",
  roles_clear: 'rôles et missions clairs',
  social_climate: 'bon climat social',
  staff_representation_dialogue: 'dialogue avec la représentation du personnel',
  training_priority: 'priorité donnée à la formation',
  training_policy_exists: 'politique de formation',
};

const BASIN_COLUMNS: Readonly<Record<string, string>> = {
  detected: 'détect.',
  qualified: 'qualif.',
  enrolled: 'adhér.',
  accompanied: 'accomp.',
  abandoned: 'aband.',
  sessions: 'séances',
  halfDays: '½ journ.',
  workshops: 'ateliers',
  invited: 'invit.',
  attended: 'prés.',
};

/** A plain table: the first column to the left, the numbers to the right, no line between rows. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const plain = new Table({
    head: [...head],
    colAligns: head.map((_, i) => (i === 0 ? 'left' : 'right')),
    style: { head: [], border: [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
  plain.push(...rows.map((row) => [...row]));
  return plain.toString();
}

/** The bilan for a reader at a terminal, in French. */
export function printBilan({ programme, figures, byBasin, survey, spend, definitions }: Bilan): string {
  const labels = new Map(definitions.map((d) => [d.id, d.labelFr]));
  const columns = Object.keys(BASIN_COLUMNS);
  const cells = (group: Figures) => columns.map((column) => number.format(group[column] ?? 0));
  const { littleRecourseAndNoPolicyBefore: low, priorityAfter, of } = survey.trainingPriority;
  return [
    `Bilan de ${programme.name} (${programme.code})`,
    table(
      ['entreprises et actions', ''],
      Object.entries(figures).map(([id, count]) => [labels.get(id) ?? id, number.format(count)]),
    ),
    table(
      ['bassin', ...Object.values(BASIN_COLUMNS)],
      [...Object.entries(byBasin).map(([code, group]) => [code, ...cells(group)]), ['TOTAL', ...cells(figures)]],
    ),
    table(
      [`enquête (${survey.firms} entreprises)`, 'oui avant', 'oui après'],
      Object.entries(survey.yes).map(([id, { before, after }]) => [QUESTIONS[id] ?? id, String(before), String(after)]),
    ),
    `Formation : ${low} entreprises sur ${of} y avaient peu recours avant ; ${priorityAfter} sur ${of} en font une priorité après.`,
    table(
      ['dépenses de formation', ''],
      [
        ['lignes acceptées', number.format(spend.lines)],
        ['total', formatEuros(spend.totalCents)],
        ...Object.entries(spend.byFunderCents).map(([funder, cents]) => [
          `  financeur ${organisationLabel(funder)}`,
          formatEuros(cents),
        ]),
        ...Object.entries(spend.bySchemeCents).map(([id, cents]) => [`  ${schemeLabel(id, 'fr')}`, formatEuros(cents)]),
        ['entreprises adhérentes', formatEuros(spend.enrolledFirmsCents)],
        ['accompagnées, 12 mois avant', formatEuros(spend.accompaniedFirmsCents.before12Months)],
        ['accompagnées, 12 mois après', formatEuros(spend.accompaniedFirmsCents.after12Months)],
        ['lignes refusées', number.format(spend.refusedLines)],
      ],
    ),
  ].join('\n\n');
}

export function printReports(reports: readonly ImportReport[]): string {
  const sum = (pick: (r: ImportReport) => number) => number.format(reports.reduce((total, r) => total + pick(r), 0));
  return `${reports.length} fichiers : ${sum((r) => r.lines)} lignes, ${sum((r) => r.accepted)} acceptées, ${sum((r) => r.repeated)} déjà connues, ${sum((r) => r.cancelled ?? 0)} annulations, ${sum((r) => r.refused)} refusées`;
}
