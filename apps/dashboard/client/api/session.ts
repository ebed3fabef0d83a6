import { useQuery } from '@tanstack/react-query';
import { ProblemError, problemIn } from './problem.js';

/** Who signed in, as the pages' server knows them (`src/identity/claims.ts`). */
export interface Person {
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly codes: Readonly<Record<string, readonly string[]>>;
  readonly programmes: readonly string[];
}

export interface Session {
  readonly person: Person | null;
  readonly csrf?: string;
}

const read = async (answer: Response): Promise<unknown> => {
  const body: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) throw new ProblemError(problemIn(body, answer.status));
  return body;
};

export function useSession() {
  return useQuery({ queryKey: ['session'], queryFn: async () => (await read(await fetch('/session'))) as Session });
}

/** Ends the session here; where the provider ends it, too. */
export async function signOut(csrf: string): Promise<string> {
  const answer = await fetch('/sign-out', { method: 'POST', headers: { 'x-csrf-token': csrf } });
  return ((await read(answer)) as { to: string }).to;
}

/** Where to sign in, to come back to exactly this view: an address of the server, so that no page of ours takes it. */
export const signInAt = (path: string): string => `/sign-in?to=${encodeURIComponent(path)}`;
