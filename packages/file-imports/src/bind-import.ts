import type { CalendarDate } from '@gpect/domain-values/calendar';
import { own } from '@gpect/domain-values/records';
import { fail, ok, type Result } from '@gpect/domain-values/result';
import { type BoundPart, type BoundTable, bindTable } from '@gpect/tabular-files/bind-table';
import { headingsAgain } from '@gpect/tabular-files/heading-rows';
import {
  type Binding,
  type BindingFault,
  findHeadings,
  knownBy,
  type NamedColumns,
  unitsBelow,
  unreadColumns,
} from '@gpect/tabular-files/headings';
import { LostZeros } from '@gpect/tabular-files/lost-zeros';
import { said } from '@gpect/tabular-files/messages';
import { headingKey } from '@gpect/tabular-files/name-key';
import { contradiction, daysSeen, saidOtherwise } from '@gpect/tabular-files/order-of-days';
import { otherShapeOf } from '@gpect/tabular-files/other-shapes';
import { onTwoLines, type Remark, remark } from '@gpect/tabular-files/remarks';
import { type Cell, type Row, type Table, textOf } from '@gpect/tabular-files/table';
import { HeadingsAgain } from './headings-again.js';
import { type ImportColumn, type KindOfLines, wantedOf } from './import-columns.js';
import type { DayDoubts } from './line-cells.js';
import { IMPORT_FAULTS, importRemark } from './messages.js';
import { type Section, sectionOfPart } from './sections.js';

export interface ImportBinding extends Binding {
  /** Columns that could be one and the same wanted one, by its name; they must say the same. */
  readonly twins: ReadonlyMap<string, readonly number[]>;
  /** What a title above the headings, or the name of the sheet, says of all lines. */
  readonly section?: Section;
}

export type BoundImport = BoundTable<ImportBinding>;

/** A sheet that lacks more of the columns than this is another table: a cover, a list of codes. */
const MOST_LACKING = 0.5;

export function bindImport(table: Table, { columns, mayBePending }: KindOfLines): Result<BoundImport, BindingFault> {
  return bindTable(table, (head, { name = '' }) => {
    const bound = bindHead(head, columns);
    if (!bound.ok) return bound;
    const above = head.filter(({ line }) => line < bound.value.line);
    const section = sectionOfPart(above, name, mayBePending === true);
    return section ? ok({ ...bound.value, section }) : bound;
  });
}

function bindHead(head: readonly Row[], columns: readonly ImportColumn[]): Result<ImportBinding, BindingFault> {
  const named = findHeadings(head, wantedOf(columns));
  const twins = twinsOf(named);
  const missing = named.missing.filter((name) => !twins.has(name));
  if (missing.length > 0) {
    const wanted = wantedOf(columns);
    const isMost = missing.length * 2 > wanted.filter(({ required }) => required).length;
    const shape = isMost ? otherShapeOf(head, knownBy(wanted).known) : undefined;
    const elsewhere = missing.length > columns.length * MOST_LACKING;
    if (shape) return fail({ ...refused(`columns_missing.${shape}`, { missing: missing.join(', ') }), elsewhere });
    const headings = named.headings.join(', ').slice(0, 500);
    return fail({
      code: 'columns_missing',
      said: said(IMPORT_FAULTS.columns_missing, { missing: missing.join(', '), line: named.line, headings }),
      elsewhere,
    });
  }
  const at = { ...named.at, ...Object.fromEntries([...twins].map(([name, [first = 0]]) => [name, first])) };
  const units = unitsBelow(head, named.line, () => false);
  const { line, headings, replaced } = named;
  const read = new Set([...Object.values(at), ...[...twins.values()].flat()]);
  const remarks: Remark[] = [
    ...replaced.map((name) =>
      importRemark('column_replaced', { heading: headings[own(at, name) ?? -1] ?? '', wanted: name }),
    ),
    ...unreadColumns({ headings, at: Object.fromEntries([...read].map((i) => [i, i])) }),
    ...onTwoLines(named),
    ...(units ? [remark('units_row', { line: units.line })] : []),
  ];
  const comesAgain = headingsAgain(head, named);
  const binding = { line, until: units?.line ?? line, headings, at, twins, remarks };
  return ok(comesAgain ? { ...binding, comesAgain } : binding);
}

/** Wanted columns that several columns could be: of one name, or each called as it may be called. */
function twinsOf({ headings, at, several }: NamedColumns<string>): Map<string, readonly number[]> {
  const keys = headings.map(headingKey);
  const alike = (name: string) => [...keys.keys()].filter((i) => keys[i] === headingKey(name));
  const named = Object.entries(at).map(([name, i]) => [name, alike(headings[i ?? -1] ?? '')] as const);
  const others = several.map(
    ({ field, headings: of }) => [field, [...new Set(of.flatMap(alike))].sort((a, b) => a - b)] as const,
  );
  return new Map([...named, ...others].filter(([, places]) => places.length > 1));
}

