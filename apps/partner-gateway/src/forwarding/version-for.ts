import type { EventType } from '@gpect/contracts/event-contracts';
import { versionsOf } from '@gpect/contracts/versions/versions';
import type { Partner } from '@gpect/service-kit/partners/partner';

/**
 * The one version in which a partner gets an event: the newest of those that it asked for. Where it asked for none, the
 * oldest that has not ended, so that a new version changes nothing for anybody before the day that was announced. Pure.
 * @param ended versions whose announced day is over
 */
export function versionFor(
  type: EventType,
  { receives }: Pick<Partner, 'receives'>,
  ended: ReadonlySet<string>,
): EventType {
  const versions = versionsOf(type);
  const asked = receives && versions.find((version) => receives.includes(version));
  return asked ?? versions.findLast((version) => !ended.has(version)) ?? type;
}
