import type { EventType } from '@gpect/contracts/event-contracts';
import { versionsOf } from '@gpect/contracts/versions/versions';
import type { Partner } from '@gpect/partner-events/partner';

/** The newest version of a type among those that were asked for; undefined where none was. Pure. */
export function askedVersion(type: EventType, receives: readonly string[]): EventType | undefined {
  return versionsOf(type).find((version) => receives.includes(version));
}

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
  const asked = receives && askedVersion(type, receives);
  return asked ?? versionsOf(type).findLast((version) => !ended.has(version)) ?? type;
}
