import { createRequire } from 'node:module';
import { communeOf } from './communes.js';

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
 * The region of today (INSEE code, `32` for Hauts-de-France) in which a commune stands; one that merged away, or has another
 * code since, stands where the commune of today does that took it in.
 * @param commune INSEE code, `59350` or `2A004`; overseas departments have three digits
 * @returns undefined for a code of no department
 */
export function regionOf(commune: string): string | undefined {
  const today = communeOf(commune)?.today ?? commune;
  return BY_DEPARTMENT.get(today.slice(0, 2)) || BY_DEPARTMENT.get(today.slice(0, 3)) || undefined;
}

/** The codes of all regions of today. */
export const REGION_CODES: readonly string[] = [...NAMES.keys()].sort();

/** The name of a region, or its code where it has none. */
export const regionName = (code: string): string => NAMES.get(code) ?? code;
