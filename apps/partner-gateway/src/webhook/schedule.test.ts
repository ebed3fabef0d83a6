import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readAnswer } from './post.js';
import { retryAfterMs } from './retry-after.js';
import {
  begun,
  type Failed,
  headDone,
  headFailed,
  heldDone,
  heldFailed,
  type Notice,
  type Progress,
  waitAfter,
} from './schedule.js';

const HOUR = 3_600_000;
const rules = { noticeAfterMs: 24 * HOUR, disableAfterMs: 120 * HOUR, answerMs: 15_000 };
const away: Failed = { ok: false, failure: 'could not be reached', concerns: 'WEBHOOK' };
const refused: Failed = { ok: false, failure: 'answered 422', concerns: 'EVENT' };

test('waits double from a second to an hour', () => {
  expect([1, 2, 3, 12, 13, 60].map((n) => waitAfter(n, 0.5))).toEqual([1000, 2000, 4000, 2_048_000, HOUR, HOUR]);
});

describe('a webhook that nothing reaches', () => {
  test('the partner is told once that it fails, and once that it is disabled', () => {
    const told: [number, Notice['status']][] = [];
    let progress: Progress = begun(7);
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
        let progress = begun(0);
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
    const { progress, notice } = headFailed(begun(3), 's', gone, rules, 0, 0.5);
    expect([progress.status, progress.next, progress.lastFailure]).toEqual(['DISABLED', 3, 'answered 410']);
    expect(notice).toMatchObject({ status: 'DISABLED' });
  });

  test.each([429, 503])('%s with Retry-After: nothing is tried before', (status) => {
    const { progress } = headFailed(begun(0), 's', readAnswer(status, '120', 5000) as Failed, rules, 5000, 0.5);
    expect(progress.nextAttemptAt).toBe(125_000);
    expect(
      headFailed(begun(0), 's', readAnswer(status, undefined, 5000) as Failed, rules, 5000, 0.5).progress,
    ).toMatchObject({
      nextAttemptAt: 6000,
      next: 0,
    });
  });
});

describe('an event that the receiver always refuses', () => {
  test('holds its own subject, and no other; the partner is told after a day; the webhook is never disabled for it', () => {
    let progress = headFailed(begun(0), 'bad', refused, rules, 0, 0.5).progress;
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

  test('where other events are refused too, the receiver as a whole is waited for', () => {
    let progress = begun(0);
    for (const subject of ['a', 'b', 'c']) progress = headFailed(progress, subject, refused, rules, 0, 0.5).progress;
    expect(progress).toMatchObject({ next: 2, attempts: 1, nextAttemptAt: 1000 });
    expect(progress.held?.map((h) => h.subject)).toEqual(['a', 'b']);
    expect(headDone(progress, true)).toMatchObject({ attempts: 0, status: 'ACTIVE', next: 3 });
    expect(headDone(progress, true)).not.toHaveProperty('refusedInARow');
  });

  test('whatever is taken or refused, each event is taken once and those of a subject in their order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 }),
        fc.infiniteStream(fc.constantFrom<true | Failed>(true, true, true, refused, away)),
        (subjects, answers) => {
          let progress = begun(0);
          const taken: number[] = [];
          const nextOf = (subject: string, from: number) => {
            const found = subjects.findIndex((s, i) => s === subject && i >= from && i < progress.next);
            return found < 0 ? undefined : found;
          };
          const answer = (round: number) => (round > 400 ? true : answers.next().value);
          for (let round = 0, now = 0; round < 2000; round++, now += 2 * HOUR) {
            if (progress.status === 'DISABLED') progress = begun(progress.next, progress.held);
            const [due] = progress.held ?? [];
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
  ['-1', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['1e3', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After: %s asks for %s ms', (header, wait) => {
  expect(retryAfterMs(header, 0)).toBe(wait);
});

test.each([
  [200, undefined],
  [204, undefined],
  [302, 'WEBHOOK'],
  [400, 'EVENT'],
  [404, 'WEBHOOK'],
  [410, 'EVER'],
  [422, 'EVENT'],
  [429, 'WEBHOOK'],
  [500, 'EVENT'],
  [503, 'WEBHOOK'],
])('an answer of %s concerns %s', (status, concerns) => {
  const read = readAnswer(status, undefined, 0);
  expect(read.ok ? undefined : [read.failure, read.concerns]).toEqual(concerns && [`answered ${status}`, concerns]);
});
