import type { components } from '@gpect/contracts/generated/api-consulting';
import { own } from '@gpect/domain-values/records';
import { unreadable } from '@gpect/file-uploads/spooled-file';
import { type BoundPart, placeOf } from '@gpect/tabular-files/bind-table';
import type { LineRefusal } from '@gpect/tabular-files/line-refusal';
import type { LineToMend } from '@gpect/tabular-files/mend-csv';
import { type Language, withoutDialect } from '@gpect/tabular-files/messages';
import type { Remark } from '@gpect/tabular-files/remarks';
import { type Row, type Table, textOf } from '@gpect/tabular-files/table';
import { FileUnreadable } from '@gpect/tabular-files/unreadable';
import { type BoundImport, bindImport, type ImportBinding, type LookedThrough, lookThrough } from './bind-import.js';
import { ImportReader, ImportSeen, type ReadRow } from './import-reader.js';
import { MOST_KEPT } from './kept-refusals.js';
import { type Deciding, decideLines, type Outcome, readLines } from './line-import.js';
import { importRemark } from './messages.js';
import { RefusedLines } from './refused-lines.js';

export type ImportReport = components['schemas']['ImportReport'] & { refusals: LineRefusal[] };
export type ImportPreview = components['schemas']['ImportPreview'];

/** Lines of one transaction, and characters of their cells: a line may have a million. */
const CHUNK = 500;
const CHUNK_CHARACTERS = 2_000_000;
const REPORTED_REFUSALS = 10_000;
/** Characters that are said again of what somebody sent. */
const LONGEST_SAID = 500;

interface Entry {
  readonly read: ReadRow;
  readonly part: BoundPart<ImportBinding>;
}

/**
 * Takes a table line by line, some hundred lines a transaction, once it was read through. Every line is idempotent, so a file
 * that was cut off, or sent twice, is simply sent again: what was taken is reported as repeated.
 * @throws Problem 422 where the table as a whole is not taken; FileUnreadable
 */
export async function importTable(
  file: string,
  table: Table,
  deciding: Deciding,
  language: Language,
  keep: (lines: readonly LineToMend[]) => Promise<void>,
): Promise<{ report: ImportReport; headings: readonly string[] }> {
  const { columns } = deciding.spec;
  const bound = bindImport(table, deciding.spec);
  if (!bound.ok) throw unreadable(bound.fault.code, bound.fault.said[language]);
  const looked = await lookThrough(table, bound.value, columns, deciding.today);
  if (looked.fault) throw unreadable(looked.fault.code, looked.fault.said[language]);
  const seen = seenOf(looked, deciding);
  const run = new ImportRun(file, table, bound.value, looked, deciding, language, keep, seen);
  await run.all();
  if (run.report.lines === 0) throw new FileUnreadable('no_lines');
  return {
    report: {
      ...run.report,
      remarks: said([...bound.value.remarks, ...looked.remarks, ...run.remarks()], language),
    },
    headings: run.headings,
  };
}

const seenOf = ({ zerosLost, doubts = {} }: LookedThrough, { spec }: Deciding) =>
  new ImportSeen({ zerosLost, doubts, mayBePending: spec.mayBePending === true });

class ImportRun {
  readonly report = {
    file: '',
    lines: 0,
    accepted: 0,
    repeated: 0,
    total: 0,
    refused: 0,
    refusals: [] as LineRefusal[],
  };
  readonly #writing: RefusedLines;
  #chunk: Entry[] = [];
  #characters = 0;
  #kept = { lines: 0, characters: 0 };

  constructor(
    file: string,
    private readonly table: Table,
    private readonly bound: BoundImport,
    private readonly looked: LookedThrough,
    private readonly deciding: Deciding,
    private readonly language: Language,
    private readonly keep: (lines: readonly LineToMend[]) => Promise<void>,
    readonly seen: ImportSeen,
  ) {
    this.report.file = file;
    this.#writing = new RefusedLines(bound, looked.later, deciding);
  }

