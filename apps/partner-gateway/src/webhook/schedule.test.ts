import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readAnswer } from './post.js';
import { retryAfterMs } from './retry-after.js';
import {
  dueOf,
  type Failed,
  headDone,
  headFailed,
  heldDone,
  heldFailed,
  type Notice,
  type Progress,
  waitAfter,
  well,
} from './schedule.js';

const HOUR = 3_600_000;
const rules = { noticeAfterMs: 24 * HOUR, disableAfterMs: 120 * HOUR, answerMs: 15_000 };
const away: Failed = { ok: false, failure: 'could not be reached', concerns: 'WEBHOOK' };
const refused: Failed = { ok: false, failure: 'answered 422', concerns: 'EVENT' };
const reset: Failed = { ok: false, failure: 'could not be reached', concerns: 'EITHER' };

test('waits double from a second to an hour', () => {
  expect([1, 2, 3, 12, 13, 60].map((n) => waitAfter(n, 0.5))).toEqual([1000, 2000, 4000, 2_048_000, HOUR, HOUR]);
});

describe('a webhook that nothing reaches', () => {
  test('the partner is told once that it fails, and once that it is disabled', () => {
    const told: [number, Notice['status']][] = [];
    let progress: Progress = well(7);
    let now = 0;
    while (progress.status !== 'DISABLED') {
      const after = headFailed(progress, 's', away, rules, now, 0.5);
      if (after.notice) told.push([Math.floor(now / HOUR), after.notice.status]);
      progress = after.progress;
      now = progress.nextAttemptAt ?? now;
    }
    expect(told).toEqual([
      [24, 'FAILING'],
      [120, 'DISABLED'],
    ]);
    expect(progress).toMatchObject({ next: 7, failingSince: 0, lastFailure: 'could not be reached' });
    expect(progress).not.toHaveProperty('nextAttemptAt');
  });

  test('however long it fails, the next attempt is later, at most about an hour off', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.float({ min: 0, max: 1, noNaN: true }), (now, random) => {
        let progress = well(0);
        for (let i = 0, at = now; i < 30; i++) {
          progress = headFailed(progress, 's', away, rules, at, random).progress;
          if (progress.status === 'DISABLED') return;
          const next = progress.nextAttemptAt ?? 0;
          expect(next > at && next <= at + 1.1 * HOUR).toBe(true);
          at = next;
        }
      }),
    );
  });

  test('410 disables it at once', () => {
    const gone = readAnswer(410, undefined, 0) as Failed;
    const { progress, notice } = headFailed(well(3), 's', gone, rules, 0, 0.5);
    expect([progress.status, progress.next, progress.lastFailure]).toEqual(['DISABLED', 3, 'answered 410']);
    expect(notice).toMatchObject({ status: 'DISABLED' });
  });

  test.each([429, 503])('%s with Retry-After: nothing is tried before', (status) => {
    const { progress } = headFailed(well(0), 's', readAnswer(status, '120', 5000) as Failed, rules, 5000, 0.5);
    expect(progress.nextAttemptAt).toBe(125_000);
    expect(
      headFailed(well(0), 's', readAnswer(status, undefined, 5000) as Failed, rules, 5000, 0.5).progress,
    ).toMatchObject({
      nextAttemptAt: 6000,
      next: 0,
    });
  });
});

