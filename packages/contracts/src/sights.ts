import { apiDocument } from './api-documents.js';

/** `full`: every figure, as it is now, to who says why it is looked at. `release`: what was released on a day, and nothing else. */
export type Sight = 'full' | 'release';

const SIGHTS = new Map(Object.entries(apiDocument('reporting')['x-sight'] ?? {}));

/**
 * How one with these roles may see figures, as reporting's contract says (`x-sight`): by the role that sees most. A role that it
 * does not name has no more than a release.
 */
export function sightOf(roles: readonly string[]): Sight {
  return roles.some((role) => SIGHTS.get(role) === 'full') ? 'full' : 'release';
}
