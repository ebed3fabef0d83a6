import { fail, ok, type Result } from '@gpect/domain-values/result';
import { alikeCells, kindsOfColumns } from './column-kinds.js';
import type { Binding, BindingFault } from './headings.js';
import type { Said } from './messages.js';
import { nameKey } from './name-key.js';
import { type Remark, remark } from './remarks.js';
import type { Cell, Part, Row, Table } from './table.js';

/** A part of a file that has the columns which are wanted. */
export interface BoundPart<B extends Binding = Binding> {
  readonly at: number;
  readonly part: Part;
  readonly binding: B;
}

/** What of a file is read, and where each field stands in each of its parts. */
export interface BoundTable<B extends Binding = Binding> {
  readonly parts: readonly BoundPart<B>[];
  /** The headings of all its parts together, under which refused lines are given back. */
  readonly headings: readonly string[];
  readonly remarks: readonly Remark[];
}

/**
 * Binds every part of a file that has the wanted columns; the others are told.
 * @returns the fault of the part that comes nearest where none has them
 */
export function bindTable<B extends Binding>(
  table: Table,
  bind: (head: readonly Row[], part: Part) => Result<B, BindingFault>,
): Result<BoundTable<B>, BindingFault> {
  const parts: BoundPart<B>[] = [];
  const remarks: Remark[] = [...table.remarks];
  const faults: BindingFault[] = [];
  const unbound: Part[] = [];
  for (const [at, part] of table.parts.entries()) {
    const binding = bind(part.head, part);
    if (binding.ok) {
      parts.push({ at, part, binding: binding.value });
      remarks.push(
        ...binding.value.remarks,
        ...hiddenColumns(part, binding.value),
        ...mergedCells(part, binding.value),
      );
      continue;
    }
    faults.push(binding.fault);
    // A sheet that has some of the columns, or refuses them, is no cover sheet: what it holds must not be lost.
    if (!binding.fault.elsewhere) return fail(ofSheet(binding.fault, part, table));
    unbound.push(part);
  }
  if (parts.length === 0) {
    const [fault] = faults.sort((a, b) => Number(a.elsewhere) - Number(b.elsewhere));
    // A table without any part has been refused when it was opened.
    if (!fault) throw new Error('the table has no part');
    return fail(fault);
  }
  for (const part of unbound) {
    const goesOn = parts.some((bound) => holdsLinesLike(part, bound));
    remarks.push(remark(goesOn ? 'sheet_without_headings' : 'sheet_without_columns', { name: part.name ?? '' }));
  }
  if (parts.length > 1) {
    remarks.push(remark('sheets_read', { names: parts.map(({ part }) => part.name ?? '').join(', ') }));
  }
  return ok({ parts, headings: headingsOf(parts), remarks });
}

/** Whether a sheet without headings holds lines whose numbers and days stand where those of another sheet do. */
function holdsLinesLike(sheet: Part, { part, binding }: BoundPart): boolean {
  const below = part.head.filter(({ line }) => line > binding.until);
  const kinds = kindsOfColumns(binding.headings, below);
  return sheet.head.some(({ cells }) => alikeCells(cells, kinds) >= 2);
}

/** A line of a part with its cells under the headings of the whole file. */
export function underHeadings(cells: readonly Cell[], { binding }: BoundPart, headings: readonly string[]): Cell[] {
  if (binding.headings === headings) return [...cells];
  const free = new Set(binding.headings.keys());
  return headings.map((heading) => {
    const at = [...free].find((i) => nameKey(binding.headings[i] ?? '') === nameKey(heading));
    if (at === undefined) return '';
    free.delete(at);
    return cells[at] ?? '';
  });
}

/** Where a line stands within its sheet, for people. */
export function placeOf({ line }: Row, { part }: BoundPart): Said {
  const own = line - part.before;
  return { fr: `feuille «\u00a0${part.name}\u00a0», ligne ${own}\u00a0: `, en: `sheet "${part.name}", line ${own}: ` };
}

/** Columns that are read though the sheet hides them. */
function hiddenColumns({ hiddenColumns: hidden }: Part, { at, headings }: Binding): Remark[] {
  return Object.values(at).flatMap((column) =>
    column !== undefined && hidden.includes(column)
      ? [remark('column_hidden', { heading: headings[column] ?? '' })]
      : [],
  );
}

/** Columns that are read and have cells merged over several lines. */
function mergedCells({ mergedCells: tops = [], before }: Part, { at, headings, until }: Binding): Remark[] {
  return Object.values(at).flatMap((column) => {
    const first = tops.find((top) => top.column === column && top.line > until);
    if (column === undefined || !first) return [];
    return [remark('cells_merged', { heading: headings[column] ?? '', line: first.line - before })];
  });
}

function headingsOf(parts: readonly BoundPart[]): readonly string[] {
  const [first, ...others] = parts.map(({ binding }) => binding.headings);
  if (!first || others.every((names) => names.join('\0') === first.join('\0'))) return first ?? [];
  const all = [...first];
  for (const names of others) {
    const free = all.map(nameKey);
    for (const name of names) {
      const at = free.indexOf(nameKey(name));
      if (at >= 0) free[at] = '\0taken';
      else all.push(name);
    }
  }
  return all;
}

/** A fault with the name of its sheet, where there are several. */
export function ofSheet(fault: BindingFault, part: Part, table: Pick<Table, 'parts'>): BindingFault {
  if (table.parts.length < 2) return fault;
  const name = part.name ?? '';
  return {
    ...fault,
    said: { fr: `feuille «\u00a0${name}\u00a0»\u00a0: ${fault.said.fr}`, en: `sheet "${name}": ${fault.said.en}` },
  };
}
