import type { Language } from './drawing.js';

const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;

/** How a masked number is written: the sign of INSEE's tables. */
export const MASKED = 's';

/** A number as people write it; `s` where it is masked. */
export function number(value: number | null, language: Language, digits = 0, sign = false): string {
  return writtenAs(value, language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    ...(sign ? { signDisplay: 'exceptZero' } : {}),
  });
}

function writtenAs(value: number | null, language: Language, options: Intl.NumberFormatOptions): string {
  if (value === null) return MASKED;
  const text = new Intl.NumberFormat(LOCALES[language], options).format(value).replaceAll('-', '\u2212');
  return language === 'fr' ? text.replaceAll('\u00a0', '\u202f') : text;
}

/** A share of 1 in percent, without a decimal; rounded from the share itself, as in tables beside drawings. */
export const percent = (share: number | null, language: Language): string =>
  writtenAs(share, language, { style: 'percent', maximumFractionDigits: 0 });

/** A difference of two shares in points. */
export const inPoints = (difference: number | null, language: Language, digits = 1): string =>
  number(difference === null ? null : difference * 100, language, digits, true);

/** The next higher round number: 1, 2, 2.5 or 5 times a power of ten. */
export function roundedUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((round) => round >= value) ?? 10 * power;
}

/** Classes of whole numbers that begin at round ones: the width of each, and where the lowest begins; at most `classes` reach the most. */
export function roundSteps(least: number, most: number, classes: number): { step: number; lowest: number } {
  // Of 1, 2, 2.5 and 5 all are whole but one.
  const whole = (value: number) => (value > 2 && value <= 2.5 ? 5 : roundedUp(Math.max(1, value)));
  for (let step = whole((most - least + 1) / classes); ; step = whole(step + 1)) {
    const lowest = Math.floor(least / step) * step;
    if (most < lowest + classes * step) return { step, lowest };
  }
}
