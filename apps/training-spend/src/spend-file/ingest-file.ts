import { createReadStream } from 'node:fs';
import { inProgramme } from '@gpect/domain-values/identifiers';
import type { Target } from '@gpect/service-kit/aggregate/aggregate';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { CommandRunner } from '@gpect/service-kit/aggregate/command-runner';
import { type CsvRow, decodeText, readRows } from '@gpect/service-kit/imports/csv-rows';
import type { LineRefusal } from '@gpect/service-kit/imports/line-import';
import { isDuplicateKey } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import type { Dialect } from '../dialect/dialects.js';
import { readLine } from '../spend-line/read-line.js';
import { FileReadElsewhere, FileStore, type Progress } from './file-store.js';
import { type SpendFileCommand, spendFile } from './spend-file.js';
import type { SpooledFile } from './spool.js';

export interface FileReport extends Omit<Progress, 'next' | 'done'> {
  readonly file: string;
  readonly lines: number;
  readonly refusals: readonly LineRefusal[];
}

const CHUNK = 1000;
const REPORTED_REFUSALS = 10_000;

type Fate = 'accepted' | 'repeated' | 'cancelled';

/**
 * Reads a funder's file to its end, from where it was left. Each chunk of lines, its refusals and the place reached are
 * one transaction, so a file that is cut off anywhere goes on with no line twice and none missing.
 */
export class FileIngestion {
  readonly #store: FileStore;
  readonly #id: string;

  constructor(
    connection: mongoose.Connection,
    private readonly runner: CommandRunner,
    private readonly programme: string,
    private readonly dialect: Dialect,
    private readonly file: SpooledFile,
  ) {
    this.#id = inProgramme(programme, dialect.funder, file.sha256);
    this.#store = new FileStore(connection, this.#id);
  }

  async run(): Promise<FileReport> {
    for (;;) {
      let progress = await this.#store.progress();
      if (progress.done) return this.#report(progress);
      try {
        for await (const { rows, last } of this.#chunks(progress.next))
          progress = await this.#take(rows, progress, last);
      } catch (error) {
        // The same bytes are being read by another request: each goes on from what both have done.
        if (!(error instanceof FileReadElsewhere) && !isDuplicateKey(error)) throw error;
      }
    }
  }

  async *#chunks(skip: number): AsyncGenerator<{ rows: CsvRow[]; last: boolean }> {
    const { columns, delimiter, encoding } = this.dialect;
    const text = decodeText(createReadStream(this.file.path), encoding);
    let rows: CsvRow[] = [];
    let index = 0;
    for await (const row of readRows(text, delimiter, Object.values(columns))) {
      if (index++ < skip) continue;
      if (rows.length === CHUNK) {
        yield { rows, last: false };
        rows = [];
      }
      rows.push(row);
    }
    yield { rows, last: true };
  }

  async #take(rows: readonly CsvRow[], from: Progress, last: boolean): Promise<Progress> {
    const faults: LineRefusal[] = [];
    const lines: { row: CsvRow; target: Target }[] = [];
    for (const row of rows) {
      const read = row.misshapen
        ? ({
            ok: false,
            fault: { column: this.dialect.columns.reference, reason: 'cells_count', detail: row.misshapen },
          } as const)
        : readLine(row.cells, this.dialect, { programme: this.programme, file: this.file.name, line: row.line });
      if (read.ok) lines.push({ row, target: read.value });
      else faults.push({ line: row.line, value: row.cells[read.fault.column] ?? '', ...read.fault });
    }
    // The lines are decided first, then what is said of the file, from what became of the lines: one transaction.
    const fates: (Fate | LineRefusal)[] = [];
    const observed = lines.map(
      ({ row, target: line }, i): Target => ({
        ...line,
        run: (state) => {
          const result = line.run(state);
          fates[i] = result.ok ? fateOf(result.value.events.map((e) => e.type)) : this.#refusalOf(row, result.fault);
          return result;
        },
      }),
    );
    let to: Progress = from;
    let refusals: LineRefusal[] = [];
    const ofFile: Target = {
      ...target(spendFile, this.#id),
      run: (state) => {
        refusals = [...faults, ...fates.filter((f): f is LineRefusal => typeof f === 'object')].sort(
          (a, b) => a.line - b.line,
        );
        to = advance(from, rows.length, fates, refusals.length, last);
        return target(spendFile, this.#id, ...this.#sayings(refusals, to)).run(state);
      },
    };
    await this.runner.run([...observed, ofFile], {
      extras: () => ({ write: (session) => this.#store.advance(from, to, refusals, session) }),
    });
    return to;
  }

  #sayings(
    refusals: readonly LineRefusal[],
    { done, next, accepted, repeated, cancelled, refused }: Progress,
  ): SpendFileCommand[] {
    const file = {
      programme: this.programme,
      funder: this.dialect.funder,
      fileId: this.file.sha256,
      file: this.file.name,
    };
    return [
      {
        kind: 'refuse-lines',
        file,
        refusals: refusals.map(({ line, column, value, reason }) => ({
          line,
          column,
          value: value.slice(0, 500),
          reason,
        })),
      },
      ...(done
        ? [{ kind: 'finish' as const, ingested: { ...file, lines: next, accepted, repeated, cancelled, refused } }]
        : []),
    ];
  }

  #refusalOf(row: CsvRow, { code, detail, field }: { code: string; detail: string; field?: string }): LineRefusal {
    const column =
      (field && (this.dialect.columns as Readonly<Record<string, string>>)[field]) ?? this.dialect.columns.reference;
    return { line: row.line, column, value: row.cells[column] ?? '', reason: code, detail };
  }

  async #report({ next, accepted, repeated, cancelled, refused }: Progress): Promise<FileReport> {
    if (accepted + repeated + cancelled + refused !== next)
      throw new Error(`${this.#id}: the fates do not add up to the lines`);
    return {
      file: this.file.name,
      lines: next,
      accepted,
      repeated,
      cancelled,
      refused,
      refusals: await this.#store.refusals(REPORTED_REFUSALS),
    };
  }
}

function fateOf(types: readonly string[]): Fate {
  if (types.length === 0) return 'repeated';
  return types[0] === 'fr.gpect.training-spend.spend-cancelled.v1' ? 'cancelled' : 'accepted';
}

function advance(
  from: Progress,
  read: number,
  fates: readonly (Fate | LineRefusal)[],
  refused: number,
  done: boolean,
): Progress {
  const count = (fate: Fate) => fates.filter((f) => f === fate).length;
  return {
    next: from.next + read,
    accepted: from.accepted + count('accepted'),
    repeated: from.repeated + count('repeated'),
    cancelled: from.cancelled + count('cancelled'),
    refused: from.refused + refused,
    done,
  };
}
