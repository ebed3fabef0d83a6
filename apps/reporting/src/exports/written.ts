import type { Language } from './labels.js';
import { MASKED, type SheetCell } from './sheet.js';

const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;

/** A cell as people read it: numbers and days of their language, differences in points with their sign. */
export function written(cell: SheetCell, language: Language, decimals: 0 | 1 = 1): string {
  if (cell === null) return MASKED;
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return number(cell, language, {});
  if ('day' in cell) return writtenDay(cell.day, language);
  const one: Intl.NumberFormatOptions = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  switch (cell.as) {
    case 'euros':
      return number(cell.value, language, { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });
    case 'share':
      return number(cell.value, language, { style: 'percent', ...one });
    case 'change':
      return number(cell.value, language, { style: 'percent', signDisplay: 'exceptZero', ...one });
    case 'points':
      return number(cell.value, language, { signDisplay: 'exceptZero', ...one });
    case 'decimal':
      return number(cell.value, language, one);
  }
}

/** With how many decimals these numbers are written together: what was rounded to whole percents does not look finer. */
export const decimalsOf = (cells: readonly SheetCell[]): 0 | 1 => (cells.every(isWhole) ? 0 : 1);

function isWhole(cell: SheetCell): boolean {
  if (cell === null || typeof cell !== 'object' || 'day' in cell || cell.as === 'euros') return true;
  const shown = cell.as === 'share' || cell.as === 'change' ? cell.value * 100 : cell.value;
  return Math.abs(shown - Math.round(shown)) < 1e-6;
}

/** `2010-01-04` as 4 janvier 2010. */
export function writtenDay(iso: string, language: Language): string {
  const day = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return iso;
  const text = new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' }).format(day);
  return language === 'fr' ? text.replace(/^1 /, '1er ') : text;
}

/** A minus is a minus and no hyphen; spaces do not break. */
function number(value: number, language: Language, options: Intl.NumberFormatOptions): string {
  const text = new Intl.NumberFormat(LOCALES[language], options).format(value).replaceAll('-', '\u2212');
  return language === 'fr' ? text.replaceAll('\u00a0', '\u202f') : text;
}
