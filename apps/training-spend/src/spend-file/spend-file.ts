import type { EventDataByType } from '@gpect/contracts/generated/events';
import { ok } from '@gpect/domain-values/result';
import { unreachable } from '@gpect/domain-values/unreachable';
import type { Aggregate, EventOf } from '@gpect/service-kit/aggregate/aggregate';
import type { Change, Content } from '../spend-line/spend-line.js';

type Data<Name extends string> = EventDataByType[`fr.gpect.training-spend.${Name}.v1` & keyof EventDataByType];
type Said = EventOf<'training-spend/file of spend'>;
export type FileNames = Omit<Data<'spend-lines-refused'>, 'refusals'>;

/** A change of a line, with the reference under which its funder knows it. */
export interface ReferencedChange {
  readonly reference: string;
  readonly change: Change;
}

/** What is said of a file, in the transaction that makes it so. */
export type SpendFileCommand =
  | {
      readonly kind: 'say-changes';
      readonly file: FileNames;
      readonly changes: readonly ReferencedChange[];
      readonly because: Data<'spend-lines-cancelled'>['because'];
    }
  | {
      readonly kind: 'say-refusals';
      readonly file: FileNames;
      readonly refusals: Data<'spend-lines-refused'>['refusals'];
    }
  | { readonly kind: 'finish'; readonly ingested: Data<'spend-file-ingested'> }
  | { readonly kind: 'reject'; readonly rejected: Data<'spend-file-rejected'> }
  | { readonly kind: 'reopen'; readonly reopened: Data<'spend-file-reopened'> }
  | { readonly kind: 'finish-withdrawal'; readonly withdrawn: Data<'spend-file-withdrawn'> };

/** Lines of one event at the most, as the contracts say. */
const LINES_PER_EVENT = 500;
/** Bytes of their lines at the most: an event is one message, and a topic takes no larger one. */
const BYTES_PER_EVENT = 800_000;

/** What is said of a file. Its state is its document alone (`FileStore`), which is written in the same transactions. */
export const spendFile: Aggregate<'training-spend/file of spend', object, SpendFileCommand> = {
  collection: 'spend_files',
  initial: {},
  decide: (command) => {
    switch (command.kind) {
      case 'say-changes':
        return ok(eventsOf(command.file, command.changes, command.because));
      case 'say-refusals':
        return ok(
          inEvents(command.refusals, (refusals) => ({
            type: 'fr.gpect.training-spend.spend-lines-refused.v1',
            data: { ...command.file, refusals },
          })),
        );
      case 'finish':
        return ok([{ type: 'fr.gpect.training-spend.spend-file-ingested.v1', data: command.ingested }]);
      case 'reject':
        return ok([{ type: 'fr.gpect.training-spend.spend-file-rejected.v1', data: command.rejected }]);
      case 'reopen':
        return ok([{ type: 'fr.gpect.training-spend.spend-file-reopened.v1', data: command.reopened }]);
      case 'finish-withdrawal':
        return ok([{ type: 'fr.gpect.training-spend.spend-file-withdrawn.v1', data: command.withdrawn }]);
      default:
        return unreachable(command satisfies never);
    }
  },
  evolve: (state) => state,
};

/** One event for each kind of change and five hundred lines; a line has one change of a kind at the most in a chunk. */
function eventsOf(
  file: FileNames,
  changes: readonly ReferencedChange[],
  because: Data<'spend-lines-cancelled'>['because'],
): Said[] {
  const recorded: Data<'spend-lines-recorded'>['lines'] = [];
  const corrected: Data<'spend-lines-corrected'>['lines'] = [];
  const cancelled: Data<'spend-lines-cancelled'>['lines'] = [];
  for (const { reference, change } of changes) {
    const place = { line: change.origin.line, reference, revision: change.revision };
    if (change.kind === 'recorded') recorded.push(Object.assign(place, change.is));
    else if (change.kind === 'corrected') corrected.push({ ...place, was: counted(change.was), ...change.is });
    else cancelled.push({ ...place, ...counted(change.was) });
  }
  return [
    ...inEvents(recorded, (lines) => ({
      type: 'fr.gpect.training-spend.spend-lines-recorded.v1' as const,
      data: { ...file, lines },
    })),
    ...inEvents(corrected, (lines) => ({
      type: 'fr.gpect.training-spend.spend-lines-corrected.v1' as const,
      data: { ...file, lines },
    })),
    ...inEvents(cancelled, (lines) => ({
      type: 'fr.gpect.training-spend.spend-lines-cancelled.v1' as const,
      data: { ...file, because, lines },
    })),
  ];
}

export function namesOf({ programme, funder, fileId, file }: FileNames): FileNames {
  return { programme, funder, fileId, file };
}

/** Refusals as an event says them: a value of any length would make a message too large. */
export function refusalsSaid(
  refusals: readonly { line: number; column: string; value: string; reason: string; detail: string }[],
): Data<'spend-lines-refused'>['refusals'] {
  return refusals.map(({ line, column, value, reason, detail }) => ({
    line,
    column: column.slice(0, 200),
    value: value.slice(0, 500),
    reason,
    detail: detail.slice(0, 500),
  }));
}

function counted({ siret, paidOn, scheme, amountCents }: Content) {
  return { siret, paidOn, scheme, amountCents };
}

function inEvents<T extends object>(items: readonly T[], toEvent: (some: T[]) => Said): Said[] {
  const events: Said[] = [];
  for (let from = 0; from < items.length; ) {
    const until = endOfEvent(items, from);
    events.push(toEvent(items.slice(from, until)));
    from = until;
  }
  return events;
}

/** Behind the last item of the event that begins here. They are written out to be measured only where they may be too many bytes. */
function endOfEvent(items: readonly object[], from: number): number {
  const until = Math.min(items.length, from + LINES_PER_EVENT);
  let most = 0;
  for (let i = from; i < until; i++) most += mostBytes(items[i]);
  if (most <= BYTES_PER_EVENT) return until;
  let bytes = 0;
  for (let i = from; i < until; i++) {
    const size = Buffer.byteLength(JSON.stringify(items[i])) + 1;
    if (i > from && bytes + size > BYTES_PER_EVENT) return i;
    bytes += size;
  }
  return until;
}

/** Bytes of a value as JSON, at the most: a sign may be escaped (six), and a number has some twenty digits. */
function mostBytes(value: unknown): number {
  if (typeof value === 'string') return 6 * value.length + 2;
  if (typeof value !== 'object' || value === null) return 30;
  let bytes = 3;
  for (const [name, part] of Object.entries(value)) bytes += 6 * name.length + 4 + mostBytes(part);
  return bytes;
}
