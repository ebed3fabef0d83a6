import { expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import type { Workshop } from '../workshop/workshop.js';
import { calendarOf } from './calendar.js';

const AT = new Date('2008-05-02T09:30:00Z');
const workshop = (more: Partial<Workshop>, changedAt: Date | undefined = AT) => ({
  workshop: stateOf(more),
  changedAt,
});
const stateOf = (more: Partial<Workshop>): Workshop => ({
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
      summary: 'Annulé : Atelier Parcours professionnels',
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

/** What an application goes by when it decides whether what it has is older. */
function versionOf(text: string) {
  const [event] = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
  const value = (name: string) => event?.getFirstPropertyValue(name)?.toString();
  return {
    uid: value('uid'),
    sequence: Number(value('sequence')),
    stamp: value('dtstamp'),
    modified: value('last-modified'),
  };
}

test('a workshop that is moved or cancelled is a later version of the same event', () => {
  const later = new Date('2008-06-20T08:00:00Z');
  const planned = versionOf(calendarOf('a', [workshop({})]));
  expect(planned).toEqual({
    uid: 'p/W1@gpect',
    sequence: 0,
    stamp: '2008-05-02T09:30:00Z',
    modified: '2008-05-02T09:30:00Z',
  });
  const changes: Partial<Workshop>[] = [{ status: 'CANCELLED' }, { status: 'HELD', heldOn: '2008-07-10' }];
  for (const change of changes)
    expect(versionOf(calendarOf('a', [workshop(change, later)]))).toEqual({
      uid: 'p/W1@gpect',
      sequence: 1,
      stamp: '2008-06-20T08:00:00Z',
      modified: '2008-06-20T08:00:00Z',
    });
  // Held on its day: nothing that a calendar shows has changed.
  expect(versionOf(calendarOf('a', [workshop({ status: 'HELD', heldOn: '2008-07-03' }, later)])).sequence).toBe(0);
});

test('what was cancelled stays, keeps nobody busy, and says so in its title for applications that show no status', () => {
  const text = calendarOf('a', [workshop({ status: 'CANCELLED', title: 'Recruter' })]);
  const calendar = new ICAL.Component(ICAL.parse(text));
  expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
  const [event] = calendar.getAllSubcomponents('vevent');
  const of = (name: string) => event?.getFirstPropertyValue(name);
  expect([of('status'), of('summary'), of('transp')]).toEqual(['CANCELLED', 'Annulé : Recruter', 'TRANSPARENT']);
});

test.each([
  ['2010-03-27', '14:00', '2010-03-27T13:00:00.000Z'],
  ['2010-03-28', '14:00', '2010-03-28T12:00:00.000Z'],
  ['2010-10-31', '01:30', '2010-10-30T23:30:00.000Z'],
  ['2010-10-31', '14:00', '2010-10-31T13:00:00.000Z'],
])('%s at %s in Paris is %s, on the days that the clocks are changed too', (plannedOn, startsAt, start) => {
  expect(readBy(calendarOf('a', [workshop({ plannedOn, startsAt })]))).toMatchObject([{ start }]);
});

test.each([
  'é'.repeat(200),
  `${'x'.repeat(58)}é${'œ'.repeat(90)}`,
  '👩‍💼'.repeat(40),
  'ligne\nBEGIN:VEVENT\r\nUID:autre;a,b\\c',
  "\u202eRTL <b>gras</b> =cmd|' /C calc'!A0",
])('a title of any letters is read back whole, from lines of at most 75 bytes: %p', (title) => {
  const text = calendarOf('a', [workshop({ title, place: title })]);
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(readBy(text)).toMatchObject([
    { summary: title.replace(/\r\n/g, '\n'), location: title.replace(/\r\n/g, '\n') },
  ]);
});
