import { dictionary } from '@gpect/domain-values/records';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import type {
  ActionDocument,
  ExchangeDocument,
  PracticesDocument,
  ProgrammeDocument,
  ProjectDocument,
  QuestionnaireDocument,
  RefusalsDocument,
  SampleDocument,
  SpendFileDocument,
} from '../facts/documents.js';
import { readModelOf } from '../facts/store.js';
import { type Verbatims, verbatimsOf } from './verbatims.js';

/** What of a programme no firm's facts say, as of the same instant. */
export interface Documents {
  readonly programme: ProgrammeDocument;
  readonly actions: readonly ActionDocument[];
  readonly practices: readonly PracticesDocument[];
  readonly exchanges: readonly ExchangeDocument[];
  /** Not in a release of before they were kept. */
  readonly projects?: readonly ProjectDocument[];
  /** How samples of the survey were drawn, the first first; neither it nor what follows is in such a release. */
  readonly samples?: readonly SampleDocument[];
  /** Versions of the questionnaire, the first first. */
  readonly questionnaires?: readonly QuestionnaireDocument[];
  readonly verbatims?: Verbatims;
  /** Lines that were refused, by file; told to who sees every figure. */
  readonly refused: Readonly<Record<string, { line: number; reason: string }[]>>;
  readonly refusedLines: number;
}

/** What of an instant documents are read at: the feed's, which knows of estimates, which know of documents. */
interface ReadAt {
  readonly connection: mongoose.Connection;
  readonly session?: Session;
  readonly small: {
    readonly programmes: ReadonlyMap<string, ProgrammeDocument>;
    readonly actions: ReadonlyMap<string, ActionDocument>;
  };
}

/** The same, as of an instant; undefined where no such programme was opened. */
export async function documentsOf(
  { connection, session, small }: ReadAt,
  code: string,
): Promise<Documents | undefined> {
  const programme = small.programmes.get(code);
  if (!programme?.name) return undefined;
  const options = session ? { session } : {};
  const of = { programme: code };
  const [refusals, spendFiles, practices, exchanges, projects, samples, questionnaires, verbatims] = await Promise.all([
    readModelOf(connection, 'refusals').find(of, null, options).lean(),
    readModelOf(connection, 'spendFiles').find(of, null, options).lean(),
    readModelOf(connection, 'practices').find(of, null, options).lean(),
    readModelOf(connection, 'exchanges').find(of, null, options).lean(),
    readModelOf(connection, 'projects').find(of, null, options).sort({ _id: 1 }).lean(),
    readModelOf(connection, 'samples').find(of, null, options).sort({ drawnOn: 1, _id: 1 }).lean(),
    readModelOf(connection, 'questionnaires').find(of, null, options).sort({ version: 1 }).lean(),
    verbatimsOf(connection, code, session),
  ]);
  const refused = refusedLines(refusals, spendFiles);
  return {
    programme,
    actions: [...small.actions.values()].filter((a) => a.programme === code).sort((a, b) => (a._id < b._id ? -1 : 1)),
    practices,
    exchanges,
    projects,
    samples,
    questionnaires,
    verbatims,
    refused,
    refusedLines: Object.values(refused).reduce((sum, lines) => sum + lines.length, 0),
  };
}

export function refusedLines(
  refusals: readonly RefusalsDocument[],
  spendFiles: readonly SpendFileDocument[],
): Documents['refused'] {
  const since = new Map(spendFiles.map(({ _id, restarts }) => [_id, Math.max(0, ...(restarts ?? []))]));
  const byFile = dictionary<{ line: number; reason: string }[]>();
  for (const { file, of, sequence, lines } of refusals)
    if (sequence > (since.get(of) ?? 0))
      for (const { line, reason } of lines) {
        byFile[file] ??= [];
        byFile[file].push({ line, reason });
      }
  for (const lines of Object.values(byFile)) lines.sort((a, b) => a.line - b.line);
  return sorted(byFile);
}

export function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
