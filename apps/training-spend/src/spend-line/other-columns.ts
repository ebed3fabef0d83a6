import { nameKey } from '@gpect/tabular-files/name-key';
import { type Cell, type Table, textOf } from '@gpect/tabular-files/table';
import type { SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect } from '../dialect/dialect.js';
import { saysTakenBack, type WordColumn } from './words-of-no-payment.js';

/** What columns that are not read tell of the amount of a line. */

const keys = (names: readonly string[]) => new Set(names.map(nameKey));

/** Columns whose numbers stand beside an amount for themselves: their two digits are no cents. */
const COUNTS =
  /jour|nb|nombre|heure|duree|hrs|dept|departement|taux|effectif|stag|age|annee|exercice|mois|code|numero|ligne|qte|quantite|tranche|rang/;
/** Those whose two digits may be cents all the same, where those of all lines look so; a department's are two digits everywhere. */
const MAY_BE_CENTS = /jour|nb|nombre|heure|duree|hrs|effectif|stag|qte|quantite/;
const WHOLE = /^[-+(]?\d{1,3}(?:[ \u00a0\u202f.']?\d{3})*$/;

/**
 * Whether the comma that separates the columns cut a line's amount in two (`…,DIF,20,50`): the amount is whole, its cents
 * stand in the next column, and that one is none of numbers or the line has a cell too many. Undefined where that cannot be.
 */
export function splitAmounts(
  { delimiter }: Pick<Table, 'delimiter'>,
  { decimal }: Dialect,
  { headings, at, mayBeCut }: SpendBinding,
): ((cells: readonly Cell[]) => boolean) | undefined {
  const amount = at.amount;
  if (delimiter !== ',' || decimal === '.' || amount === undefined) return undefined;
  const next = amount + 1;
  const mayCount = Object.values(at).includes(next) || COUNTS.test(nameKey(headings[next] ?? ''));
  const looksCut = mayBeCut && MAY_BE_CENTS.test(nameKey(headings[next] ?? ''));
  const mayBeAmount = /montant|^mt|ttc|tva|cout|total|prix/.test(nameKey(headings[next] ?? ''));
  return (cells) => {
    const cents = textOf(cells[next]);
    // `1,234,56`: thousands, then cents; or thousands alone where the next column holds no numbers.
    if (/^\d{3}$/.test(cents) && /^[1-9]\d{0,2}$/.test(textOf(cells[amount])))
      return !mayCount && (/^\d{2}$/.test(textOf(cells[next + 1])) || !mayBeAmount);
    if (!/^\d{1,2}(?:\s?(?:€|eur))?$/i.test(cents) || !WHOLE.test(textOf(cells[amount]))) return false;
    return cells.length > headings.length || ((!mayCount || looksCut) && cents.length >= 2);
  };
}

/** Columns that say what a line is, or how it stands, by how their names begin. */
const SAYS_WHAT_IT_IS =
  /^(?:statut|etat|situation|suite|decision|avis|operation|mouvement|codeoperation|sens|type|nature|debitcredit|dc$|cd$|doc$|(?:code)?journal|code(?:type|nature|piece|mouvement))/;
/** Columns of free text. */
const FREE_TEXT =
  /^(?:libelle|intitule|objet|designation|description|detail|comment|observation|remarque|note|memo|motif)/;
/** Columns whose numbers multiply an amount, or stand for the same money: below nothing they turn it round. */
const TURNS_ROUND = /^(?:coef(?:ficient)?|facteur|multiplicateur|qte|quantite|(?:montant|mt|mnt)?(?:ttc|tva))$/;
const BELOW_NOTHING =
  /^(?:[-−–]\s?(?=[\d.,\s]*[1-9])[\d.,\s]+|\((?=[\d.,\s]*[1-9])[\d.,\s]+\)|(?=[\d.,\s]*[1-9])[\d.,\s]+-)\s?(?:€|eur)?$/i;
/** Columns that are there for lines taken back alone: a mark or a day in them, or a reason, says that this one is. */
const FOR_TAKEN_BACK = /^(?:(?:date|dt|motif|cause|raison)(?:d[eu]?)?)?(?:annul|avoir|rejet|refus|extourn|impay)/;
const NO = keys(['non', 'n', 'no', '0', 'faux', 'false', 'néant', 'aucun', 'aucune', 'sans objet', 'ras', 'na', 'nc']);
const LONGEST = 200;

/** The sort of a column by its heading. */
export function wordColumnOf(heading: string): WordColumn {
  const key = nameKey(heading.slice(0, LONGEST));
  return SAYS_WHAT_IT_IS.test(key) ? 'says' : FREE_TEXT.test(key) ? 'text' : 'any';
}

/** Finds, on a line that pays, the words of another column by which it does not: `Avoir`, `Annulé le 3/4`, `C`, `-1`. */
export function takenBack(
  { headings, at }: Pick<SpendBinding, 'headings' | 'at'>,
  { statuses = {} }: Pick<Dialect, 'statuses'>,
): (cells: readonly Cell[]) => { heading: string; word: string } | undefined {
  const read = new Set(Object.values(at));
  const paid = keys(Object.entries(statuses).flatMap(([word, says]) => (says === 'paid' ? [word] : [])));
  const columns = headings.flatMap((heading, i) => {
    const key = nameKey(heading.slice(0, LONGEST));
    if (read.has(i)) return i === at.reference ? [{ i, heading, says: ofText('any') }] : [];
    if (FOR_TAKEN_BACK.test(key)) return [{ i, heading, says: ofMark }];
    return [{ i, heading, says: TURNS_ROUND.test(key) ? ofNumber : ofText(wordColumnOf(heading)) }];
  });
  return (cells) => {
    for (const { i, heading, says } of columns) {
      const cell = cells[i];
      if (cell === undefined || cell === '') continue;
      const word = textOf(cell);
      if (word === '' || word.length > LONGEST || !says(word)) continue;
      if (!paid.has(nameKey(word))) return { heading, word: word.slice(0, 60) };
    }
    return undefined;
  };
}

const ofText = (column: WordColumn) => (word: string) => saysTakenBack(word, column);

const ofNumber = (word: string) => BELOW_NOTHING.test(word) || saysTakenBack(word, 'any');

/** `0,00`, `00/00/0000`, `-` say that there is none. */
function ofMark(word: string): boolean {
  const key = nameKey(word);
  return !/^0*$/.test(key) && !NO.has(key);
}
