import { type NumberFormat, otherUnit, PLAIN } from './spreadsheet.js';

/** The longest format code that spreadsheets keep. */
const LONGEST_FORMAT = 255;

/** Built-in number formats (ECMA-376 18.8.30; 27 to 36 and 50 to 58 in East Asian locales). */
const DATES = new Set([14, 15, 16, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 57, 58]);
const BUILT_IN: ReadonlyMap<number, NumberFormat> = new Map<number, NumberFormat>([
  ...[...DATES].map((id) => [id, { kind: 'date' }] as const),
  ...[2, 4, 7, 8, 39, 40, 43, 44].map((id) => [id, { kind: 'number', decimals: 2 }] as const),
  ...[9, 10].map((id) => [id, { kind: 'percent' }] as const),
  [17, { kind: 'month' }],
  ...[18, 19, 20, 21].map((id) => [id, { kind: 'time' }] as const),
  ...[45, 46, 47].map((id) => [id, { kind: 'duration' }] as const),
]);

export function builtInFormat(id: number): NumberFormat | undefined {
  return BUILT_IN.get(id);
}

/** What a format code shows, by its first section: `dd/mm/yyyy`, `mmm-yy`, `[h]:mm`, `0.00%`, `#,##0.00" k€"`. */
export function formatOf(code: string): NumberFormat {
  if (code.length > LONGEST_FORMAT) return PLAIN;
  const { letters, literal, elapsed } = tokens(code);
  const signs = letters.replace(/general|standard/gi, '');
  if (elapsed) return { kind: 'duration' };
  if (/[dj]/i.test(signs)) return { kind: 'date' };
  if (/[ya]/i.test(signs)) return { kind: 'month' };
  if (/[hs]/i.test(signs)) return { kind: 'time' };
  if (/m/i.test(signs)) return { kind: 'month' };
  if (signs.includes('%')) return { kind: 'percent' };
  const unit = otherUnit(literal);
  if (unit) return { kind: 'unit', unit };
  const decimals = /[.]([0#?]*)/.exec(signs)?.[1]?.length ?? (/[0#?]/.test(signs) ? 0 : undefined);
  return decimals === undefined || /e/i.test(signs) ? PLAIN : { kind: 'number', decimals };
}

/** The signs of the first section of a code, its own text, and whether it counts hours beyond a day. */
function tokens(code: string): { letters: string; literal: string; elapsed: boolean } {
  let letters = '';
  let literal = '';
  let elapsed = false;
  for (let i = 0; i < code.length; i++) {
    const sign = code[i] as string;
    if (sign === ';') break;
    if (sign === '"') {
      const end = code.indexOf('"', i + 1);
      literal += code.slice(i + 1, end < 0 ? undefined : end);
      i = end < 0 ? code.length : end;
    } else if (sign === '[') {
      const end = code.indexOf(']', i + 1);
      const inside = code.slice(i + 1, end < 0 ? undefined : end);
      if (/^(?:h{1,2}|m{1,2}|s{1,2})$/i.test(inside)) elapsed = true;
      if (inside.startsWith('$')) literal += inside.slice(1).split('-')[0];
      i = end < 0 ? code.length : end;
    } else if (sign === '\\') {
      i++;
      literal += code[i] ?? '';
    } else if (sign === '_' || sign === '*') i++;
    else {
      letters += sign;
      if (/[^\w#?.,%+\-/: ()]/.test(sign)) literal += sign;
    }
  }
  return { letters, literal, elapsed };
}
