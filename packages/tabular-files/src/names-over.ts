import { type Row, textOf } from './table.js';

/** Names that stand over columns, as of merged cells: `Demandé` and `Réglé` over amounts of their own. */

/** A name over a column, and over which columns it stands with it. */
export interface NameOver {
  readonly name: string;
  readonly covers: readonly number[];
  /** It stands further right, over a column of its own: a name that is centred begins before itself. */
  readonly mayBeCentred?: true;
}

/** The longest name of a group of columns. */
const LONGEST = 60;
const YEAR_WITHIN = /(?<![^\s(/-])(?:19|20)\d\d(?![^\s)/-])/g;
export const YEAR = /^(?:19|20)\d\d$/;

/** Words without figures, but for a year: those of a payment or a session have a number or a day. */
const isName = (text: string): boolean =>
  text.length <= LONGEST && /\p{L}/u.test(text) && !/\d{3}/.test(text.replace(YEAR_WITHIN, ''));

/** A line of nothing but names; `isLower`: below another one also of years. */
export function isOfNames({ cells }: Pick<Row, 'cells'>, isLower = false): boolean {
  const filled = cells.filter((cell) => textOf(cell) !== '');
  return (
    filled.length > 0 &&
    filled.every((cell) => (typeof cell === 'string' && isName(textOf(cell))) || (isLower && YEAR.test(textOf(cell))))
  );
}

/** The names of a line, without the colon behind one. */
export const namesOf = ({ cells }: Pick<Row, 'cells'>): string[] =>
  cells.map((cell) => textOf(cell).replace(/\s*:$/, ''));

/** Of each column that has a name over it, where that name stands: in the cell that is merged, or in the last one before it. */
export function groupsOver(
  own: readonly string[],
  below: readonly string[],
  spans: Row['spans'],
): ReadonlyMap<number, number> {
  const groups = new Map<number, number>();
  let from: number | undefined;
  for (const [at, text] of below.entries()) {
    const span = spans?.find(([first, last]) => first <= at && at <= last);
    if (spans) from = span ? span[0] : at;
    else if ((own[at] ?? '') !== '') from = at;
    else if (text === '') from = undefined;
    if (from !== undefined && text !== '' && (own[from] ?? '') !== '') groups.set(at, from);
  }
  return groups;
}

/** Whose name a column may have: of the group that it stands in, and of the next one where that may be centred over it. */
export function namesOver(upper: Row, below: readonly string[], at: number): NameOver[] {
  const own = namesOf(upper);
  const groups = groupsOver(own, below, upper.spans);
  const from = groups.get(at);
  const covered = (start: number) => [...groups].flatMap(([column, of]) => (of === start ? [column] : []));
  const found: NameOver[] = from === undefined ? [] : [{ name: own[from] ?? '', covers: covered(from) }];
  if (upper.spans || (own[at] ?? '') !== '') return found;
  const next = own.findIndex((name, column) => column > at && name !== '');
  const isNear = next > at && (from === undefined || next - at <= at - from);
  const goesOn = isNear && below.slice(at, next + 1).every((text) => text !== '') && next < below.length;
  return goesOn ? [...found, { name: own[next] ?? '', covers: [at, ...covered(next)], mayBeCentred: true }] : found;
}
