import type { Delivered } from './post.js';

/** When a failing webhook is told of, and when it is given up. */
export interface WebhookRules {
  readonly noticeAfterMs: number;
  readonly disableAfterMs: number;
  /** How long an answer is waited for. */
  readonly answerMs: number;
}

/** A subject whose next event was refused: the events behind it wait, those of other subjects do not. Instants are ms since 1970. */
export interface HeldSubject {
  readonly subject: string;
  /** Of the event that was refused. */
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
  /** Attempts that failed since the last that did not. */
  readonly attempts: number;
  readonly failingSince?: number;
  readonly nextAttemptAt?: number;
  readonly lastFailure?: string;
}

/** A standing, and how far deliveries are. */
export interface Progress extends Standing {
  /** Position of the first event that was not tried yet. */
  readonly next: number;
  readonly held?: readonly HeldSubject[];
  /** Events refused one after the other: where no other one is taken either, it is not the event. */
  readonly refusedInARow?: number;
}

export interface Notice {
  readonly status: 'FAILING' | 'DISABLED';
  readonly since: number;
  readonly subject?: string;
}

export type Failed = Delivered & { readonly ok: false };

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 3_600_000;
/** From so many refused events in a row on, the receiver as a whole is waited for. */
const REFUSED_IN_A_ROW = 3;
const MOST_HELD = 100;

/** Doubles with every attempt, up to an hour; a tenth more or less, so that many do not come back at one instant. */
export function waitAfter(attempts: number, random: number): number {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
  return Math.round(wait * (0.9 + 0.2 * random));
}

export const WELL: Standing = { status: 'ACTIVE', attempts: 0 };

/** The partner begins anew, or goes on: what was refused is then tried at once. */
export function begun(next: number, held: readonly HeldSubject[] = []): Progress {
  const again = held.map((one) => ({ ...one, nextAttemptAt: 0 }));
  return { ...WELL, next, ...(again.length > 0 ? { held: again } : {}) };
}

/** The event at the head was taken, or waits behind one of its subject that was not. Pure. */
export function headDone(before: Progress, taken: boolean): Progress {
  const { held } = before;
  const done = { next: before.next + 1, ...(held && held.length > 0 ? { held } : {}) };
  return taken ? { ...WELL, ...done } : { ...before, ...done };
}

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

/** The event at the head was not taken. Pure. */
export const headFailed: AfterFailure = (before, subject, failed, rules, now, random) => {
  const { held = [], refusedInARow = 0 } = before;
  const row = refusedInARow + 1;
  if (failed.concerns !== 'EVENT' || row >= REFUSED_IN_A_ROW || held.length >= MOST_HELD)
    return allFailed({ ...before, refusedInARow: row }, failed, rules, now, random);
  const position = before.next;
  const holding = {
    subject,
    position,
    since: now,
    attempts: 1,
    nextAttemptAt: now + waitAfter(1, random),
    lastFailure: failed.failure,
  };
  return { progress: { ...before, next: position + 1, held: [...held, holding], refusedInARow: row } };
};

/** An event of a held subject was taken; `next` is the next of it that waits, undefined where none does. Pure. */
export function heldDone(before: Progress, subject: string, next: number | undefined, now: number): Progress {
  const held = (before.held ?? []).flatMap((one): HeldSubject[] => {
    if (one.subject !== subject) return [one];
    return next === undefined ? [] : [{ subject, position: next, since: now, attempts: 0, nextAttemptAt: now }];
  });
  return { ...WELL, next: before.next, ...(held.length > 0 ? { held } : {}) };
}

/** An event of a held subject was refused again. Pure. */
export const heldFailed: AfterFailure = (before, subject, failed, rules, now, random) => {
  if (failed.concerns !== 'EVENT') return allFailed(before, failed, rules, now, random);
  let notice: Notice | undefined;
  const held = (before.held ?? []).map((one): HeldSubject => {
    if (one.subject !== subject) return one;
    const attempts = one.attempts + 1;
    const tell = !one.told && now - one.since >= rules.noticeAfterMs;
    if (tell) notice = { status: 'FAILING', since: one.since, subject };
    return {
      ...one,
      attempts,
      nextAttemptAt: now + waitAfter(attempts, random),
      lastFailure: failed.failure,
      ...(tell ? { told: true as const } : {}),
    };
  });
  return { progress: { ...before, held }, ...(notice ? { notice } : {}) };
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
