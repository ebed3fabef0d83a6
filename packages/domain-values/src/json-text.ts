import { type JsonPointer, pointerTo } from './json-pointer.js';
import { fail, ok, type Result } from './result.js';
import { textFault } from './text.js';

/** What is wrong with a JSON text: where, and what to do. */
export interface JsonFault {
  readonly kind: 'not-utf-8' | 'not-json' | 'unfit';
  readonly pointer: JsonPointer;
  readonly detail: string;
  /** The same in French. */
  readonly french: string;
}

type Said = Pick<JsonFault, 'detail' | 'french'>;

/** Levels of arrays and objects within each other; no contract has a third of it. */
const DEEPEST = 64;
/** Without one of these no string can hold what `textFault` looks for: control characters are written as escapes in JSON. */
const SUSPECT = /\\[ubf]|[\u007f-\u009f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]/;
/** A number that JavaScript may not hold as it is written. */
const LONG_NUMBER = /[0-9][0-9.]{14}|[eE][+-]?[0-9]{2}/;
/** Digits that come back from a double as they were. */
const DIGITS = 17;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Bytes as the text that they are in UTF-8, or why they are none. */
export function readUtf8(bytes: Uint8Array): Result<string, JsonFault> {
  try {
    return ok(utf8.decode(bytes));
  } catch {
    return fail({
      kind: 'not-utf-8',
      pointer: '',
      detail: `at byte ${firstBroken(bytes) + 1} it is no UTF-8 any more: encode the text in UTF-8 (not ISO-8859-1 or Windows-1252)`,
      french: `à l’octet ${firstBroken(bytes) + 1}, ce n’est plus de l’UTF-8\u00a0: encodez le texte en UTF-8 (ni ISO-8859-1 ni Windows-1252)`,
    });
  }
}

/**
 * Reads JSON that everybody else reads as we do (I-JSON, RFC 7493): no name twice in an object, no text that `textFault`
 * refuses, no number that loses digits, nothing nested beyond reason. JSON.parse alone takes the last of two names.
 */
export function readJson(written: string): Result<unknown, JsonFault> {
  // Some programs begin with the mark of byte order, and decoders pass over it; others give it on.
  const text = written.startsWith('\ufeff') ? written.slice(1) : written;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'send JSON';
    const french = `ce n’est pas du JSON${placeOf(detail)}\u00a0: envoyez-en`;
    return fail({ kind: 'not-json', pointer: '', detail, french });
  }
  const fault = unfitPart(text);
  return fault ? fail({ kind: 'unfit', ...fault }) : ok(value);
}

/** Where a text stops being JSON, by the parser's own English sentence. */
function placeOf(sentence: string): string {
  if (/^(?:Unexpected end|Unterminated)/.test(sentence)) return ' (le texte s’arrête trop tôt)';
  const [, position] = /at position (\d+)/.exec(sentence) ?? [];
  return position === undefined ? '' : ` (à partir du caractère ${Number(position) + 1})`;
}

/** Where a reader stands: in an array at an index, in an object behind a name. */
interface Level {
  readonly names: Set<string> | undefined;
  step: string | number;
  /** Whether the next string is a name. */
  named: boolean;
}

/** Goes once through a text that JSON.parse took. */
function unfitPart(text: string): (Said & { pointer: JsonPointer }) | undefined {
  const suspect = SUSPECT.test(text);
  const longNumbers = LONG_NUMBER.test(text);
  const levels: Level[] = [];
  const pointer = (steps: readonly Level[] = levels) => pointerTo(...steps.map(({ step }) => step));
  for (let i = 0; i < text.length; i++) {
    const level = levels.at(-1);
    switch (text.charCodeAt(i)) {
      case 0x7b: // {
      case 0x5b: {
        // [
        const isObject = text[i] === '{';
        if (levels.length === DEEPEST)
          return {
            pointer: pointer(),
            detail: `more than ${DEEPEST} levels within each other: send it flatter`,
            french: `il y a plus de ${DEEPEST} niveaux les uns dans les autres\u00a0: envoyez moins de niveaux`,
          };
        levels.push({ names: isObject ? new Set() : undefined, step: isObject ? '' : 0, named: isObject });
        break;
      }
      case 0x7d: // }
      case 0x5d: // ]
        levels.pop();
        break;
      case 0x2c: // ,
        if (level?.names) level.named = true;
        else if (level) level.step = (level.step as number) + 1;
        break;
      case 0x22: {
        // "
        const end = endOfString(text, i);
        const raw = text.slice(i + 1, end);
        i = end;
        const isName = level?.named === true;
        if (!isName && !suspect) break;
        const said = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
        if (isName && level.names) {
          level.step = said;
          level.named = false;
          if (level.names.has(said))
            return {
              pointer: pointer(),
              detail: 'stands twice in its object: send it once',
              french: 'ce nom est deux fois dans son objet\u00a0: ne l’envoyez qu’une fois',
            };
          level.names.add(said);
        }
        const fault = suspect ? textFault(said) : undefined;
        if (fault)
          return {
            pointer: pointer(),
            detail: `${isName ? 'the name: ' : ''}${fault}`,
            french: `${isName ? 'le nom\u00a0: ' : ''}${textFault(said, 'many', 'fr')}`,
          };
        break;
      }
      default: {
        if (!longNumbers || !/[-0-9]/.test(text[i] ?? '')) break;
        const [number = ''] = /^-?[0-9.eE+-]+/.exec(text.slice(i, i + 2000)) ?? [];
        i += number.length - 1;
        const lost = numberFault(number);
        if (lost) return { pointer: pointer(), ...lost };
      }
    }
  }
  return undefined;
}

/** Where a string that begins here ends: at the first quote that no odd number of backslashes stands before. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return end;
  }
}

function numberFault(written: string): Said | undefined {
  const value = Number(written);
  const digits = written
    .replace(/[eE].*/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+/, '')
    .replace(/0+$/, '');
  const lost = Number.isInteger(value)
    ? !Number.isSafeInteger(value)
    : !Number.isFinite(value) || digits.length > DIGITS;
  const none = value === 0 && digits !== '';
  if (!lost && !none) return undefined;
  const shown = written.slice(0, 40);
  return {
    detail: `${shown} has more digits than a number of JSON keeps everywhere: round it, or send it as text`,
    french: `${shown} a plus de chiffres qu’un nombre JSON n’en garde partout\u00a0: arrondissez-le, ou envoyez-le comme texte`,
  };
}

/** The first byte that no text in UTF-8 has there. */
function firstBroken(bytes: Uint8Array): number {
  let [low, high] = [0, bytes.length];
  const breaks = (end: number): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, end), { stream: true });
      return false;
    } catch {
      return true;
    }
  };
  while (low < high) {
    const middle = (low + high) >> 1;
    if (breaks(middle + 1)) high = middle;
    else low = middle + 1;
  }
  return Math.min(low, bytes.length - 1);
}
