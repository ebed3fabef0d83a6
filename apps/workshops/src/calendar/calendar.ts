import { instantInParis } from '@gpect/domain-values/calendar';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { themeInFrench } from '../workshop/themes.js';
import type { Workshop } from '../workshop/workshop.js';

/** Without stated hours a workshop stands in a calendar as a whole day; without an end it lasts this long. */
const USUAL_HOURS = 3;
const HOUR_MS = 3_600_000;

/** The workshops of an action for a calendar application: titles, days and places, nobody's name. Pure. */
export function calendarOf(action: string, workshops: readonly Workshop[]): string {
  const calendar = ical({
    name: `Ateliers ${action}`,
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'gpect', product: 'workshops', language: 'FR' },
    ttl: 60 * 60,
  });
  for (const workshop of workshops) {
    const { title, theme, place, startsAt, status } = workshop;
    calendar.createEvent({
      id: `${workshop.programme}/${workshop.workshop}@gpect`,
      summary: title ?? `Atelier ${themeInFrench(theme)}`,
      // The same workshop is the same text: an application sees no change where there is none.
      stamp: instantInParis(workshop.plannedOn),
      ...timesOf(workshop),
      allDay: !startsAt,
      ...(place ? { location: place } : {}),
      status: status === 'CANCELLED' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return calendar.toString();
}

function timesOf({ heldOn, plannedOn, startsAt, endsAt }: Workshop): { start: Date; end?: Date } {
  const day = heldOn ?? plannedOn;
  if (!startsAt) return { start: instantInParis(day, '12:00') };
  const start = instantInParis(day, startsAt);
  return { start, end: endsAt ? instantInParis(day, endsAt) : new Date(start.getTime() + USUAL_HOURS * HOUR_MS) };
}
