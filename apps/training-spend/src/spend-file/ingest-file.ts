import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { todayInParis } from '@gpect/domain-values/calendar';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { openTable } from '@gpect/tabular-files/open-table';
import type { Table } from '@gpect/tabular-files/table';
import { type Binding, bindColumns } from '../dialect/bind-columns.js';
import type { Dialect, Field, VersionedDialect } from '../dialect/dialect.js';
import { versionsOf } from '../dialect/dialects.js';
import { closedBefore, isAnyClosed } from '../establishment/closures.js';
import { type LineDocument, loadLines, saveLines } from '../spend-line/line-store.js';
import { LineReader } from '../spend-line/read-line.js';
import { type DecidedLines, decideLines, type KeyedReading, type ReadingFile, readLines } from './decide-lines.js';
import { imbalance, plus } from './fates.js';
import { type FileDocument, type Progress, refusalId, type Shape, shortIdOf } from './file-store.js';
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
 * @throws FileUnreadable where it is no table; Overtaken where another replica went on with it
 */
export async function ingestFile(
  parts: SpendParts,
  file: FileDocument,
  mayGoOn: () => boolean,
  trusting = true,
): Promise<void> {
  const temporary = await mkdtemp(join(tmpdir(), 'gpect-spend-'));
  let table: (Table & { close(): void }) | undefined;
  try {
    const dialect = await dialectFor(parts, file);
    table = await openTable(
      {
        size: file.size,
        open: () => parts.parts.open(file.upload),
        path: async () => {
          const path = join(temporary, 'file');
          await pipeline(parts.parts.open(file.upload), createWriteStream(path));
          return path;
        },
      },
      dialect.dialect,
    );
    const binding = bindColumns(table.head, dialect.dialect);
    if (!binding.ok) throw new Unbindable(binding.fault.code, binding.fault.detail);
    await new Ingestion(parts, file, dialect.dialect, table, binding.value, trusting).run(
      shapeOf(table, binding.value, dialect.version),
      mayGoOn,
    );
  } finally {
    table?.close();
    await rm(temporary, { recursive: true, force: true });
  }
}

/** The headings do not fit the dialect: the file as a whole is refused. */
export class Unbindable extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}

/** A file that was begun goes on by the version it was begun with. */
async function dialectFor({ connection }: SpendParts, file: FileDocument): Promise<VersionedDialect> {
  const versions = await versionsOf(connection, file.funder);
  const begun = file.next > 0 ? versions.find((v) => v.version === file.dialectVersion) : undefined;
  const dialect = begun ?? versions.at(-1);
  if (dialect) return dialect;
  throw new Unbindable('funder_unknown', `no dialect for ${file.funder}; publish one, then send the file again`);
}

function shapeOf(table: Table, binding: Binding, dialectVersion: number): Shape {
  const { format, packing, encoding, delimiter } = table;
  return {
    dialectVersion,
    format,
    ...(packing ? { packing } : {}),
    ...(encoding ? { encoding } : {}),
    ...(delimiter ? { delimiter } : {}),
    headings: binding.headings,
    columns: Object.fromEntries(Object.entries(binding.at).map(([field, at]) => [field, binding.headings[at] ?? ''])),
    linesExpected: Math.max(0, table.lines - binding.line),
  };
}

class Ingestion {
  readonly #reading: ReadingFile;
  readonly #reader: LineReader;

