/**
 * What no text of ours holds: half a surrogate pair, control characters (line breaks and tabs apart), noncharacters, and
 * U+FFFD, which stands where somebody before us read bytes by a wrong encoding. Each of them stops one reader or another
 * (PHP, Ruby, XML, PostgreSQL), so none is passed on. I-JSON (RFC 7493) and CloudEvents ask for the same.
 */
const UNFIT = /(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\ufffd]/u;
const EVERY_UNFIT = new RegExp(UNFIT, 'gu');
/** Of one line, in names and attributes, neither tabs nor line breaks. */
const BREAK = /[\t\n\r]/;

/** What is wrong with a text, as the end of a sentence that begins with its name; undefined where nothing is. Pure. */
export function textFault(text: string, lines: 'one' | 'many' = 'many'): string | undefined {
  const found = UNFIT.exec(text) ?? (lines === 'one' ? BREAK.exec(text) : null);
  if (!found) return undefined;
  const point = found[0].codePointAt(0) ?? 0;
  const at = `character ${[...text.slice(0, found.index)].length + 1} is U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  return `${at}, ${meaning(point)}`;
}

/** A character that is seen: no blank, and none of those without a width. The contracts ask for one by this very pattern. */
export const VISIBLE = '[^\\s\\u00AD\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u2064\\u3164\\uFEFF]';
const visible = new RegExp(VISIBLE, 'u');

/** Whether nothing of it is seen. */
export const isBlank = (text: string): boolean => !visible.test(text);

function meaning(point: number): string {
  if (point === 0xfffd) return 'which stands where a character was lost: send the text as it was, in UTF-8';
  if (point >= 0xd800 && point <= 0xdfff) return 'half of a surrogate pair: send the whole character';
  if (point <= 0x9f) return 'a control character: leave it out';
  return 'which Unicode keeps for no character: leave it out';
}

/** A text with what no text of ours holds made visible (`\\u0000`), so that it can be said again to whoever sent it. */
export function sayable(text: string): string {
  return text.replace(EVERY_UNFIT, (one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}
