/** A unit that is named beside amounts: euros, thousands or millions of them, or another currency. */
export type Unit = 'EUR' | 'kEUR' | 'other';

const LONGEST = 1000;
const S = '[ \\u00a0\\u202f]?';
const NO_LETTER = '(?![\\p{L}])';
const EURO = `(?:€(?:uros?${NO_LETTER})?|euros?${NO_LETTER}|eur${NO_LETTER})`;
/** Signs and words of thousands that need no euro behind them. */
const THOUSANDS_OF = `(?:milliers?|thousands?|tsd${NO_LETTER}|mille(?=${S}(?:€|eur))|kilo-?${S}euros?${NO_LETTER}|10${S}(?:(?:\\^|\\*\\*)${S}3|³)(?!\\d)|10?e\\+?3(?!\\d))`;
const K_EUROS = `(?:k(?:${S}|-)(?:€(?:uros?${NO_LETTER})?|e(?:uros?|ur)?${NO_LETTER})|k\\.${S}(?:€|eur(?:os?)?${NO_LETTER})|t${S}€|teur${NO_LETTER}|${EURO}${S}k${NO_LETTER}|€k(?:uros?)?${NO_LETTER})`;
/** `€ 000`, `€’000`, `000 €`, `x 1000`. */
const ZEROS = `(?:${EURO}${S}(?:[x×*]${S}1${S})?['’]?000s?(?!${S}\\d)|(?<![\\p{N}.,]${S})000${S}(?:€|eur)|(?:[x×*]|par)${S}1[ .\\u00a0\\u202f]?000(?![\\p{N}])|(?:${EURO}|(?<![\\p{N}/])1|(?<![\\p{N}\\p{L}/]))${S}[/÷:]${S}1[ .\\u00a0\\u202f]?000(?![\\p{N}])(?:${S}${EURO})?)`;
const MILLIONS_OF = `(?:(?:di|cent)[xz]?aines?(?:\\s+d[’']\\s?e(?:uros?)?)?${NO_LETTER}|m(?:\\.|io|d|ds)?${S}${EURO}|${EURO}${S}m(?:io)?${NO_LETTER}|millions?|milliards?|mio${NO_LETTER}|10${S}(?:(?:\\^|\\*\\*)${S}[69]|[⁶⁹])(?!\\d)|1e\\+?6(?!\\d)|${EURO}${S}['’]?000[ .\\u00a0\\u202f]?000|(?<![\\p{N}.,]${S})000[ .\\u00a0\\u202f]000${S}(?:€|eur))`;
const CODES = 'usd|gbp|chf|cad|xpf|xof|xaf|mad|dzd|tnd|jpy|aud|sek|nok|dkk|pln|czk|huf|rub|cny|brl|frf';
const CURRENCY = `(?:k?[$£¥]|(?:${CODES}|francs?|kf|f${S}cfa|dollars?|livres? sterling|centimes?|cents?|cts|c€)${NO_LETTER})`;

const at = (source: string) => new RegExp(`(?:^|[^\\p{L}])${source}`, 'iu');
const inBrackets = (source: string) => new RegExp(`[([]\\s*(?:en\\s+)?(?:${source})\\s*[)\\]]`, 'iu');
const MILLIONS = [at(MILLIONS_OF), inBrackets('m'), /(?<!\p{L})en\s+m(?!\p{L})/iu];
const CURRENCIES = [at(CURRENCY), inBrackets('f|ff|c|ct')];
const THOUSANDS = [
  at(`(?:${THOUSANDS_OF}|${K_EUROS}|ke${NO_LETTER})`),
  new RegExp(ZEROS, 'iu'),
  // `103 €` is what is left of `10³ €`; an amount alone in brackets is a unit.
  inBrackets(`k|1[ .\\u00a0\\u202f]?000(?:${S}${EURO})?|103${S}${EURO}|000`),
  /(?<!\p{L})en\s+(?:k|1[ .\u00a0\u202f]?000)(?![\p{L}\p{N}])/iu,
];
const EUROS = at(EURO);

