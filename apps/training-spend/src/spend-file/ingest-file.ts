import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { todayInParis } from '@gpect/domain-values/calendar';
import { placeOfFile } from '@gpect/file-uploads/spool';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { BoundTable } from '@gpect/tabular-files/bind-table';
import { ReaderKilled } from '@gpect/tabular-files/isolated-workbook';
import { type Said, said } from '@gpect/tabular-files/messages';
import { type OpenTable, openTable } from '@gpect/tabular-files/open-table';
import type { Table } from '@gpect/tabular-files/table';
import { FileUnreadable } from '@gpect/tabular-files/unreadable';
import { bindSpend, type SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect, VersionedDialect } from '../dialect/dialect.js';
import { versionsOf } from '../dialect/dialects.js';
import { TABLE_FAULTS } from '../dialect/file-messages.js';
import { closedBefore, isAnyClosed } from '../establishment/closures.js';
import { isIn } from '../spend-line/file-id.js';
import type { Seen } from '../spend-line/file-reading.js';
import type { LineDocument } from '../spend-line/kept-line.js';
import { hasOldSpellings, loadAlike, loadLines, saveLines } from '../spend-line/line-store.js';
import { allWithoutZeros, withoutZeros } from '../spend-line/reference.js';
import type { Content } from '../spend-line/spend-line.js';
import { readThrough } from '../spend-line/whole-file.js';
import { type DecidedLines, DecidingLines, type KeyedReading, type ReadingFile } from './decide-lines.js';
import { readingFileOf, readingsOf } from './file-readings.js';
import { withNoticed } from './file-remarks.js';
import { type FileDocument, type Progress, refusalId, type Shape } from './file-store.js';
import { imbalance, plus, plusCounts } from './outcomes.js';
import { ownRefusals, settlementsOf, withOwnSettlements } from './settlements.js';
import { namesOf, refusalsSaid, type SpendFileCommand, spendFile } from './spend-file.js';
import type { SpendParts } from './spend-parts.js';

/** Lines that are decided and waiting for their commit while the next ones are read: they overlay what the database says. */
interface UnderWay {
  readonly known: ReadonlyMap<string, LineDocument>;
  readonly commit: Promise<void>;
}

/** Lines of one transaction. */
const CHUNK = 4000;

const NOTHING: UnderWay = { known: new Map(), commit: Promise.resolve() };

/**
 * Reads a file to its end, from where it was left. Some lines, their events, their refusals and the place reached are one
 * transaction, so a file that is cut off anywhere goes on with no line twice and none missing. While one transaction is
 * on its way, the next lines are read and decided.
 * @param trusting where the lines of a chunk were all new, those of the next are taken to be new too, and not looked up:
 *   should one be known, its key refuses it, Overtaken is thrown, and the file goes on without trust
 * @throws FileUnreadable where it is no table; Overtaken where another replica went on with it; ReadersBusy where the
 *   service was stopped before one of the threads that read workbooks was free
 */
export async function ingestFile(
  parts: SpendParts,
  file: FileDocument,
  mayGoOn: () => boolean,
  { trusting, stopping }: { readonly trusting: boolean; readonly stopping: AbortSignal },
): Promise<void> {
  await beginOpening(parts, file);
  const temporary = await placeOfFile();
  let table: OpenTable | undefined;
  let killed = false;
  try {
    const dialect = await dialectFor(parts, file);
    table = await openTable(
      {
        size: file.size,
        open: () => parts.parts.open(file.upload),
        path: async () => {
          await pipeline(parts.parts.open(file.upload), createWriteStream(temporary));
          return temporary;
        },
      },
      dialect.dialect,
      {
        user: { sender: file.funder, kind: 'file', signal: stopping },
        // Who waits for a thread has ended none.
        waits: () => parts.files.setOpening(file._id, { by: '', ended: endedBefore(file) }),
        begins: () => beginOpening(parts, file),
      },
    );
    const bound = bindSpend(table, dialect.dialect);
    if (!bound.ok) throw new Unbindable(bound.fault.code, bound.fault.said);
    const dated = await readThrough(table, bound.value, dialect.dialect, todayInParis(new Date()));
    if (!dated.ok) throw new Unbindable(dated.fault.code, dated.fault.said);
    await parts.files.setOpening(file._id, undefined);
    await new Ingestion(parts, file, dialect.dialect, table, dated.value, trusting).run(
      shapeOf(table, dated.value, dialect.version),
      mayGoOn,
    );
  } catch (error) {
    killed = error instanceof ReaderKilled;
    if (killed) await parts.files.setOpening(file._id, { by: '', ended: endedBefore(file) + 1 });
    throw error;
  } finally {
    if (!killed) await parts.files.setOpening(file._id, undefined).catch(() => undefined);
    table?.close();
    await rm(temporary, { force: true });
  }
}

