import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const { resolve } = createRequire(import.meta.url);

/**
 * The fonts of all documents. Source Sans 3: every letter of Latin (of Polish and Vietnamese, too), Greek and Cyrillic writing, and
 * the narrow space that does not break, in four cuts. Noto Sans Arabic, in two, for what Source Sans 3 has not.
 */
export function fonts(): Buffer[] {
  const latin = join(dirname(resolve('source-sans/package.json')), 'TTF');
  const arabic = dirname(resolve('@expo-google-fonts/noto-sans-arabic/package.json'));
  return [
    ...['Regular', 'It', 'Semibold', 'Bold'].map((cut) => join(latin, `SourceSans3-${cut}.ttf`)),
    ...['400Regular', '600SemiBold'].map((cut) => join(arabic, cut, `NotoSansArabic_${cut}.ttf`)),
  ].map((file) => readFileSync(file));
}

/** What they are called; the first that has a letter shows it. */
export const FAMILIES = ['Source Sans 3', 'Noto Sans Arabic'] as const;

/** Letters that none of the fonts has: of other writings, and beyond the first plane. Joiners and selectors are not seen. */
const NOT_IN_FONTS =
  /[\u{10000}-\u{10ffff}]|[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Common}\p{Script=Inherited}]/gu;
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u206f]|\p{Variation_Selector}/gu;

/** A text with question marks where no font has a letter. */
export const shownByFonts = (text: string): string => text.replace(UNSEEN, '').replace(NOT_IN_FONTS, '?');
