import type { components } from '@gpect/contracts/generated/api-training-spend';
import { todayInParis } from '@gpect/domain-values/calendar';
import type { BoundTable } from '@gpect/tabular-files/bind-table';
import type { Language } from '@gpect/tabular-files/messages';
import { daysSeen, saidOtherwise } from '@gpect/tabular-files/order-of-days';
import type { Remark } from '@gpect/tabular-files/remarks';
import { type Part, type Table, textOf } from '@gpect/tabular-files/table';
import { saysNothingButTotal, wordOfTotal } from '@gpect/tabular-files/total-line';
import { FileUnreadable } from '@gpect/tabular-files/unreadable';
import { bindSpend, type SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect } from '../dialect/dialect.js';
import type { Content } from '../spend-line/spend-line.js';
import { detailOfTotal } from '../spend-line/total-lines.js';
import { readThrough } from '../spend-line/whole-file.js';
import { type DecidedLine, decideFile } from './decide-file.js';
import { namedFields, type Proposal, proposeDialect } from './propose-dialect.js';

export type Preview = components['schemas']['Preview'];

/** What a preview is made for. */
export interface Previewing {
  /** The dialect to be tried; one is proposed where there is none. */
  readonly given: Dialect | undefined;
  /** How many lines it shows. */
  readonly most: number;
  readonly language: Language;
  /** How many of these payments are later than the closing of their establishment. */
  closed(payments: readonly Content[]): Promise<number>;
}

/** What would become of a file, read whole; its first lines are shown. Nothing is kept. */
export async function previewOf(table: Table, { given, most, language, closed }: Previewing): Promise<Preview> {
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
  const inLanguage = ({ code, said }: Remark) => ({ code, detail: said[language] });
  const faultsOf = (found: readonly Remark[]) => {
    const codedFaults = found.map(inLanguage);
    return { faults: codedFaults.map(({ detail }) => detail), codedFaults };
  };
  if (!bound.ok) {
    const headings = bestPart(table).head[0]?.cells.map(textOf) ?? [];
    // What a proposal leaves open is told once.
    const isTold = proposal.faults.length > 0 && bound.fault.code === 'columns_missing';
    const faults = [...proposal.faults, ...(isTold ? [] : [bound.fault])];
    return { ...shape, headings, ...faultsOf(faults), remarks: table.remarks.map(inLanguage), lines: [] };
  }
  const dated = await readThrough(table, bound.value, dialect, today);
  const { parts, headings } = bound.value;
  const file = await decideFile(table, dated.ok ? dated.value : bound.value, dialect, most, closed);
  const none = file.lines === 0 ? [new FileUnreadable('no_lines')] : [];
  const read = new Set(parts.flatMap(({ binding }) => Object.values(binding.at).map((at) => binding.headings[at])));
  return {
    ...shape,
    headings: [...headings],
    unread: headings.filter((name) => !read.has(name)),
    ...faultsOf([...proposal.faults, ...(dated.ok ? none : [dated.fault])]),
    remarks: file.remarks.map(inLanguage),
    lines: file.shown.map((line) => lineOf(line, headings, language)),
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
  const monthFirst = dialect.dates.includes('french') && (await isMonthFirst(table, parts, today));
  const names = await namesOfTotals(table, bound.value);
  const totals = names.length > 0 ? { totals: names } : {};
  return {
    faults,
    dialect: { ...dialect, ...encoding, ...sheets, ...totals, ...(monthFirst ? { dates: ['american', 'iso'] } : {}) },
  };
}

/** Whether days are month first by their own evidence, or by what the file says of them where they tell nothing. */
async function isMonthFirst(table: Table, parts: BoundTable<SpendBinding>['parts'], today: string): Promise<boolean> {
  const seen = await daysSeen(table, parts, 'paidOn', today);
  const orders = Object.keys(seen.orders);
  return orders.length > 0
    ? orders.every((order) => order === 'month-first')
    : saidOtherwise(seen, 'day-first')?.order === 'month-first';
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
  { one: { row, reading }, outcome, refusal }: DecidedLine,
  headings: readonly string[],
  language: Language,
): Preview['lines'][number] {
  const cells = Object.fromEntries(headings.map((name, i) => [name, textOf(row.cells[i])]));
  const shown = { line: row.line, cells, outcome };
  if (reading.total) {
    const agrees = reading.amountCents === undefined ? {} : { agrees: !reading.differs };
    return { ...shown, total: { ...agrees, detail: detailOfTotal(reading)[language] } };
  }
  if (refusal) {
    const { line, column, value, reason, detail, detailEn } = refusal;
    return { ...shown, refusal: { line, column, value, reason, detail: language === 'en' ? detailEn : detail } };
  }
  if (!reading.result.ok) throw new Error(`line ${row.line} is refused and nobody says why`);
  const { reference, kind, content } = reading.result.value;
  return { ...shown, read: { reference, operation: kind, ...content } as never };
}