  constructor(
    private readonly parts: SpendParts,
    private readonly file: FileDocument,
    dialect: Dialect,
    private readonly table: Table,
    private readonly binding: Binding,
    private readonly trusting: boolean,
  ) {
    this.#reader = new LineReader(dialect, binding, table.format, todayInParis(new Date()));
    this.#reading = {
      programme: file.programme,
      funder: file.funder,
      shortId: shortIdOf(file.fileId),
      differing: dialect.differing,
      columnOf: (field) => {
        const at = binding.at[field as Field] ?? binding.at.reference ?? 0;
        return { column: binding.headings[at] ?? '', at };
      },
    };
  }

  async run(shape: Shape, mayGoOn: () => boolean): Promise<void> {
    const { files } = this.parts;
    const begun = { ...this.file, ...shape, status: 'READING' as const };
    await files.change(this.file, { ...shape, status: 'READING' });
    let progress: Progress & Pick<FileDocument, '_id' | 'status'> = begun;
    let underWay = NOTHING;
    const anyClosed = await isAnyClosed(this.parts.connection);
    try {
      for await (const readings of oneAhead(this.#readingsFrom(begun.next))) {
        if (!mayGoOn()) return;
        const known = await this.#known(readings, underWay.known);
        const decided = decideLines(readings, known, this.#reading);
        const closed = anyClosed ? await closedBefore(this.parts.connection, readings) : 0;
        await underWay.commit;
        const from = progress;
        const to = { ...from, ...advanced(from, decided, closed, this.#reading.shortId) };
        underWay = { known: afterOf(decided), commit: this.#commit(from, to, decided) };
        // A failed commit is noticed where it is awaited; until then it must not count as unhandled.
        underWay.commit.catch(() => undefined);
        progress = to;
      }
      await underWay.commit;
      await this.#finish(progress);
    } finally {
      await underWay.commit.catch(() => undefined);
    }
  }

  /** The lines below the headings as they are read, but for those that have their fate already. */
  async *#readingsFrom(done: number): AsyncGenerator<KeyedReading[]> {
    let skip = done;
    let readings: KeyedReading[] = [];
    for await (const batch of this.table.rows()) {
      const rows =
        batch[0] && batch[0].line > this.binding.line ? batch : batch.filter((r) => r.line > this.binding.line);
      const fresh = rows.slice(skip);
      skip -= rows.length - fresh.length;
      // Read as they come, a batch at a time, so that the commit under way is not kept waiting for the whole chunk.
      readings.push(...readLines(fresh, this.#reader, this.#reading));
      await turn();
      if (readings.length < CHUNK) continue;
      yield readings;
      readings = [];
    }
    if (readings.length > 0) yield readings;
  }

  #allNew = false;

  /** What is known of these lines: by the database, and by the lines that are on their way there. */
  async #known(
    readings: readonly KeyedReading[],
    underWay: ReadonlyMap<string, LineDocument>,
  ): Promise<ReadonlyMap<string, LineDocument>> {
    const ids = new Set<string>();
    for (const { id } of readings) if (id !== undefined) ids.add(id);
    const known =
      this.trusting && this.#allNew
        ? new Map<string, LineDocument>()
        : await loadLines(this.parts.connection, [...ids]);
    this.#allNew = known.size === 0;
    for (const id of ids) {
      const line = underWay.get(id);
      if (line) known.set(id, line);
    }
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
    const own = ownRefusals(decided, this.#reading.shortId);
    const commands: SpendFileCommand[] = [
      {
        kind: 'say-changes',
        file: namesOf(this.file),
        changes: decided.changes.filter(({ change }) => change.origin.file === this.#reading.shortId),
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
    if (totals.lines === 0)
      throw new Unbindable('no_lines', 'there are headings and no line below them; send the lines');
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

function advanced(from: Progress, decided: DecidedLines, closed: number, shortId: string): Progress {
  const { counts, cents } = withOwnSettlements(decided, shortId);
  return {
    next: from.next + decided.totals.lines,
    counts: plus(from.counts, counts),
    cents: plus(from.cents, cents),
    totals: {
      lines: from.totals.lines + decided.totals.lines,
      cents: from.totals.cents + decided.totals.cents,
      unreadableAmounts: from.totals.unreadableAmounts + decided.totals.unreadableAmounts,
    },
    remarks: {
      siretRestored: from.remarks.siretRestored + decided.siretRestored,
      establishmentClosed: from.remarks.establishmentClosed + closed,
    },
  };
}

function afterOf({ writes }: DecidedLines): ReadonlyMap<string, LineDocument> {
  return new Map([...writes].map(([id, { after }]) => [id, after]));
}
