import type { CellFault } from '@gpect/tabular-files/cell-messages';
import { lineFault } from './line-fault.js';

/** Plain signs, one space between two of them: nothing to make alike. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;
/** What a spreadsheet may have made of a long number has more digits than this. */
const SHORT = 16;

/**
 * A reference as most are: letters of ASCII, digits, dashes and underscores, some of them digits. It is itself however it is looked
 * at: nothing to make alike, nothing that was lost or damaged.
 */
export function isOrdinary(text: string): boolean {
  const { length } = text;
  if (length > SHORT) return false;
  let hasDigit = false;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x30 && code <= 0x39) hasDigit = true;
    else if (!((code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x2d || code === 0x5f))
      return false;
  }
  return hasDigit;
}

const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;
const APOSTROPHES = /[\u2018\u2019\u02bc\u2032\u00b4`]/g;

/**
 * A reference as it names its payment, whatever program wrote it: letters put together (NFC), one plain space for spaces of
 * any kind, one dash for dashes of any kind, and none of the apostrophes by which a spreadsheet keeps a text a text and
 * programs hold it together. Two spellings of one reference must not be two payments.
 */
export function sameReference(text: string): string {
  if (PLAIN.test(text) && !text.includes('`')) return withoutMark(text);
  const same = text.normalize('NFC').replace(DASHES, '-').replace(APOSTROPHES, "'").replace(/\s+/g, ' ').trim();
  return withoutMark(same);
}

function withoutMark(text: string): string {
  if (!text.startsWith("'")) return text;
  const bare = text.replace(/^'+\s*/, '');
  return /^[^']+'$/.test(bare) ? bare.slice(0, -1).trimEnd() : bare;
}

/** A reference of digits alone without the decimals that a spreadsheet wrote behind it: `201201.0`, `201201,00`. */
export function withoutDecimals(reference: string): string {
  return reference.replace(/^(\d+)[.,]0{1,2}$/, '$1');
}

/**
 * The key of a line without the zeros at the head of its parts that are digits alone, as a spreadsheet leaves them of `000102`;
 * undefined where no part is, and so none can lose any.
 */
export function withoutZeros(id: string): string | undefined {
  if (!HAS_DIGITS_ALONE.test(id)) return undefined;
  const at = id.lastIndexOf('/') + 1;
  const parts = id.slice(at).split('|');
  return id.slice(0, at) + parts.map((part) => (DIGITS.test(part) ? part.replace(/^0+(?=\d)/, '') : part)).join('|');
}

/** The keys without zeros at their heads, of those that have digits alone. */
export function allWithoutZeros(ids: Iterable<string>): Set<string> {
  const bare = new Set<string>();
  for (const id of ids) {
    const without = withoutZeros(id);
    if (without !== undefined) bare.add(without);
  }
  return bare;
}

const DIGITS = /^\d+$/;
/** A part of the reference of a key, which holds no other slash. */
const HAS_DIGITS_ALONE = /[/|]\d+(?:\|[^/]*)?$/;

/** Signs that stand in no reference: what an encoding read as another leaves of letters. */
const DAMAGED = /[\u0080-\u009f\ufffd\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u2039\u203a\u02dc]/;
/** Signs of Windows-1252 that are letters of MacRoman or CP850, and French does without. */
const FOREIGN = /[\u0160\u0161\u017d\u017e\u0178\u201c\u201d\u2022\u2122]/;
/** UTF-8 that was read as Windows-1252: `Ã©` for `é`, `â€“` for a dash. */
const TWICE =
  /[\u00c2\u00c3][\u0080-\u00bf\u20ac\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u2122]|\u00e2\u20ac/;

/** Why a reference cannot be trusted to be what its funder wrote, and would count a payment twice. */
export function damagedReference(text: string, encoding: string | undefined): CellFault | undefined {
  if (PLAIN.test(text) && !text.includes('"')) return undefined;
  const marks = text.replace(/\d"/g, '').split('"').length - 1;
  if (/[\r\n]/.test(text) || marks % 2 === 1) return lineFault('reference_unreadable.quote');
  const damaged = DAMAGED.test(text) || TWICE.test(text) || (encoding === 'windows-1252' && FOREIGN.test(text));
  return damaged ? damagedIn(text) : undefined;
}

/** Signs that no text holds, and that another encoding leaves: a letter that was lost, a control of ISO 8859. */
export const isLeftByEncoding = (text: string): boolean => /[\u0080-\u009f\ufffd]/.test(text);

export const damagedIn = (text: string): CellFault =>
  lineFault('reference_unreadable.damaged', { shown: text.slice(0, 100) });
