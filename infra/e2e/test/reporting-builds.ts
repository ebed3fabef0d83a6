import type { Bilan } from '@gpect/programme/bilan';
import { bearerOf, type Field, STATE } from './harness.js';

/** What one replica of reporting answers, and with which status; 0 while nobody listens. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | null;
}

/** Asks one replica as the State, which says why. */
export async function askReporting(
  field: Field,
  url: string,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<Answer> {
  const search = new URLSearchParams({ purpose: 'une mise à niveau', ...query });
  // The reporting of before knows no purpose.
  if (query['purpose'] === '') search.delete('purpose');
  const response = await fetch(`${url}${path}?${search}`, { headers: await bearerOf(field, STATE) }).catch(
    () => undefined,
  );
  if (!response) return { status: 0, text: '', retryAfter: null };
  return { status: response.status, text: await response.text(), retryAfter: response.headers.get('retry-after') };
}

export const bilanOf = ({ text }: Answer): Bilan => JSON.parse(text) as Bilan;

/**
 * Does something again and again until it is told to end; `end` throws what it threw, and gives how often it was done.
 * `times` is how often by now; it throws likewise.
 */
export function againAndAgain(work: () => Promise<boolean>): { times(): number; end(): Promise<number> } {
  let going = true;
  let times = 0;
  let failure: { readonly error: unknown } | undefined;
  const done = (async () => {
    while (going) if (await work()) times++;
    return times;
  })();
  done.catch((error: unknown) => {
    failure = { error };
  });
  return {
    times: () => {
      if (failure) throw failure.error;
      return times;
    },
    end: () => {
      going = false;
      return done;
    },
  };
}

/** Starts something while the broker stands still: whatever is asked meanwhile is asked before any history is read. */
export async function beforeHistoryIsRead<T>(
  { stack }: Field,
  start: () => Promise<unknown>,
  ask: () => Promise<T>,
): Promise<T> {
  const kafka = stack.pids()['kafka'];
  if (kafka === undefined) throw new Error('no broker runs');
  process.kill(kafka, 'SIGSTOP');
  try {
    await start();
    return await ask();
  } finally {
    process.kill(kafka, 'SIGCONT');
  }
}
