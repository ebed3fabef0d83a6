import nafCodes from '@socialgouv/codes-naf';

/** NAF rev. 2 subclass, e.g. `25.62B`. Source: INSEE nomenclature, as carried by @socialgouv/codes-naf. */
const SUBCLASSES = new Set(nafCodes.map((n) => n.id).filter((id) => /^\d{2}\.\d{2}[A-Z]$/.test(id)));

export function isNaf(value: string): boolean {
  return SUBCLASSES.has(value);
}