describe('an event that the receiver always refuses', () => {
  test('holds its own subject, and no other; the partner is told after a day; the webhook is never disabled for it', () => {
    let progress = headFailed(well(0), 'bad', refused, rules, 0, 0.5).progress;
    expect(progress).toMatchObject({ status: 'ACTIVE', next: 1, held: [{ subject: 'bad', position: 0, attempts: 1 }] });
    const told: Notice[] = [];
    for (let now = 1000; now < 300 * HOUR; now += HOUR) {
      progress = headDone(progress, true);
      const after = heldFailed(progress, 'bad', refused, rules, now, 0.5);
      if (after.notice) told.push(after.notice);
      progress = after.progress;
    }
    expect(told).toEqual([{ status: 'FAILING', since: 0, subject: 'bad' }]);
    expect([progress.status, progress.next]).toEqual(['ACTIVE', 301]);
    expect(progress).not.toHaveProperty('nextAttemptAt');
  });

  test('whose events follow one another: each holds its own subject, and the event behind them goes out at once', () => {
    let progress = well(0);
    const subjects = Array.from({ length: 300 }, (_one, i) => `bad-${i}`);
    for (const subject of subjects) progress = headFailed(progress, subject, refused, rules, 0, 0.5).progress;
    expect(progress).toMatchObject({ status: 'ACTIVE', next: 300, attempts: 0 });
    expect(progress).not.toHaveProperty('nextAttemptAt');
    expect(progress.held?.map((h) => h.subject)).toEqual(subjects);
  });

  test('of more subjects than can be kept: everything waits, and goes on once one of them is taken', () => {
    let progress = well(0);
    for (let i = 0; i < 1001; i++) progress = headFailed(progress, `bad-${i}`, refused, rules, 0, 0.5).progress;
    expect(progress).toMatchObject({ next: 1000, attempts: 1, nextAttemptAt: 1000 });
    progress = heldDone(progress, 'bad-7', undefined, 1000);
    expect(headFailed(progress, 'bad-1000', refused, rules, 1000, 0.5).progress).toMatchObject({ next: 1001 });
  });
});

describe('what may be the receiver, or one event', () => {
  test('is waited for as a whole, and counts nothing against an event that is refused beside it', () => {
    let progress = headFailed(well(0), 'a', reset, rules, 0, 0.5).progress;
    progress = headFailed(progress, 'a', reset, rules, 1000, 0.5).progress;
    expect(progress).toMatchObject({ next: 0, attempts: 2, nextAttemptAt: 3000 });
    expect(progress.held).toBeUndefined();
    progress = headFailed(progress, 'a', refused, rules, 3000, 0.5).progress;
    expect(progress).toMatchObject({ status: 'ACTIVE', attempts: 0, next: 1, held: [{ subject: 'a', attempts: 1 }] });
    expect(progress).not.toHaveProperty('nextAttemptAt');
  });

  test('an event that breaks the receiver each time: the others go on after three attempts, and it is never disabled for it', () => {
    const breaks = 's0';
    let progress = well(0);
    let taken = 0;
    for (let now = 0; now < 200 * HOUR; now = Math.max(now + 60_000, progress.nextAttemptAt ?? 0)) {
      const due = dueOf(progress, now);
      if (due) progress = heldFailed(progress, breaks, reset, rules, now, 0.5).progress;
      if (progress.nextAttemptAt !== undefined && progress.nextAttemptAt > now) continue;
      const subject = `s${progress.next}`;
      if (subject === breaks) progress = headFailed(progress, breaks, reset, rules, now, 0.5).progress;
      else {
        progress = headDone(progress, true);
        taken++;
      }
      expect(progress.status).toBe('ACTIVE');
    }
    expect(taken).toBeGreaterThan(1000);
    expect(progress.held).toMatchObject([{ subject: breaks, position: 0 }]);
  });

  test('however it fails for less than five days, it is not disabled; once it takes events again all are taken', () => {
    const failure = fc.constantFrom<Failed>(reset, away, readAnswer(429, '1800', 0) as Failed);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 118 }),
        fc.infiniteStream(failure),
        fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 }),
        (hours, failures, subjects) => {
          let progress = well(0);
          const taken: number[] = [];
          const nextOf = (subject: string, from: number) => {
            const found = subjects.findIndex((s, i) => s === subject && i >= from && i < progress.next);
            return found < 0 ? undefined : found;
          };
          let disabled = false;
          for (let now = 0; now < (hours + 5) * HOUR; ) {
            const isAway = now < hours * HOUR;
            const due = dueOf(progress, now);
            const subject = subjects[progress.next];
            if (due) {
              const position = nextOf(due.subject, due.position) ?? 0;
              if (!isAway) taken.push(position);
              progress = isAway
                ? heldFailed(progress, due.subject, failures.next().value as Failed, rules, now, 0.5).progress
                : heldDone(progress, due.subject, nextOf(due.subject, position + 1), now);
            } else if (subject !== undefined && progress.held?.some((h) => h.subject === subject))
              progress = headDone(progress, false);
            else if (subject !== undefined) {
              if (!isAway) taken.push(progress.next);
              progress = isAway
                ? headFailed(progress, subject, failures.next().value as Failed, rules, now, 0.5).progress
                : headDone(progress, true);
            } else now += 300_000;
            disabled ||= progress.status === 'DISABLED';
            now = Math.max(now, progress.nextAttemptAt ?? 0);
          }
          expect(disabled).toBe(false);
          expect([...taken].sort((a, b) => a - b)).toEqual(subjects.map((_s, i) => i));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('whatever an event meets', () => {
  test('each event is taken once and those of a subject in their order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 }),
        fc.infiniteStream(fc.constantFrom<true | Failed>(true, true, true, refused, away, reset)),
        (subjects, answers) => {
          let progress = well(0);
          const taken: number[] = [];
          const nextOf = (subject: string, from: number) => {
            const found = subjects.findIndex((s, i) => s === subject && i >= from && i < progress.next);
            return found < 0 ? undefined : found;
          };
          const answer = (round: number) => (round > 400 ? true : answers.next().value);
          for (let round = 0, now = 0; round < 2000; round++, now += 2 * HOUR) {
            if (progress.status === 'DISABLED') progress = well(progress.next, progress.held);
            const due = dueOf(progress, Number.POSITIVE_INFINITY);
            if (due) {
              const position = nextOf(due.subject, due.position) ?? 0;
              const said = answer(round);
              if (said === true) taken.push(position);
              progress =
                said === true
                  ? heldDone(progress, due.subject, nextOf(due.subject, position + 1), now)
                  : heldFailed(progress, due.subject, said, rules, now, 0.5).progress;
            }
            const subject = subjects[progress.next];
            if (subject === undefined) continue;
            if (progress.held?.some((h) => h.subject === subject)) progress = headDone(progress, false);
            else {
              const said = answer(round);
              if (said === true) taken.push(progress.next);
              progress =
                said === true
                  ? headDone(progress, true)
                  : headFailed(progress, subject, said, rules, now, 0.5).progress;
            }
          }
          expect([...taken].sort((a, b) => a - b)).toEqual(subjects.map((_s, i) => i));
          for (const subject of new Set(subjects)) {
            const of = taken.filter((i) => subjects[i] === subject);
            expect(of).toEqual([...of].sort((a, b) => a - b));
          }
        },
      ),
    );
  });
});

