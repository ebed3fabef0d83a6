import { headingKey } from './name-key.js';
import { groupsOver, isOfNames, namesOf } from './names-over.js';
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
  /** Whether a heading that it knows is, by the name over it, another one than one of the `others`: `Montant HT` below `Demandé`. */
  other?(own: string, over: string, others: readonly string[]): boolean;
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

/**
 * Which of both lines a line is that comes again further down, as on each page: neither is a line of the table. Lines are to be
 * given in their order: the lower one below another name over its columns is that of another table.
 */
export function headingsAgain(
  head: readonly Row[],
  { line, over }: { readonly line: number; readonly over?: number },
): ((row: Row) => 'over' | 'headings' | undefined) | undefined {
  if (over === undefined) return undefined;
  const keyAt = (place: number) => head.filter((row) => row.line === place).map(keyOfLine)[0];
  const [above, below] = [keyAt(over), keyAt(line)];
  let before: { readonly line: number; readonly isOther: boolean } | undefined;
  return (row) => {
    const key = row.line > line ? keyOfLine(row) : undefined;
    const isBelowOther = before?.isOther === true && row.line - before.line <= MOST_APART;
    before = { line: row.line, isOther: key !== above && isOfNames(row) };
    return key === undefined
      ? undefined
      : key === above
        ? 'over'
        : key === below && !isBelowOther
          ? 'headings'
          : undefined;
  };
}

/** Blank lines may stand between both. */
const MOST_APART = 3;

const GOES_ON = /\(suite\)/i;

const keyOfLine = ({ cells }: Row): string =>
  cells
    .map((cell) => headingKey(textOf(cell).replace(GOES_ON, '')))
    .join('\n')
    .trim();

function joinedOf(upper: Row, lower: Row, names: KnownHeadings): Row | undefined {
  if (!isOfNames(upper) || !isOfNames(lower, true)) return undefined;
  const own = namesOf(upper);
  const below = lower.cells.map(textOf);
  const groups = groupsOver(own, below, upper.spans);
  if (describes({ own, below }, names)) return undefined;
  // A name over several columns alone tells that there are two lines.
  if (![...groups.keys()].some((at) => groups.get(at) !== at)) return wrappedOf({ own, below }, lower, names);
  const keys = below.map(headingKey);
  const isTwice = (text: string) => text !== '' && keys.filter((key) => key === headingKey(text)).length > 1;
  /** The headings below other names than that of a column. */
  const elsewhere = (at: number) => below.filter((text, i) => text !== '' && groups.get(i) !== groups.get(at));
  const width = Math.max(own.length, below.length);
  const cells = Array.from({ length: width }, (_, at): Cell => {
    const [name = '', text = ''] = [own[groups.get(at) ?? at], below[at]];
    if (text === '' || name === '') return text || (own[at] ?? '');
    const whole = [joinedName(name, text), joinedName(text, name)];
    const isClear = names.known(text) && !isTwice(text);
    const found = isClear ? undefined : whole.find((one) => names.known(one));
    if (found !== undefined) return found;
    const isOthers = names.other?.(text, name, elsewhere(at)) === true;
    // A name that would be a column by itself is part of what those below it are.
    const isPart = isOthers || (!names.known(text) && (names.known(name) || isTwice(text)));
    return isPart ? (whole[0] ?? text) : text;
  });
  return cells.every((cell, at) => cell === (below[at] ?? '')) ? undefined : { ...lower, cells };
}

interface Overlaid {
  readonly own: readonly string[];
  readonly below: readonly string[];
}

/** Whether the lower line says of each column what to write in it (`obligatoire`, `texte`): the upper one names them by itself. */
function describes({ own, below }: Overlaid, { known }: KnownHeadings): boolean {
  const filled = own.filter((name, at) => known(name) && (below[at] ?? '') !== '');
  const named = own.filter((name, at) => {
    const text = below[at] ?? '';
    return (
      known(name) && text !== '' && (known(text) || known(joinedName(name, text)) || known(joinedName(text, name)))
    );
  });
  return filled.length > 2 && named.length * 2 < filled.length;
}

/** Headings that go on below themselves: `Date de` over `paiement`. */
function wrappedOf({ own, below }: Overlaid, lower: Row, { known }: KnownHeadings): Row | undefined {
  const width = Math.max(own.length, below.length);
  const cells = Array.from({ length: width }, (_, at) =>
    own[at] && below[at] ? joinedName(own[at], below[at]) : own[at] || below[at] || '',
  );
  const isNew = (name: string, at: number) => own[at] && below[at] && known(name) && !known(below[at]);
  const alone = [...own, ...below].filter((text) => text !== '' && known(text));
  return cells.some(isNew) && cells.filter(known).length >= alone.length ? { ...lower, cells } : undefined;
}

/** `Montant (k€)` over `HT` is `Montant HT (k€)`. */
function joinedName(name: string, text: string): string {
  const [, words = name, note = ''] = /^([^()[\]]+?)\s*([([][^()[\]]*[)\]])?$/.exec(name) ?? [];
  return [words, text, note].filter((part) => part !== '').join(' ');
}
