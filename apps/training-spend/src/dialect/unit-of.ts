/** A unit that is named beside amounts: euros, thousands or millions of them, or another currency. */
export type Unit = 'EUR' | 'kEUR' | 'other';

const THOUSANDS =
  /(?:^|[^\p{L}])k\s?(?:€|e(?:uros?|ur)?(?![\p{L}]))|milliers|(?:^|[^\p{L}])ke(?![\p{L}])|[([]\s*(?:en\s+)?k\s*[)\]]|(?<![\p{N}.,][ \u00a0\u202f]?)000\s?(?:€|eur)|(?:[x×*]|par)\s?1[ .\u00a0\u202f]?000(?![\p{N}])/iu;
const MILLIONS = /(?:^|[^\p{L}])m(?:io)?\s?(?:€|euros?(?![\p{L}])|eur(?![\p{L}]))|millions?/iu;
const CURRENCIES =
  /[$£¥]|(?:^|[^\p{L}])(?:usd|gbp|chf|cad|xpf|frf|francs?|dollars?|centimes?|cents?)(?![\p{L}])|[([]\s*(?:en\s+)?(?:f|ff|m|c|ct|cts)\s*[)\]]/iu;
const EUROS = /€|(?:^|[^\p{L}])(?:euros?|eur)(?![\p{L}])/iu;
const LONGEST = 300;
/** What stands in brackets behind a heading and says no more than it: how its cells are written, or whose they are. */
const NOTES =
  /^(?:[jdmay]{2,4}(?:[/.\- ][jdmay]{2,4})*|\d+ chiffres?|h|hrs?|heures?|h\.?t\.?|hors taxes?|n°|num[ée]ro|nb|nombre|texte|obligatoire|dossier|[ée]tablissement|entreprise|adh[ée]rent|b[ée]n[ée]ficiaire|paiement|r[èe]glement|versement|\*+)$/i;

/** `Montant (k€)` is an amount, whatever its unit, which is looked at apart; `Date (facture)` is another date. */
export function withoutNote(heading: string): string {
  if (heading.length > 200) return heading;
  const [, name = heading, note = ''] = /^([^()[\]]*)([([][^()[\]]*[)\]])\s*$/.exec(heading) ?? [];
  return note === '' || unitNamed(note) !== undefined || NOTES.test(note.slice(1, -1).trim()) ? name : heading;
}

const UNIT =
  "(?:(?:x\\s?1[ .]?)?000\\s?(?:€|eur(?:os?)?)?|[km]\\s?(?:€|e(?:uros?|ur)?)|(?:milliers|millions?)(?!\\s+de\\s)(?:\\s+d[’']\\s?e(?:uros?)?)?|€|euros?|eur|francs?|frf|ff?|usd|gbp|chf|cad|xpf|dollars?|centimes?|cents|[$£¥])(?![\\p{L}\\p{N}]|-\\p{L})";
/** How a note says what unit amounts have: `en k€`, `Montants : milliers d’euros`, `(k€)`, `k€` alone. */
const NOTED = new RegExp(
  `(?<!\\p{L})(?:en|unités?\\s*:?|montants?(?:\\s+(?:ht|ttc))?\\s*:?)\\s+(${UNIT})|[([]\\s*(?:en\\s+)?(${UNIT}|k|m|c|cts?)\\s*(?:ht|ttc)?[)\\]]|(?:^|[-–—,;:/]\\s)\\s*(${UNIT})\\s*$`,
  'iu',
);

/**
 * The unit that a title or a note says amounts are in; undefined for what only holds an amount (`au capital de 40 000 €`) or
 * a name (`rue des Francs-Bourgeois`).
 */
export function unitNoted(text: string): Unit | undefined {
  if (text.length > LONGEST) return undefined;
  const [, ...found] = NOTED.exec(text) ?? [];
  const unit = found.find((name) => name !== undefined);
  return unit === undefined ? undefined : (unitNamed(`(${unit})`) ?? 'kEUR');
}

/** The unit that a heading or a cell names; undefined where it names none. */
export function unitNamed(text: string): Unit | undefined {
  if (text.length > LONGEST) return undefined;
  if (THOUSANDS.test(text)) return 'kEUR';
  if (MILLIONS.test(text) || CURRENCIES.test(text)) return 'other';
  return EUROS.test(text) ? 'EUR' : undefined;
}

/** Which message says that a file is in another unit than its dialect; undefined where it is not, or says nothing. */
export function otherThan(
  declared: 'EUR' | 'kEUR' | undefined,
  named: Unit | undefined,
): 'amount_unit' | 'amount_unit.euros' | 'amount_unit.other' | undefined {
  if (named === undefined || named === (declared ?? 'EUR')) return undefined;
  return named === 'kEUR' ? 'amount_unit' : named === 'EUR' ? 'amount_unit.euros' : 'amount_unit.other';
}
