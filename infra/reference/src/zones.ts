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

/** So many zones INSEE says that an edition has, overseas with it; of 1990 no count was found. */
const SAID_TO_HAVE = new Map([
  [2010, 321],
  [2020, 306],
]);

/** The zones of an edition out of a file of communes; one that is and was no commune, or is in two zones, is refused. */
export function zonesIn(rows: readonly string[][], edition: number, columns: ZoneColumns): ZoneList['zones'] {
  if (!ZONE_EDITIONS.some((known) => known === edition))
    throw new NotTheFile(`--edition is one of ${ZONE_EDITIONS.join(', ')}`);
  const zones = new Map<string, { code: string; name: string; communes: string[] }>();
  const zoneOf = new Map<string, string>();
  for (const [commune = '', zone = '', name = ''] of below(rows, [columns.commune, columns.zone, columns.name])) {
    // Communes overseas or of another region may lie in none.
    if (commune === '' || !/^\d{2,5}$/.test(zone)) continue;
    if (!communeOf(commune)) throw new NotTheFile(`${commune} (zone ${zone}) is and was no commune that is known here`);
    const other = zoneOf.get(commune);
    if (other === zone) continue;
    if (other) throw new NotTheFile(`${commune} is in zone ${other} and in zone ${zone}; a commune is of one`);
    zoneOf.set(commune, zone);
    const found = zones.get(zone) ?? { code: zone, name, communes: [] };
    found.communes.push(commune);
    zones.set(zone, found);
  }
  if (zones.size === 0) throw new NotTheFile(`no line has a commune and a zone (${columns.commune}, ${columns.zone})`);
  return [...zones.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** What who loads it is told: how much was read, and how much INSEE announces. */
export function saidOfZones(zones: ZoneList['zones'], edition: number): string {
  const communes = zones.reduce((sum, zone) => sum + zone.communes.length, 0);
  const said = SAID_TO_HAVE.get(edition);
  return `${zones.length} zones d'emploi de l'édition ${edition}${said ? ` (l'Insee en annonce ${said})` : ''}, ${communes} communes`;
}
