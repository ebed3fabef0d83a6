import { wordsOf } from '@gpect/tabular-files/name-key';
import { word } from '@gpect/tabular-files/sections';
import type { Dialect } from './dialect.js';
import { columnSaysTax, saysWithTax, taxNamed } from './tax-of.js';
import { otherThan, unitNoted, unitPlaced } from './unit-of.js';

/** What a text says of the amounts of its table that the dialect does not: another unit, or their tax. */
export interface NoteOfAmounts {
  readonly key: 'amount_ttc' | NonNullable<ReturnType<typeof otherThan>>;
  readonly text: string;
}

const list = (source: string) => word(source, 'g');
/** What a note is about, where it is about the amounts of the table. */
const SUBJECT = list(
  'montants?|sommes|chiffres?(?! d affaires?)|valeurs|donnees|tableaux?|fichier|document|etat|depenses|paiements|versements|reglements|virements|couts|prix|amounts?|figures|values|payments',
);
/** What has a unit of its own, whatever stands before it. */
const OTHER_SUBJECT = list(
  'chiffres? d affaires?|ca|capital|budgets?|effectifs?|plafonds?|plafonne\\w*|maxim\\w*|seuils?|collectes?|masses? salariales?|subventions?|salaries|stagiaires|personnes',
);
/** Of what is no sum itself, what is bought may have its own. */
const OF_SUMS = /^(?:montants?|sommes|chiffres?|valeurs|amounts?|figures|values)$/;
const BOUGHT = list('factures?|devis|justificatifs?|pieces?');
/** How a note begins, whatever it says first. */
const AS_NOTE =
  /^(?:sources?|nb|nota|notes?|legende|precisions?|avertissement|attention|rappel|arretee?|extrait|edit(?:e|ee|ion)|imprimee?)(?: |$)/;
/** What stands beside a unit and is about nothing. */
const FILLER = list(
  'nb|n|b|echelle|base|nota|bene|notes?|attention|rappel|remarques?|important|informations?|unites?|unit|monetaires?|devises?|monnaies?|currency|exprimee?s?|libellee?s?|indiquee?s?|arrondie?s?|presentee?s?|donnee?s?|etablie?s?|calculee?s?|multipli\\w*|divis\\w*|en|au|a|les?|la|de|tous|toutes|tout|est|sont|ont|ete|doivent|doit|etre|ici|ht|ttc|h|t|hors|taxes?|euros?|courants?|constants?|all|in|are|is|pages?|feuillets?|suite|par|x|(?:19|20)\\d\\d|\\d{1,2}',
);

/**
 * Says whether a text below the headings is a note on the amounts of the table: it names a unit or the tax and nothing
 * besides (`en k€`), or says so of the amounts (`Les montants du tableau sont en k€`). What has another subject, or a number
 * of its own (`Budget en k€ : 120`, `15 € TTC`), is about that.
 * @param isTitle it stands right above headings: a unit there is of what they are above
 */
export function noteOfAmounts(
  text: string,
  dialect: Pick<Dialect, 'unit' | 'columns'>,
  isTitle = false,
): NoteOfAmounts | undefined {
  if (text === '' || !/\p{L}|[€$£¥]|0/u.test(text)) return undefined;
  for (const clause of clausesOf(text.slice(0, LONGEST).replace(/[^\S\r\n]+/g, ' '))) {
    const key =
      (!columnSaysTax(dialect) && isOfTax(clause) ? 'amount_ttc' : undefined) ?? unitOf(clause, dialect, isTitle);
    if (key) return { key, text: shown(text.length > SHOWN ? clause : text) };
  }
  return undefined;
}

/** The end of a long sentence, where it says in what its amounts are. */
function shown(text: string): string {
  const whole = text.trim();
  if (whole.length <= SHOWN) return whole;
  const [last] = [...whole.matchAll(/k\s?€|euros?|francs?|mill?iers?|millions?|taxes?|t\.?t\.?c|tva/giu)].slice(-1);
  const end = Math.min(whole.length, (last?.index ?? 0) + 30);
  return end <= SHOWN ? whole.slice(0, SHOWN) : `…${whole.slice(end - SHOWN + 1, end)}`;
}
const SHOWN = 100;

