import { readDate } from '@gpect/domain-values/calendar';
import { readCents } from '@gpect/domain-values/cents';
import { readSiret } from '@gpect/domain-values/siret';
import { nameKey } from '@gpect/tabular-files/name-key';
import { type Cell, type Row, textOf } from '@gpect/tabular-files/table';
import { REQUIRED } from '../dialect/bind-columns.js';
import { completed, type Dialect, type Field } from '../dialect/dialect.js';
import { unitNamed, unitNoted, withoutNote } from '../dialect/unit-of.js';
import { FIELDS, isUsualName } from '../dialect/usual-names.js';
import { schemeNamed } from '../scheme/register.js';

/** A dialect guessed from the headings and the first lines, and what a person has yet to say. */
export interface Proposal {
  readonly dialect: Dialect;
  readonly faults: readonly string[];
}

/** Most cells of a column must be of a kind for the column to be taken for it. */
const MOST = 0.8;

/** Guesses how a funder writes its files. It is a proposal: nothing is read by it until somebody publishes it. */
export function proposeDialect(head: readonly Row[]): Proposal {
  const { headings, below, above } = findHeadings(head);
  const columns = nameColumns(headings, below);
  const cellsOf = (field: Field) => {
    const name = columns[field]?.[0];
    const at = name === undefined ? -1 : headings.indexOf(name);
    return at < 0 ? [] : below.map((row) => row.cells[at]).filter((cell) => textOf(cell) !== '');
  };
  const amounts = cellsOf('amount').map(textOf);
  const days = cellsOf('paidOn');
  const labels = [...new Set(cellsOf('scheme').map(textOf))];
  const known = labels.flatMap((label) => {
    const code = schemeNamed(label);
    return code ? [[label, code] as const] : [];
  });
  const faults = [
    ...REQUIRED.filter((field) => !columns[field]).map((field) => `no column was found for ${field}; name it`),
    ...labels.filter((label) => !schemeNamed(label)).map((label) => `which scheme is "${label}"? see GET /schemes`),
    ...(known.length === 0 && labels.length === 0 ? ['no scheme was seen; name those that the funder uses'] : []),
  ];
  return {
    faults,
    dialect: completed({
      decimal: decimalOf(amounts),
      dates: datesOf(days),
      leadingZerosLost: cellsOf('siret').some((cell) => needsZeros(textOf(cell))),
      columns: columns as Dialect['columns'],
      schemes: Object.fromEntries(known),
      ...unitOf(above, columns.amount?.[0]),
    }),
  };
}

/** The line that names the most columns as they are usually named; the first where none does. */
function findHeadings(head: readonly Row[]): { headings: string[]; below: readonly Row[]; above: readonly Row[] } {
  const scores = head.map(namedFields);
  const at = Math.max(0, scores.indexOf(Math.max(...scores)));
  return { headings: (head[at]?.cells ?? []).map(textOf), below: head.slice(at + 1), above: head.slice(0, at) };
}

/** Thousands of euros, where the heading of the amounts or a note above it says so. */
function unitOf(above: readonly Row[], amount = ''): Pick<Dialect, 'unit'> {
  const notes = above.flatMap(({ cells }) => cells.map((cell) => unitNoted(textOf(cell))));
  return [unitNamed(amount), ...notes].includes('kEUR') ? { unit: 'kEUR' } : {};
}

/** How many fields a line names as they are usually named. */
export function namedFields({ cells }: Row): number {
  return FIELDS.filter((field) => cells.some((cell) => isUsualName(field, withoutNote(textOf(cell))))).length;
}

function nameColumns(headings: readonly string[], below: readonly Row[]): Partial<Record<Field, string[]>> {
  const columns: Partial<Record<Field, string[]>> = {};
  const free = new Set(headings.map((_, i) => i).filter((i) => nameKey(headings[i] ?? '') !== ''));
  const take = (field: Field, candidates: readonly number[]) => {
    const [only, ...others] = candidates;
    if (only === undefined || others.length > 0 || columns[field]) return;
    columns[field] = [headings[only] ?? ''];
    free.delete(only);
  };
  for (const field of FIELDS)
    take(
      field,
      [...free].filter((i) => isUsualName(field, withoutNote(headings[i] ?? ''))),
    );
  const looksLike = (test: (text: string) => boolean) =>
    [...free].filter((i) => {
      const texts = below.map((row) => textOf(row.cells[i])).filter((text) => text !== '');
      return texts.length > 0 && texts.filter(test).length >= texts.length * MOST;
    });
  take(
    'siret',
    looksLike((text) => readSiret(text, { restoreLeadingZeros: true }).ok),
  );
  take('paidOn', looksLike(isDay));
  take(
    'scheme',
    looksLike((text) => schemeNamed(text) !== undefined),
  );
  take(
    'amount',
    looksLike((text) => /[.,]\d{2}(?:\s*€)?$/.test(text) && readCents(text, 'auto').ok),
  );
  return columns;
}

function isDay(text: string): boolean {
  return readDate(text, 'french').ok || readDate(text, 'iso').ok;
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

function needsZeros(text: string): boolean {
  const read = readSiret(text, { restoreLeadingZeros: true });
  return read.ok && read.value.restored;
}
