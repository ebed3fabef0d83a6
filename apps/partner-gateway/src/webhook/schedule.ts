import type { Delivered } from './post.js';

/** When a failing webhook is told of, and when it is given up. */
export interface WebhookRules {
  readonly noticeAfterMs: number;
  readonly disableAfterMs: number;
  /** How long an answer is waited for. */
  readonly answerMs: number;
}

/** A subject whose next event was not taken: the events behind it wait, those of other subjects do not. Instants are ms since 1970. */
export interface HeldSubject {
  readonly subject: string;
  /** Of the event that was not taken. */
  readonly position: number;
  readonly since: number;
  readonly attempts: number;
  readonly nextAttemptAt: number;
  readonly lastFailure?: string;
  /** The partner was told of it. */
  readonly told?: true;
}

/** How a webhook stands. Instants are ms since 1970. */
export interface Standing {
  readonly status: 'ACTIVE' | 'FAILING' | 'DISABLED';
  /** Attempts that failed since the receiver last answered for an event. */
  readonly attempts: number;
  readonly failingSince?: number;
  readonly nextAttemptAt?: number;
  readonly lastFailure?: string;
}

/** A standing, and how far deliveries are. */
export interface Progress extends Standing {
  /** Position of the first event that was not tried yet, or whose attempts all failed. */
  readonly next: number;
  readonly held?: readonly HeldSubject[];
  /** Failed attempts at the event at the head, of those that may be its own fault. */
  readonly headAttempts?: number;
  /** Since when the receiver refuses each event that it is given; gone once it takes one. */
  readonly refusingSince?: number;
}

export interface Notice {
  readonly status: 'FAILING' | 'DISABLED';
  readonly since: number;
  readonly subject?: string;
}

export type Failed = Delivered & { readonly ok: false };

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 3_600_000;
/** After so many attempts at one event the next attempt is made with one of another subject. */
const ATTEMPTS_OF_ONE = 3;
/** Subjects that wait for themselves at the most; with more of them everything waits. */
const MOST_HELD = 1000;

/** Doubles with every attempt, up to an hour; a tenth more or less, so that many do not come back at one instant. */
export function waitAfter(attempts: number, random: number): number {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
  return Math.round(wait * (0.9 + 0.2 * random));
}

export const WELL: Standing = { status: 'ACTIVE', attempts: 0 };

const withHeld = (held: readonly HeldSubject[] = []) => (held.length > 0 ? { held } : {});

/** The receiver answered for an event, or deliveries begin: whatever was met before is over. */
export const well = (next: number, held: readonly HeldSubject[] = []): Progress => ({
  ...WELL,
  next,
  ...withHeld(held),
});

/** The event at the head was taken, or waits behind one of its subject that was not. Pure. */
export function headDone(before: Progress, taken: boolean): Progress {
  if (taken) return well(before.next + 1, before.held);
  const { headAttempts: _of, ...standing } = before;
  return { ...standing, next: before.next + 1 };
}

/** It answered by refusing the event. */
const refused = (before: Progress, next: number, held: readonly HeldSubject[] | undefined, now: number): Progress => ({
  ...well(next, held),
  refusingSince: before.refusingSince ?? now,
});

interface After {
  readonly progress: Progress;
  /** What the partner is to be told. */
  readonly notice?: Notice;
}

/** What becomes of the progress when an event of a subject was not taken. */
type AfterFailure = (
  before: Progress,
  subject: string,
  failed: Failed,
  rules: WebhookRules,
  now: number,
  random: number,
) => After;

/**
 * The event at the head was not taken. Refused, it holds its subject and the next goes on at once. Otherwise everything waits
 * before the next attempt; where the event itself may be the reason, that is made with another subject after some attempts. Pure.
 */
