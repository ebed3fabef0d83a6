import { readIfLoaded } from './read-if-loaded.js';

/** INSEE's employment zones (zones d'emploi) were drawn three times since 1990; the same number can be another zone in another edition. */
export const ZONE_EDITIONS = [1990, 2010, 2020] as const;

/** The zones of one edition, as `npm run load -w infra/reference -- zones` writes them to `data/employment-zones-<edition>.json`. */
export interface ZoneList {
  readonly source: string;
  readonly files: readonly string[];
  readonly loadedOn: string;
  readonly edition: number;
  readonly zones: readonly { readonly code: string; readonly name: string; readonly communes: readonly string[] }[];
}

const loaded = new Map<number, ZoneList>();
for (const edition of ZONE_EDITIONS) {
  const list = readIfLoaded<ZoneList>(`employment-zones-${edition}`);
  if (list) loaded.set(edition, list);
}

/** The zones of an edition; undefined where its list was not loaded: no package carries any. */
export const zonesOf = (edition: number): ZoneList['zones'] | undefined => loaded.get(edition)?.zones;
