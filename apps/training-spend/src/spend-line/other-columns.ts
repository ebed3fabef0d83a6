import { nameKey } from '@gpect/tabular-files/name-key';
import { type Cell, type Table, textOf } from '@gpect/tabular-files/table';
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
  return (cells) => {
    const cents = textOf(cells[next]);
    if (!/^\d{1,2}(?:\s?(?:€|eur))?$/i.test(cents) || !WHOLE.test(textOf(cells[amount]))) return false;
    return cells.length > headings.length || (!mayCount && cents.length >= 2);
  };
}

/** Columns that say what a line is, by the names that they have beside those of an operation. */
const SAYS_WHAT_IT_IS = keys([
  ...['opération', 'type opération', "type d'opération", 'mouvement', 'type de mouvement', 'code opération', 'sens'],
  ...['type', 'nature', 'nature du mouvement', 'type de pièce', 'type pièce', 'type de ligne', 'type écriture'],
  ...['statut', 'état', 'situation', 'statut du paiement', 'état du paiement', 'statut paiement', 'état paiement'],
  ...['débit/crédit', 'débit crédit', 'd/c', 'c/d', 'd ou c', 'type de paiement', 'type paiement', 'type de facture'],
]);
const TAKEN_BACK = keys([
  ...['avoir', 'avoirs', 'note de crédit', 'annulation', 'annulé', 'annulée', 'annul', 'extourne', 'extourné'],
  ...['remboursement', 'remboursé', 'remboursée', 'reversement', 'trop perçu', 'rejet', 'rejeté', 'rejetée'],
  ...['refusé', 'refusée', 'impayé', 'impayée', 'crédit', 'contrepassation', 'contrepassé', 'non payé', 'non payée'],
]);
/** A sign of one letter means something in a column of such signs alone. */
const OF_SIGNS = keys(['sens', 'débit/crédit', 'd/c', 'c/d', 'd ou c']);

/** Finds, on a line that pays, the word of another column by which it does not: `Avoir`, `Annulé`, `C`. */
export function takenBack({
  headings,
  at,
}: SpendBinding): (cells: readonly Cell[]) => { heading: string; word: string } | undefined {
  const read = new Set(Object.values(at));
  const columns = headings.flatMap((heading, i) => {
    const key = nameKey(heading);
    return !read.has(i) && SAYS_WHAT_IT_IS.has(key) ? [{ i, heading, signs: OF_SIGNS.has(key) }] : [];
  });
  return (cells) => {
    for (const { i, heading, signs } of columns) {
      const word = textOf(cells[i]);
      if (word === '' || word.length > 40) continue;
      const key = nameKey(word);
      if (TAKEN_BACK.has(key) || (signs && key === 'c')) return { heading, word };
    }
    return undefined;
  };
}