export interface LookedThrough {
  /** How many there are below the headings, of whatever. */
  readonly lines: number;
  readonly remarks: readonly Remark[];
  /** Of each part, what headings name that come again, and the first do not. */
  readonly later: readonly (readonly string[])[];
  /** Whether a spreadsheet took the zeros from the heads of its SIRETs, as all of them together show. */
  readonly zerosLost: boolean;
  /** What makes single days doubtful, in any of the columns: one program wrote them all. */
  readonly doubts?: DayDoubts;
  /** Why the file is refused whole. */
  readonly fault?: BindingFault;
}

/**
 * Reads a file through, before any line of it is taken: what ends in the middle is refused whole, twin columns must say the
 * same, and days must be written day first, or year first with four digits.
 * @throws FileUnreadable
 */
export async function lookThrough(
  table: Table,
  { parts }: BoundImport,
  columns: readonly ImportColumn[],
  today: CalendarDate,
): Promise<LookedThrough> {
  const remarks: Remark[] = [];
  const zeros = new LostZeros();
  const siret = columns.find(({ holds }) => holds === 'siret')?.name ?? '';
  const looked = [];
  let lines = 0;
  for (const part of parts) {
    const again = new HeadingsAgain(columns, part.binding);
    const at = own(part.binding.at, siret);
    const differs = await firstDifferences(table, part, again, (cells) => {
      lines++;
      const cell = at === undefined ? undefined : cells[at];
      // A number cannot keep them, and has them back anyway.
      if (typeof cell === 'string') zeros.see(textOf(cell));
    });
    looked.push({ binding: part.binding, differs, others: again.others });
  }
  const found = { lines, remarks, later: looked.map(({ others }) => others), zerosLost: zeros.found };
  for (const { binding, differs } of looked)
    for (const [wanted, places] of binding.twins) {
      const names = places.map((i) => `«\u00a0${binding.headings[i]}\u00a0»`).join(', ');
      const at = differs.get(wanted);
      if (at === undefined) remarks.push(importRemark('column_repeated', { headings: names, wanted }));
      else {
        const params = { line: binding.line, wanted, headings: names, differs: at };
        return { ...found, remarks: [], fault: refused('columns_ambiguous', params) };
      }
    }
  const days = await lookAtDays(table, parts, columns, today);
  return 'code' in days ? { ...found, remarks: [], fault: days } : { ...found, doubts: days };
}

async function lookAtDays(
  table: Table,
  parts: BoundImport['parts'],
  columns: readonly ImportColumn[],
  today: CalendarDate,
): Promise<BindingFault | DayDoubts> {
  let doubts: DayDoubts = {};
  for (const { name } of columns.filter(({ holds }) => holds === 'day')) {
    const days = await daysSeen(table, parts, name, today);
    const { orders, converted, yearDay, otherForm } = days;
    const otherwise = saidOtherwise(days, 'day-first');
    if (otherwise) return refused('dates_differ.said', { heading: name, line: otherwise.line, text: otherwise.text });
    doubts = {
      ...(converted ? { converted } : {}),
      ...(yearDay ? { yearDay } : {}),
      ...(otherForm ? { otherForm: { value: otherForm.value, today } } : {}),
      ...doubts,
    };
    const found = contradiction(orders, 'day-first');
    if (!found) continue;
    const { line, value, order, mixedWith } = found;
    const of = { heading: name, line, value };
    if (mixedWith) return refused('dates_differ.mixed', { ...of, other: mixedWith.value, otherLine: mixedWith.line });
    return refused(order === 'year-first' ? 'dates_differ.year' : 'dates_differ', of);
  }
  return doubts;
}

/** The first line on which twin columns differ, by the column that is wanted; each line is shown once as it stands. */
async function firstDifferences(
  table: Table,
  { at, binding }: BoundPart<ImportBinding>,
  again: HeadingsAgain,
  see: (cells: readonly Cell[]) => void,
): Promise<Map<string, number>> {
  const differs = new Map<string, number>();
  for await (const rows of table.rows(at))
    for (const row of rows) {
      if (row.line <= binding.until) continue;
      const kind = again.see(row);
      if (kind === 'headings' || kind === 'over') continue;
      const { line, cells } = again.inOrder(row);
      see(cells);
      if (kind === 'other') continue;
      for (const [wanted, places] of binding.twins)
        if (!differs.has(wanted) && new Set(places.map((i) => textOf(cells[i]))).size > 1) differs.set(wanted, line);
    }
  return differs;
}

function refused(code: keyof typeof IMPORT_FAULTS, params: Record<string, string | number>): BindingFault {
  return { code: code.split('.')[0] ?? code, said: said(IMPORT_FAULTS[code], params), elsewhere: false };
}
