import { nameKey } from './name-key.js';
import { type Cell, type Row, textOf } from './table.js';

/** What a cell looks like, as far as it could be taken for one of another column. */
export type CellKind = 'amount' | 'whole' | 'day' | 'digits' | 'text';

const DAY = /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?!\d)/;
const NUMBER = /^[-+(]?\s?\d[\d\s.,']*\)?-?\s?(?:€|eur|euros?|%|h)?$/i;
const CENTS = /[.,]\d{1,2}(?!\d)/;
const AN_AMOUNT = /montant|^mt|^mnt|ttc|tva|cout|prix|verse|paye|regle|solde|debit|credit|total|amount/;
const A_COUNT = /heure|duree|^hrs|^nb|nombre|stagiaire|effectif|^qte|quantite|jours/;
const A_DAY = /^date|^dt|^jour$/;
const LONGEST = 60;

function kindOf(cell: Cell | undefined): CellKind | undefined {
  const text = textOf(cell);
  if (text === '') return undefined;
  if (text.length > LONGEST) return 'text';
  if (isPlainAmount(text)) return 'amount';
  if (/^\d{9,}$/.test(text.replace(/\s/g, ''))) return 'digits';
  if (DAY.test(text)) return 'day';
  if (!NUMBER.test(text)) return 'text';
  return CENTS.test(text) ? 'amount' : 'whole';
}

/** Digits and one or two behind a mark, as most amounts are written. */
function isPlainAmount(text: string): boolean {
  let mark = -1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x30 && code <= 0x39) continue;
    if (mark >= 0 || (code !== 0x2c && code !== 0x2e)) return false;
    mark = i;
  }
  const behind = text.length - mark - 1;
  return mark > 0 && (behind === 1 || behind === 2);
}

/** The kind of each column, by most of its cells in lines that have as many, or by its heading where none is filled. */
export function kindsOfColumns(headings: readonly string[], rows: readonly Row[]): readonly (CellKind | undefined)[] {
  const whole = rows.filter(({ cells }) => cells.length === headings.length);
  return headings.map((heading, column) => {
    const counts = new Map<CellKind, number>();
    for (const { cells } of whole) {
      const kind = kindOf(cells[column]);
      if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    const [most] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
    const name = nameKey(heading.slice(0, 200));
    if (AN_AMOUNT.test(name) && (most === undefined || most === 'whole')) return 'amount';
    return most ?? (A_DAY.test(name) ? 'day' : A_COUNT.test(name) ? 'whole' : undefined);
  });
}

/** Texts are compared with what is known where they are read; numbers and days are taken as they come. */
function fits(cell: Cell | undefined, column: CellKind | undefined): boolean {
  const kind = kindOf(cell);
  if (kind === undefined) return true;
  return kind !== 'text' && (kind === column || (kind === 'whole' && column === 'amount'));
}

/** How many cells of a line are numbers or days as those of their columns. */
export function alikeCells(cells: readonly Cell[], kinds: readonly (CellKind | undefined)[]): number {
  return cells.filter((cell, i) => textOf(cell) !== '' && fits(cell, kinds[i])).length;
}

/**
 * Whether a line of text with fewer or more cells than headings may have lost or won one before one of the columns that are
 * read, so that each cell behind it stands in its neighbour's place: without a TTC, a line that lacks its HT looks the same.
 */
export function mayBeShifted(
  cells: readonly Cell[],
  kinds: readonly (CellKind | undefined)[],
  read: readonly number[],
): boolean {
  const lacking = kinds.length - cells.length;
  if (lacking === 0) return false;
  const allFit = (from: number, by: number) =>
    textOf(cells[from]) !== '' && cells.slice(from).every((cell, i) => fits(cell, kinds[from + i + by]));
  const shifts = Array.from({ length: Math.abs(lacking) }, (_, i) => i + 1);
  if (lacking > 0) return shifts.some((by) => read.some((column) => column < cells.length && allFit(column, by)));
  const asTheyStand = cells.every(
    (cell, i) => textOf(cell) === '' || kinds[i] === undefined || sameKind(cell, kinds[i]),
  );
  return !asTheyStand && shifts.some((by) => read.some((column) => allFit(column + by, -by)));
}

function sameKind(cell: Cell, column: CellKind | undefined): boolean {
  return kindOf(cell) === column || fits(cell, column);
}

/** Columns that hold amounts by their heading, or in half of their lines or more: few may stand where a line was pushed. */
export function columnsOfAmounts(headings: readonly string[], rows: readonly Row[]): readonly boolean[] {
  const whole = rows.filter(({ cells }) => cells.length === headings.length);
  return headings.map(
    (heading, column) =>
      AN_AMOUNT.test(nameKey(heading.slice(0, 200))) ||
      (whole.length > 1 && whole.filter(({ cells }) => kindOf(cells[column]) === 'amount').length * 2 >= whole.length),
  );
}

/**
 * Whether a separator within a label pushed what follows one column to the right in a line that lost its last cell, and so has
 * as many as the headings: what stands under the amount is none, and each cell behind it would be one of its neighbour's column.
 */
export function isPushed(
  cells: readonly Cell[],
  { kinds, amounts }: { readonly kinds: readonly (CellKind | undefined)[]; readonly amounts: readonly boolean[] },
  amount: number,
): boolean {
  if (cells.length !== kinds.length || kinds[amount] !== 'amount') return false;
  const kind = kindOf(cells[amount]);
  if (kind === 'amount' || kind === undefined) return false;
  const behind = cells.slice(amount + 1);
  const last = behind.findLastIndex((cell) => textOf(cell) !== '');
  if (last < 1 || behind.slice(0, last + 1).some((cell, i) => kindOf(cell) !== kinds[amount + i])) return false;
  return kindOf(behind[last]) === 'amount' && amounts[amount + 1 + last] !== true;
}
