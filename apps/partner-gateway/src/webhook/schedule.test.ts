import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { afterFailure, type Standing, WELL, waitAfter } from './schedule.js';

const HOUR = 3_600_000;
const rules = { noticeAfterMs: 24 * HOUR, disableAfterMs: 120 * HOUR };

test('waits double from a second to an hour', () => {
  expect([1, 2, 3, 12, 13, 60].map((n) => waitAfter(n, 0.5))).toEqual([1000, 2000, 4000, 2_048_000, HOUR, HOUR]);
});

test('the partner is told once that it fails, and once that it is disabled', () => {
  const told: [number, string][] = [];
  let standing: Standing = WELL;
  let now = 0;
  while (standing.status !== 'DISABLED') {
    const { standing: next, notice } = afterFailure(standing, '503', rules, now, 0.5);
    if (notice) told.push([Math.floor(now / HOUR), notice]);
    standing = next;
    now = next.nextAttemptAt ?? now;
  }
  expect(told).toEqual([
    [24, 'FAILING'],
    [120, 'DISABLED'],
  ]);
  expect(standing).toMatchObject({ failingSince: 0, lastFailure: '503' });
  expect(standing).not.toHaveProperty('nextAttemptAt');
});

test('however long it fails, the next attempt is later, at most about an hour off', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.float({ min: 0, max: 1, noNaN: true }), (now, random) => {
      let standing: Standing = WELL;
      for (let i = 0, at = now; i < 30; i++) {
        standing = afterFailure(standing, 'x', rules, at, random).standing;
        if (standing.status === 'DISABLED') return;
        const next = standing.nextAttemptAt ?? 0;
        expect(next > at && next <= at + 1.1 * HOUR).toBe(true);
        at = next;
      }
    }),
  );
});
