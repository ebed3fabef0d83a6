import type { components } from '@gpect/contracts/generated/api-training-spend';
import { todayInParis } from '@gpect/domain-values/calendar';
import { type Row, type Table, textOf } from '@gpect/tabular-files/table';
import { type Binding, bindColumns } from '../dialect/bind-columns.js';
import type { Dialect } from '../dialect/dialect.js';
import { LineReader } from '../spend-line/read-line.js';
import { proposeDialect } from './propose-dialect.js';

export type Preview = components['schemas']['Preview'];

/** The first lines of a table as they would be read, by the dialect given or by one that is guessed. Nothing is kept. */
export function previewOf(table: Table, given: Dialect | undefined, most: number): Preview {
  const proposal = given ? { dialect: given, faults: [] } : proposeDialect(table.head);
  const { dialect } = proposal;
  const binding = bindColumns(table.head, dialect);
  const shape = {
    format: table.format,
    ...(table.packing ? { packing: table.packing } : {}),
    ...(table.encoding ? { encoding: table.encoding } : {}),
    ...(table.delimiter ? { delimiter: table.delimiter } : {}),
    dialect: dialect as unknown as Record<string, never>,
    proposed: given === undefined,
  };
  if (!binding.ok) {
    const headings = table.head[0]?.cells.map(textOf) ?? [];
    return { ...shape, headings, faults: [...proposal.faults, binding.fault.detail], lines: [] };
  }
  const { headings, at, line } = binding.value;
  const reader = new LineReader(dialect, binding.value, table.format, todayInParis(new Date()));
  const below = table.head.filter((row) => row.line > line).slice(0, most);
  return {
    ...shape,
    headings: [...headings],
    unread: headings.filter((_, i) => !Object.values(at).includes(i)),
    faults: [...proposal.faults],
    lines: below.map((row) => lineOf(row, binding.value, reader)),
  };
}

function lineOf(row: Row, { headings }: Binding, reader: LineReader): Preview['lines'][number] {
  const cells = Object.fromEntries(headings.map((name, i) => [name, textOf(row.cells[i])]));
  const { result } = reader.read(row);
  if (!result.ok) return { line: row.line, cells, refusal: { line: row.line, ...result.fault } };
  const { reference, kind, content } = result.value;
  return { line: row.line, cells, read: { reference, operation: kind, ...content } as never };
}