/** The whole, and its sentences, however long it is. */
function clausesOf(text: string): string[] {
  const parts = text.split(/(?<=[.!?])\s+(?=\p{Lu}\p{Ll})|[\r\n]+|\s[-–—]\s/u);
  return parts.length > 1 ? [...parts, text] : parts;
}
const LONGEST = 1000;

function isOfTax(clause: string): boolean {
  const { before, behind } = taxNamed(clause) ?? {};
  if (before === undefined || behind === undefined) return false;
  const isOfNumber = /(?:^| )(?!(?:19|20)\d\d )\d+ (?:(?:e|eur|euros?) )?$/.test(before) || OWN_NUMBER.test(behind);
  return !isOfNumber && isAbout(before, behind);
}

function unitOf(clause: string, { unit }: Pick<Dialect, 'unit'>, isTitle: boolean): NoteOfAmounts['key'] | undefined {
  const placed = unitPlaced(withoutLetters(clause));
  const key = placed && otherThan(unit, placed.unit);
  if (!key || OWN_NUMBER.test(placed.behind) || NUMBER_BEFORE.test(placed.before)) return undefined;
  const before = wordsOf(placed.before);
  if (isTitle || AS_NOTE.test(before)) return before.search(OTHER_SUBJECT) < 0 ? key : undefined;
  const isNamed = /^(?:unit|devise|monnaie|currency|montant)/i.test(placed.said) && isBare(before);
  return isNamed || isAbout(before, wordsOf(placed.behind), placed.behind) ? key : undefined;
}

/** The number that a note is about stands right behind it, and is no year and no day. */
const OWN_NUMBER =
  /^[\s:=<>≤≥)\]]*(?:de\s)?(?!(?:19|20)\d\d(?![\d.,])|\d{1,2}[/.-]\d{1,2}[/.-]\d|0\d(?:[\s.]\d\d){4})\d/;

const NUMBER_BEFORE = /\d\s*$(?<!(?<!\d)(?:19|20)\d\d\s*)/;

/** `Hommes (M)` is no million; a letter is a unit right behind the amounts alone. */
export function withoutLetters(text: string): string {
  return text.replace(/(?<!(?:montants?|sommes|valeurs|chiffres)(?:\s+ht)?\s*)[([]\s*[kmcf]\s*[)\]]/giu, ' ');
}

const isBare = (words: string): boolean => words.replace(FILLER, '').trim() === '';

/** @param mark what stands behind, as it is written */
function isAbout(before: string, behind: string, mark = behind): boolean {
  const [subject] = [...before.matchAll(SUBJECT)].slice(-1);
  if (subject) {
    const between = before.slice(subject.index + subject[0].length);
    return between.search(OTHER_SUBJECT) < 0 && (OF_SUMS.test(subject[0]) || between.search(BOUGHT) < 0);
  }
  if (!isBare(before)) return false;
  return (
    isBare(behind) ||
    /^\s*[,;.()–]|^\s*(?:suivant|selon|pour|au|hors|sauf|ht|ttc)\s/i.test(mark) ||
    behind.slice(0, 60).search(SUBJECT) >= 0
  );
}

/** What the label of a number, such as a total, says of it: whatever it is the label of. */
export function noteOfLabel(label: string, dialect: Pick<Dialect, 'unit' | 'columns'>): NoteOfAmounts | undefined {
  const text = label.slice(0, 300).replace(TOTAL_OF, '');
  if (text === '') return undefined;
  const shown = label.trim().slice(0, 100);
  if (!columnSaysTax(dialect) && saysWithTax(text)) return { key: 'amount_ttc', text: shown };
  const key = otherThan(dialect.unit, unitNoted(withoutLetters(text)));
  return key ? { key, text: shown } : undefined;
}

/** `Total k€` is a unit behind the word. */
const TOTAL_OF = /^(?:sous[\s-]*)?tota(?:l|ux)(?:\s+g[ée]n[ée]ra(?:l|ux))?\s+/i;
