import { formatEuros } from '@gpect/domain-values/cents';
import Table from 'cli-table3';
import type { Bilan } from './bilan.js';
import type { ImportReport } from './doors.js';

const number = new Intl.NumberFormat('fr-FR');

/** The bilan for a reader at a terminal, in French. */
export function printBilan(bilan: Bilan): string {
  const { programme, figures, byBasin, survey, spend, definitions } = bilan;
  const labels = new Map(definitions.map((d) => [d.id, d.labelFr]));
  const columns = [
    'detected',
    'qualified',
    'enrolled',
    'accompanied',
    'abandoned',
    'sessions',
    'halfDays',
    'workshops',
    'invited',
    'attended',
  ] as const;
  const short: Record<(typeof columns)[number], string> = {
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
  const right = {
    colAligns: ['left' as const, ...columns.map(() => 'right' as const)],
    style: { head: [], border: [] },
  };
  const reach = new Table({ style: { head: [], border: [] }, colAligns: ['left', 'right'] });
  for (const [id, count] of Object.entries(figures)) reach.push([labels.get(id) ?? id, number.format(count)]);
  const basins = new Table({ head: ['bassin', ...columns.map((c) => short[c])], ...right });
  for (const [code, group] of Object.entries(byBasin))
    basins.push([code, ...columns.map((c) => number.format(group[c] ?? 0))]);
  basins.push(['TOTAL', ...columns.map((c) => number.format(figures[c] ?? 0))]);
  const answers = new Table({
    head: [`enquête (${survey.firms} entreprises)`, 'oui avant', 'oui après'],
    colAligns: ['left', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const [question, { before, after }] of Object.entries(survey.yes)) answers.push([question, before, after]);
  const money = new Table({
    head: ['dépenses de formation', ''],
    colAligns: ['left', 'right'],
    style: { head: [], border: [] },
  });
  money.push(['lignes acceptées', number.format(spend.lines)], ['total', formatEuros(spend.totalCents)]);
  for (const [funder, cents] of Object.entries(spend.byFunderCents))
    money.push([`  financeur ${funder}`, formatEuros(cents)]);
  for (const [scheme, cents] of Object.entries(spend.bySchemeCents))
    money.push([`  dispositif ${scheme}`, formatEuros(cents)]);
  money.push(
    ['entreprises adhérentes', formatEuros(spend.enrolledFirmsCents)],
    ['accompagnées, 12 mois avant', formatEuros(spend.accompaniedFirmsCents.before12Months)],
    ['accompagnées, 12 mois après', formatEuros(spend.accompaniedFirmsCents.after12Months)],
    ['lignes refusées', number.format(spend.refusedLines)],
  );
  const { littleRecourseAndNoPolicyBefore: low, priorityAfter, of } = survey.trainingPriority;
  const training = `Formation : ${low} entreprises sur ${of} y avaient peu recours avant ; ${priorityAfter} sur ${of} en font une priorité après.`;
  return [`Bilan de ${programme.name} (${programme.code})`, reach, basins, answers, training, money]
    .map(String)
    .join('\n\n');
}

export function printReports(reports: readonly ImportReport[]): string {
  const sum = (pick: (r: ImportReport) => number) => number.format(reports.reduce((total, r) => total + pick(r), 0));
  return `${reports.length} fichiers : ${sum((r) => r.lines)} lignes, ${sum((r) => r.accepted)} acceptées, ${sum((r) => r.repeated)} déjà connues, ${sum((r) => r.cancelled ?? 0)} annulations, ${sum((r) => r.refused)} refusées`;
}