/** This process, as far as it is remembered that it opens a file. */
const PROCESS = randomUUID();
/** A file may end so many of its readers; then it is refused. */
const MOST_ENDED = 2;

/** Readers that died while they opened the file: those of which it is known, and one of another process that did not say how it went. */
function endedBefore({ opening }: FileDocument): number {
  if (!opening) return 0;
  return opening.ended + (opening.by !== '' && opening.by !== PROCESS ? 1 : 0);
}

async function beginOpening({ files }: SpendParts, file: FileDocument): Promise<void> {
  const ended = endedBefore(file);
  if (ended >= MOST_ENDED) throw new FileUnreadable('reader_killed');
  await files.setOpening(file._id, { by: PROCESS, ended });
}

/** The headings do not fit the dialect: the file as a whole is refused. */
export class Unbindable extends Error {
  constructor(
    readonly code: string,
    readonly said: Said,
  ) {
    super(`${code}: ${said.en}`);
  }
}

/** A file that was begun goes on by the version it was begun with. */
async function dialectFor({ connection }: SpendParts, file: FileDocument): Promise<VersionedDialect> {
  const versions = await versionsOf(connection, file.funder);
  const begun = file.next > 0 ? versions.find((v) => v.version === file.dialectVersion) : undefined;
  const dialect = begun ?? versions.at(-1);
  if (dialect) return dialect;
  throw new Unbindable('funder_unknown', said(TABLE_FAULTS.funder_unknown, { funder: file.funder }));
}

function shapeOf(table: Table, { parts, headings, remarks }: BoundTable, dialectVersion: number): Shape {
  const [first] = parts;
  const { format, packing, encoding, delimiter } = table;
  return {
    dialectVersion,
    format,
    ...(packing ? { packing } : {}),
    ...(encoding ? { encoding } : {}),
    ...(delimiter ? { delimiter } : {}),
    headings,
    columns: Object.fromEntries(
      Object.entries(first?.binding.at ?? {}).map(([field, at]) => [field, first?.binding.headings[at ?? -1] ?? '']),
    ),
    linesExpected: parts.reduce((sum, p) => sum + Math.max(0, p.part.lines - p.binding.line + p.part.before), 0),
    noted: remarks,
  };
}

class Ingestion {
  readonly #reading: ReadingFile;

  constructor(
    private readonly parts: SpendParts,
    private readonly file: FileDocument,
    private readonly dialect: Dialect,
    private readonly table: Table,
    private readonly bound: BoundTable<SpendBinding>,
    private readonly trusting: boolean,
  ) {
    this.#reading = readingFileOf(file._id, bound, dialect);
  }

