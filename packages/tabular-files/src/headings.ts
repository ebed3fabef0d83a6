import { headingRows, type KnownHeadings } from './heading-rows.js';
import type { Said } from './messages.js';
import { headingKey } from './name-key.js';
import { isOurs } from './our-columns.js';
import type { Remark } from './remarks.js';
import { remark } from './remarks.js';
import { type Row, textOf } from './table.js';

/** A column that a reader wants, and how its heading may be written. Case, accents, punctuation and spaces do not count. */
export interface WantedColumn<Field extends string> {
  readonly field: Field;
  /** Names by which it is looked for first, the best of them first. */
  readonly names: readonly string[];
  /** Other headings that it is taken for, where one column alone bears one. */
  passes?(heading: string): boolean;
  /** Whether a heading, by a name that stands over it, is another one. */
  other?(heading: string): boolean;
  readonly required: boolean;
}

/** What one line names, taken for headings. */
export interface NamedColumns<Field extends string> {
  readonly line: number;
  /** The line of names over those of its columns, where the headings are on two lines. */
  readonly over?: number;
  readonly headings: readonly string[];
  /** Where each field stands, from 0. */
  readonly at: Readonly<Partial<Record<Field, number>>>;
  readonly missing: readonly Field[];
  /** A heading that stands there more than once, and is wanted. */
  readonly twice?: string;
  /** Fields that were found by another name than their own. */
  readonly replaced: readonly Field[];
  /** Fields that several columns could be, none by its own name; the headings of these. */
  readonly several: readonly { readonly field: Field; readonly headings: readonly string[] }[];
}

/** Headings may stand below a title or two. */
const ROWS_LOOKED_AT = 40;

/** The line among the first ones that names most of the wanted columns, and the first that names all. */
export function findHeadings<Field extends string>(
  head: readonly Row[],
  wanted: readonly WantedColumn<Field>[],
): NamedColumns<Field> {
  const none: NamedColumns<Field> = {
    line: 1,
    headings: [],
    at: {} as Partial<Record<Field, number>>,
    missing: wanted.filter((w) => w.required).map((w) => w.field),
    replaced: [],
    several: [],
  };
  const { candidates, over } = headingRows(head.slice(0, ROWS_LOOKED_AT), knownBy(wanted));
  const named = candidates.map((row) => nameColumns(row, wanted));
  const whole = named.find((n) => n.missing.length === 0);
  const found = whole ?? named.reduce((a, b) => (b.missing.length < a.missing.length ? b : a), named[0] ?? none);
  const upper = over.get(found.line);
  return upper === undefined ? found : { ...found, over: upper };
}

/** How a reader that wants these columns tells their headings. */
export function knownBy(wanted: readonly WantedColumn<string>[]): KnownHeadings {
  const names = new Set(wanted.flatMap((w) => w.names.map(headingKey)));
  const isOf = (w: WantedColumn<string>, heading: string) =>
    w.names.some((name) => headingKey(name) === headingKey(heading)) || w.passes?.(heading) === true;
  return {
    known: (text) => names.has(headingKey(text)) || wanted.some(({ passes }) => passes?.(text) === true),
    other: (own, over, others) =>
      wanted.some(
        (w) => w.other?.(over) === true && !w.other(own) && isOf(w, own) && others.some((heading) => isOf(w, heading)),
      ),
  };
}

function nameColumns<Field extends string>(
  { line, cells }: Row,
  wanted: readonly WantedColumn<Field>[],
): NamedColumns<Field> {
  const headings = cells.map(textOf);
  const keys = headings.map(headingKey);
  const at = new Map<Field, number>();
  let twice: string | undefined;
  for (const { field, names } of wanted) {
    const name = names.map(headingKey).find((n) => keys.includes(n));
    if (name === undefined) continue;
    if (keys.indexOf(name) !== keys.lastIndexOf(name)) twice ??= headings[keys.indexOf(name)];
    at.set(field, keys.indexOf(name));
  }
  const taken = new Set(at.values());
  const replaced: Field[] = [];
  const several: { field: Field; headings: string[] }[] = [];
  for (const { field, passes } of wanted) {
    if (at.has(field) || !passes) continue;
    const found = headings.flatMap((heading, i) => (!taken.has(i) && passes(heading) ? [i] : []));
    const [only, ...others] = found;
    if (only === undefined) continue;
    if (others.length > 0) {
      several.push({ field, headings: found.map((i) => headings[i] ?? '') });
      continue;
    }
    at.set(field, only);
    taken.add(only);
    replaced.push(field);
  }
  const missing = wanted.filter((w) => w.required && !at.has(w.field)).map((w) => w.field);
  return {
    line,
    headings,
    at: Object.fromEntries(at) as Partial<Record<Field, number>>,
    missing,
    replaced,
    several,
    ...(twice ? { twice } : {}),
  };
}

/**
 * The line below the headings where it only names units: without digits but in a unit, one of its cells in brackets or naming one
 * (`(jj/mm/aaaa)`, `en €`).
 */
export function unitsBelow(head: readonly Row[], line: number, namesUnit: (text: string) => boolean): Row | undefined {
  const below = head.find((row) => row.line > line);
  const texts = below?.cells.map(textOf).filter((text) => text !== '') ?? [];
  const isUnits =
    texts.every((text) => text.length < 60 && (!/\d/.test(text) || namesUnit(text))) &&
    texts.some((text) => /^\(.*\)$/.test(text) || namesUnit(text));
  return isUnits ? below : undefined;
}

/** Headings whose columns are not read, told together. */
export function unreadColumns({ headings, at }: Pick<Binding, 'headings' | 'at'>): Remark[] {
  const read = new Set<number | undefined>(Object.values(at));
  const unread = headings.filter((name, i) => name !== '' && !read.has(i) && !isOurs(name));
  return unread.length > 0
    ? [remark('columns_unread', { count: unread.length, names: unread.join(', ').slice(0, 300) })]
    : [];
}

/** Where each field stands in the lines of one sheet, and what its first lines tell of how it is written. */
export interface Binding<Field extends string = string> {
  /** Line of the headings; the table is below it. */
  readonly line: number;
  /** The last line that belongs to the headings: one that names units may stand below them. */
  readonly until: number;
  /** Of headings on two lines, which of them a line is that comes again. */
  readonly comesAgain?: (row: Row) => 'over' | 'headings' | undefined;
  readonly headings: readonly string[];
  readonly at: Readonly<Partial<Record<Field, number>>>;
  readonly remarks: readonly Remark[];
}

export interface BindingFault {
  readonly code: string;
  readonly said: Said;
  /** The table is likely to be another one: it lacks several columns. */
  readonly elsewhere: boolean;
}
