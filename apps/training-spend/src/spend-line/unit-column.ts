import { keysOf, nameKey } from '@gpect/tabular-files/name-key';
import type { Cell } from '@gpect/tabular-files/table';
import type { SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect } from '../dialect/dialect.js';
import { noteOfAmounts } from '../dialect/note-of-amounts.js';
import { otherThan, unitAlone, unitNamed } from '../dialect/unit-of.js';
import { type ColumnSays, firstWord } from './first-word.js';
import { wordColumnOf } from './words-of-columns.js';

/** The unit or the currency of a line's amount where a column of its own says it. */

const CURRENCY =
  /^(?:code|libelle)?(?:dev|devises?|monnaies?|currency|ccy)(?:code)?(?:d[eu]s?(?:montants?|paiements?))?$/;
const UNIT = /^(?:unites?|unit|echelle)(?:monetaires?|d[eu]s?montants?|montants?)$/;
/** Such as may be of work, of a factory or of a factor as well: only a unit of money says anything there. */
const MAYBE_UNIT = /^(?:unites?|unit|echelle|multiplicateur|facteur)$/;
const UNIT_WRITTEN = /^(?:[km]|1[ .\u00a0\u202f]?000(?:[ .\u00a0\u202f]?000)?)$/i;
/** Columns in which letters such as `CAD` are a currency, and nobody's initials. */
const OF_MONEY = /montant|^mt|^mnt|prix|cout|tarif|devise|monnaie|unite|ttc|tva|^ht$|somme|valeur/;
const LETTERS = /^\p{L}{2,3}$/u;
/** Units of what was done, and of no money. */
const OF_WORK = keysOf([
  ...['h', 'heure', 'heures', 'jour', 'jours', 'j', 'stagiaire', 'stagiaires', 'personne', 'personnes', 'pers'],
  ...['forfait', 'session', 'sessions', 'action', 'actions', 'dossier', 'dossiers', 'module', 'modules', 'lot'],
  ...['unité', 'unités', 'u', 'pièce', 'groupe', 'séance', 'séances', 'mois', 'semaine', 'semaines', '1', 'x1'],
]);
const LONGEST = 60;
/** `1 k€` says the unit, and no number. */
const ONE = /^1\s*(?=\p{L})/u;

/** Finds what a line says of its unit that is not what its file is read in; a unit that nobody knows is none. */
export function otherUnitOfLine(
  { headings, at }: Pick<SpendBinding, 'headings' | 'at'>,
  dialect: Dialect,
): (cells: readonly Cell[]) => ColumnSays | undefined {
  const read = new Set(Object.values(at));
  const columns = headings.flatMap((heading, i) => {
    const key = nameKey(heading.slice(0, 200));
    const of = { currency: CURRENCY.test(key), unit: UNIT.test(key), maybeUnit: MAYBE_UNIT.test(key) };
    const isComment = wordColumnOf(heading) === 'comment';
    return read.has(i) ? [] : [{ i, heading, ...of, isComment, ofMoney: key === '' || OF_MONEY.test(key) }];
  });
  return (cells) =>
    firstWord(columns, cells, (word, of) =>
      (word.length <= LONGEST || of.currency || of.unit) && differs(word, of, dialect) ? true : undefined,
    );
}

type Of = Readonly<Record<'currency' | 'unit' | 'maybeUnit' | 'ofMoney' | 'isComment', boolean>>;

function differs(word: string, of: Of, dialect: Dialect): boolean {
  const { unit } = dialect;
  if (!of.currency && !of.unit) {
    if (
      of.isComment &&
      /\p{L}/u.test(word) &&
      noteOfAmounts(word.replace(ONE, ''), dialect)?.key.startsWith('amount_unit')
    )
      return true;
    if (LETTERS.test(word) && !of.ofMoney && !of.isComment) return false;
    const written = of.maybeUnit && UNIT_WRITTEN.test(word);
    const named = written ? unitNamed(`(${word})`) : unitAlone(word);
    return named !== undefined && (named !== 'EUR' || of.maybeUnit) && otherThan(unit, named) !== undefined;
  }
  const named = unitNamed(`(${word})`);
  if (named !== undefined) return otherThan(unit, named) !== undefined;
  return !(of.unit && OF_WORK.has(nameKey(word)));
}