  async run(shape: Shape, mayGoOn: () => boolean): Promise<void> {
    const { files } = this.parts;
    const begun = { ...this.file, ...shape, status: 'READING' as const };
    await files.change(this.file, { ...shape, status: 'READING' });
    let progress: Progress & Pick<FileDocument, '_id' | 'status'> = begun;
    let underWay = NOTHING;
    const anyClosed = await isAnyClosed(this.parts.connection);
    // The key of a line in an older spelling refuses nothing: each line is looked up.
    const trusting = this.trusting && !(await hasOldSpellings(this.parts.connection));
    let lines = new DecidingLines(this.#reading);
    let closed = 0;
    const keep = async (seen: Seen) => {
      await underWay.commit;
      const from = progress;
      const to = { ...from, ...advanced(from, lines, closed, this.file._id, seen) };
      underWay = { known: afterOf(lines), commit: this.#commit(from, to, lines) };
      // A failed commit is noticed where it is awaited; until then it must not count as unhandled.
      underWay.commit.catch(() => undefined);
      progress = to;
      lines = new DecidingLines(this.#reading);
      closed = 0;
    };
    try {
      let last: Seen | undefined;
      for await (const { readings, seen } of oneAhead(
        readingsOf(this.table, this.bound, this.dialect, this.#reading, begun.next),
      )) {
        if (!mayGoOn()) return;
        lines.decide(readings, await this.#known(readings, underWay.known, trusting));
        if (anyClosed) closed += await closedBefore(this.parts.connection, contentsOf(readings));
        last = seen;
        if (lines.totals.lines < CHUNK) continue;
        await keep(seen);
        last = undefined;
      }
      if (last) await keep(last);
      await underWay.commit;
      await this.#finish(progress);
    } finally {
      await underWay.commit.catch(() => undefined);
    }
  }

  #allNew = false;

  /** What is known of these lines: by the database, and by the lines that are on their way there. */
  async #known(
    readings: readonly KeyedReading[],
    underWay: ReadonlyMap<string, LineDocument>,
    trusting: boolean,
  ): Promise<ReadonlyMap<string, LineDocument>> {
    const ids = new Set<string>();
    for (const { id } of readings) if (id !== undefined) ids.add(id);
    const { connection } = this.parts;
    const bare = allWithoutZeros(ids);
    const [alike, known] = await Promise.all([
      loadAlike(connection, bare),
      trusting && this.#allNew ? new Map<string, LineDocument>() : loadLines(connection, [...ids]),
    ]);
    this.#allNew = known.size === 0;
    for (const [id, line] of underWay)
      if (ids.has(id) || (bare.size > 0 && bare.has(withoutZeros(id) ?? ''))) known.set(id, line);
    for (const [id, line] of alike) if (!known.has(id)) known.set(id, line);
    return known;
  }

  async #commit(
    from: Progress & Pick<FileDocument, '_id' | 'status'>,
    to: Progress,
    decided: DecidedLines,
  ): Promise<void> {
    const { connection, runner, files } = this.parts;
    const { _id } = this.file;
    const others = await settlementsOf(files, this.file, decided);
    const own = ownRefusals(decided, _id);
    const commands: SpendFileCommand[] = [
      {
        kind: 'say-changes',
        file: namesOf(this.file),
        changes: decided.changes.filter(({ change }) => isIn(_id, change.origin)),
        because: 'TAKEN_BACK',
      },
      { kind: 'say-refusals', file: namesOf(this.file), refusals: refusalsSaid(own) },
    ];
    const { next, counts, cents, totals, remarks } = to;
    await runner.run([target(spendFile, _id, ...commands), ...others.map((o) => o.target)], {
      extras: () => ({
        // Lost with the database, the lines are read again from where it stands then; the end of the file is durable.
        repeatable: true,
        write: async (session) => {
          await files.change(from, { next, counts, cents, totals, remarks }, session);
          await saveLines(connection, [...decided.writes.values()], session);
          await files.keepRefusals(
            own.map((r) => ({ _id: refusalId(_id, r.line), ...r })),
            session,
          );
          for (const other of others) await other.write(session);
        },
      }),
    });
  }

  async #finish(progress: Progress & Pick<FileDocument, '_id' | 'status'>): Promise<void> {
    const { counts, cents, totals } = progress;
    const wrong = imbalance(totals, counts, cents);
    if (wrong) throw new Error(`${this.file._id}: ${wrong}; the file stays as it is, for us to look at`);
    if (totals.lines === 0) throw new FileUnreadable('no_lines');
    await this.parts.runner.run(
      [
        target(spendFile, this.file._id, {
          kind: 'finish',
          ingested: { ...namesOf(this.file), lines: totals.lines, ...counts, cents: { in: totals.cents, ...cents } },
        }),
      ],
      { extras: () => ({ write: (session) => this.parts.files.change(progress, { status: 'READ' }, session) }) },
    );
  }
}

/** Begins to read the next piece before the last one is done with: reading goes on while the database writes. */
async function* oneAhead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = source.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = source.next();
      // A fault is met when its turn comes; until then it must not count as unhandled.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await next.catch(() => undefined);
    await source.return(undefined);
  }
}

/** What the lines say that could be read. */
function contentsOf(readings: readonly KeyedReading[]): Content[] {
  return readings.flatMap(({ reading: { result } }) => (result.ok ? [result.value.content] : []));
}

function advanced(from: Progress, decided: DecidedLines, closed: number, fileId: string, seen: Seen): Progress {
  const { counts, cents } = withOwnSettlements(decided, fileId);
  return {
    next: from.next + decided.totals.lines,
    counts: plusCounts(from.counts, counts),
    cents: plus(from.cents, cents),
    totals: {
      lines: from.totals.lines + decided.totals.lines,
      cents: from.totals.cents + decided.totals.cents,
      unreadableAmounts: from.totals.unreadableAmounts + decided.totals.unreadableAmounts,
    },
    remarks: withNoticed(from.remarks, decided, closed, seen),
  };
}

function afterOf({ writes }: DecidedLines): ReadonlyMap<string, LineDocument> {
  const after = new Map<string, LineDocument>();
  for (const [id, write] of writes) after.set(id, write.after);
  return after;
}
