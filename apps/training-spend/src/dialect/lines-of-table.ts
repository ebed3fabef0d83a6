import { type Cell, textOf } from '@gpect/tabular-files/table';
import type { Field } from './dialect.js';

/** Tells lines of payments, whole or incomplete, from what stands between and below them. */

type Columns = Readonly<Partial<Record<Field, number>>>;

const NUMBER = /^[-+(]?\d[\d\s.,'\u00a0\u202f]*\)?\s*(?:k?€|eur|euros?)?$/iu;
const YEAR = /^(?:19|20)\d\d$/;
const PHONE = /^0\d(?:[\s.]?\d\d){4}$/;
const DAY = /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?!\d)/;
const PAGE = /^(?:pages?|feuillets?|folios?|notes?|nota|nb|renvois?|[ée]dit\p{L}*)(?!\p{L})/iu;
/** A registration number, however it is grouped, and no amount. */
const REGISTERED = /^(?:\d[\s.\u00a0\u202f]?){9,}$/;

/** Whether a cell is an amount or a count: no year, day, telephone or registration number. */
export function isFigure(cell: Cell): boolean {
  if (typeof cell === 'object' && !('number' in cell)) return false;
  const text = textOf(cell);
  if (typeof cell === 'object') return !YEAR.test(text);
  const first = text.charCodeAt(0);
  const mayBegin = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x28;
  if (!mayBegin || text.length > LONGEST_FIGURE || !NUMBER.test(text)) return false;
  return !YEAR.test(text) && !PHONE.test(text) && !DAY.test(text) && !REGISTERED.test(text);
}
const LONGEST_FIGURE = 40;

export function isDay(cell: Cell): boolean {
  return typeof cell === 'object' ? 'date' in cell : DAY.test(cell.slice(0, 20).trim());
}

export class LinesOfTable {
  /** How the references of the first payments are written. */
  readonly #shapes = new Set<string>();
  #seen = 0;

  /** Whether it has a SIRET, as nearly every payment has. */
  isPayment(cells: readonly Cell[], at: Columns): boolean {
    if (!isSiret(cells[at.siret ?? -1]) && !cells.some((cell) => typeof cell === 'string' && /^\d{14}$/.test(cell)))
      return false;
    if (this.#seen < FIRST) {
      this.#seen++;
      this.#shapes.add(shapeOf(textOf(cells[at.reference ?? -1])));
    }
    return true;
  }

  /** Whether a line without a SIRET is a payment all the same: it has a reference, or its day and its amount. */
  isLine(cells: readonly Cell[], at: Columns): boolean {
    return (
      this.#isReference(textOf(cells[at.reference ?? -1])) ||
      (isDay(cells[at.paidOn ?? -1] ?? '') && isFigure(cells[at.amount ?? -1] ?? ''))
    );
  }

  #isReference(text: string): boolean {
    if (!/\d/.test(text) || text.length > LONGEST_FIGURE || YEAR.test(text) || PAGE.test(text) || DAY.test(text))
      return false;
    return this.#shapes.has(shapeOf(text)) || /^(?=.*\p{L})[\p{L}\d/_.-]{2,}$/u.test(text) || /^\d{3,}$/.test(text);
  }
}
const FIRST = 50;

function isSiret(cell: Cell | undefined): boolean {
  if (typeof cell === 'string')
    return /^\d{9}/.test(cell) || /^\D{0,12}\d{9}/.test(cell.slice(0, 40).replace(/[\s.'’\u00a0=":]/g, ''));
  return typeof cell === 'object' && 'number' in cell && cell.number.length >= 9;
}

const shapeOf = (text: string): string =>
  text
    .slice(0, LONGEST_FIGURE)
    .replace(/\d+/g, '0')
    .replace(/\p{L}+/gu, 'a');
