import { expect, test } from '@jest/globals';
import { Watchdog } from './watchdog.js';

/** A watchdog that is asked every second, over a clock of the test. */
function watched() {
  let now = 0;
  const watchdog = new Watchdog(20_000, 1000, () => now);
  watchdog.joined();
  const after = (ms: number) => {
    now += ms;
    watchdog.looked();
    return watchdog.hung;
  };
  return { watchdog, after };
}

test('a broker that does not answer is noticed after its time', () => {
  const { watchdog, after } = watched();
  watchdog.asked(1);
  for (let s = 1; s <= 20; s++) expect(after(1000)).toBe(false);
  expect(after(1000)).toBe(true);
});

test('a process that itself stood still, frozen or busy with a partner’s records, takes nobody for hung: an answer may be there', () => {
  const { watchdog, after } = watched();
  watchdog.asked(1);
  expect(after(5000)).toBe(false);
  expect(after(300_000)).toBe(false);
  for (let s = 1; s <= 18; s++) expect(after(1000)).toBe(false);
  watchdog.answered(1);
  expect(after(1000)).toBe(false);
});

test('silence counts on once the process runs again, and while it joins its group', () => {
  const { watchdog, after } = watched();
  watchdog.asked(1);
  expect(after(60_000)).toBe(false);
  for (let s = 1; s < 20; s++) expect(after(1000)).toBe(false);
  expect(after(1000)).toBe(true);
  watchdog.joining();
  expect(after(300_000)).toBe(false);
  for (let s = 1; s < 50; s++) expect(after(1000)).toBe(false);
  expect(after(2000)).toBe(true);
});
