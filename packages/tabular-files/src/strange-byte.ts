/**
 * Tells a byte above 0x7f that, read as Windows-1252, stands in a word as French writes none: it is a letter of MacRoman or of
 * CP850, and the reference that it is part of would be another one.
 */

/** Signs of Windows-1252 that stand in no word, on either side of a letter. */
const NEVER = new Set([
  0x81, 0x82, 0x83, 0x84, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8d, 0x8e, 0x8f, 0x90, 0x98, 0x9a, 0x9b, 0x9d, 0x9e,
  0x9f,
]);
/** Quotation marks, a bullet and a trade mark: never between two letters (`h“pital`, `H•tel`). */
const NOT_BETWEEN = new Set([0x93, 0x94, 0x95, 0x99, 0xb6]);
/** Letters that no word in capitals has between two others: `FORÒT` was `FORÊT`. */
const NO_CAPITAL = new Set([0xd2, 0xd3, 0xd5, 0xd7, 0xd8, 0xe5, 0xe6, 0xec, 0xf3, 0xb7]);
const APOSTROPHE_BEHIND = new Set([...'ldnscjmtuLDNSCJMTU'].map((letter) => letter.charCodeAt(0)));
const VOWELS = new Set([...'AEIOUY'].map((letter) => letter.charCodeAt(0)));

const isCapital = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a;
const isSmall = (byte: number): boolean => byte >= 0x61 && byte <= 0x7a;
const isLetter = (byte: number): boolean => isCapital(byte) || isSmall(byte);
/** `É`, `Î` and their like, in Windows-1252. */
const isAccentedCapital = (byte: number): boolean => byte >= 0xc0 && byte <= 0xde && byte !== 0xd7;

/** `à`, `ç`, `è`, `é`, `ê` of Windows-1252; no small letter of MacRoman or CP850 is one of these bytes. */
const FRENCH = new Set([0xe0, 0xe7, 0xe8, 0xe9, 0xea]);

/**
 * What a byte above 0x7f tells between two others, 0 where there is none: that the text surely is not Windows-1252 (`never`), that it
 * hardly is (`hardly`), that it is (`french`), or nothing.
 */
export function tellsOf(before: number, byte: number, after: number): 'never' | 'hardly' | 'french' | undefined {
  if (byte < 0x80) return undefined;
  if (NEVER.has(byte)) return isLetter(before) || isLetter(after) ? 'never' : undefined;
  if (FRENCH.has(byte)) return isSmall(before) && !isCapital(after) ? 'french' : undefined;
  return isStrange(before, byte, after) ? 'hardly' : undefined;
}

function isStrange(before: number, byte: number, after: number): boolean {
  // `Nø12` and `N¡12` were `N°12`.
  if (byte === 0xf8 || byte === 0xa1) return (before === 0x4e || before === 0x6e) && !isLetter(after);
  // `CÏur` was `Cœur`.
  if (byte === 0xcf && isLetter(before) && isSmall(after)) return true;
  const [small, capital] = [isSmall(before) && isSmall(after), isCapital(before) && isCapital(after)];
  if (!small && !capital) return false;
  if (NOT_BETWEEN.has(byte)) return true;
  // `GAR€ON`; `K€uros` is a unit.
  if (byte === 0x80) return (before | 0x20) !== 0x6b;
  // `No‘l` was `Noël`; `d‘un` is an apostrophe.
  if (byte === 0x91) return !APOSTROPHE_BEHIND.has(before);
  // `Co–t` was `Coût`.
  if (byte === 0x96) return (before | 0x20) === 0x6f && (after | 0x20) === 0x74;
  // `maŒtre` was `maître`.
  if (small) return byte === 0x8c || isAccentedCapital(byte);
  // `HïPITAL` was `HÔPITAL`; `MAïS` is written by whom no accent is at hand.
  return NO_CAPITAL.has(byte) || ((byte === 0xef || byte === 0xeb) && !VOWELS.has(before));
}
