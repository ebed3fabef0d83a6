import { communeOf } from '@gpect/reference-data/communes';
import { ZONE_EDITIONS, type ZoneList } from '@gpect/reference-data/employment-zones';
import { below, NotTheFile } from './rows.js';

/** Headings of a file that lists communes with their zones; INSEE's own by default. */
export interface ZoneColumns {
  readonly commune: string;
  readonly zone: string;
  readonly name: string;
}

export const zoneColumnsOf = (edition: number): ZoneColumns => ({
  commune: 'CODGEO',
  zone: `ZE${edition}`,
  name: `LIBZE${edition}`,
});

/** The zones of an edition out of a file of communes; one that is and was no commune is refused. */
export function zonesIn(rows: readonly string[][], edition: number, columns: ZoneColumns): ZoneList['zones'] {
  if (!ZONE_EDITIONS.some((known) => known === edition))
    throw new NotTheFile(`--edition is one of ${ZONE_EDITIONS.join(', ')}`);
  const zones = new Map<string, { code: string; name: string; communes: string[] }>();
  for (const [commune = '', zone = '', name = ''] of below(rows, [columns.commune, columns.zone, columns.name])) {
    // Communes overseas or of another region may lie in none.
    if (commune === '' || !/^\d{2,5}$/.test(zone)) continue;
    if (!communeOf(commune)) throw new NotTheFile(`${commune} (zone ${zone}) is and was no commune that is known here`);
    const found = zones.get(zone) ?? { code: zone, name, communes: [] };
    found.communes.push(commune);
    zones.set(zone, found);
  }
  if (zones.size === 0) throw new NotTheFile(`no line has a commune and a zone (${columns.commune}, ${columns.zone})`);
  return [...zones.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}