/** What stands in brackets behind any heading and says no more than it: how its cells are written, or whose they are. */
const NOTES_OF_ANY =
  '\\d+ chiffres?|h\\.?t\\.?|hors taxes?|texte|obligatoire|dossier|[ée]tablissement|entreprise|adh[ée]rent|b[ée]n[ée]ficiaire|paiement|r[èe]glement|versement|\\*+';
const NOTES = new RegExp(
  `^(?:[jdmay]{2,4}(?:[/.\\- ][jdmay]{2,4})*|h|hrs?|heures?|n°|num[ée]ro|nb|nombre|${NOTES_OF_ANY})$`,
  'i',
);
/** Behind an amount a letter, a count or hours is what it is counted in, and no note. */
const NOTES_OF_AMOUNT = new RegExp(`^(?:hors tva|pay[ée]s?|r[ée]gl[ée]s?|vers[ée]s?|\\+/-|${NOTES_OF_ANY})$`, 'i');

/** `Montant (k€)` is an amount, whatever its unit, which is looked at apart; `Date (facture)` is another date, `Montant (h)` hours. */
export function withoutNote(heading: string, isAmount = false): string {
  if (heading.length > 200) return heading;
  const [, alone] = UNIT_BEHIND.exec(heading) ?? [];
  if (alone !== undefined) return alone;
  const [, name = heading, note = ''] = /^([^()[\]]*)([([][^()[\]]*[)\]])\s*$/.exec(heading) ?? [];
  const inside = note.slice(1, -1).trim();
  const isUnit = unitNamed(note) !== undefined && inside.replace(UNITS, ' ').replace(BESIDE_UNIT, ' ').trim() === '';
  return note === '' || isUnit || (isAmount ? NOTES_OF_AMOUNT : NOTES).test(inside) ? name : heading;
}

