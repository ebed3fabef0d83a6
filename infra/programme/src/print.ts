import { formatEuros } from '@gpect/domain-values/cents';
import { organisationLabel } from '@gpect/reference-data/organisations';
import { schemeLabel } from '@gpect/reference-data/schemes';
import Table from 'cli-table3';
import type { ImportReport } from './api-client.js';
import type { Bilan, Figures } from './bilan.js';
import type { Absent } from './folder.js';
import { QUESTIONS } from './questions.js';

const number = new Intl.NumberFormat('fr-FR');

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
    ...(survey.firms === 0
      ? ['enquête : incomplet, aucune entreprise n’a répondu avant et après']
      : surveyTold(survey)),
    spend.lines === 0
      ? `dépenses de formation : incomplet, aucune ligne acceptée (refusées : ${number.format(spend.refusedLines)})`
      : spendTold(spend),
  ].join('\n\n');
}

function surveyTold({ firms, yes, trainingPriority }: Bilan['survey']): string[] {
  const { littleRecourseAndNoPolicyBefore: low, priorityAfter, of } = trainingPriority;
  return [
    table(
      [`enquête (${firms} entreprises)`, 'oui avant', 'oui après'],
      Object.entries(yes).map(([id, { before, after }]) => [QUESTIONS[id] ?? id, String(before), String(after)]),
    ),
    `Formation : ${low} entreprises sur ${of} y avaient peu recours avant ; ${priorityAfter} sur ${of} en font une priorité après.`,
  ];
}

const spendTold = (spend: Bilan['spend']): string =>
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
  );

/** What a folder has not, and what of it is left aside, in a line each; none where it is whole. */
export function printLeftOut({ absent, unknown }: { absent: readonly Absent[]; unknown: readonly string[] }): string[] {
  const lacks = absent.map(({ name, hasHeadings }) => (hasHeadings ? `${name} (en-têtes seuls)` : name));
  return [
    ...(lacks.length > 0 ? [`Sans ${lacks.join(', ')} : le bilan en sera incomplet.`] : []),
    ...(unknown.length > 0 ? [`Laissés de côté, qui ne sont pas d’un dispositif : ${unknown.join(', ')}`] : []),
  ];
}

export function printReports(reports: readonly ImportReport[]): string {
  const sum = (pick: (r: ImportReport) => number) => number.format(reports.reduce((total, r) => total + pick(r), 0));
  const without = reports.filter(({ lines }) => lines === 0).map(({ file }) => file);
  return [
    `${reports.length} fichiers : ${sum((r) => r.lines)} lignes, ${sum((r) => r.accepted)} acceptées, ${sum((r) => r.repeated)} déjà connues, ${sum((r) => r.cancelled ?? 0)} annulations, ${sum((r) => r.refused)} refusées`,
    ...(without.length > 0 ? [`Sans aucune ligne : ${without.join(', ')}`] : []),
    ...reports
      .filter(({ fileId }) => !fileId)
      .flatMap(({ file, remarks = [] }) => remarks.map(({ detail }) => `À savoir de ${file} : ${detail}`)),
  ].join('\n');
}
