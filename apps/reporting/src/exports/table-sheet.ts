import { SECRECY_RULE, WITHOUT_SECRECY } from '../secrecy/rule.js';
import type { Table } from '../tables/table.js';
import { type Language, labelOf } from './labels.js';
import type { Names } from './names.js';
import { euros, type Sheet, type SheetCell } from './sheet.js';
import { nameOfValue } from './value-names.js';

const IN_TOTALS_ALONE = {
  fr: 'Ce qui n’a pas de valeur d’un axe (une entreprise sans commune connue, par région) n’est que dans les totaux.',
  en: 'What has no value of an axis (a firm whose commune is not known, by region) is in the totals alone.',
} as const;

/** A crossed table as it is exported. */
export function tableSheet(
  { indicator, axes, rows, columns, cells, asOf, secrecy }: Table,
  names: Names,
  language: Language,
): Sheet {
  const inEuros = indicator.unit === 'euro cent';
  const value = (cell: number | null | undefined): SheetCell => (inEuros ? euros(cell) : (cell ?? null));
  const nameOf = (axis: string | undefined, code: string): string => nameOfValue(axis, code, names, language);
  const [label, definition] =
    language === 'fr' ? [indicator.labelFr, indicator.definitionFr] : [indicator.labelEn, indicator.definitionEn];
  return {
    title: asOf ? `${label} (${asOf})` : label,
    head: [
      axes.map((axis) => labelOf('AXES', axis, language)).join(' × '),
      ...columns.map((code) => nameOf(axes[1], code)),
      'Total',
    ],
    rows: [
      ...rows.map((code, r): SheetCell[] => [nameOf(axes[0], code), ...(cells[r] ?? []).map(value)]),
      ['Total', ...(cells[rows.length] ?? []).map(value)],
    ],
    notes: [
      definition,
      ...(secrecy === 'applied' ? [IN_TOTALS_ALONE[language], SECRECY_RULE[language]] : [WITHOUT_SECRECY[language]]),
    ],
  };
}
