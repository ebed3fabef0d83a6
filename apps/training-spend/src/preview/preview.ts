import type { components } from '@gpect/contracts/generated/api-training-spend';
import { todayInParis } from '@gpect/domain-values/calendar';
import type { Language } from '@gpect/tabular-files/messages';
import { type Part, type Row, type Table, textOf } from '@gpect/tabular-files/table';
import type { Binding } from '../dialect/bind-columns.js';
import { bindTable } from '../dialect/bind-table.js';
import type { Dialect } from '../dialect/dialect.js';
import { monthFirstDays } from '../dialect/order-of-days.js';
import { LineReader } from '../spend-line/read-line.js';
import { namedFields, proposeDialect } from './propose-dialect.js';

export type Preview = components['schemas']['Preview'];

/** The first lines of a table as they would be read, by the dialect given or by one that is guessed. Nothing is kept. */
export async function previewOf(
  table: Table,
  given: Dialect | undefined,
  most: number,
  language: Language,
): Promise<Preview> {
  const proposal = given ? { dialect: given, faults: [] } : proposeDialect(bestPart(table).head);
  const { dialect } = proposal;
  const bound = bindTable(table, dialect);
  const shape = {
    format: table.format,
    ...(table.packing ? { packing: table.packing } : {}),
    ...(table.encoding ? { encoding: table.encoding } : {}),
    ...(table.delimiter ? { delimiter: table.delimiter } : {}),
    dialect: dialect as unknown as Record<string, never>,
    proposed: given === undefined,
  };
  if (!bound.ok) {
    const headings = bestPart(table).head[0]?.cells.map(textOf) ?? [];
    const remarks = table.remarks.map(({ code, said }) => ({ code, detail: said[language] }));
    return { ...shape, headings, faults: [...proposal.faults, bound.fault.said[language]], remarks, lines: [] };
  }
  const { parts, headings, remarks } = bound.value;
  const days = await monthFirstDays(table, bound.value, dialect);
  const today = todayInParis(new Date());
  const lines = parts.flatMap(({ part, binding }) => {
    const reader = new LineReader(dialect, binding, table, today);
    const below = part.head.filter((row) => row.line > binding.until);
    return below.map((row) => lineOf(row, binding, reader, language));
  });
  const read = new Set(parts.flatMap(({ binding }) => Object.values(binding.at).map((at) => binding.headings[at])));
  return {
    ...shape,
    headings: [...headings],
    unread: headings.filter((name) => !read.has(name)),
    faults: [...proposal.faults, ...(days ? [days.said[language]] : [])],
    remarks: remarks.map(({ code, said }) => ({ code, detail: said[language] })),
    lines: lines.slice(0, most),
  };
}

/** The part whose headings are most like those that funders use. */
function bestPart({ parts }: Table): Part {
  const score = (part: Part) => Math.max(0, ...part.head.map(namedFields));
  return parts.reduce((a, b) => (score(b) > score(a) ? b : a));
}

function lineOf(row: Row, { headings }: Binding, reader: LineReader, language: Language): Preview['lines'][number] {
  const cells = Object.fromEntries(headings.map((name, i) => [name, textOf(row.cells[i])]));
  const { result } = reader.read(row);
  if (!result.ok) {
    const { column, value, reason, said } = result.fault;
    return { line: row.line, cells, refusal: { line: row.line, column, value, reason, detail: said[language] } };
  }
  const { reference, kind, content } = result.value;
  return { line: row.line, cells, read: { reference, operation: kind, ...content } as never };
}
