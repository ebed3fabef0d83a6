import type { At } from '../dimensions/dimensions.js';
import { isCountedIn } from '../figures/counted-in.js';
import { SECRECY_RULE, WITHOUT_SECRECY } from '../secrecy/rule.js';
import type { Table } from '../tables/table.js';
import { type Language, labelOf } from './labels.js';
import type { Names } from './names.js';
import { euros, type Sheet, type SheetCell, SIGNS, UNTOLD } from './sheet.js';
import { nameOfValue } from './value-names.js';

const IN_TOTALS_ALONE = {
  fr: 'Ce qui n’a pas de valeur d’un axe (une entreprise sans commune connue, par région) n’est que dans les totaux.',
  en: 'What has no value of an axis (a firm whose commune is not known, by region) is in the totals alone.',
} as const;

/**
 * A crossed table as it is exported.
 * @param within the values of other dimensions that all of it is of
 */
export function tableSheet(
  { indicator, axes, rows, columns, cells, asOf, secrecy }: Table,
  names: Names,
  language: Language,
  within: At = {},
): Sheet {
  const inEuros = indicator.unit === 'euro cent';
  const value = (cell: number | null | undefined): SheetCell => (inEuros ? euros(cell) : (cell ?? null));
  const line = (of: readonly (number | null)[] = [], row?: string): SheetCell[] =>
    of.map((cell, c) => {
      const column = columns[c];
      const codes = [row, column] as const;
      const at = Object.fromEntries(axes.flatMap((axis, i) => (codes[i] === undefined ? [] : [[axis, codes[i]]])));
      return value(cell) ?? (isCountedIn({ ...within, ...at }, indicator.id) ? null : UNTOLD);
    });
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
      ...rows.map((code, r): SheetCell[] => [nameOf(axes[0], code), ...line(cells[r], code)]),
      ['Total', ...line(cells[rows.length])],
    ],
    notes: [
      definition,
      ...(secrecy === 'applied'
        ? [IN_TOTALS_ALONE[language], SECRECY_RULE[language], SIGNS[language]]
        : [WITHOUT_SECRECY[language]]),
    ],
  };
}
