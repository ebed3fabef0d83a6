import { headingKey } from './name-key.js';
import { type Cell, type Row, textOf } from './table.js';

/**
 * Headings on two lines, as of merged cells: `Montant` over `HT` and `TTC`. What a column is called is said by both: they are
 * joined to one line of headings, and neither of them is one by itself.
 */
export interface HeadingRows {
  /** Lines that may hold the headings, those on two lines joined under the line of the lower. */
  readonly candidates: readonly Row[];
  /** Of a joined line, the line of the names over it. */
  readonly over: ReadonlyMap<number, number>;
}

/** How a reader tells its headings. */
export interface KnownHeadings {
  /** Whether a text is the name of a column that is wanted. */
  known(text: string): boolean;
  /** Whether a heading that it knows is, by the name over it, of something else: `Montant HT` below `Demandé`. */
  other?(own: string, over: string): boolean;
}

export function headingRows(rows: readonly Row[], names: KnownHeadings): HeadingRows {
  const over = new Map<number, number>();
  const uppers = new Set<Row>();
  const joined = rows.map((row, i) => {
    const upper = rows[i - 1];
    const both = upper && !uppers.has(upper) ? joinedOf(upper, row, names) : undefined;
    if (!upper || !both) return row;
    uppers.add(upper);
    over.set(row.line, upper.line);
    return both;
  });
  return { candidates: joined.filter((_, i) => !uppers.has(rows[i] as Row)), over };
}

/** Which of both lines a line is that comes again further down, as on each page: neither is a line of the table. */
export function headingsAgain(
  head: readonly Row[],
  { line, over }: { readonly line: number; readonly over?: number },
): ((row: Row) => 'over' | 'headings' | undefined) | undefined {
  if (over === undefined) return undefined;
  const keyAt = (place: number) => head.filter((row) => row.line === place).map(keyOfLine)[0];
  const [above, below] = [keyAt(over), keyAt(line)];
  return (row) => {
    const key = row.line > line ? keyOfLine(row) : undefined;
    return key === undefined ? undefined : key === above ? 'over' : key === below ? 'headings' : undefined;
  };
}

const keyOfLine = ({ cells }: Row): string =>
  cells
    .map((cell) => headingKey(textOf(cell)))
    .join('\n')
    .trim();

/** The longest name of a group of columns. */
const LONGEST = 60;
const YEAR = /^(?:19|20)\d\d$/;

/** Words without figures: those of a payment or a session have a number or a day. */
const isName = (text: string): boolean => text.length <= LONGEST && /\p{L}/u.test(text) && !/\d{3}/.test(text);

/** A line of nothing but names; below another one also of years. */
function isOfNames({ cells }: Row, isLower: boolean): boolean {
  const filled = cells.filter((cell) => textOf(cell) !== '');
  return (
    filled.length > 0 &&
    filled.every((cell) => (typeof cell === 'string' && isName(textOf(cell))) || (isLower && YEAR.test(textOf(cell))))
  );
}

function joinedOf(upper: Row, lower: Row, names: KnownHeadings): Row | undefined {
  if (!isOfNames(upper, false) || !isOfNames(lower, true)) return undefined;
  const own = upper.cells.map(textOf);
  const below = lower.cells.map(textOf);
  const groups = groupsOver(own, below, upper.spans);
  // A name over several columns alone tells that there are two lines.
  if (![...groups.keys()].some((at) => groups.get(at) !== at)) return undefined;
  const keys = below.map(headingKey);
  const isTwice = (text: string) => text !== '' && keys.filter((key) => key === headingKey(text)).length > 1;
  const saysWhich = tellsColumnsApart({ own, below, groups, spans: upper.spans }, isTwice, names);
  const width = Math.max(own.length, below.length);
  const cells = Array.from({ length: width }, (_, at): Cell => {
    const [name = '', text = ''] = [own[groups.get(at) ?? at], below[at]];
    if (text === '' || name === '') return text || (own[at] ?? '');
    const whole = [joinedName(name, text), joinedName(text, name)];
    const isClear = names.known(text) && !isTwice(text);
    const found = isClear ? undefined : whole.find((one) => names.known(one));
    if (found !== undefined) return found;
    const isOthers = saysWhich && names.other?.(text, name) === true;
    // A name that would be a column by itself is part of what those below it are.
    const isPart = isOthers || (!names.known(text) && (names.known(name) || isTwice(text)));
    return isPart ? (whole[0] ?? text) : text;
  });
  return cells.every((cell, at) => cell === (below[at] ?? '')) ? undefined : { ...lower, cells };
}

/** Two lines over each other: their texts, and of each column where the name over it stands. */
interface Overlaid {
  readonly own: readonly string[];
  readonly below: readonly string[];
  readonly groups: ReadonlyMap<number, number>;
  readonly spans: Row['spans'];
}

/** `Montant (k€)` over `HT` is `Montant HT (k€)`. */
function joinedName(name: string, text: string): string {
  const [, words = name, note = ''] = /^([^()[\]]+?)\s*([([][^()[\]]*[)\]])?$/.exec(name) ?? [];
  return [words, text, note].filter((part) => part !== '').join(' ');
}

/** Of each column that has a name over it, where that name stands: in the cell that is merged, or in the last one before it. */
function groupsOver(
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

/**
 * Whether the upper line is sure to name groups of columns, and is no title or note above the headings. It merges cells, but not
 * all; or has a heading with nothing below it, or begins behind the first column, or has several wide names over names that
 * come again.
 */
function tellsColumnsApart(
  { own, below, groups, spans }: Overlaid,
  isTwice: (text: string) => boolean,
  { known }: KnownHeadings,
): boolean {
  const filled = own.filter((text) => text !== '');
  if (spans) return filled.length > 1;
  if (own.some((text) => text.includes(':'))) return false;
  if (own.some((text, at) => (below[at] ?? '') === '' && known(text))) return true;
  const wide = new Set([...groups].filter(([at, from]) => at !== from).map(([, from]) => from));
  return (filled.length > 1 && own[0] === '') || wide.size > 2 || (wide.size > 1 && below.some(isTwice));
}
