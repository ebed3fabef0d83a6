import { own } from '@gpect/domain-values/records';
import { labelOf, partLabel } from './labels.js';
import { euros, type Sheet, type SheetCell } from './sheet.js';
import type { Told } from './words.js';

/** Figures that stand in a chapter of their own. */
const ELSEWHERE = new Set([
  'participation',
  'participationByStage',
  'survey',
  'practices',
  'exchanges',
  'visions',
  'spend',
  'spendEnrolled',
  // Sums of other firms each: who divides one by the other is wrong; the estimates compare those that can be compared.
  'spendBefore',
  'spendAfter',
]);

/** Every other figure that is no plain count and that is counted in the part, with its parts: a new one shows up here by itself. */
export function detailSheet({ bilan: { details, definitions }, language, say, isCounted }: Told): Sheet {
  return {
    title: say('Autres indicateurs', 'Other indicators'),
    head: [say('Indicateur', 'Indicator'), say('Détail', 'Part'), say('Valeur', 'Value'), say('Unité', 'Unit')],
    rows: definitions.flatMap(({ id, labelFr, labelEn, unit = '' }): SheetCell[][] => {
      const detail = own(details, id);
      if (!detail || ELSEWHERE.has(id) || !isCounted(id)) return [];
      const label = say(labelFr, labelEn);
      const value = (cell: number | null): SheetCell => (unit === 'euro cent' ? euros(cell) : cell);
      const unitSaid = labelOf('UNITS', unit, language);
      const parts = Object.entries(detail.parts ?? {});
      return [
        [label, '', value(detail.value), unitSaid],
        ...parts.map(([part, cell]): SheetCell[] => [label, partLabel(part, language), value(cell), unitSaid]),
      ];
    }),
  };
}
