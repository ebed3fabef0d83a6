import { own } from '@gpect/domain-values/records';
import type { NamedColumns } from '@gpect/tabular-files/headings';
import { nameKey, wordsOf } from '@gpect/tabular-files/name-key';
import { isOfNames, type NameOver, namesOver } from '@gpect/tabular-files/names-over';
import { word } from '@gpect/tabular-files/sections';
import { type Row, textOf } from '@gpect/tabular-files/table';
import type { Dialect, Field } from './dialect.js';
import { SAID_FIELDS, type SaidField, saysField, saysOther } from './heading-says.js';
import { namesOtherAmount } from './names-of-amounts.js';
import { withoutLetters } from './note-of-amounts.js';
import { PAID, unpaidWord } from './sections.js';
import { columnSaysTax, saysWithTax } from './tax-of.js';
import { otherThan, unitNoted, withoutNote } from './unit-of.js';
import { isUsualName } from './usual-names.js';

/**
 * Names over and below the headings of what is read, by which it is another thing: an amount that was asked for, or planned. It
 * is never read as what was paid; where nobody can say, the file is refused.
 */

export type NamedOtherwise =
  | {
      readonly key: 'columns_ambiguous.over';
      readonly field: SaidField;
      readonly line: number;
      readonly name: string;
      readonly heading: string;
    }
  | {
      readonly key: 'columns_ambiguous.groups';
      readonly line: number;
      readonly heading: string;
      readonly other: string;
    }
  | {
      readonly key: 'amount_ttc' | NonNullable<ReturnType<typeof otherThan>>;
      readonly line: number;
      readonly text: string;
    };

/** Where each field stands. */
export type Places = NamedColumns<Field>['at'];

/** Whether a line of texts is one of the table, however little of it can be read: it has a reference or a scheme of its own. */
export function holdsPayment({ cells }: Row, at: Places, { schemes }: Pick<Dialect, 'schemes'>): boolean {
  const isReference = /^\S*\d\S*$/.test(textOf(cells[at.reference ?? -1]));
  return isReference || own(schemes, textOf(cells[at.scheme ?? -1])) !== undefined;
}

/** Lines above the headings that may name groups of their columns. */
export const MOST_ABOVE = 3;

/** What is named by a thing (`Facture`, `Session de formation`) may be a payment of it: where its day stands below the name too. */
const THINGS = word(
  'factur\\w*|fact|conventions?|accord\\w*|subventions?|rembours\\w*|commandes?|projets?|particip\\w*|parten\\w*|budgetaires?',
  'g',
);
/** Firms that a SIRET may be of: those which pay for courses are their clients. */
const FIRMS = word('clients?|groupes?', 'g');
/** What was done to an amount, and not the thing that it is of; only its accent tells. */
const DONE = /(?:factur|command|programm)é/i;
/** How a note or a letterhead begins, which names no group. */
const OF_LETTERHEAD =
  /^(?:listes?|releves?|bordereaux?|etats? (?:de|des)|tableaux?|fichiers?|refs?|references?|services?|directions?|bureau|pole) /;
/** `Budget : 300 000 €` and `Convention n° 2012-45` say what something else is. */
const SAYS_ITSELF = /:\s*\S|(?:n°|no|num[ée]ro)\s*\d/i;
/** Of a day that is called that of a payment: when it is due, or expected. */
const NOT_YET = word(
  'prev\\w*|previsionnel\\w*|echeances?|limites?|butoir|a payer|theorique\\w*|estim\\w*|engag\\w*|demand\\w*',
);
const WITHOUT_TAX = word('hors (?:tva|taxes?)', 'g');
const IS_PAID = word(`${PAID}|prises? en charge`);
const isPaid = (name: string) => IS_PAID.test(wordsOf(name));

/** One line of names, and the headings that it stands over. */
interface Layer {
  readonly row: Row;
  readonly below: readonly string[];
}

