import type { CalendarDate } from '@gpect/domain-values/calendar';
import { own } from '@gpect/domain-values/records';
import { fail, ok, type Result } from '@gpect/domain-values/result';
import { type BoundPart, type BoundTable, bindTable } from '@gpect/tabular-files/bind-table';
import {
  type Binding,
  type BindingFault,
  findHeadings,
  type NamedColumns,
  unitsBelow,
  unreadColumns,
  type WantedColumn,
} from '@gpect/tabular-files/headings';
import { said } from '@gpect/tabular-files/messages';
import { headingKey } from '@gpect/tabular-files/name-key';
import { contradiction, orderOfDays } from '@gpect/tabular-files/order-of-days';
import { type Remark, remark } from '@gpect/tabular-files/remarks';
import { type Row, type Table, textOf } from '@gpect/tabular-files/table';
import { HeadingsAgain } from './headings-again.js';
import { IMPORT_FAULTS, importRemark } from './messages.js';

/** A column that a kind of file has. */
export interface ImportColumn {
  /** Its name in the contract; case, accents, punctuation and spaces do not count. */
  readonly name: string;
  /** What else people call it, where one column alone is called so. */
  readonly aliases?: readonly string[];
  /** What tells one line from another, and so is absent from a total: a SIRET, a day, an identifier. */
  readonly holds?: 'siret' | 'day' | 'id';
  /** Its cell may be empty. */
  readonly mayBeEmpty?: true;
  /** The file may be without it. */
  readonly mayLack?: true;
}

export interface ImportBinding extends Binding {
  /** Columns that could be one and the same wanted one, by its name; they must say the same. */
  readonly twins: ReadonlyMap<string, readonly number[]>;
}

export type BoundImport = BoundTable<ImportBinding>;

/** A sheet that lacks more of the columns than this is another table: a cover, a list of codes. */
const MOST_LACKING = 0.5;

export function bindImport(table: Table, columns: readonly ImportColumn[]): Result<BoundImport, BindingFault> {
  return bindTable(table, (head) => bindHead(head, columns));
}

export function wantedOf(columns: readonly ImportColumn[]): WantedColumn<string>[] {
  return columns.map(({ name, aliases = [], mayLack }) => {
    const keys = new Set(aliases.map(headingKey));
    return {
      field: name,
      names: [name],
      ...(keys.size > 0 ? { passes: (heading: string) => keys.has(headingKey(heading)) } : {}),
      required: mayLack !== true,
    };
  });
}

function bindHead(head: readonly Row[], columns: readonly ImportColumn[]): Result<ImportBinding, BindingFault> {
  const named = findHeadings(head, wantedOf(columns));
  const twins = twinsOf(named);
  const missing = named.missing.filter((name) => !twins.has(name));
  if (missing.length > 0) {
    const headings = named.headings.join(', ').slice(0, 500);
    return fail({
      code: 'columns_missing',
      said: said(IMPORT_FAULTS.columns_missing, { missing: missing.join(', '), line: named.line, headings }),
      elsewhere: missing.length > columns.length * MOST_LACKING,
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
    ...(units ? [remark('units_row', { line: units.line })] : []),
  ];
  return ok({ line, until: units?.line ?? line, headings, at, twins, remarks });
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
  readonly remarks: readonly Remark[];
  /** Of each part, what headings name that come again, and the first do not. */
  readonly later: readonly (readonly string[])[];
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
): Promise<Result<LookedThrough, BindingFault>> {
  const remarks: Remark[] = [];
  const later: string[][] = [];
  for (const part of parts) {
    const again = new HeadingsAgain(wantedOf(columns), part.binding);
    const differs = await firstDifference(table, part, again);
    later.push(again.others);
    const { headings, line, twins } = part.binding;
    for (const [wanted, places] of twins) {
      const names = places.map((i) => `«\u00a0${headings[i]}\u00a0»`).join(', ');
      const at = differs.get(wanted);
      if (at === undefined) remarks.push(importRemark('column_repeated', { headings: names, wanted }));
      else return refused('columns_ambiguous', { line, wanted, headings: names, differs: at });
    }
  }
  for (const { name } of columns.filter(({ holds }) => holds === 'day')) {
    const found = contradiction(await orderOfDays(table, parts, name, today), 'day-first');
    if (!found) continue;
    const { line, value, order, mixedWith } = found;
    const of = { heading: name, line, value };
    if (mixedWith) return refused('dates_differ.mixed', { ...of, other: mixedWith.value, otherLine: mixedWith.line });
    return refused(order === 'year-first' ? 'dates_differ.year' : 'dates_differ', of);
  }
  return ok({ remarks, later });
}

/** The first line on which twin columns differ, by the column that is wanted. */
async function firstDifference(
  table: Table,
  { at, binding }: BoundPart<ImportBinding>,
  again: HeadingsAgain,
): Promise<Map<string, number>> {
  const differs = new Map<string, number>();
  for await (const rows of table.rows(at))
    for (const row of rows) {
      if (row.line <= binding.until || again.begins(row)) continue;
      const { line, cells } = again.inOrder(row);
      for (const [wanted, places] of binding.twins)
        if (!differs.has(wanted) && new Set(places.map((i) => textOf(cells[i]))).size > 1) differs.set(wanted, line);
    }
  return differs;
}

function refused(
  code: keyof typeof IMPORT_FAULTS,
  params: Record<string, string | number>,
): Result<never, BindingFault> {
  return fail({ code: code.split('.')[0] ?? code, said: said(IMPORT_FAULTS[code], params), elsewhere: false });
}
