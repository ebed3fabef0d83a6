import { DIGIT, type NumberFormat, namesEuro, otherUnit, PLAIN, signOf } from './spreadsheet.js';

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
  const { letters, literal, elapsed, shape, exception } = tokens(code);
  const signs = letters.replace(/general|standard/gi, '');
  if (elapsed) return { kind: 'duration' };
  if (/[dj]/i.test(signs)) return { kind: 'date' };
  if (/[ya]/i.test(signs)) return { kind: 'month' };
  if (/[hs]/i.test(signs)) return { kind: 'time' };
  if (/m/i.test(signs)) return { kind: 'month' };
  if (signs.includes('%')) return { kind: 'percent' };
  const shaped = /^0{2,}$/.test(signs) || (/^0+$/.test(signs) && literal.trim() !== '') ? { shape } : {};
  // A sign of its own makes the number look negative, though it is kept as it is.
  const unit = otherUnit(literal) ?? exception ?? (/[-(]/.test(literal) ? literal.trim() : undefined);
  const own = signIn(shape);
  const signed = own ? { signed: own } : {};
  const thousands = thousandsLeftOff(code);
  if (thousands !== undefined) return { kind: 'scaled', thousands, unit: literal.trim(), ...signed };
  if (unit) return { kind: 'unit', unit, ...shaped, ...signed };
  const decimals = /[.]([0#?]*)/.exec(signs)?.[1]?.length ?? (/[0#?]/.test(signs) ? 0 : undefined);
  const euro = namesEuro(literal) ? { euro: true as const } : {};
  return decimals === undefined || /e/i.test(signs)
    ? { ...PLAIN, ...euro }
    : { kind: 'number', decimals, ...shaped, ...euro };
}

function signIn(shape: string): NumberFormat['signed'] {
  const first = shape.search(PLACE);
  if (first < 0) return undefined;
  const last = shape.length - 1 - [...shape].reverse().join('').search(PLACE);
  return signOf(shape.slice(0, first), shape.slice(last + 1));
}
const PLACE = new RegExp(`[${DIGIT}#?]`);

/**
 * How many times a thousand a code leaves off what it shows: `#,##0,` shows 12500 as 13. 0 where its sections differ, so
 * that it depends on the number; undefined where it shows the whole of it.
 */
function thousandsLeftOff(code: string): number | undefined {
  const sections = code
    .replace(/"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?/gs, '')
    .split(';')
    .filter((section) => /[0#?]/.test(section))
    // The third one shows zero alone.
    .slice(0, 2);
  const commas = new Set(sections.map((section) => /[0#?](,+)(?![,0#?])/.exec(section)?.[1]?.length ?? 0));
  const [only = 0, ...others] = commas;
  if (others.length > 0) return 0;
  return only === 0 ? undefined : only;
}

interface Tokens {
  /** The signs of the section that most numbers are shown by. */
  readonly letters: string;
  /** Its own text. */
  readonly literal: string;
  /** How both stand beside each other. */
  readonly shape: string;
  /** Whether it counts hours beyond a day. */
  readonly elapsed: boolean;
  /** What a section for some numbers alone shows beside them, but for zeros: `[=12]"annulé"`. */
  readonly exception: string | undefined;
}

function tokens(code: string): Tokens {
  let letters = '';
  let literal = '';
  let shape = '';
  let elapsed = false;
  let exceptional: string | undefined;
  let exception: string | undefined;
  const own = (text: string) => {
    literal += text;
    shape += text;
  };
  for (let i = 0; i < code.length; i++) {
    const sign = code[i] as string;
    if (sign === ';') {
      if (exceptional === undefined) break;
      // `[=0]"-";0.00`: the first section is not that of most numbers.
      if (!/^=0*$/.test(exceptional)) exception ??= otherUnit(literal);
      letters = literal = shape = '';
      exceptional = undefined;
      continue;
    }
    if (sign === '"') {
      const end = code.indexOf('"', i + 1);
      own(code.slice(i + 1, end < 0 ? undefined : end));
      i = end < 0 ? code.length : end;
    } else if (sign === '[') {
      const end = code.indexOf(']', i + 1);
      const inside = code.slice(i + 1, end < 0 ? undefined : end);
      if (/^(?:h{1,2}|m{1,2}|s{1,2})$/i.test(inside)) elapsed = true;
      if (/^[<=]/.test(inside)) exceptional = inside;
      if (inside.startsWith('$')) own(inside.slice(1).split('-')[0] ?? '');
      i = end < 0 ? code.length : end;
    } else if (sign === '\\') {
      i++;
      own(code[i] ?? '');
    } else if (sign === '_' || sign === '*') i++;
    else if (/[-(]/.test(sign)) own(sign);
    else {
      letters += sign;
      if (/[^\w#?.,%+/: )@]/.test(sign)) literal += sign;
      shape += sign === '0' ? DIGIT : sign;
    }
  }
  return { letters, literal, elapsed, shape, exception };
}