export const headFailed: AfterFailure = (before, subject, failed, rules, now, random) => {
  const { held = [], next } = before;
  const holding = (attempts: number, from: number): HeldSubject[] => [
    ...held,
    {
      subject,
      position: next,
      since: now,
      attempts,
      nextAttemptAt: from + waitAfter(attempts, random),
      lastFailure: failed.failure,
    },
  ];
  const room = held.length < MOST_HELD;
  if (failed.concerns === 'EVENT' && room) return { progress: refused(before, next + 1, holding(1, now), now) };
  const after = allFailed(before, failed, rules, now, random);
  if (failed.concerns !== 'EITHER') return after;
  const headAttempts = (before.headAttempts ?? 0) + 1;
  if (headAttempts < ATTEMPTS_OF_ONE || !room) return { ...after, progress: { ...after.progress, headAttempts } };
  const aside = { held: holding(headAttempts, after.progress.nextAttemptAt ?? now) };
  return { ...after, progress: { ...headDone(after.progress, false), ...aside } };
};

/** An event of a held subject was taken; `next` is the next of it that waits, undefined where none does. Pure. */
export function heldDone(before: Progress, subject: string, next: number | undefined, now: number): Progress {
  const held = (before.held ?? []).flatMap((one): HeldSubject[] => {
    if (one.subject !== subject) return [one];
    return next === undefined ? [] : [{ subject, position: next, since: now, attempts: 0, nextAttemptAt: now }];
  });
  return well(before.next, held);
}

/** The held subject whose turn it is: the one that waits longest of those whose time has come. Pure. */
export function dueOf({ held = [] }: Progress, now: number): HeldSubject | undefined {
  const due = held.filter(({ nextAttemptAt }) => nextAttemptAt <= now);
  return due.sort((a, b) => a.nextAttemptAt - b.nextAttemptAt)[0];
}

/** An event of a held subject was not taken again. It waits for itself, behind the next attempt with another. Pure. */
export const heldFailed: AfterFailure = (before, subject, failed, rules, now, random) => {
  const isRefused = failed.concerns === 'EVENT';
  const after = isRefused
    ? { progress: refused(before, before.next, before.held, now) }
    : allFailed(before, failed, rules, now, random);
  let notice: Notice | undefined;
  const held = (before.held ?? []).map((one): HeldSubject => {
    if (one.subject !== subject) return one;
    const attempts = failed.concerns === 'WEBHOOK' ? one.attempts : one.attempts + 1;
    // While nothing is taken, the webhook as a whole is what the partner is told of.
    const alone = isRefused || before.attempts === 0;
    const tell = alone && !one.told && now - one.since >= rules.noticeAfterMs;
    if (tell) notice = { status: 'FAILING', since: one.since, subject };
    return {
      ...one,
      attempts,
      nextAttemptAt: (after.progress.nextAttemptAt ?? now) + waitAfter(Math.max(attempts, 1), random),
      lastFailure: failed.failure,
      ...(tell ? { told: true as const } : {}),
    };
  });
  return { ...after, progress: { ...after.progress, held }, ...(notice ? { notice } : {}) };
};

/** Nothing can be delivered now: the standing after it, and what the partner is to be told, once each. */
function allFailed(
  before: Progress,
  { failure, concerns, retryAfterMs }: Failed,
  { noticeAfterMs, disableAfterMs }: WebhookRules,
  now: number,
  random: number,
): After {
  const { nextAttemptAt: _at, ...rest } = before;
  const attempts = before.attempts + 1;
  const since = before.failingSince ?? now;
  const common = { ...rest, attempts, failingSince: since, lastFailure: failure };
  if (concerns === 'EVER' || now - since >= disableAfterMs)
    return {
      progress: { ...common, status: 'DISABLED' },
      ...(before.status === 'DISABLED' ? {} : { notice: { status: 'DISABLED', since } }),
    };
  const status = before.status === 'FAILING' || now - since >= noticeAfterMs ? 'FAILING' : 'ACTIVE';
  return {
    progress: { ...common, status, nextAttemptAt: now + (retryAfterMs ?? waitAfter(attempts, random)) },
    ...(status === 'FAILING' && before.status !== 'FAILING' ? { notice: { status: 'FAILING', since } } : {}),
  };
}
