import { nameKey } from '@gpect/tabular-files/name-key';
import { type Cell, type Table, textOf } from '@gpect/tabular-files/table';
import { NOT_DENIED, TAKEN_BACK as TAKEN_BACK_WORDS } from '@gpect/tabular-files/words-of-status';
import type { SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect } from '../dialect/dialect.js';

/** What columns that are not read tell of the amount of a line. */

const keys = (names: readonly string[]) => new Set(names.map(nameKey));

/** Columns whose numbers stand beside an amount for themselves: their two digits are no cents. */
const COUNTS =
  /jour|nb|nombre|heure|duree|hrs|dept|departement|taux|effectif|stag|age|annee|exercice|mois|code|numero|ligne|qte|quantite|tranche|rang/;
const WHOLE = /^[-+(]?\d{1,3}(?:[ \u00a0\u202f.']?\d{3})*$/;

/**
 * Whether the comma that separates the columns cut a line's amount in two (`…,DIF,20,50`): the amount is whole, its cents
 * stand in the next column, and that one is none of numbers or the line has a cell too many. Undefined where that cannot be.
 */
export function splitAmounts(
  { delimiter }: Pick<Table, 'delimiter'>,
  { decimal }: Dialect,
  { headings, at }: SpendBinding,
): ((cells: readonly Cell[]) => boolean) | undefined {
  const amount = at.amount;
  if (delimiter !== ',' || decimal === '.' || amount === undefined) return undefined;
  const next = amount + 1;
  const mayCount = Object.values(at).includes(next) || COUNTS.test(nameKey(headings[next] ?? ''));
  const mayBeAmount = /montant|^mt|ttc|tva|cout|total|prix/.test(nameKey(headings[next] ?? ''));
  return (cells) => {
    const cents = textOf(cells[next]);
    // `1,234,56`: thousands, then cents; or thousands alone where the next column holds no numbers.
    if (/^\d{3}$/.test(cents) && /^[1-9]\d{0,2}$/.test(textOf(cells[amount])))
      return !mayCount && (/^\d{2}$/.test(textOf(cells[next + 1])) || !mayBeAmount);
    if (!/^\d{1,2}(?:\s?(?:€|eur))?$/i.test(cents) || !WHOLE.test(textOf(cells[amount]))) return false;
    return cells.length > headings.length || (!mayCount && cents.length >= 2);
  };
}

/** Columns that say what a line is, or how it stands, by how their names begin. */
const SAYS_WHAT_IT_IS =
  /^(?:statut|etat|situation|suite|decision|avis|operation|mouvement|codeoperation|sens|type|nature|debitcredit|dc$|cd$|doc$)/;
/** What such a column says whole of a line that is none, or less, of what was paid. */
const TAKEN_BACK = keys([
  ...['avoir', 'avoirs', 'note de crédit', 'remboursement', 'remboursé', 'remboursée', 'reversement', 'trop perçu'],
  ...['crédit', 'annul', 'av'],
]);
/** What it says among other words, unless they deny it. */
const WITHIN = new RegExp(
  `${NOT_DENIED}(?:${TAKEN_BACK_WORDS}|extourn(?:e|ée?s?)|contre-?pass(?:ation|ée?s?)|supprim(?:ée?s?)|suppressions?|avoirs?\\s+(?:n[°o]|\\d|sur|du))(?!\\p{L})`,
  'iu',
);
/** What any other column begins with, where it takes its line back; a label may speak of having, or of a refund. */
const BEGINS =
  /^(?:annulée?s?|annulations?|supprimée?s?|rejetée?s?|refusée?s?|extourn(?:e|ée?s?)|avoirs?\s+(?:n[°o]|n\b|\d|sur\s|du\s)|notes?\s+de\s+crédit)(?!\p{L})/iu;
/** Columns that are there for lines taken back alone: a mark or a day in them, or a reason, says that this one is. */
const FOR_TAKEN_BACK = /^(?:(?:date|dt|motif|cause|raison)(?:d[eu]?)?)?(?:annul|avoir|rejet|refus|extourn|impay)/;
const NO = keys(['non', 'n', 'no', '0', 'faux', 'false', 'néant', 'aucun', 'aucune', 'sans objet', 'ras', 'na', 'nc']);
const LONGEST = 200;
const FIRST_LETTERS = new Set([...'aArReEnNsS'].map((letter) => letter.charCodeAt(0)));

/** Finds, on a line that pays, the words of another column by which it does not: `Avoir`, `Annulé le 3/4`, `C`. */
export function takenBack({
  headings,
  at,
}: SpendBinding): (cells: readonly Cell[]) => { heading: string; word: string } | undefined {
  const read = new Set(Object.values(at));
  const columns = headings.flatMap((heading, i) => {
    const key = nameKey(heading.slice(0, LONGEST));
    if (read.has(i) && i !== at.reference) return [];
    return [
      {
        i,
        heading,
        says: !read.has(i) && SAYS_WHAT_IT_IS.test(key),
        marks: !read.has(i) && FOR_TAKEN_BACK.test(key),
      },
    ];
  });
  return (cells) => {
    for (const { i, heading, says, marks } of columns) {
      const cell = cells[i];
      if (cell === undefined || cell === '') continue;
      const own = says || marks;
      if (!own && !mayBegin(cell)) continue;
      const word = textOf(cell);
      if (word === '' || word.length > LONGEST) continue;
      const takes = own ? ofItsColumn(word, { says, marks }) : BEGINS.test(word.normalize('NFC'));
      if (takes) return { heading, word: word.slice(0, 60) };
    }
    return undefined;
  };
}

/** Whether a cell begins with a letter of those words, or with a sign that is not part of its text. */
function mayBegin(cell: Cell): boolean {
  if (typeof cell !== 'string') return false;
  const first = cell.charCodeAt(0);
  return first <= 0x20 || first >= 0x80 || FIRST_LETTERS.has(first);
}

function ofItsColumn(word: string, { says, marks }: { says: boolean; marks: boolean }): boolean {
  const key = nameKey(word);
  // `0,00`, `00/00/0000`, `-` say that there is none.
  if (marks) return !/^0*$/.test(key) && !NO.has(key);
  return says && saysTakenBack(word);
}

/** What a column of status says whole, or among other words, of a line that is taken back. */
export function saysTakenBack(word: string): boolean {
  return TAKEN_BACK.has(nameKey(word)) || WITHIN.test(word.normalize('NFC'));
}
