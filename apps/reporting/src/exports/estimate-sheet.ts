import type { Bilan } from '../bilan/shape.js';
import type { Language } from './labels.js';
import { euros, measured, points, type Sheet, type SheetCell } from './sheet.js';
import { written, writtenDay } from './written.js';

type Estimate = Bilan['estimates'][number];
type Value = Estimate['values'][number];
type Part = Pick<Estimate, 'n' | 'counts' | 'values'>;

/** Group, measure, value, and its interval where it has one. */
type Row = readonly [group: string, measure: string, value: SheetCell, low: SheetCell, high: SheetCell];

/** An estimate as a table to be read: firms, values with their intervals, the same of each part; its reason and assumptions beneath. */
export function estimateSheet(estimate: Estimate, language: Language): Sheet {
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const hasParts = (estimate.parts ?? []).length > 0;
  return {
    title: say(estimate.labelFr, estimate.labelEn),
    head: [
      ...(hasParts ? [say('Groupe', 'Group')] : []),
      say('Mesure', 'Measure'),
      say('Valeur', 'Value'),
      say(`Intervalle à ${levelOf(estimate)} %`, `${levelOf(estimate)}% interval`),
    ],
    rows: rowsOf(estimate, language).map(([group, measure, value, low, high]) => [
      ...(hasParts ? [group] : []),
      measure,
      value,
      low === '' ? '' : `${written(low, language)} ${say('à', 'to')} ${written(high, language)}`,
    ]),
    notes: notesOf(estimate, language),
  };
}

/** All estimates in one table, for whoever reckons with them. */
export function estimatesSheet({ estimates }: Bilan, language: Language): Sheet {
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const [first] = estimates;
  return {
    title: say('Estimations', 'Estimates'),
    head: [say('Estimation', 'Estimate'), say('Groupe', 'Group'), ...headOf(first, language)],
    rows: estimates.flatMap((estimate) =>
      rowsOf(estimate, language).map((row) => [say(estimate.labelFr, estimate.labelEn), ...row]),
    ),
    notes: estimates.flatMap((estimate) =>
      notesOf(estimate, language).map((note) => `${say(estimate.labelFr, estimate.labelEn)} – ${note}`),
    ),
  };
}

/** In percent. */
const levelOf = (estimate: Estimate | undefined): number => Math.round((estimate?.confidence ?? 0.95) * 100);

function headOf(estimate: Estimate | undefined, language: Language): string[] {
  return language === 'fr'
    ? ['Mesure', 'Valeur', `Intervalle à ${levelOf(estimate)} %, de`, 'à']
    : ['Measure', 'Value', `${levelOf(estimate)}% interval, from`, 'to'];
}

function rowsOf(estimate: Estimate, language: Language): Row[] {
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const rowsIn = ({ n, counts, values }: Part, group: string): Row[] => [
    [group, say('Entreprises comptées', 'Firms counted'), n, '', ''],
    ...counts.map(({ labelFr, labelEn, count }): Row => [group, say(labelFr, labelEn), count, '', '']),
    ...values.map(({ labelFr, labelEn, unit, value, low, high }): Row => {
      const bounds: readonly SheetCell[] =
        low === null || high === null ? ['', ''] : [cellOf(low, unit), cellOf(high, unit)];
      return [
        group,
        `${say(labelFr, labelEn)}${unitOf(unit, language)}`,
        cellOf(value, unit),
        bounds[0] ?? '',
        bounds[1] ?? '',
      ];
    }),
  ];
  return [
    ...rowsIn(estimate, say('Ensemble', 'All')),
    ...(estimate.parts ?? []).flatMap((part) => rowsIn(part, say(part.labelFr, part.labelEn))),
  ];
}

function notesOf(estimate: Estimate, language: Language): string[] {
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const { status, reasonFr = '', reasonEn = '', of } = estimate;
  return [
    ...(status === 'INCOMPLETE' ? [`${say('Incomplet : ', 'Incomplete: ')}${say(reasonFr, reasonEn)}`] : []),
    ...(of
      ? [
          say(
            `Tel que publié le ${writtenDay(of, language)} : trop peu d’entreprises ont changé depuis.`,
            `As released on ${writtenDay(of, language)}: too few firms changed since.`,
          ),
        ]
      : []),
    say(estimate.definitionFr, estimate.definitionEn),
    ...(language === 'fr' ? estimate.assumptionsFr : estimate.assumptionsEn),
  ];
}

function cellOf(value: number | null, unit: Value['unit']): SheetCell {
  switch (unit) {
    case 'euro cent':
      return euros(value);
    case 'share':
      return measured(value, 'share');
    case 'points':
      return points(value);
    case 'change':
      return measured(value, 'change');
    case 'day':
      return value === null ? null : Math.round(value);
    default:
      return Number.isInteger(value) ? value : measured(value, 'decimal');
  }
}

/** What stands behind a label where the number alone does not say it. */
function unitOf(unit: Value['unit'], language: Language): string {
  const units: Partial<Record<Value['unit'], readonly [string, string]>> = {
    'euro cent': ['euros', 'euros'],
    points: ['points', 'points'],
    day: ['jours', 'days'],
  };
  const said = units[unit]?.[language === 'fr' ? 0 : 1];
  return said ? ` (${said})` : '';
}