/** What the lines around the headings say against them; undefined where they say nothing. */
export function namedOtherwise(
  head: readonly Row[],
  named: NamedColumns<Field>,
  dialect: Dialect,
): NamedOtherwise | undefined {
  const layers = layersOver(head, named);
  for (const field of SAID_FIELDS) {
    const at = named.at[field];
    // A funder that names such a column says that it is what was paid.
    if (at === undefined || dialect.columns[field]?.some((name) => saysOther(field, name) !== undefined)) continue;
    const found = layers.map((layer) => otherOver(layer, field, at, named, dialect)).find((other) => other);
    if (found) return found;
  }
  return otherBelow(head, named, dialect) ?? layers.map((layer) => otherGroup(layer, named)).find((other) => other);
}

function layersOver(head: readonly Row[], { line, over, headings }: NamedColumns<Field>): Layer[] {
  const lower = head.findIndex((row) => row.line === line);
  const top = over === undefined ? lower : head.findIndex((row) => row.line === over);
  const above = head.slice(Math.max(0, top - MOST_ABOVE), top).map((row) => ({ row, below: headings }));
  const own = over === undefined ? [] : head.slice(top, top + 1).map((row) => ({ row, below: textsOf(head[lower]) }));
  return [...own, ...above.reverse()].filter(({ row }) => mayName(row));
}

const textsOf = (row: Row | undefined): string[] => (row?.cells ?? []).map(textOf);

/** A line with a SIRET or a day is none of names; a number may stand beside them. */
const mayName = ({ cells }: Row): boolean =>
  !cells.some(
    (cell) => (typeof cell === 'object' && 'date' in cell) || /^\d{9,}$/.test(textOf(cell).replace(/\s/g, '')),
  );

function otherOver(
  { row, below }: Layer,
  field: SaidField,
  at: number,
  named: NamedColumns<Field>,
  dialect: Dialect,
): NamedOtherwise | undefined {
  const heading = named.headings[at] ?? '';
  for (const over of namesOver(row, below, at)) {
    if (isTitle(over, named) || nameKey(heading).includes(nameKey(over.name))) continue;
    const kind = field === 'amount' && !over.mayBeCentred ? otherKind(over.name, dialect) : undefined;
    if (kind) return { key: kind, line: row.line, text: over.name };
    if (!saysAnother(field, over, heading, named)) continue;
    // The next name further right is over another column, where the nearest one says what was paid.
    if (over.mayBeCentred && isPaidElsewhere(row, below, at, named)) continue;
    return { key: 'columns_ambiguous.over', field, line: row.line, name: over.name, heading };
  }
  return undefined;
}

/** Whether a name says that amounts hold their tax, or of which unit they are. */
function otherKind(name: string, dialect: Dialect) {
  if (!columnSaysTax(dialect) && saysWithTax(name)) return 'amount_ttc';
  return otherThan(dialect.unit, unitNoted(withoutLetters(name)));
}

/** Over all that is read: a title, which says it of the lines. */
function isTitle({ covers }: NameOver, { at }: NamedColumns<Field>): boolean {
  return Object.values(at).every((column) => column !== undefined && covers.includes(column));
}

function saysAnother(field: SaidField, over: NameOver, heading: string, named: NamedColumns<Field>): boolean {
  const { name, covers } = over;
  if (name.length > 200 || SAYS_ITSELF.test(name)) return false;
  const words = wordsOf(name).replace(WITHOUT_TAX, ' ');
  const covering = (fields: readonly Field[]) => fields.some((of) => covers.includes(named.at[of] ?? -1));
  if (field === 'siret') {
    const isOfOther = saysOther(field, words.replace(FIRMS, ' ')) !== undefined;
    return isOfOther && !covering(['reference', 'paidOn', 'scheme', 'amount']);
  }
  const isPayment = saysField(field, heading, []) === 'yes';
  if (field === 'paidOn') {
    if (over.mayBeCentred) return false;
    if (NOT_YET.test(words) || unpaidWord(words.replace(THINGS, ' ')) !== undefined) return true;
    return !isPayment && saysOther(field, name) !== undefined && !covering(['reference', 'siret', 'scheme']);
  }
  const isOfAmountAlone = !covering(['reference', 'siret', 'scheme']);
  if (isOfAmountAlone && !over.mayBeCentred && namesOtherAmount(name)) return true;
  if (DONE.test(name) || saysOther(field, words.replace(THINGS, ' ')) !== undefined) return true;
  const isOfPayment = isPaid(heading) || isPaid(name) || covering(['paidOn', 'reference', 'siret', 'scheme']);
  const namesGroup = isOfNames({ cells: [name] }) && !OF_LETTERHEAD.test(words) && !over.mayBeCentred;
  return !isOfPayment && namesGroup && saysOther(field, words) !== undefined;
}

