import { expect, test } from '@jest/globals';
import { idleOf, webhooksHealth } from './idle.js';
import { headDone, headFailed, heldDone, heldFailed, type Progress, WELL, type WebhookRules } from './schedule.js';

/** What is seen of webhooks that take nothing. */
const rules: WebhookRules = { noticeAfterMs: 1000, disableAfterMs: 10_000, answerMs: 100 };
const answered = (status: number, concerns: 'EVENT' | 'EITHER' | 'EVER') =>
  ({ ok: false, failure: `answered ${status}`, concerns }) as const;
const refusal = answered(422, 'EVENT');
const begun: Progress = { ...WELL, next: 0 };
const webhook = (_id: string, progress: Progress) => ({ _id, ...progress });

test('a receiver that answers 422 to everything is seen, since its first refusal, until it takes something', () => {
  let progress = begun;
  for (let n = 0; n < 5; n++) progress = headFailed(progress, `s${n}`, refusal, rules, 100 + n, 0).progress;
  progress = heldFailed(progress, 's0', refusal, rules, 2000, 0).progress;
  // What it meets beside does not hide it.
  progress = headFailed(progress, 's9', answered(500, 'EITHER'), rules, 2001, 0).progress;
  expect(progress).toMatchObject({ refusingSince: 100 });
  expect(idleOf([webhook('p', progress)]).refusing).toHaveLength(1);
  const { state, detail } = webhooksHealth([webhook('p', progress)]);
  expect([state, detail]).toEqual([
    'ok',
    expect.stringMatching(/^p refuses each event since 1970-01-01.*answered 422/),
  ]);
  for (const taken of [headDone(progress, true), heldDone(progress, 's0', undefined, 3000)])
    expect(idleOf([webhook('p', taken)])).toEqual({ disabled: [], refusing: [] });
  // An event that only waits behind another of its subject was not taken.
  expect(headDone(progress, false)).toMatchObject({ refusingSince: 100 });
});

test('one that is disabled stays in sight, with what it last met; it is no longer counted among those that refuse', () => {
  const refusing = headFailed(begun, 's', refusal, rules, 100, 0).progress;
  const { progress } = headFailed(refusing, 't', answered(410, 'EVER'), rules, 200, 0);
  expect(idleOf([webhook('p', progress)])).toMatchObject({ disabled: [{ _id: 'p' }], refusing: [] });
  expect(webhooksHealth([webhook('p', progress)])).toEqual({
    state: 'ok',
    detail: expect.stringContaining('p is disabled (answered 410)'),
  });
});

test('where all take what they are given, or nothing can be known, that is said', () => {
  expect(webhooksHealth([webhook('p', headDone(begun, true))])).toMatchObject({ state: 'ok' });
  expect(webhooksHealth(undefined)).toMatchObject({ state: 'degraded' });
});
