import { sightOf } from '@gpect/contracts/sights';
import { auditRead } from '@gpect/service-kit/audit/audit-trail';
import { Problem } from '@gpect/service-kit/http/problem';
import type { Grant } from '@gpect/service-kit/rights/grant';
import type mongoose from 'mongoose';
import { FullSight, type Released } from '../secrecy/disclosed.js';
import type { ReleaseDocument } from './release.js';
import { lastRelease, releaseOf, releasesFor } from './store.js';

/** A release as what is told by it. */
export type ReleaseSight = Released & { readonly release: ReleaseDocument };

/** What of a question decides how its figures are seen. */
export interface SightAsked {
  readonly programme: string;
  readonly purpose?: string | undefined;
  readonly release?: string | undefined;
  readonly asOf?: string | undefined;
}

/**
 * How a caller sees the figures of a programme: State and Region, who say why, all of them as they are now, and that is
 * written down first; everybody else what was released.
 * @throws Problem 409 where nothing is released yet, 404 for a release that there is not, 422 for a day in the field
 */
export async function sightFor(
  connection: mongoose.Connection,
  grant: Grant,
  asked: SightAsked,
): Promise<FullSight | ReleaseSight> {
  const { programme, release, asOf } = asked;
  const full = fullSightOf(connection, grant, [programme], asked);
  if (full) return full;
  const found = release ? await releaseOf(connection, programme, release) : await lastRelease(connection, programme);
  if (asOf !== undefined) throw await dayNotReleased(connection, programme, asOf);
  if (!found) throw release ? await noSuchRelease(connection, programme, release) : notReleasedYet(programme);
  return { kind: 'release', date: found.date, release: found };
}

/** Of several programmes at once, where the caller has it and says why: one entry in the audit trail, with all of them. */
export function fullSightOf(
  connection: mongoose.Connection,
  grant: Grant,
  programmes: readonly string[],
  { purpose, release }: Pick<SightAsked, 'purpose' | 'release'>,
): FullSight | undefined {
  if (purpose === undefined || release !== undefined || sightOf(grant.caller.roles) !== 'full') return undefined;
  return FullSight.granted(purpose, auditRead(connection, programmes, purpose));
}

/**
 * The last release of a programme by a day, or of all.
 * @throws Problem 409 where nothing is released yet, 404 where nothing was by that day
 */
export async function lastSightFor(
  connection: mongoose.Connection,
  programme: string,
  upTo: string | undefined,
): Promise<ReleaseSight> {
  const found = await lastRelease(connection, programme, upTo);
  if (!found) throw upTo ? await noSuchRelease(connection, programme, upTo) : notReleasedYet(programme);
  return { kind: 'release', date: found.date, release: found };
}

/** As many dates as one answer names. */
const NAMED = 24;

async function datesOf(connection: mongoose.Connection, programme: string): Promise<string> {
  const dates = (await releasesFor(connection, programme)).map(({ date }) => date);
  return dates.slice(0, NAMED).join(', ') || '–';
}

async function dayNotReleased(connection: mongoose.Connection, programme: string, asOf: string): Promise<Problem> {
  const dates = await datesOf(connection, programme);
  return new Problem(422, 'day-not-released', 'Seen with full sight alone', {
    detail: `asOf ${asOf}: a day in the field is for State and Region, who say a purpose; ask for a release by its date (release=…): ${dates}`,
    french: `asOf ${asOf}\u00a0: une date passée se lit avec une finalité (purpose) par l’État et la Région\u00a0; demandez une publication par sa date (release=…)\u00a0: ${dates}`,
  });
}

async function noSuchRelease(connection: mongoose.Connection, programme: string, date: string): Promise<Problem> {
  const dates = await datesOf(connection, programme);
  return new Problem(404, 'release-unknown', 'Not found', {
    detail: `nothing of ${programme} was released on ${date}; releases: ${dates}`,
    french: `rien de ${programme} n’a été publié le ${date}\u00a0; publications\u00a0: ${dates}`,
  });
}

function notReleasedYet(programme: string): Problem {
  return new Problem(409, 'not-released-yet', 'Nothing is released yet', {
    detail: `no figures of ${programme} were released yet: State and Region read them with a purpose, or release them (POST /releases)`,
    french: `aucun chiffre de ${programme} n’est encore publié\u00a0: l’État et la Région les lisent avec une finalité (purpose) ou les publient (POST /releases)`,
  });
}
