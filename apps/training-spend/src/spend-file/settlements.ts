import { type Target, target } from '@gpect/service-kit/aggregate/aggregate';
import { groupBy } from '@gpect/service-kit/collections/group-by';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import { fileIdOf, isIn } from '../spend-line/file-id.js';
import type { SpendRefusal } from '../spend-line/spend-line.js';
import type { DecidedLines, RefusedLine } from './decide-lines.js';
import { type FileDocument, type FileStore, refusalId } from './file-store.js';
import { type Counts, type LineOutcome, NO_OUTCOMES, type Outcomes, plus } from './outcomes.js';
import { namesOf, refusalsSaid, spendFile } from './spend-file.js';

type Settled = DecidedLines['settled'][number];

/** What lines of other files that waited for these become: their events, counts and refusals, in the same transaction. */
export interface OtherFile {
  readonly target: Target;
  write(session: Session): Promise<void>;
}

const fileOf = ({ origins }: Settled): string => origins[0]?.file ?? '';
const isOf = (fileId: string, { origins }: Settled): boolean => isIn(fileId, origins[0]);
const outcomesOf = ({ outcome }: Settled): 'corrected' | 'cancelled' | 'refused' =>
  typeof outcome === 'string' ? outcome : 'refused';

/** Only the first file that said a waiting line counts it as waiting; for the others it was a repeat. */
export function withOwnSettlements(
  { counts, cents, settled }: DecidedLines,
  fileId: string,
): { counts: Counts; cents: Outcomes } {
  const own = moved(settled.filter((s) => isOf(fileId, s)));
  return { counts: { ...plus(counts, own.counts), total: counts.total }, cents: plus(cents, own.cents) };
}

/** Refused lines of this file, those included that waited and turned out not to fit their original. */
export function ownRefusals({ refusals, settled }: DecidedLines, fileId: string): RefusedLine[] {
  const late = settled.filter((s) => isOf(fileId, s)).flatMap(refusalOf);
  return [...refusals, ...late].sort((a, b) => a.line - b.line);
}

/** What became in the end of lines of this file that waited, by their numbers. */
export function ownOutcomes(settled: readonly Settled[], fileId: string): Map<number, LineOutcome> {
  const own = settled.filter((s) => isOf(fileId, s));
  return new Map(own.map((s) => [s.origins[0]?.line ?? 0, outcomesOf(s)]));
}

export async function settlementsOf(
  files: FileStore,
  { programme, funder, fileId }: Pick<FileDocument, 'programme' | 'funder' | 'fileId'>,
  { settled, changes }: Pick<DecidedLines, 'settled' | 'changes'>,
): Promise<OtherFile[]> {
  const others: OtherFile[] = [];
  const late = settled.filter((s) => !isOf(fileIdOf(programme, funder, fileId), s));
  for (const [file, group] of groupBy(late, fileOf)) {
    const other = await files.ofOrigin(programme, funder, { file });
    if (!other) continue;
    const refusals = group.flatMap(refusalOf);
    const { counts, cents } = moved(group);
    others.push({
      target: target(
        spendFile,
        other._id,
        {
          kind: 'say-changes',
          file: namesOf(other),
          changes: changes.filter(({ change }) => isIn(other._id, change.origin)),
          because: 'TAKEN_BACK',
        },
        { kind: 'say-refusals', file: namesOf(other), refusals: refusalsSaid(refusals) },
      ),
      write: async (session) => {
        await files.settle(other._id, counts, cents, session);
        await files.keepRefusals(
          refusals.map((r) => ({ _id: refusalId(other._id, r.line), ...r })),
          session,
        );
      },
    });
  }
  return others;
}

function moved(settled: readonly Settled[]): { counts: Outcomes; cents: Outcomes } {
  const counts: Record<keyof Outcomes, number> = { ...NO_OUTCOMES };
  const cents: Record<keyof Outcomes, number> = { ...NO_OUTCOMES };
  for (const settlement of settled) {
    counts.waiting--;
    cents.waiting -= settlement.amountCents;
    counts[outcomesOf(settlement)]++;
    cents[outcomesOf(settlement)] += settlement.amountCents;
  }
  return { counts, cents };
}

function refusalOf({ origins, outcome, reference }: Settled): RefusedLine[] {
  const [origin] = origins;
  if (typeof outcome === 'string' || !origin) return [];
  return [
    {
      line: origin.line,
      column: outcome.field ?? '',
      value: reference,
      reason: outcome.code,
      detail: (outcome as SpendRefusal).said?.fr ?? outcome.detail,
      detailEn: outcome.detail,
      cells: [],
    },
  ];
}
