import { readDate } from '@gpect/domain-values/calendar';
import { readCents } from '@gpect/domain-values/cents';
import { headingRows, type KnownHeadings } from '@gpect/tabular-files/heading-rows';
import { LostZeros } from '@gpect/tabular-files/lost-zeros';
import { type Params, said } from '@gpect/tabular-files/messages';
import type { Remark } from '@gpect/tabular-files/remarks';
import { type Cell, type Row, textOf } from '@gpect/tabular-files/table';
import { completed, type Dialect, type Field } from '../dialect/dialect.js';
import { SAID_FIELDS, saysField, saysOther } from '../dialect/heading-says.js';
import { unitNamed, unitNoted, withoutNote } from '../dialect/unit-of.js';
import { FIELDS, isUsualName } from '../dialect/usual-names.js';
import { schemeNamed } from '../scheme/scheme-named.js';
import { operationNamed } from '../spend-line/operation-words.js';
import { PROPOSAL_FAULTS } from './proposal-faults.js';
import { proposeColumns } from './propose-columns.js';

/** A dialect guessed from the headings and the first lines, and what a person has yet to say. */
export interface Proposal {
  readonly dialect: Dialect;
  readonly faults: readonly Remark[];
}

/** Guesses how a funder writes its files. It is a proposal: nothing is read by it until somebody publishes it. */
export function proposeDialect(head: readonly Row[]): Proposal {
  const { headings, below, above } = findHeadings(head);
  const { columns, faults: columnFaults } = proposeColumns(headings, below);
  const payments = withSiret(below, headings.indexOf(columns.siret?.[0] ?? ''));
  const cellsOf = (field: Field) => {
    const name = columns[field]?.[0];
    const at = name === undefined ? -1 : headings.indexOf(name);
    return at < 0 ? [] : payments.map((row) => row.cells[at]).filter((cell) => textOf(cell) !== '');
  };
  const amounts = cellsOf('amount').map(textOf);
  const days = cellsOf('paidOn');
  const labels = [...new Set(cellsOf('scheme').map(textOf))];
  const known = labels.flatMap((label) => {
    const code = schemeNamed(label);
    return code ? [[label, code] as const] : [];
  });
  const operations = operationsOf(cellsOf('operation').map(textOf));
  // A column that has no word of an operation is left to those that look at columns which nobody reads.
  const heading = columns.operation?.[0] ?? '';
  if (!operations) delete columns.operation;
  const faults = [
    ...columnFaults,
    ...labels.filter((label) => !schemeNamed(label)).map((label) => open('scheme_open', { label })),
    ...(known.length === 0 && labels.length === 0 ? [open('scheme_open.none')] : []),
    ...(operations?.unknown ?? []).map((word) => open('operation_open', { word, heading })),
  ];
  return {
    faults,
    dialect: completed({
      decimal: decimalOf(amounts),
      dates: datesOf(days),
      leadingZerosLost: zerosLost(cellsOf('siret').map(textOf)),
      columns: columns as Dialect['columns'],
      schemes: Object.fromEntries(known),
      ...(operations ? { operations: operations.known } : {}),
      ...unitOf(above, columns.amount?.[0]),
    }),
  };
}

function open(key: keyof typeof PROPOSAL_FAULTS, params: Params = {}): Remark {
  return { code: key.split('.')[0] ?? key, said: said(PROPOSAL_FAULTS[key], params) };
}

/** One short SIRET may have lost another digit: it takes several. */
function zerosLost(sirets: readonly string[]): boolean {
  const zeros = new LostZeros();
  for (const siret of sirets) zeros.see(siret);
  return zeros.found;
}

/** Lines that have the digits of a SIRET where those stand: totals, titles and headings that come again tell of no payment. */
function withSiret(rows: readonly Row[], at: number): readonly Row[] {
  const found = at < 0 ? [] : rows.filter((row) => /\d{5}/.test(textOf(row.cells[at]).replace(/\s/g, '')));
  return found.length > 0 ? found : rows;
}

/** The line that names the most columns as they are usually named; the first where none does. */
function findHeadings(head: readonly Row[]): { headings: string[]; below: readonly Row[]; above: readonly Row[] } {
  const { candidates } = headingRows(head, USUAL);
  const scores = candidates.map(namedFields);
  const { line = 0, cells = [] } = candidates[Math.max(0, scores.indexOf(Math.max(...scores)))] ?? {};
  return {
    headings: cells.map(textOf),
    below: head.filter((row) => row.line > line),
    above: head.filter((row) => row.line < line),
  };
}

const USUAL: KnownHeadings = {
  known: (text) => FIELDS.some((field) => saysField(field, text, []) !== undefined),
  other: (own, over, others) =>
    SAID_FIELDS.some(
      (field) =>
        saysField(field, own, []) !== undefined &&
        saysOther(field, over) !== undefined &&
        others.some((heading) => saysField(field, heading, []) !== undefined),
    ),
};

/** Thousands of euros, where the heading of the amounts or a note above it says so. */
function unitOf(above: readonly Row[], amount = ''): Pick<Dialect, 'unit'> {
  const notes = above.flatMap(({ cells }) => cells.map((cell) => unitNoted(textOf(cell))));
  return [unitNamed(amount), ...notes].includes('kEUR') ? { unit: 'kEUR' } : {};
}

/** How many fields a line names as they are usually named. */
export function namedFields({ cells }: Row): number {
  return FIELDS.filter((field) =>
    cells.some((cell) => isUsualName(field, withoutNote(textOf(cell), field === 'amount'))),
  ).length;
}

/**
 * What the words of a column of operations mean, as far as they are usual; undefined where none is. Those of credits are left
 * to a person: to cancel a line is one thing, to pay an amount back another.
 */
function operationsOf(
  cells: readonly string[],
): { known: NonNullable<Dialect['operations']>; unknown: readonly string[] } | undefined {
  const words = [...new Set(cells)];
  if (!words.some((word) => operationNamed(word))) return undefined;
  const known = words.flatMap((word) => {
    const says = operationNamed(word);
    return says && says !== 'credit' ? [[word, says] as const] : [];
  });
  const named = new Set(known.map(([word]) => word));
  return { known: Object.fromEntries(known), unknown: words.filter((word) => !named.has(word)) };
}

function decimalOf(amounts: readonly string[]): Dialect['decimal'] {
  const readable = (decimal: ',' | '.') => amounts.every((text) => readCents(text, decimal).ok);
  const [comma, point] = [readable(','), readable('.')];
  return comma === point ? 'auto' : comma ? ',' : '.';
}

/** Month-first days are proposed where day-first ones are impossible; where both are possible, day first, as in France. */
function datesOf(cells: readonly (Cell | undefined)[]): Dialect['dates'] {
  const texts = cells.filter((cell) => typeof cell === 'string').map(textOf);
  const formats = (['iso', 'french', 'american', 'excel'] as const).filter(
    (format) => texts.length > 0 && texts.every((text) => readDate(text, format).ok),
  );
  const [first] = formats.filter((format) => format !== 'american' || !formats.includes('french'));
  return first ? [first] : ['french', 'iso'];
}
