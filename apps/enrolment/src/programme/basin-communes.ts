import type { EventDataByType } from '@gpect/contracts/generated/events';
import { fail, ok, type Result } from '@gpect/domain-values/result';
import type { Commune } from '@gpect/reference-data/communes';
import type { ZoneList } from '@gpect/reference-data/employment-zones';
import type { Refusal } from '@gpect/service-kit/aggregate/aggregate';
import { notKnown } from '@gpect/service-kit/aggregate/refusals';

/** What is known of communes and zones where it is decided (`geography.ts`). */
export interface Geography {
  communeOf(code: string): Commune | undefined;
  /** The region of today in which a commune lies. */
  regionOf(commune: string): string | undefined;
  /** Undefined where the list of the edition was not loaded. */
  zonesOf(edition: number): ZoneList['zones'] | undefined;
}

export type Basin = EventDataByType['fr.gpect.enrolment.programme-opened.v1']['basins'][number];

/**
 * The basins as the programme keeps them: whatever names its zones gets their communes, so that a later list of zones changes
 * nothing of a programme that is open.
 */
export function withCommunes(basins: readonly Basin[], geography: Geography): Result<Basin[], Refusal> {
  const kept: Basin[] = [];
  for (const basin of basins) {
    const communes = basin.communes ? ok([...basin.communes]) : communesOfZones(basin, geography);
    if (!communes.ok) return communes;
    const unknown = [basin.mainCommune, ...(communes.value ?? [])].find((code) => code && !geography.communeOf(code));
    if (unknown) return fail(communeUnknown(unknown));
    kept.push(communes.value ? { ...basin, communes: communes.value } : basin);
  }
  const seen = new Map<string, string>();
  for (const { code, communes = [] } of kept)
    for (const commune of new Set(communes)) {
      const other = seen.get(commune);
      if (other) return fail(inTwoBasins(commune, [other, code]));
      seen.set(commune, code);
    }
  return ok(kept);
}

function communesOfZones({ zones }: Basin, { zonesOf }: Geography): Result<string[] | undefined, Refusal> {
  if (!zones) return ok(undefined);
  const { edition, codes } = zones;
  const list = zonesOf(edition);
  if (!list) return fail(zonesNotLoaded(edition));
  const communes: string[] = [];
  for (const code of codes) {
    const zone = list.find((z) => z.code === code);
    if (!zone) return fail(notKnown('zones', code, `no employment zone of the edition of ${edition}`));
    communes.push(...zone.communes);
  }
  return ok(communes);
}

/**
 * The basins in which a commune lies, by their lists; a merged commune lies where any of those that merged did, unless it is
 * listed itself. A basin without a list has its main commune alone: whether others are its, nobody said.
 */
function basinsWith(commune: Commune, basins: readonly Basin[], { communeOf }: Geography): string[] {
  const listed = basins.filter((basin) => listOf(basin).includes(commune.code));
  const found =
    listed.length > 0
      ? listed
      : basins.filter((basin) => listOf(basin).some((code) => communeOf(code)?.today === commune.today));
  return found.map(({ code }) => code);
}

/** Where nobody said which communes a basin has, one of another region than every commune that is named is of none. */
function mayLieWithin({ today }: Commune, basins: readonly Basin[], { regionOf }: Geography): boolean {
  const regions = new Set(basins.flatMap((basin) => listOf(basin).map(regionOf)));
  return regions.size === 0 || regions.has(regionOf(today));
}

const listOf = ({ communes, mainCommune }: Basin): readonly string[] => communes ?? (mainCommune ? [mainCommune] : []);

/** What of a firm says where it is. */
export interface Place {
  readonly basin?: string;
  readonly commune?: string;
  readonly basinReason?: string;
}

/** The basin of a firm: that which is named, or the one of the action in which its commune lies. */
export function basinOf(
  { basin, commune }: Place,
  actionBasins: readonly string[],
  basins: readonly Basin[],
  geography: Geography,
): Result<string, Refusal> {
  if (basin) return ok(basin);
  const found = commune && geography.communeOf(commune);
  if (commune && !found) return fail(communeUnknown(commune));
  const mine = found ? basinsWith(found, basins, geography).filter((code) => actionBasins.includes(code)) : [];
  const [one, ...others] = mine;
  return one && others.length === 0 ? ok(one) : fail(basinMissing(commune, mine, actionBasins));
}

