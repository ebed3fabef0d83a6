import { expect, test } from '@jest/globals';
import { addMonths, instantInParis, monthOf, readDate, todayInParis } from './calendar.js';

test('reads French and ISO dates, and refuses days that do not exist', () => {
  expect(readDate('04/05/2009', 'french')).toEqual({ ok: true, value: '2009-05-04' });
  expect(readDate('2008-02-29', 'iso')).toEqual({ ok: true, value: '2008-02-29' });
  for (const [typed, format] of [
    ['31/02/2010', 'french'],
    ['2009-02-29', 'iso'],
    ['04/05-2009', 'french'],
    ['04/05/209', 'french'],
    ['15 03-2012', 'french'],
    ['13/25/2009', 'american'],
    ['2009-05-04', 'french'],
    ['39937', 'french'],
    ['1234', 'excel'],
    ['99999', 'excel'],
    ['', 'iso'],
  ] as const) {
    expect(readDate(typed, format)).toEqual({ ok: false, fault: 'date_unreadable' });
  }
});

test.each([
  ['04-05-2009', 'french', '2009-05-04'],
  ['4.5.09', 'french', '2009-05-04'],
  ['04/05/69', 'french', '1969-05-04'],
  ['04/05/68', 'french', '2068-05-04'],
  ['04/05/2009 00:00:00', 'french', '2009-05-04'],
  ['2009-05-04T12:30:00', 'iso', '2009-05-04'],
  ['05/04/2009', 'american', '2009-05-04'],
  ['15 03 2012', 'french', '2012-03-15'],
  ['15\u00a003\u00a02012', 'french', '2012-03-15'],
  ['03 15 2012', 'american', '2012-03-15'],
  ['2012 03 15', 'iso', '2012-03-15'],
  ['39937', 'excel', '2009-05-04'],
  ['39937,5', 'excel', '2009-05-04'],
] as const)('reads %s, written the %s way', (typed, format, date) => {
  expect(readDate(typed, format)).toEqual({ ok: true, value: date });
});

test.each([
  // Midnight in Paris, as a system writes it that keeps instants.
  ['2012-12-31T23:00:00Z', 'iso', '2013-01-01'],
  ['2012-12-31T22:59:59Z', 'iso', '2012-12-31'],
  ['2012-12-31T23:00:00.000Z', 'iso', '2013-01-01'],
  ['2013-01-01T00:00:00+01:00', 'iso', '2013-01-01'],
  ['2012-12-31T23:00:00+00:00', 'iso', '2013-01-01'],
  ['2012-12-31T23:00:00-00:00', 'iso', '2013-01-01'],
  ['2012-12-31T18:00:00-05:00', 'iso', '2013-01-01'],
  ['2012-12-31 23:00:00+00', 'iso', '2013-01-01'],
  ['2012-12-31t23:00:00z', 'iso', '2013-01-01'],
  ['2013-01-01T05:30:00+0530', 'iso', '2013-01-01'],
  ['31/12/2012 23:00:00Z', 'french', '2013-01-01'],
  ['12/31/2012 23:00Z', 'american', '2013-01-01'],
  // In summer Paris is two hours ahead; the clocks change at 01:00 UTC.
  ['2012-06-30T22:00:00Z', 'iso', '2012-07-01'],
  ['2012-06-30T21:59:59Z', 'iso', '2012-06-30'],
  ['2012-10-27T22:30:00Z', 'iso', '2012-10-28'],
  ['2012-10-28T22:59:00Z', 'iso', '2012-10-28'],
  ['2012-03-24T23:00:00Z', 'iso', '2012-03-25'],
  ['2012-03-25T22:00:00Z', 'iso', '2012-03-26'],
  // An hour that the clocks of Paris pass over is still of its day.
  ['2012-03-25T02:30:00', 'iso', '2012-03-25'],
  // A second that was added.
  ['2012-06-30T23:59:60Z', 'iso', '2012-07-01'],
  ['2012-07-01T01:59:60+02:00', 'iso', '2012-07-01'],
  ['2012-12-31 23:59', 'iso', '2012-12-31'],
] as const)('%s (%s) is the day %s in Paris', (typed, format, date) => {
  expect(readDate(typed, format)).toEqual({ ok: true, value: date });
});

test.each([
  ['2012-12-31T24:00:00Z', 'iso'],
  ['2012-12-31T24:00:00', 'iso'],
  ['31/12/2012 24:00', 'french'],
  ['2012-12-31T23:60:00Z', 'iso'],
  ['2012-12-31T23:59:61Z', 'iso'],
  ['2012-06-15T12:00:60Z', 'iso'],
  ['2012-06-30T23:59:60', 'iso'],
  ['2012-02-30T12:00:00Z', 'iso'],
  ['2011-02-29T23:30:00+01:00', 'iso'],
  ['2012-12-31T23:00:00+24:00', 'iso'],
  ['2012-12-31T23:00:00+01:60', 'iso'],
  ['2012-12-31T23:00:00 Paris', 'iso'],
  ['2012-12-31Z', 'iso'],
  ['1899-12-31', 'iso'],
  ['2199-12-31T23:00:00Z', 'iso'],
  ['2200-01-01', 'iso'],
  ['0012-01-01', 'iso'],
  ['9999-12-31', 'iso'],
  ['+012012-12-31', 'iso'],
] as const)('%s (%s) is no day', (typed, format) => {
  expect(readDate(typed, format)).toEqual({ ok: false, fault: 'date_unreadable' });
});

test('counts calendar months across years', () => {
  expect(addMonths(monthOf('2009-01-31'), -12)).toBe('2008-01');
  expect(addMonths('2010-11', 2)).toBe('2011-01');
});

test('a day begins at midnight in Paris', () => {
  expect(todayInParis(new Date('2026-06-30T22:30:00Z'))).toBe('2026-07-01');
});

test.each([
  ['2008-07-03', '14:00', '2008-07-03T12:00:00.000Z'],
  ['2008-12-04', '09:00', '2008-12-04T08:00:00.000Z'],
  ['2008-12-04', undefined, '2008-12-03T23:00:00.000Z'],
])('%s at %s in Paris is %s', (date, time, instant) => {
  expect(instantInParis(date, time).toISOString()).toBe(instant);
});
