/** When a failing webhook is told of, and when it is given up. */
export interface WebhookRules {
  readonly noticeAfterMs: number;
  readonly disableAfterMs: number;
  /** Lets addresses be plain http. */
  readonly insecure: boolean;
}

/** How a webhook stands. Instants are ms since 1970. */
export interface Standing {
  readonly status: 'ACTIVE' | 'FAILING' | 'DISABLED';
  readonly attempts: number;
  readonly failingSince?: number;
  readonly nextAttemptAt?: number;
  readonly lastFailure?: string;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 3_600_000;

/** Doubles with every attempt, up to an hour; a tenth more or less, so that many do not come back at one instant. */
export function waitAfter(attempts: number, random: number): number {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
  return Math.round(wait * (0.9 + 0.2 * random));
}

/** A delivery failed: the standing after it, and what the partner is to be told, once each. Pure. */
export function afterFailure(
  before: Standing,
  failure: string,
  rules: Pick<WebhookRules, 'noticeAfterMs' | 'disableAfterMs'>,
  now: number,
  random: number,
): { readonly standing: Standing; readonly notice: 'FAILING' | 'DISABLED' | undefined } {
  const attempts = before.attempts + 1;
  const failingSince = before.failingSince ?? now;
  const lasted = now - failingSince;
  const common = { attempts, failingSince, lastFailure: failure };
  if (lasted >= rules.disableAfterMs)
    return {
      standing: { ...common, status: 'DISABLED' },
      notice: before.status === 'DISABLED' ? undefined : 'DISABLED',
    };
  const status = before.status === 'FAILING' || lasted >= rules.noticeAfterMs ? 'FAILING' : 'ACTIVE';
  return {
    standing: { ...common, status, nextAttemptAt: now + waitAfter(attempts, random) },
    notice: status === 'FAILING' && before.status !== 'FAILING' ? 'FAILING' : undefined,
  };
}

export const WELL: Standing = { status: 'ACTIVE', attempts: 0 };