/** What the programme and its reference data say of a commune and a basin. */
function lookedAt({ basin = '', commune = '' }: Place, basins: readonly Basin[], geography: Geography) {
  const found = geography.communeOf(commune);
  const right = found ? basinsWith(found, basins, geography) : [];
  const isListed = basins.some(({ code, communes }) => code === basin && communes);
  return {
    found,
    right,
    isUnsaid: found !== undefined && right.length === 0 && !isListed && mayLieWithin(found, basins, geography),
  };
}

/** Why a firm cannot be detected there: its commune is none, or of another basin than the one that is named. */
export function placeFault(place: Place, basins: readonly Basin[], geography: Geography): Refusal | undefined {
  const { basin = '', commune, basinReason } = place;
  if (!commune) return undefined;
  const { found, right, isUnsaid } = lookedAt(place, basins, geography);
  if (!found) return communeUnknown(commune);
  if (basinReason || right.includes(basin) || isUnsaid) return undefined;
  const now = geography.communeOf(found.today)?.name ?? found.today;
  return basinContradicts(found, now, basin, right);
}

/**
 * A commune that is taken into a basin though nothing says that it lies there, nor that it does not: the programme gave the
 * main communes of its basins alone. Undefined where it was checked, or why it is followed there was said.
 */
export function uncheckedCommune(place: Place, basins: readonly Basin[], geography: Geography): Commune | undefined {
  if (!place.commune || place.basinReason) return undefined;
  const { found, isUnsaid } = lookedAt(place, basins, geography);
  return isUnsaid ? found : undefined;
}

function communeUnknown(commune: string): Refusal {
  return {
    code: 'commune_unknown',
    kind: 'rule',
    field: 'commune',
    value: commune,
    detail: `${commune} is the code of no commune, of today or of before it merged; give the INSEE code, not the postal code`,
  };
}

/** @param now the name of the commune of today */
function basinContradicts(
  { code, name, today, since }: Commune,
  now: string,
  basin: string,
  right: readonly string[],
): Refusal {
  const where = right.join(', ');
  const merged = today === code ? '' : ` (${now} ${since ? `depuis le ${since}` : 'aujourd’hui'})`;
  const mergedEn = today === code ? '' : ` (today in ${today}${since ? `, since ${since}` : ''})`;
  return {
    code: 'basin_contradicts_commune',
    kind: 'rule',
    field: 'basin',
    value: basin,
    detail: `commune ${code} ${name}${mergedEn} is of ${where || 'none of the basins of the programme'}, not of basin ${basin}; mend one of the two, or say in basinReason why the firm is followed there`,
    french: `la commune ${code} ${name}${merged} est ${where ? `du bassin ${where}` : 'hors des bassins du dispositif'}, pas du bassin ${basin}\u00a0: corrigez l’un des deux, ou dites dans basinReason (colonne motif_bassin) pourquoi l’entreprise y est suivie`,
  };
}

function basinMissing(commune: string | undefined, found: readonly string[], allowed: readonly string[]): Refusal {
  const [english, french] = commune
    ? found.length > 1
      ? [`commune ${commune} lies in several`, `la commune ${commune} est dans plusieurs`]
      : [`commune ${commune} lies in none that is known`, `la commune ${commune} n’est dans aucun qui soit connu`]
    : ['no commune says it', 'aucune commune ne le dit'];
  return {
    code: 'basin_missing',
    kind: 'rule',
    field: 'basin',
    allowed,
    detail: `name the basin: ${english}; the action has ${allowed.join(', ')}`,
    french: `nommez le bassin\u00a0: ${french}\u00a0; ceux de l’action\u00a0: ${allowed.join(', ')}`,
  };
}

function zonesNotLoaded(edition: number): Refusal {
  return {
    code: 'zones_not_loaded',
    kind: 'rule',
    field: 'zones',
    value: String(edition),
    detail: `the employment zones of the edition of ${edition} are not loaded here (npm run load -w infra/reference -- zones); name the communes of each basin instead`,
  };
}

function inTwoBasins(commune: string, basins: readonly string[]): Refusal {
  return {
    code: 'communes_twice',
    kind: 'rule',
    field: 'basins',
    value: commune,
    detail: `commune ${commune} is listed in ${basins.join(' and ')}; a commune is of one basin`,
  };
}
