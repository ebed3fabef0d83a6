import { expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import type { Workshop } from '../workshop/workshop.js';
import { calendarOf } from './calendar.js';

const workshop = (more: Partial<Workshop>): Workshop => ({
  programme: 'p',
  action: 'a',
  workshop: 'W1',
  plannedOn: '2008-07-03',
  theme: 'career_paths',
  status: 'PLANNED',
  attendance: {},
  participants: [{ person: 'P1', name: 'J. Petit', audience: 'MANAGERS', seat: 'SEAT' }],
  ...more,
});

/** As Thunderbird reads it: the same parser. */
function readBy(text: string) {
  const component = new ICAL.Component(ICAL.parse(text));
  return component.getAllSubcomponents('vevent').map((vevent) => {
    const event = new ICAL.Event(vevent);
    return {
      uid: event.uid,
      summary: event.summary,
      location: event.location,
      start: event.startDate.isDate ? event.startDate.toString() : event.startDate.toJSDate().toISOString(),
      end: event.endDate.isDate ? event.endDate.toString() : event.endDate.toJSDate().toISOString(),
      status: vevent.getFirstPropertyValue('status'),
    };
  });
}

test('a calendar application reads hours of Paris, whole days, places, and what is cancelled', () => {
  const text = calendarOf('a', [
    workshop({
      title: 'Préparer les départs ; transmettre, partager',
      startsAt: '14:00',
      endsAt: '17:30',
      place: 'CCI, salle 2',
    }),
    workshop({ workshop: 'W2', plannedOn: '2008-12-04', startsAt: '09:00' }),
    workshop({ workshop: 'W3', status: 'CANCELLED' }),
  ]);
  expect(readBy(text)).toEqual([
    {
      uid: 'p/W1@gpect',
      summary: 'Préparer les départs ; transmettre, partager',
      location: 'CCI, salle 2',
      start: '2008-07-03T12:00:00.000Z',
      end: '2008-07-03T15:30:00.000Z',
      status: 'CONFIRMED',
    },
    {
      uid: 'p/W2@gpect',
      summary: 'Atelier Parcours professionnels',
      location: null,
      start: '2008-12-04T08:00:00.000Z',
      end: '2008-12-04T11:00:00.000Z',
      status: 'CONFIRMED',
    },
    {
      uid: 'p/W3@gpect',
      summary: 'Atelier Parcours professionnels',
      location: null,
      start: '2008-07-03',
      end: '2008-07-04',
      status: 'CANCELLED',
    },
  ]);
  expect(text).not.toContain('Petit');
});

test('the same workshops are the same text', () => {
  expect(calendarOf('a', [workshop({})])).toBe(calendarOf('a', [workshop({})]));
});
