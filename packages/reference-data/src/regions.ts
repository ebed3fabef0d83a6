import { createRequire } from 'node:module';

interface Of {
  readonly code: string;
  readonly nom: string;
  readonly region?: string;
}

// The package is data alone, of INSEE's official geographic code (COG): its index reads all of France's communes.
const read = (name: string) =>
  createRequire(import.meta.url)(`@etalab/decoupage-administratif/data/${name}.json`) as Of[];

const BY_DEPARTMENT = new Map(read('departements').map(({ code, region = '' }) => [code, region]));
const NAMES = new Map(read('regions').map(({ code, nom }) => [code, nom]));

/**
 * The region of today (INSEE code, `32` for Hauts-de-France) in which a commune stands.
 * @param commune INSEE code, `59350` or `2A004`; overseas departments have three digits
 * @returns undefined for a code of no department
 */
export function regionOf(commune: string): string | undefined {
  return BY_DEPARTMENT.get(commune.slice(0, 2)) || BY_DEPARTMENT.get(commune.slice(0, 3)) || undefined;
}

/** The name of a region, or its code where it has none. */
export const regionName = (code: string): string => NAMES.get(code) ?? code;
