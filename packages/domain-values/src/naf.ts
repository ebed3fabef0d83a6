import nafCodes from '@socialgouv/codes-naf';

/** NAF rev. 2 subclass, e.g. `25.62B`. Source: INSEE nomenclature, as carried by @socialgouv/codes-naf. */
const SUBCLASSES = new Set(nafCodes.map((n) => n.id).filter((id) => /^\d{2}\.\d{2}[A-Z]$/.test(id)));

export function isNaf(value: string): boolean {
  return SUBCLASSES.has(value);
}

/** A subclass as people write it: `2562B`, `25.62 b`, `25-62B`. Undefined for what is no subclass. */
export function readNaf(text: string): string | undefined {
  const [, division, rest] = /^(\d{2})(\d{2}[A-Z])$/.exec(text.replace(/[\s.\-/]/g, '').toUpperCase()) ?? [];
  const naf = `${division}.${rest}`;
  return isNaf(naf) ? naf : undefined;
}

/** First division of each section of NAF rev. 2, in order. Source: INSEE, decree 2007-1888. */
const SECTIONS: readonly (readonly [number, string])[] = [
  [1, 'A'],
  [5, 'B'],
  [10, 'C'],
  [35, 'D'],
  [36, 'E'],
  [41, 'F'],
  [45, 'G'],
  [49, 'H'],
  [55, 'I'],
  [58, 'J'],
  [64, 'K'],
  [68, 'L'],
  [69, 'M'],
  [77, 'N'],
  [84, 'O'],
  [85, 'P'],
  [86, 'Q'],
  [90, 'R'],
  [94, 'S'],
  [97, 'T'],
  [99, 'U'],
];

/** Section (A to U) of a subclass such as `25.62B`; undefined for what is no subclass. */
export function nafSection(naf: string): string | undefined {
  if (!isNaf(naf)) return undefined;
  const division = Number(naf.slice(0, 2));
  return SECTIONS.findLast(([first]) => first <= division)?.[1];
}
