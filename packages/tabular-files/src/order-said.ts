import { type Cell, textOf } from './table.js';

/** Says in words or in letters in which order a table writes its days: `(mm/jj/aaaa)`, `Dates au format MM/JJ/AAAA`, `US dates`. */

/** `year-day`: the year, the day, then the month. */
export type SaidOrder = 'day-first' | 'month-first' | 'year-day';

const MONTH = 'mm|mois|months?';
const DAY = 'jj|dd|jours?|days?';
const YEAR = 'aaaa|yyyy|ann[ée]e|year|aa|yy';
const BETWEEN = '\\s?[/.,-]\\s?|\\s';
const inOrder = (...parts: string[]) =>
  new RegExp(`(?<![\\p{L}\\d])${parts.map((part) => `(?:${part})`).join(`(?:${BETWEEN})`)}(?![\\p{L}\\d])`, 'iu');
const MONTH_DAY = inOrder(MONTH, DAY);
const DAY_MONTH = inOrder(DAY, MONTH);
const YEAR_DAY = inOrder(YEAR, DAY, MONTH);
const YEAR_FIRST = inOrder(YEAR, MONTH, DAY);
const AMERICAN =
  /(?<!\p{L})(?:dates?(?:\P{L}+\p{L}+){0,3}?\P{L}+(?:us|usa|am[ée]ricaine?s?)|(?:us|american)\s(?:dates?|format)|(?:mois|months?)\s(?:d[’']abord|en premier|first))(?!\p{L})/iu;
const LONGEST = 500;

/** The order of days that a heading or a note says; undefined where it says none, or says that the year comes first. */
export function orderSaid(text: string): SaidOrder | undefined {
  if (text.length < 4 || text.length > LONGEST) return undefined;
  if (YEAR_DAY.test(text)) return 'year-day';
  if (YEAR_FIRST.test(text)) return undefined;
  if (MONTH_DAY.test(text) || AMERICAN.test(text)) return 'month-first';
  return DAY_MONTH.test(text) ? 'day-first' : undefined;
}

/** Where an order of days is said, and by what. */
export interface OrderSaid {
  readonly order: SaidOrder;
  readonly line: number;
  readonly text: string;
}

const MOST_SHOWN = 100;

/** What is said of the order in which one column writes its days: by its own headings before what notes say. */
export class OrderOfColumn {
  readonly #own = new Map<SaidOrder, OrderSaid>();
  readonly #noted = new Map<SaidOrder, OrderSaid>();

  /** A line that is none of days: what it says under the column is of that, and where nothing stands there it is a note. */
  seeLine(cells: readonly Cell[], at: number, line: number): void {
    const own = textOf(cells[at]);
    if (own !== '') this.#see(this.#own, own, line);
    else for (const cell of cells) this.seeNote(textOf(cell), line);
  }

  seeNote(text: string, line: number): void {
    this.#see(this.#noted, text, line);
  }

  #see(of: Map<SaidOrder, OrderSaid>, text: string, line: number): void {
    const order = orderSaid(text);
    if (order && !of.has(order)) of.set(order, { order, line, text: text.trim().slice(0, MOST_SHOWN) });
  }

  get said(): readonly OrderSaid[] {
    return [...(this.#own.size > 0 ? this.#own : this.#noted).values()];
  }
}
