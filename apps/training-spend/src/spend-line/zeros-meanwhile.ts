import { inProgramme } from '@gpect/domain-values/identifiers';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import { identityOf, type LineDocument, type LineWrite } from './kept-line.js';
import { Overtaken } from './overtaken.js';
import { withoutZeros } from './reference.js';

/** A funder of a programme, and how many transactions wrote lines of it whose references may have lost zeros. */
interface Guard {
  readonly _id: string;
  readonly written: number;
}

export const GUARDS = 'zeros_guards';

/**
 * Refuses to write lines that another file or request wrote meanwhile under references that differ by zeros alone: they were
 * decided before that was known. Whoever writes such lines of a funder writes one document of it first, so that of two at the
 * same moment one sees the other.
 * @throws Overtaken: they are to be decided again
 */
export async function refuseZerosMeanwhile(
  connection: mongoose.Connection,
  writes: readonly LineWrite[],
  session: Session,
): Promise<void> {
  const own = new Map<string, string>();
  const funders = new Set<string>();
  for (const { before, after } of writes) {
    if ((before?.entries.length ?? 0) > 0 || after.entries.length === 0) continue;
    const bare = withoutZeros(after.same ?? after._id);
    if (bare === undefined) continue;
    own.set(after._id, bare);
    funders.add(funderOf(after));
  }
  if (own.size === 0) return;
  const guards = collectionOf<Guard>(connection, GUARDS);
  for (const _id of [...funders].sort())
    await guards.updateOne({ _id }, { $inc: { written: 1 } }, { session, upsert: true });
  const bare = new Set(own.values());
  const unlike = [...bare].filter((id) => !own.has(id));
  const lines = collectionOf<LineDocument>(connection, 'lines');
  const alike = [
    ...(await lines.find({ bare: { $in: [...bare] } }, { session }).toArray()),
    ...(unlike.length > 0 ? await lines.find({ _id: { $in: unlike } }, { session }).toArray() : []),
  ];
  if (alike.some(({ _id, entries }) => entries.length > 0 && !own.has(_id)))
    throw new Overtaken('a line that differs by zeros was recorded meanwhile');
}

function funderOf(line: LineDocument): string {
  const { programme, funder } = identityOf(line);
  return inProgramme(programme, funder);
}
