/**
 * What no text of ours holds: half a surrogate pair, control characters (line breaks and tabs apart), noncharacters, and
 * U+FFFD, which stands where somebody before us read bytes by a wrong encoding. Each of them stops one reader or another
 * (PHP, Ruby, XML, PostgreSQL), so none is passed on. I-JSON (RFC 7493) and CloudEvents ask for the same.
 */
const UNFIT = /(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\ufffd]/u;
const EVERY_UNFIT = new RegExp(UNFIT, 'gu');
/** Of one line, in names and attributes: neither tabs nor breaks of a line or paragraph. */
const BREAK = /[\t\n\r\u2028\u2029]/;

/** Where none of these stands nothing can be unfit; cheap, since every cell of a file is asked. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
const SUSPECT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]/;

/** The first character of a text that no text of ours holds: which one it is (from 1), and its code point. Pure. */
export function unfitIn(text: string): { readonly at: number; readonly code: string } | undefined {
  const found = SUSPECT.test(text) ? UNFIT.exec(text) : null;
  return found ? { at: placeOf(text, found.index), code: codeOf(found[0]) } : undefined;
}

/** Counted where they stand: a text may be longer than a list can be. */
function placeOf(text: string, index: number): number {
  let place = 1;
  for (let at = 0; at < index; place++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return place;
}
const codeOf = (one: string): string => `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** What is wrong with a text, as the end of a sentence that begins with its name; undefined where nothing is. Pure. */
export function textFault(
  text: string,
  lines: 'one' | 'many' = 'many',
  language: 'en' | 'fr' = 'en',
): string | undefined {
  const found = (SUSPECT.test(text) ? UNFIT.exec(text) : null) ?? (lines === 'one' ? BREAK.exec(text) : null);
  if (!found) return undefined;
  const [place, code, [english, french]] = [
    placeOf(text, found.index),
    codeOf(found[0]),
    meaning(found[0].codePointAt(0) ?? 0),
  ];
  return language === 'en'
    ? `character ${place} is ${code}, ${english}`
    : `le caractère ${place} est ${code}, ${french}`;
}

/** Control characters, and what ends a line or a paragraph. */
const BREAKS = '\\u0000-\\u001F\\u007F-\\u009F\\u2028\\u2029';
/**
 * What nobody sees: Unicode's White_Space and Default_Ignorable_Code_Point, the blank of Braille and the marks of annotations;
 * a test holds it against Unicode. Spelled out, since partners read these patterns with engines that know no properties
 * (Python, Go, Java); beyond U+FFFF as the characters themselves, which no two of them write alike.
 */
const UNSEEN = [
  '\\u0020\\u00A0\\u00AD\\u034F\\u061C\\u115F\\u1160\\u1680\\u17B4\\u17B5\\u180B-\\u180F\\u2000-\\u200F\\u202A-\\u202F',
  '\\u205F-\\u206F\\u2800\\u3000\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF0-\\uFFFB',
  '\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}',
].join('');

/** A character that is seen. The contracts ask for one by this very pattern. */
export const VISIBLE = `[^${BREAKS}${UNSEEN}]`;
const visible = new RegExp(VISIBLE, 'u');
/** A name: one line, something of which is seen. The contracts ask for it by this very pattern; no text takes it long. */
export const NAME = `^[${UNSEEN}]*${VISIBLE}[^${BREAKS}]*$`;
/** What every HTTP client can write in a header: ASCII that is seen, with spaces between. */
export const HEADER = '^[!-~](?:[ -~]*[!-~])?$';
/** Characters of a name at the most. */
export const LONGEST_NAME = 200;

/** Whether nothing of it is seen. */
export const isBlank = (text: string): boolean => !visible.test(text);

/** What is wrong with a name, as the end of a sentence that begins with it: the rule of the contracts, for where none is read. Pure. */
export function nameFault(name: string, longest = LONGEST_NAME): string | undefined {
  if (name.length > longest) return `has ${name.length} characters, more than ${longest}: shorten it`;
  if (isBlank(name)) return 'is blank: nothing of it is seen';
  const fault = textFault(name, 'one');
  return fault && `is none: ${fault}`;
}

function meaning(point: number): readonly [english: string, french: string] {
  if (point === 0xfffd)
    return [
      'which stands where a character was lost: send the text as it was, in UTF-8',
      'qui remplace un caractère perdu\u00a0: envoyez le texte d’origine, en UTF-8',
    ];
  if (point >= 0xd800 && point <= 0xdfff)
    return ['half of a surrogate pair: send the whole character', 'la moitié d’un caractère\u00a0: envoyez-le entier'];
  if (point <= 0x9f) return ['a control character: leave it out', 'un caractère de commande\u00a0: ôtez-le'];
  if (point === 0x2028 || point === 0x2029)
    return ['which ends a line: leave it out', 'qui termine une ligne\u00a0: ôtez-le'];
  return ['which Unicode keeps for no character: leave it out', 'qu’Unicode ne donne à aucun caractère\u00a0: ôtez-le'];
}

/** A text with what no text of ours holds made visible (`\\u0000`), so that it can be said again to whoever sent it. */
export function sayable(text: string): string {
  return text.replace(EVERY_UNFIT, (one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}
