import { own } from '@gpect/domain-values/records';
import { fail, ok, type Result } from '@gpect/domain-values/result';
import type { Refusal, Target } from '../aggregate/aggregate.js';
import type { CommandRunner, Outcome } from '../aggregate/command-runner.js';
import type { LineAsks } from '../rights/line-rights.js';
import { type CsvRow, readCsv } from './csv-rows.js';

/** Why a line was not taken: where, what was read, a stable code, and what to do. */
export interface LineRefusal {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
  readonly detail: string;
}

export interface ImportReport {
  readonly file: string;
  lines: number;
  accepted: number;
  repeated: number;
  refused: number;
  readonly refusals: LineRefusal[];
}

/** A fault of one cell. */
export interface CellFault {
  readonly column: string;
  readonly reason: string;
  readonly detail: string;
}

/** What a line is: its commands, all or none, and the operations that it stands for, which its sender must be allowed to ask. */
export interface ImportedLine {
  readonly target: Target;
  readonly asks: LineAsks;
}

/** Decides which lines are their sender's to send; one answer a line. */
export type MaySend = (lines: readonly LineAsks[]) => Promise<(CellFault | undefined)[]>;

/** How the lines of one kind of file become commands. */
export interface LineImport {
  readonly columns: readonly string[];
  /** Looks up, once for a chunk of lines, what its decisions look at. */
  prepare?(lines: readonly Readonly<Record<string, string>>[]): Promise<void>;
  toLine(cells: Readonly<Record<string, string>>): Result<ImportedLine, CellFault>;
  /** Column that carries a field which a decision refuses. */
  readonly columnOf: Readonly<Record<string, string>>;
}

const CHUNK = 500;
const REPORTED_REFUSALS = 10_000;

/**
 * Takes a file line by line, `CHUNK` lines a transaction. Every line is idempotent, so a file that was cut off, or sent
 * twice, is simply sent again: what was taken is reported as repeated.
 */
export async function importLines(
  runner: CommandRunner,
  file: string,
  bytes: AsyncIterable<Buffer>,
  spec: LineImport,
  maySend: MaySend,
): Promise<ImportReport> {
  const report: ImportReport = { file, lines: 0, accepted: 0, repeated: 0, refused: 0, refusals: [] };
  let chunk: CsvRow[] = [];
  for await (const row of readCsv(bytes, spec.columns)) {
    chunk.push(row);
    if (chunk.length < CHUNK) continue;
    await importChunk(runner, chunk, spec, maySend, report);
    chunk = [];
  }
  await importChunk(runner, chunk, spec, maySend, report);
  report.refusals.sort((a, b) => a.line - b.line);
  return report;
}

async function importChunk(
  runner: CommandRunner,
  rows: readonly CsvRow[],
  spec: LineImport,
  maySend: MaySend,
  report: ImportReport,
): Promise<void> {
  const refuse = (row: CsvRow, { column, reason, detail }: CellFault) => {
    report.refused++;
    if (report.refusals.length < REPORTED_REFUSALS)
      report.refusals.push({ line: row.line, column, value: own(row.cells, column) ?? '', reason, detail });
  };
  await spec.prepare?.(rows.map((row) => row.cells));
  const read: { row: CsvRow; line: ImportedLine }[] = [];
  for (const row of rows) {
    report.lines++;
    const result = row.misshapen
      ? fail({ column: spec.columns[0] ?? '', reason: 'cells_count', detail: row.misshapen })
      : spec.toLine(row.cells);
    if (result.ok) read.push({ row, line: result.value });
    else refuse(row, result.fault);
  }
  const forbidden = await maySend(read.map(({ line }) => line.asks));
  const sent = read.filter(({ row }, i) => {
    const fault = forbidden[i];
    if (fault) refuse(row, fault);
    return !fault;
  });
  const outcomes = sent.length > 0 ? await runner.run(sent.map(({ line }) => line.target)) : [];
  outcomes.forEach((outcome, i) => {
    const row = sent[i]?.row;
    if (!row) return;
    if (outcome.ok) report[wasNew(outcome) ? 'accepted' : 'repeated']++;
    else refuse(row, faultOf(outcome.refusal, spec));
  });
}

const wasNew = (outcome: Outcome & { ok: true }): boolean => outcome.events.length > 0;

function faultOf({ code, detail, field }: Refusal, { columnOf, columns }: LineImport): CellFault {
  return { column: (field && own(columnOf, field)) ?? columns[0] ?? '', reason: code, detail };
}

/** Reads the cells of one line; the first fault wins, and `done` gives it or the value. */
export class CellReader {
  #fault: CellFault | undefined;

  constructor(private readonly cells: Readonly<Record<string, string>>) {}

  text(column: string): string {
    const value = this.optionalText(column);
    return value ?? this.#fail(column, 'missing', `${column} is empty; fill it in`, '');
  }

  optionalText(column: string): string | undefined {
    const value = (own(this.cells, column) ?? '').trim();
    return value === '' ? undefined : value;
  }

  integer(column: string, least: number, most: number): number {
    const text = this.text(column);
    const value = /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most
      ? value
      : this.#fail(column, 'number_out_of_range', `${column} must be a whole number from ${least} to ${most}`, least);
  }

  oneOf<T extends string>(column: string, allowed: readonly T[]): T {
    const text = this.text(column);
    const found = allowed.find((value) => value === text);
    return (
      found ?? this.#fail(column, 'value_unknown', `${column} must be one of ${allowed.join(', ')}`, allowed[0] as T)
    );
  }

  /** A cell read by a rule of the domain, e.g. a SIRET or a date. */
  read<T>(column: string, rule: (text: string) => Result<T, string>, whatToDo: string): T {
    const result = rule(this.text(column));
    // The value is never used after a fault: `done` gives the fault.
    return result.ok ? result.value : this.#fail(column, result.fault, whatToDo, undefined as T);
  }

  optional<T>(column: string, read: (column: string) => T): T | undefined {
    return this.optionalText(column) === undefined ? undefined : read(column);
  }

  refuse(column: string, reason: string, detail: string): void {
    this.#fail(column, reason, detail, undefined);
  }

  done<T>(value: () => T): Result<T, CellFault> {
    return this.#fault ? fail(this.#fault) : ok(value());
  }

  #fail<T>(column: string, reason: string, detail: string, instead: T): T {
    this.#fault ??= { column, reason, detail };
    return instead;
  }
}