  get headings(): readonly string[] {
    return this.#writing.headings;
  }

  async all(): Promise<void> {
    for await (const entry of entriesOf(this.table, this.bound, this.looked, this.deciding, this.seen))
      await this.#take(entry);
    await this.#flush();
  }

  remarks(): Remark[] {
    const left = this.report.refused > this.#kept.lines;
    return [
      ...this.seen.remarks(),
      ...(this.deciding.spec.remarks?.() ?? []),
      ...(left ? [importRemark('refusals_cut', { count: this.#kept.lines })] : []),
    ];
  }

  async #take(entry: Entry): Promise<void> {
    const { read } = entry;
    this.report.lines++;
    if (read.kind === 'total') {
      this.report.total++;
      return;
    }
    this.#chunk.push(entry);
    this.#characters += charactersOf(read.row);
    if (this.#chunk.length >= CHUNK || this.#characters >= CHUNK_CHARACTERS) await this.#flush();
  }

  async #flush(): Promise<void> {
    const entries = this.#chunk;
    this.#chunk = [];
    this.#characters = 0;
    const outcomes = await decideLines(
      this.deciding,
      entries.map(({ read }) => read),
      ({ row }) => this.seen.restored.at(row.line),
    );
    const toMend: LineToMend[] = [];
    outcomes.forEach((outcome, i) => {
      const entry = entries[i];
      if (!entry) return;
      if (outcome.ok) {
        this.report[outcome.kind]++;
        return;
      }
      this.report.refused++;
      if (this.report.refusals.length < REPORTED_REFUSALS)
        this.report.refusals.push(refusalOf(entry, outcome, this.bound, this.language));
      const line = this.#lineToMend(entry, outcome);
      if (line) toMend.push(line);
    });
    if (toMend.length > 0) await this.keep(toMend);
  }

  /** In French, as the headings beside it; nothing beyond what is kept of one file. */
  #lineToMend(entry: Entry, outcome: Outcome & { ok: false }): LineToMend | undefined {
    const cells = this.#writing.cells(entry);
    const kept = {
      lines: this.#kept.lines + 1,
      characters: this.#kept.characters + cells.reduce((sum, cell) => sum + cell.length, 0),
    };
    if (kept.lines > MOST_KEPT.lines || kept.characters > MOST_KEPT.characters) return undefined;
    this.#kept = kept;
    const { line, column, reason, detail } = refusalOf(entry, outcome, this.bound, 'fr');
    return { line, column, reason, detail, cells };
  }
}

/** What would become of a table now: its first lines as they would be decided, and what the whole of it has to remark. */
export async function previewTable(
  table: Table,
  deciding: Deciding,
  most: number,
  language: Language,
): Promise<ImportPreview> {
  const { columns } = deciding.spec;
  const shape = {
    format: table.format,
    ...(table.packing ? { packing: table.packing } : {}),
    ...(table.encoding ? { encoding: table.encoding } : {}),
    ...(table.delimiter ? { delimiter: table.delimiter } : {}),
  };
  const bound = bindImport(table, deciding.spec);
  if (!bound.ok) {
    const headings = table.parts[0]?.head[0]?.cells.map(textOf) ?? [];
    return {
      ...shape,
      headings,
      ...faultsSaid([bound.fault], language),
      remarks: said(table.remarks, language),
      lines: [],
    };
  }
  const { parts, headings, remarks } = bound.value;
  const looked = await lookThrough(table, bound.value, columns, deciding.today);
  const fault = looked.fault ?? (looked.lines === 0 ? new FileUnreadable('no_lines') : undefined);
  const seen = seenOf(looked, deciding);
  const restored = ({ row }: ReadRow) => seen.restored.at(row.line);
  const entries: Entry[] = [];
  const below: ReadRow[] = [];
  const readBelow = async () => {
    await readLines(deciding, below.splice(0), restored, () => undefined);
  };
  for await (const entry of entriesOf(table, bound.value, looked, deciding, seen)) {
    if (entries.length < most) entries.push(entry);
    else if (entry.read.kind === 'line') below.push(entry.read);
    if (below.length >= CHUNK) await readBelow();
  }
  await readBelow();
  const lines = entries.filter(({ read }) => read.kind === 'line');
  const outcomes = await decideLines(
    deciding,
    lines.map(({ read }) => read),
    restored,
  );
  const outcomesOf = new Map(lines.map(({ read }, i) => [read, outcomes[i]]));
  const used = new Set(parts.flatMap(({ binding }) => Object.values(binding.at).map((i) => binding.headings[i ?? -1])));
  return {
    ...shape,
    headings: [...headings],
    columns: columnsOf(parts),
    unread: headings.filter((name) => name !== '' && !used.has(name)),
    ...faultsSaid(fault ? [fault] : [], language),
    remarks: said([...remarks, ...looked.remarks, ...seen.remarks(), ...(deciding.spec.remarks?.() ?? [])], language),
    lines: entries.map((entry) => {
      const { row } = entry.read;
      const names = entry.part.binding.headings;
      const cells = Object.fromEntries(names.map((name, i) => [name, short(textOf(row.cells[i]))]));
      const outcome = outcomesOf.get(entry.read);
      if (!outcome) return { line: row.line, outcome: 'total' as const, cells };
      if (outcome.ok) return { line: row.line, outcome: outcome.kind, cells };
      return {
        line: row.line,
        outcome: 'refused' as const,
        cells,
        refusal: refusalOf(entry, outcome, bound.value, language),
      };
    }),
  };
}

/** The lines below the headings of each part, as they are read. */
async function* entriesOf(
  table: Table,
  { parts }: BoundImport,
  { later }: LookedThrough,
  { spec }: Deciding,
  seen: ImportSeen,
): AsyncGenerator<Entry> {
  for (const [i, part] of parts.entries()) {
    const reader = new ImportReader(spec.columns, part.binding, table, seen, later[i]);
    for await (const rows of table.rows(part.at))
      for (const row of rows) {
        const read = row.line > part.binding.until ? reader.read(row) : undefined;
        if (read) yield { read, part };
      }
  }
}

function faultsSaid(faults: readonly Remark[], language: Language): Pick<ImportPreview, 'faults' | 'codedFaults'> {
  const codedFaults = faults.map(({ code, said: sentence }) => ({ code, detail: sentence[language] }));
  return { faults: codedFaults.map(({ detail }) => detail), codedFaults };
}

/** The heading of each column that is wanted, in the first part. */
function columnsOf([part]: BoundImport['parts']): Record<string, string> {
  const { at = {}, headings = [] } = part?.binding ?? {};
  return Object.fromEntries(Object.entries(at).map(([name, i]) => [name, headings[i ?? -1] ?? '']));
}

function refusalOf(
  { read, part }: Entry,
  { fault }: Outcome & { ok: false },
  { parts }: BoundImport,
  language: Language,
): LineRefusal {
  const { binding } = part;
  const { column, reason } = fault;
  const place = parts.length > 1 ? placeOf(read.row, part)[language] : '';
  return {
    line: read.row.line,
    column: short(binding.headings[own(binding.at, column) ?? -1] ?? column),
    value: short(read.shown(column)),
    reason,
    detail: short(place + withoutDialect(fault.said[language])),
  };
}

function said(remarks: readonly Remark[], language: Language): { code: string; detail: string }[] {
  return remarks.map(({ code, said: sentence }) => ({ code, detail: withoutDialect(sentence[language]) }));
}

const short = (text: string): string => text.slice(0, LONGEST_SAID);

function charactersOf({ cells }: Row): number {
  return cells.reduce((sum: number, cell) => sum + (typeof cell === 'string' ? cell.length : 30), 0);
}
