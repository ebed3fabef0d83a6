import { expect, test } from '@jest/globals';
import { ClosedPlaces } from './closed.js';

test('a partition that takes nothing is tried again after a wait that grows to a quarter of a minute, and stays closed until it takes something', () => {
  let now = 0;
  const closed = new ClosedPlaces(() => now);
  const waits: number[] = [];
  for (let i = 0; i < 7; i++) {
    closed.closePartition('t/0', 'no leader');
    const began = now;
    while (closed.due().length === 0) {
      expect(closed.waiting()).toEqual(['t/0']);
      now += 100;
    }
    waits.push(now - began);
    expect(closed.why('t/0')).toBe('no leader');
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  closed.open('t/0');
  expect([closed.why('t/0'), closed.due(), closed.waiting()]).toEqual([undefined, [], []]);
});

test('a topic that refused is asked again after some seconds', () => {
  let now = 0;
  const closed = new ClosedPlaces(() => now);
  closed.closeTopic('t', 'no such topic');
  expect([closed.why('t'), closed.waiting()]).toEqual(['no such topic', []]);
  now = 6000;
  expect(closed.why('t')).toBeUndefined();
});
