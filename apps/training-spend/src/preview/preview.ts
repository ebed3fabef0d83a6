import type { components } from '@gpect/contracts/generated/api-training-spend';
import { todayInParis } from '@gpect/domain-values/calendar';
import type { BoundTable } from '@gpect/tabular-files/bind-table';
import type { Binding } from '@gpect/tabular-files/headings';
import type { Language } from '@gpect/tabular-files/messages';
import { orderOfDays } from '@gpect/tabular-files/order-of-days';
import { type Part, type Row, type Table, textOf } from '@gpect/tabular-files/table';
import { saysNothingButTotal, wordOfTotal } from '@gpect/tabular-files/total-line';
import { bindSpend, type SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect } from '../dialect/dialect.js';
import { FileReading, remarksOfSeen } from '../spend-line/file-reading.js';
import type { Reading } from '../spend-line/read-line.js';
import { TableReader } from '../spend-line/table-reader.js';
import { detailOfTotal } from '../spend-line/total-lines.js';
import { readThrough } from '../spend-line/whole-file.js';
import { NoticedLines } from './noticed-lines.js';
import { namedFields, type Proposal, proposeDialect } from './propose-dialect.js';

export type Preview = components['schemas']['Preview'];

/** The first lines of a table as they would be read, by the dialect given or by one that is guessed. Nothing is kept. */
export async function previewOf(
  table: Table,
  given: Dialect | undefined,
  most: number,
  language: Language,
): Promise<Preview> {
  const today = todayInParis(new Date());
  const proposal = given ? { dialect: given, faults: [] } : await proposalFor(table, today);
  const { dialect } = proposal;
  const bound = bindSpend(table, dialect);
  const shape = {
    format: table.format,
    ...(table.packing ? { packing: table.packing } : {}),
    ...(table.encoding ? { encoding: table.encoding } : {}),
    ...(table.delimiter ? { delimiter: table.delimiter } : {}),
    dialect: { ...dialect },
    proposed: given === undefined,
  };
  if (!bound.ok) {
    const headings = bestPart(table).head[0]?.cells.map(textOf) ?? [];
    const remarks = table.remarks.map(({ code, said }) => ({ code, detail: said[language] }));
    // What a proposal leaves open is told once.
    const isTold = proposal.faults.length > 0 && bound.fault.code === 'columns_missing';
    const faults = [...proposal.faults, ...(isTold ? [] : [bound.fault.said])].map((fault) => fault[language]);
    return { ...shape, headings, faults, remarks, lines: [] };
  }
  const dated = await readThrough(table, bound.value, dialect, today);
  const { parts, headings, remarks } = dated.ok ? dated.value : bound.value;
  const file = new FileReading();
  const noticed = new NoticedLines();
  const lines = parts.flatMap(({ part, binding }) => {
    const reader = new TableReader(dialect, binding, table, today, file);
    const below = part.head.filter((row) => row.line > binding.until);
    return below.flatMap((row) => {
      const reading = reader.read(row);
      if (!reading) return [];
      noticed.see(reading);
      return [lineOf(reading, binding, language)];
    });
  });
  const read = new Set(parts.flatMap(({ binding }) => Object.values(binding.at).map((at) => binding.headings[at])));
  return {
    ...shape,
    headings: [...headings],
    unread: headings.filter((name) => !read.has(name)),
    faults: [...proposal.faults, ...(dated.ok ? [] : [dated.fault.said])].map((fault) => fault[language]),
    remarks: [...remarks, ...remarksOfSeen(file.seen), ...noticed.remarks].map(({ code, said }) => ({
      code,
      detail: said[language],
    })),
    lines: lines.slice(0, most),
  };
}

/** A dialect by the evidence of the whole file: the sheets that hold lines, and days that are month first further down. */
async function proposalFor(table: Table, today: string): Promise<Proposal> {
  const { dialect, faults } = proposeDialect(bestPart(table).head);
  const encoding = encodingOf(table);
  const bound = bindSpend(table, dialect);
  if (!bound.ok) return { dialect: { ...dialect, ...encoding }, faults };
  const { parts } = bound.value;
  const sheets = parts.length < table.parts.length ? { sheets: parts.map(({ part }) => part.name ?? '') } : {};
  const seen = dialect.dates.includes('french') ? await orderOfDays(table, parts, 'paidOn', today) : {};
  const monthFirst = seen['month-first'] !== undefined && Object.keys(seen).length === 1;
  const names = await namesOfTotals(table, bound.value);
  const totals = names.length > 0 ? { totals: names } : {};
  return {
    faults,
    dialect: { ...dialect, ...encoding, ...sheets, ...totals, ...(monthFirst ? { dates: ['american', 'iso'] } : {}) },
  };
}

/** The encoding that was found, where the file is of one alone and its letters tell it. */
function encodingOf({ encoding, remarks, parts }: Table): Partial<Pick<Dialect, 'encoding'>> {
  const isPlain = parts.every(({ head }) => head.every(({ cells }) => cells.every((cell) => isAscii(textOf(cell)))));
  if (encoding === 'utf-8' && isPlain) return {};
  const isMixed = remarks.some(({ code }) => code === 'bytes_in_other_encoding');
  return encoding && !isMixed ? { encoding: encoding as Dialect['encoding'] } : {};
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

/** How a file names its total lines, by those that can be nothing else. */
async function namesOfTotals(table: Table, { parts }: BoundTable<SpendBinding>): Promise<string[]> {
  const names = new Set<string>();
  for (const { at, binding } of parts)
    for await (const rows of table.rows(at))
      for (const { line, cells } of rows) {
        if (line <= binding.until || names.size >= MOST_NAMES || textOf(cells[binding.at.paidOn ?? -1]) !== '')
          continue;
        const name = cells.map(textOf).find(saysNothingButTotal);
        if (name !== undefined) names.add(wordOfTotal(name));
      }
  return [...names];
}
const MOST_NAMES = 20;

/** The part whose headings are most like those that funders use. */
function bestPart({ parts }: Table): Part {
  const score = (part: Part) => Math.max(0, ...part.head.map(namedFields));
  return parts.reduce((a, b) => (score(b) > score(a) ? b : a));
}

function lineOf(
  reading: Reading & { readonly row: Row },
  { headings }: Binding,
  language: Language,
): Preview['lines'][number] {
  const { result, row } = reading;
  const cells = Object.fromEntries(headings.map((name, i) => [name, textOf(row.cells[i])]));
  if (reading.total) {
    const agrees = reading.amountCents === undefined ? {} : { agrees: !reading.differs };
    return { line: row.line, cells, total: { ...agrees, detail: detailOfTotal(reading)[language] } };
  }
  if (!result.ok) {
    const { column, value, reason, said } = result.fault;
    return { line: row.line, cells, refusal: { line: row.line, column, value, reason, detail: said[language] } };
  }
  const { reference, kind, content } = result.value;
  return { line: row.line, cells, read: { reference, operation: kind, ...content } as never };
}
