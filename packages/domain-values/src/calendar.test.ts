import { expect, test } from '@jest/globals';
import { addMonths, monthOf, readDate, todayInParis } from './calendar.js';

test('reads French and ISO dates, and refuses days that do not exist', () => {
  expect(readDate('04/05/2009', 'french')).toEqual({ ok: true, value: '2009-05-04' });
  expect(readDate('2008-02-29', 'iso')).toEqual({ ok: true, value: '2008-02-29' });
  for (const [typed, format] of [
    ['31/02/2010', 'french'],
    ['2009-02-29', 'iso'],
    ['04/05/09', 'french'],
    ['', 'iso'],
  ] as const) {
    expect(readDate(typed, format)).toEqual({ ok: false, fault: 'date_unreadable' });
  }
});

test('counts calendar months across years', () => {
  expect(addMonths(monthOf('2009-01-31'), -12)).toBe('2008-01');
  expect(addMonths('2010-11', 2)).toBe('2011-01');
});

test('a day begins at midnight in Paris', () => {
  expect(todayInParis(new Date('2026-06-30T22:30:00Z'))).toBe('2026-07-01');
});
