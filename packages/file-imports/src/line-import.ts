import { frenchOfRefusal } from '@gpect/contracts/refusals-in-french';
import type { RequestContracts, RequestFault } from '@gpect/contracts/request-contracts';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { own } from '@gpect/domain-values/records';
import { fail, ok, type Result } from '@gpect/domain-values/result';
import type { Refusal, Target } from '@gpect/service-kit/aggregate/aggregate';
import type { Outcome as CommandOutcome } from '@gpect/service-kit/aggregate/command-runner';
import type { LineAsks, LineForbidden } from '@gpect/service-kit/rights/line-rights';
import type { Remark } from '@gpect/tabular-files/remarks';
import type { KindOfLines } from './import-columns.js';
import type { ReadRow } from './import-reader.js';
import type { ColumnFault, LineCells } from './line-cells.js';
import { lineFault } from './messages.js';

/** What a line is: its commands, all or none, and the operations that it stands for, which its sender must be allowed to ask. */
export interface ImportedLine {
  readonly target: Target;
  readonly asks: LineAsks;
}

/** How the lines of one kind of file become commands. */
export interface LineImport extends KindOfLines {
  /** Looks up, once for a chunk of lines, what its decisions look at. */
  prepare?(lines: readonly LineCells[]): Promise<void>;
  toLine(cells: LineCells): Result<ImportedLine, ColumnFault>;
  /** What is to be known of all the lines that were read so far, though none is refused for it. */
  remarks?(): readonly Remark[];
  /** Column that carries a field which a contract or a decision refuses, where it is not of the same name. */
  readonly columnOf: Readonly<Record<string, string>>;
}

/** What lines are decided by. */
export interface Deciding {
  readonly spec: LineImport;
  readonly contracts: RequestContracts;
  readonly today: CalendarDate;
  /** Which lines are their sender's to send; one answer a line. */
  maySend(lines: readonly LineAsks[]): Promise<(LineForbidden | undefined)[]>;
  /** Carries commands out, or tries what would come of them. */
  run(targets: readonly Target[]): Promise<readonly CommandOutcome[]>;
}

/** What became of a line. */
export type Outcome =
  | { readonly ok: true; readonly kind: 'accepted' | 'repeated' }
  | { readonly ok: false; readonly fault: ColumnFault };

/**
 * Decides some lines: their cells, the contract of each operation that they stand for, whether their sender may, and what the
 * programme's rules say. One outcome a line, in their order.
 */
export async function decideLines(
  deciding: Deciding,
  rows: readonly ReadRow[],
  onRestored: (row: ReadRow) => void,
): Promise<Outcome[]> {
  const { spec, maySend, run } = deciding;
  const outcomes = new Map<ReadRow, Outcome>();
  const refuse = (row: ReadRow, fault: ColumnFault) => outcomes.set(row, { ok: false, fault });
  const read = await readLines(deciding, rows, onRestored, refuse);
  const forbidden = await maySend(read.map(({ line }) => line.asks));
  const sent = read.filter(({ row }, i) => {
    const fault = forbidden[i];
    if (!fault) return true;
    const { column, reason, said } = fault;
    refuse(row, { column, reason, said });
    return false;
  });
  const ran = sent.length > 0 ? await run(sent.map(({ line }) => line.target)) : [];
  ran.forEach((one, i) => {
    const row = sent[i]?.row;
    if (!row) return;
    if (one.ok) outcomes.set(row, { ok: true, kind: one.events.length > 0 ? 'accepted' : 'repeated' });
    else refuse(row, faultOfRefusal(one.refusal, spec));
  });
  return rows.map((row) => {
    const outcome = outcomes.get(row);
    if (!outcome) throw new Error(`line ${row.row.line} has no outcome`);
    return outcome;
  });
}

interface ReadAs {
  readonly row: ReadRow;
  readonly line: ImportedLine;
}

/** The lines that say what they ask, before anything is decided; the others are refused. */
export async function readLines(
  { spec, contracts }: Pick<Deciding, 'spec' | 'contracts'>,
  rows: readonly ReadRow[],
  onRestored: (row: ReadRow) => void,
  refuse: (row: ReadRow, fault: ColumnFault) => void,
): Promise<ReadAs[]> {
  await spec.prepare?.(rows.map((row) => row.cells()));
  const read: ReadAs[] = [];
  for (const row of rows) {
    const cells = row.cells();
    const apart = row.apart ?? (row.misshapen && { column: spec.columns[0]?.name ?? '', ...row.misshapen });
    const line = apart ? fail(apart) : readLine(cells, spec, contracts);
    if (!line.ok) refuse(row, line.fault);
    else {
      if (cells.siretRestored) onRestored(row);
      read.push({ row, line: line.value });
    }
  }
  return read;
}

/** What a line asks is what its route would take: the same document says so. */
export function readLine(
  cells: LineCells,
  spec: LineImport,
  contracts: RequestContracts,
): Result<ImportedLine, ColumnFault> {
  const line = spec.toLine(cells);
  if (!line.ok) return line;
  for (const { operation, column, path, body } of line.value.asks) {
    const [fault] = contracts.faultsOf(operation, { ...(path ? { path } : {}), ...(body ? { body } : {}) });
    if (fault) return fail({ column: columnOf(fault.names, spec) ?? column, ...wordsOf(fault) });
  }
  return ok(line.value);
}

function columnOf(names: readonly string[], { columns, columnOf: known }: LineImport): string | undefined {
  const found = names.map((name) => own(known, name) ?? columns.find((c) => c.name === name)?.name);
  return found.findLast((column) => column !== undefined);
}

function wordsOf({ rule, params }: RequestFault) {
  const limit = Number(own(params, 'limit') ?? 0);
  if (rule === 'minimum') return lineFault('number_out_of_range.least', { limit });
  if (rule === 'maximum') return lineFault('number_out_of_range.most', { limit });
  if (rule === 'maxLength') return lineFault('text_too_long', { limit });
  if (rule === 'pattern') return lineFault('contract_refuses.pattern');
  return lineFault('contract_refuses', { rule: `${rule} ${JSON.stringify(params)}`.slice(0, 200) });
}

function faultOfRefusal(refusal: Refusal, spec: LineImport): ColumnFault {
  const { code, detail, field, french = frenchOfRefusal(refusal) ?? detail } = refusal;
  const column = (field && columnOf([field], spec)) ?? spec.columns[0]?.name ?? '';
  return { column, reason: code, said: { fr: french, en: detail } };
}