test.each([
  ['120', 120_000],
  ['0', 1000],
  [' 5 ', 5000],
  ['999999999999999999999', 24 * HOUR],
  ['Thu, 01 Jan 1970 00:10:00 GMT', 600_000],
  ['Wed, 31 Dec 1969 00:10:00 GMT', 1000],
  ['Fri, 31 Dec 9999 23:59:59 GMT', 24 * HOUR],
  ['Thursday, 01-Jan-70 00:10:00 GMT', 600_000],
  ['Wednesday, 31-Dec-69 00:10:00 GMT', 1000],
  ['Friday, 01-Jan-71 00:00:00 GMT', 24 * HOUR],
  ['Thu Jan  1 00:10:00 1970', 600_000],
  ['Fri Dec 31 23:59:59 9999', 24 * HOUR],
  ['Thu, 99 Jan 1970 00:10:00 GMT', undefined],
  ['Thu, 01 Jan 1970 00:10:00', undefined],
  ['1970-01-01T00:10:00Z', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['1e3', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After: %s asks for %s ms', (header, wait) => {
  expect(retryAfterMs(header, 0)).toBe(wait);
});

test('a year of two digits is at most 50 years away, whatever the century of the day', () => {
  const now = Date.parse('2076-11-30T00:00:00Z');
  expect(retryAfterMs('Monday, 30-Nov-76 00:10:00 GMT', now)).toBe(600_000);
});

test.each([
  [200, undefined],
  [204, undefined],
  [302, 'EITHER'],
  [400, 'EVENT'],
  [404, 'EITHER'],
  [409, 'EVENT'],
  [410, 'EVER'],
  [422, 'EVENT'],
  [429, 'WEBHOOK'],
  [500, 'EITHER'],
  [502, 'EITHER'],
  [503, 'EITHER'],
])('an answer of %s concerns %s', (status, concerns) => {
  const read = readAnswer(status, undefined, 0);
  expect(read.ok ? undefined : [read.failure, read.concerns]).toEqual(concerns && [`answered ${status}`, concerns]);
});
