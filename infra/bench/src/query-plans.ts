import type { createDatabase } from '@gpect/service-kit/mongo/connection';

type Connection = ReturnType<typeof createDatabase>;

/** What mongod looked at while a question was answered, by its own profiler. */
export interface Looked {
  /** Each plan that it chose, e.g. `IXSCAN { programme: 1 }`, `COLLSCAN`. */
  readonly plans: readonly string[];
  readonly keys: number;
  readonly documents: number;
}

interface Profiled {
  readonly ns: string;
  readonly planSummary?: string;
  readonly keysExamined?: number;
  readonly docsExamined?: number;
}

/** All that was looked at in the database while `ask` ran, the service's own housekeeping included. */
export async function lookedAt({ db }: Connection, ask: () => Promise<unknown>): Promise<Looked> {
  if (!db) throw new Error('the database is not connected');
  await db.command({ profile: 0 });
  await db.collection('system.profile').drop();
  await db.command({ profile: 2 });
  await ask();
  await db.command({ profile: 0 });
  const all = await db
    .collection<Profiled>('system.profile')
    .find({ planSummary: { $exists: true } })
    .toArray();
  const meant = all.filter(({ ns }) => !ns.endsWith('.system.profile'));
  return {
    plans: [...new Set(meant.map(({ planSummary }) => planSummary ?? ''))].sort(),
    keys: meant.reduce((sum, { keysExamined = 0 }) => sum + keysExamined, 0),
    documents: meant.reduce((sum, { docsExamined = 0 }) => sum + docsExamined, 0),
  };
}
