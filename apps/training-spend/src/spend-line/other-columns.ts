import { keysOf, nameKey } from '@gpect/tabular-files/name-key';
import { isOfRefusals, isOurs } from '@gpect/tabular-files/our-columns';
import { type Cell, type Table, textOf } from '@gpect/tabular-files/table';
import { isForVoid, saysNone, saysYes, saysYesOrWhen } from '@gpect/tabular-files/words-of-status';
import type { SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect } from '../dialect/dialect.js';
import { firstWord } from './first-word.js';
import { type WordColumn, wordColumnOf } from './words-of-columns.js';
import { saysTakenBack } from './words-of-no-payment.js';

/** What columns that are not read tell of the amount of a line. */

/** Columns whose numbers stand beside an amount for themselves: their two digits are no cents. */
const COUNTS =
  /jour|nb|nombre|heure|duree|hrs|dept|departement|taux|effectif|stag|age|annee|exercice|mois|code|numero|ligne|qte|quantite|tranche|rang/;
/** Those whose two digits may be cents all the same, where those of all lines look so; a department's are two digits everywhere. */
const MAY_BE_CENTS = /jour|nb|nombre|heure|duree|hrs|effectif|stag|qte|quantite/;
const WHOLE = /^[-+(−–]?\s?\d{1,3}(?:[ \u00a0\u202f.']?\d{3})*$/;

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
    const cents = unquoted(textOf(cells[next]));
    const euros = unquoted(textOf(cells[amount]));
    // `1,234,56`: thousands, then cents; or thousands alone where the next column holds no numbers.
    if (/^\d{3}$/.test(cents) && /^[1-9]\d{0,2}$/.test(euros))
      return !mayCount && (/^\d{2}$/.test(textOf(cells[next + 1])) || !mayBeAmount);
    if (!/^\d{1,2}(?:\s?(?:€|eur))?$/i.test(cents) || !WHOLE.test(euros)) return false;
    return cells.length > headings.length || ((!mayCount || looksCut) && cents.length >= 2);
  };
}

/** Without the mark that lost its partner: `189,93"` was `"189,93"`. */
const unquoted = (text: string) => text.replace(/^"|"$/g, '');

/** Columns whose numbers multiply an amount, or stand for the same money: below nothing they turn it round. */
const TURNS_ROUND = /^(?:coef(?:ficient)?|facteur|multiplicateur|qte|quantite|(?:montant|mt|mnt)?(?:ttc|tva))$/;
const BELOW_NOTHING =
  /^(?:[-−–]\s?(?=[\d.,\s]*[1-9])[\d.,\s]+|\((?=[\d.,\s]*[1-9])[\d.,\s]+\)|(?=[\d.,\s]*[1-9])[\d.,\s]+-)\s?(?:€|eur)?$/i;
/** Columns that are there for money taken back alone, beside those for any line that does not count. */
const FOR_MONEY_BACK = /^(?:(?:date|dt|motif|cause|raison)(?:d[eu]?)?)?(?:avoir|impay)/;
/** What such columns hold may be an amount of its own; only a yes says that the line is one. */
const TO_BE_BACK = /^(?:est)?a(?:rembourser|recuperer|deduire|annuler|supprimer)(?:on|ouinon|yn)?$/;
/** It was paid, and came back: by a yes, or by the day. */
const CAME_BACK = /^(?:est|a)?(?:ete)?(?:rembourse|reverse|recupere|troppercu)e?(?:le|on|ouinon|yn)?$/;
const NO_AMOUNT = /^[-+]?0*(?:[.,]0+)?\s?(?:€|eur|euros?)?$/i;
const LONGEST = 200;

/** Finds, on a line that pays, the words of another column by which it does not: `Avoir`, `Annulé le 3/4`, `C`, `-1`. */
export function takenBack(
  { headings, at }: Pick<SpendBinding, 'headings' | 'at'>,
  { statuses = {} }: Pick<Dialect, 'statuses'>,
): TakenBack {
  const read = new Set(Object.values(at));
  const paid = keysOf(Object.entries(statuses).flatMap(([word, says]) => (says === 'paid' ? [word] : [])));
  const comesBack = isOfRefusals(headings);
  const columns = headings.flatMap((heading, i) => {
    const key = nameKey(heading.slice(0, LONGEST));
    if (read.has(i)) return i === at.reference ? [{ i, heading, says: ofText('any') }] : [];
    // What we say of a refused line beside it is none of its own words.
    if (comesBack && isOurs(heading)) return [];
    if (isForVoid(key) || FOR_MONEY_BACK.test(key)) return [{ i, heading, says: ofMark }];
    if (CAME_BACK.test(key)) return [{ i, heading, says: saysYesOrWhen }];
    if (key === 'ann') return [{ i, heading, says: (word: string) => /^(?:x|oui|o)$/i.test(word.trim()) }];
    if (TO_BE_BACK.test(key)) return [{ i, heading, says: saysYes }];
    return [{ i, heading, says: TURNS_ROUND.test(key) ? ofNumber : ofText(wordColumnOf(heading)) }];
  });
  const finds = (among: typeof columns) => (cells: readonly Cell[]) =>
    firstWord(among, cells, (word, { says }) =>
      word.length <= LONGEST && says(word) && !paid.has(nameKey(word)) ? true : undefined,
    );
  return { inAny: finds(columns), inReference: finds(columns.filter(({ i }) => i === at.reference)) };
}

/** Finds the words by which a line does not pay: in its reference and each column that is not read, or in its reference alone. */
interface TakenBack {
  inAny(cells: readonly Cell[]): { heading: string; word: string } | undefined;
  inReference(cells: readonly Cell[]): { heading: string; word: string } | undefined;
}

const ofText = (column: WordColumn) => (word: string) => saysTakenBack(word, column);

const ofNumber = (word: string) => BELOW_NOTHING.test(word) || saysTakenBack(word, 'any');

/** `0,00`, `00/00/0000`, `-` say that there is none. */
const ofMark = (word: string) => !saysNone(word) && !NO_AMOUNT.test(word);