/** A unit as a note names it; `k`, `m` and `c` alone are letters, but where something says that a unit follows. */
const UNIT = `(?:${MILLIONS_OF}(?!\\s+de\\s)|${THOUSANDS_OF}(?!\\s+de\\s)(?:\\s+d[’']\\s?e(?:uros?)?|${S}${EURO})?|${K_EUROS}|${ZEROS}|(?:x${S}1[ .]?)?000${S}(?:€|eur(?:os?)?)?|${CURRENCY}|ff?|[km](?:${S}(?:€|e))|${EURO})(?![\\p{L}\\p{N}]|-\\p{L})`;
const UNITS = new RegExp(
  `${UNIT}|(?<![\\p{L}\\p{N}])(?:[kmfc]|ff|cts?|1?[ .\\u00a0\\u202f]?000|103)(?![\\p{L}\\p{N}])`,
  'giu',
);
/** What stands beside a unit in brackets and says nothing more, but for the tax, which is looked at apart. */
const BESIDE_UNIT =
  /(?<!\p{L})(?:en|in|par|ht|ttc|hors|toutes|taxes?|tva|comprises?|incluses?|courants?|constants?|nets?|montants?|arrondis?|d[e'’]?|au|unités?|devises?)(?!\p{L})|(?:h\.t|t\.t\.c)\.?|[^\p{L}\p{N}]/giu;
/** `Montant HT K€`: the unit behind a heading without brackets. */
const UNIT_BEHIND = new RegExp(`^(\\p{L}[^()[\\]]*?)[\\s,:–-]+(?:en\\s+)?(?!ff?$)(?:${K_EUROS}|${EURO})\\s*$`, 'iu');
const LETTER = "[km](?![\\p{L}\\p{N}€$’'-])";
/** In whose prices amounts are, which is no matter of their unit. */
const PRICES = '(?:\\s+(?:courants?|constants?))?';
/** How a note says what unit amounts have: `en k€`, `Montants : milliers d’euros`, `Devise USD`, `(k€)`, `k€` alone. */
const NOTED = new RegExp(
  `(?<!\\p{L})(?:en|in|arrondi(?:e?s)?\\s+(?:au|à\\s+l[’']|à)(?!\\s*(?:centime|cent\\p{L}))|unités?(?:\\s+monétaires?)?\\s*:?|devises?\\s*:?|monnaies?\\s*:?|currency\\s*:?|montants?(?:\\s+(?:ht|ttc))?\\s*:?)\\s+(${UNIT}|${LETTER}(?=\\s*[.;,)]?\\s*$))|[([]\\s*(?:en\\s+)?(${UNIT}|k|m|c|cts?)\\s*(?:ht|ttc)?[)\\]]|(?:multipli|divis)\\p{L}*\\s+(par${S}1[ .\\u00a0\\u202f]?000)(?![\\p{N}])|(?<![\\p{L}\\p{N}])1(?:\\s+\\p{L}+)?\\s*=\\s*(1[ .\\u00a0\\u202f]?000${S}${EURO})|(?:^|[-–—,;:/]\\s)\\s*(?!ff?\\s*$)(${UNIT})${PRICES}\\s*$|(?<=\\p{L}{3}\\s)(?<!(?:capital|plafond|seuil)\\s)(?:(?:19|20)\\d\\d\\s+)?(${K_EUROS})${PRICES}\\s*$`,
  'iu',
);

/** A currency where it is said of amounts; else it is where people learn (a centre for apprentices). */
const IN_CFA = /(?<!\p{L})(?:montants?|sommes?|valeurs?)(?:\s+ht)?(?:\s+(?:exprimée?s?|libellée?s?))?\s+en\s+cfa\s*$/iu;

/** Where a text says of amounts in which unit they are: by what words, what stands before them, and what behind. */
export interface PlacedUnit {
  readonly unit: Unit;
  readonly said: string;
  readonly before: string;
  readonly behind: string;
}

export function unitPlaced(text: string): PlacedUnit | undefined {
  if (text.length > LONGEST) return undefined;
  const found = IN_CFA.exec(text) ?? NOTED.exec(text);
  if (!found) return undefined;
  const [whole, ...units] = found;
  const named = units.find((name) => name !== undefined);
  const unit = named === undefined ? 'other' : (unitNamed(`(${named})`) ?? 'kEUR');
  return { unit, said: whole, before: text.slice(0, found.index), behind: text.slice(found.index + whole.length) };
}

/**
 * The unit that a title or a note says amounts are in; undefined for what only holds an amount (`au capital de 40 000 €`) or
 * a name (`rue des Francs-Bourgeois`).
 */
export function unitNoted(text: string): Unit | undefined {
  return unitPlaced(text)?.unit;
}

/** The unit that a heading or a cell names; undefined where it names none. */
export function unitNamed(text: string): Unit | undefined {
  if (text.length > LONGEST) return undefined;
  const named = (signs: readonly RegExp[]) => signs.some((sign) => sign.test(text));
  if (named(MILLIONS) || named(CURRENCIES)) return 'other';
  if (named(THOUSANDS)) return 'kEUR';
  if (!EUROS.test(text)) return undefined;
  return SCALED.test(text) ? 'other' : 'EUR';
}

/** The sign of the euro with a divisor, a power or a letter of its own: some multiple of it that nobody declared. */
const SCALED = new RegExp(
  `${EURO}${S}(?:[/÷×x*^]${S}\\d|[bkmt]${NO_LETTER})|\\d${S}[/÷×x*^]${S}\\d+${S}${EURO}|(?<!\\p{L})[bkmt]\\.?${S}${EURO}`,
  'iu',
);

const ALONE = new RegExp(`^(?!ff?$|0)(?:en\\s+)?${UNIT}$`, 'iu');

/** The unit that a cell is, and nothing besides; an F alone says other things than francs. */
export function unitAlone(text: string): Unit | undefined {
  return text.length <= 30 && ALONE.test(text) ? unitNamed(`(${text})`) : undefined;
}

/** Which message says that a file is in another unit than its dialect; undefined where it is not, or says nothing. */
export function otherThan(
  declared: 'EUR' | 'kEUR' | undefined,
  named: Unit | undefined,
): 'amount_unit' | 'amount_unit.euros' | 'amount_unit.other' | undefined {
  if (named === undefined || named === (declared ?? 'EUR')) return undefined;
  return named === 'kEUR' ? 'amount_unit' : named === 'EUR' ? 'amount_unit.euros' : 'amount_unit.other';
}
