import { instantInParis } from '@gpect/domain-values/calendar';
import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { ChangedWorkshop } from '../workshop/find.js';
import { themeInFrench } from '../workshop/themes.js';
import type { Workshop } from '../workshop/workshop.js';

/** Without stated hours a workshop stands in a calendar as a whole day; without an end it lasts this long. */
const USUAL_HOURS = 3;
const HOUR_MS = 3_600_000;

/**
 * The workshops of an action for a calendar application: titles, days and places, nobody's name. What was cancelled stays, as
 * cancelled: an application that only lost it would keep its own copy. Pure.
 */
export function calendarOf(action: string, workshops: readonly ChangedWorkshop[]): string {
  const calendar = ical({
    name: `Ateliers ${action}`,
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'gpect', product: 'workshops', language: 'FR' },
    ttl: 60 * 60,
  });
  for (const { workshop, changedAt } of workshops) {
    const { title, theme, place, startsAt, status } = workshop;
    const cancelled = status === 'CANCELLED';
    const summary = title ?? `Atelier ${themeInFrench(theme)}`;
    // The same workshop is the same text: an application sees no change where there is none.
    const changed = changedAt ?? instantInParis(workshop.plannedOn);
    calendar.createEvent({
      id: `${workshop.programme}/${workshop.workshop}@gpect`,
      // Some applications show no status.
      summary: cancelled ? `Annulé : ${summary}` : summary,
      stamp: changed,
      lastModified: changed,
      sequence: revisionsOf(workshop),
      ...timesOf(workshop),
      allDay: !startsAt,
      ...(place ? { location: place } : {}),
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      ...(cancelled ? { transparency: ICalEventTransparency.TRANSPARENT } : {}),
    });
  }
  return calendar.toString();
}

/**
 * How often what a calendar shows was changed (SEQUENCE): by the states that a workshop goes through, so that it holds for
 * those of before this number too. A workshop that is moved once more, or cancelled after it was held, would count on.
 */
function revisionsOf({ status, heldOn, plannedOn }: Workshop): number {
  const moved = heldOn !== undefined && heldOn !== plannedOn ? 1 : 0;
  return moved + (status === 'CANCELLED' ? 1 : 0);
}

function timesOf({ heldOn, plannedOn, startsAt, endsAt }: Workshop): { start: Date; end?: Date } {
  const day = heldOn ?? plannedOn;
  if (!startsAt) return { start: instantInParis(day, '12:00') };
  const start = instantInParis(day, startsAt);
  return { start, end: endsAt ? instantInParis(day, endsAt) : new Date(start.getTime() + USUAL_HOURS * HOUR_MS) };
}
