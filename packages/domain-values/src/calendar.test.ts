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
  ['39937', 'excel', '2009-05-04'],
  ['39937,5', 'excel', '2009-05-04'],
] as const)('reads %s, written the %s way', (typed, format, date) => {
  expect(readDate(typed, format)).toEqual({ ok: true, value: date });
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