/** Whether the nearest name is that of a payment, and no other column could be its amount. */
function isPaidElsewhere(row: Row, below: readonly string[], at: number, named: NamedColumns<Field>): boolean {
  const [nearest] = namesOver(row, below, at);
  return nearest !== undefined && isPaid(nearest.name) && rivalsOf(below, named).length === 0;
}

/** Other columns that could be the amount by their own headings. */
function rivalsOf(below: readonly string[], { at }: NamedColumns<Field>): number[] {
  const isRival = (text: string, i: number) =>
    i !== at.amount && isUsualName('amount', withoutNote(text, true)) && saysOther('amount', text) === undefined;
  return below.flatMap((text, i) => (isRival(text, i) ? [i] : []));
}

/** Amounts under several names of which none says that it is what was paid. */
function otherGroup({ row, below }: Layer, named: NamedColumns<Field>): NamedOtherwise | undefined {
  const at = named.at.amount ?? -1;
  const heading = named.headings[at] ?? '';
  if (isPaid(heading)) return undefined;
  const [own] = namesOver(row, below, at);
  for (const rival of rivalsOf(below, named)) {
    const names = namesOver(row, below, rival);
    if (names.length === 0 || names.some(({ covers }) => covers.includes(at))) continue;
    if (names.some(({ name }) => saysOther('amount', name) !== undefined)) continue;
    const rivalIsPaid = names.some(({ name }) => isPaid(name));
    if (own && isPaid(own.name) && !rivalIsPaid) continue;
    const areGroups = [...names, ...(own ? [own] : [])].every(({ covers }) => isOfAmounts(covers, named)) && own;
    if (rivalIsPaid || areGroups)
      return {
        key: 'columns_ambiguous.groups',
        line: row.line,
        heading,
        other: names.map(({ name }) => name).join(', '),
      };
  }
  return undefined;
}

const isOfAmounts = (covers: readonly number[], { at }: NamedColumns<Field>): boolean =>
  [at.reference, at.siret, at.scheme].every((column) => column === undefined || !covers.includes(column));

function isOtherBelow(field: SaidField, name: string): boolean {
  if (field === 'amount' && namesOtherAmount(name)) return true;
  return saysOther(field, name) !== undefined || (field === 'paidOn' && unpaidWord(name) !== undefined);
}

/** A second line of headings, below those that name all columns: `demandé` below `Montant HT`. */
function otherBelow(head: readonly Row[], named: NamedColumns<Field>, dialect: Dialect): NamedOtherwise | undefined {
  const row = head[head.findIndex(({ line }) => line === named.line) + 1];
  if (!row || !isOfNames(row) || holdsPayment(row, named.at, dialect)) return undefined;
  for (const field of SAID_FIELDS) {
    const at = named.at[field] ?? -1;
    const name = textOf(row.cells[at]);
    if (name === '' || dialect.columns[field]?.some((column) => saysOther(field, column) !== undefined)) continue;
    const kind = field === 'amount' ? otherKind(name, dialect) : undefined;
    if (kind) return { key: kind, line: row.line, text: name };
    if (isOtherBelow(field, name))
      return { key: 'columns_ambiguous.over', field, line: row.line, name, heading: named.headings[at] ?? '' };
  }
  return undefined;
}
