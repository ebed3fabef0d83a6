import { nameKey, wordsOf } from './name-key.js';

/** Longer than anything that a cell with the name of a total, a day, an amount or a SIRET can hold. */
export const LONGEST_VALUE = 200;

/** Signs that set a total off, and say nothing: `=== TOTAL ===`, `[Total]`, `- Total -`. */
const DECORATION = /^[\s=*–—_#<>[\](){}|~+-]+(?=\p{L}|[Σ∑])|[\s=*–—_#<>[\](){}|~+-]+$/gu;
const SPACED = /^(?:\p{L}[ .]){3,}\p{L}\.?(?![\p{L}\p{N}])/u;
/** `Ss-total`, `S.Total`, `Sous/total`, `S/Tot.`, however they are shortened. */
const SUB_TOTAL = /^(?:sous|ss|s)[\s./_-]*tot(?:al|aux)?(?![\p{L}\p{N}])\.?/iu;

/** The name of a total as it is written plainly; any other text as it is. */
function plainly(given: string): string {
  const text = given.trim().replace(DECORATION, '');
  const together = SPACED.test(text) ? text.replace(/(?<=^|[ .]\p{L}|^\p{L})[ .](?=\p{L}(?:[ .]|$))/gu, '') : text;
  return together
    .replace(SUB_TOTAL, 'sous-total')
    .replace(/^∑/u, 'Σ')
    .replace(/^Σ\s*(?=\p{L})/u, 'total ')
    .replace(/^(total)(?=\d{1,2}$)/i, '$1 ');
}

/** What a total line calls itself, in whichever of its cells; a code may follow the word (`TOTAL-2012`), and is none then. */
const TOTAL =
  /^(?:sous[\s-]*tota(?:l|ux)|s\/\s*-?\s*t(?:otal)?|s\s*-?\s*total|sub[\s-]?totals?|grand[\s-]totals?|tota(?:l|ux)|totals|cumuls?|cumul[ée]|r[ée]cap(?:itulati(?:f|on)|itul[ée])?|(?:[àa]\s+)?report(?:er|[ée]s?)?|montant\s+(?:total|global)|solde\s+(?:ant[ée]rieur|pr[ée]c[ée]dent|initial|report[ée]|d['’]ouverture)|(?:report\s+)?[àa]\s+nouveau|moyennes?|[ée]carts?|somme|sum|net\s+[àa]\s+payer|d[ée]penses?\s+totales?|ensemble\s+d(?:e|u|es)|solde\s+g[ée]n[ée]ral)(?![\p{L}\p{N}])(?!\s*[-_/#]\s*\p{N})/iu;
/** As spreadsheets write it behind what it is the total of: `DIF Total`, `R1 Résultat`. */
const BEHIND = /\S\s+(?:sous[\s-]?total|total|totaux|somme|r[ée]sultat)(?:\s+(?:g[ée]n[ée]ral|partiel))?$/i;
const ALONE = /^(?:tot\.?|ttl\.?|ensemble|r[ée]sultat|result|Σ)$/iu;

/** What may stand beside the word of a total and leaves it one: of what, and of when. */
const OF_WHAT =
  "g[ée]n[ée]ra(?:l|ux)|partiels?|globa(?:l|ux)|fina(?:l|ux)|ht|ttc|net|€|euros?|d[eu]s?|la|les?|l['’]|à|report(?:er|é)|pages?(?:\\s+\\d{1,4})?|colonne|mois|ann[ée]e|exercice|trimestre|semestre|p[ée]riode|fichier|paiements?|versements?|dispositifs?|[ée]tablissements?|entreprises?|adh[ée]rents?|dossiers?|lignes?|janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre|[ts][1-4]|(?:\\d{1,2}/)?(?:19|20)\\d{2}|\\d{9}|\\d{14}";
const NOTHING_ELSE = new RegExp(
  `^(?:(?:sous[\\s-]*tota(?:l|ux)|s/\\s*-?\\s*t(?:otal)?|sub[\\s-]?total|grand[\\s-]total|r[ée]capitulati(?:f|on))(?![\\p{L}\\p{N}]).*|(?:tota(?:l|ux)|totals|tot\\.?|ttl\\.?|cumuls?|r[ée]cap|(?:[àa]\\s+)?report(?:er|[ée]s?)?|montant\\s+(?:total|global)|solde\\s+(?:ant[ée]rieur|pr[ée]c[ée]dent|initial|report[ée]|d['’]ouverture)|(?:report\\s+)?[àa]\\s+nouveau|moyennes?|[ée]carts?|somme|sum|net\\s+[àa]\\s+payer|d[ée]penses?\\s+totales?|ensemble|r[ée]sultat|result|Σ)(?:\\s+(?:${OF_WHAT}))*\\s*[:=.]*)$`,
  'iu',
);

/** Whether a cell can be nothing but the name of a total; `SOMME 12`, `TOTAL RAFFINAGE` can be the reference of a payment. */
export function saysNothingButTotal(text: string): boolean {
  return text.length <= LONGEST_VALUE && NOTHING_ELSE.test(plainly(text));
}

/** What names a total as a reference, and in other columns a training or a firm as well: `SST`, `Synthèse documentaire`. */
const AS_REFERENCE = new RegExp(
  `^(?:sst$|st$|(?:s\\.\\s?t\\.?|ran|sommes|synth[èe]se|globa(?:l|ux)|balance|montants?\\s+cumul[ée]s?|reprise\\s+d(?:u|e|es)\\s+soldes?|tot)(?:[\\s.]+(?:${OF_WHAT}))*\\s*[:=.]*$)`,
  'iu',
);
/** What a reference of a payment hardly begins with; `SOMME 12`, `Cumul 3` are numbered as payments are. */
const BEGINS_REFERENCE =
  /^(?:sous[\s-]*tota(?:l|ux)|s\/\s*-?\s*t(?:otal)?|s\.\s?t\.|sub[\s-]?totals?|grand[\s-]totals?|tota(?:l|ux)|tot\.|montants?\s+(?:tota(?:l|ux)|globa(?:l|ux)|cumul[ée]s?)|solde\s+(?:ant[ée]rieur|pr[ée]c[ée]dent|initial|report[ée]|d['’]ouverture)|reprise\s+d(?:u|e|es)\s+soldes?|(?:report\s+)?[àa]\s+nouveau)(?![\p{L}\p{N}])(?!\s*[-_/#]\s*\p{N})/iu;
const YEAR = /(?<!\p{N})(?:19|20)\d{2}(?!\p{N})/gu;
const NUMBERED = /\d{3}|\d[-_/]\d/;

/** Whether a reference is called like a total and has no number of its own by which a payment is known. */
export function beginsAsReferenceOfTotal(text: string): boolean {
  const said = plainly(text);
  if (said === '' || said.length > LONGEST_VALUE) return false;
  if (AS_REFERENCE.test(said)) return true;
  const [word] = BEGINS_REFERENCE.exec(said) ?? [];
  return word !== undefined && !NUMBERED.test(said.slice(word.length).replace(YEAR, ''));
}

/** What no label of a payment is, so that it tells a total in any column; `Somme` is a department, `Report` a remark. */
const NO_LABEL =
  /^(?:sous[\s-]*tota(?:l|ux)|s\/\s*-?\s*t(?:otal)?|sub[\s-]?total|grand[\s-]total|tota(?:l|ux)(?:\s+g[ée]n[ée]ral)?|cumul|[àa]\s+reporter|r[ée]capitulati(?:f|on)|montant\s+total)(?![\p{L}\p{N}])/iu;

/** Whether a cell of a column that nobody reads can be nothing but the name of a total. */
export function isNoLabel(text: string): boolean {
  return saysNothingButTotal(text) && NO_LABEL.test(plainly(text));
}

/** Whether a text begins as few labels of payments do, and names of totals mostly. */
export function beginsAsTotal(text: string): boolean {
  return text.length <= LONGEST_VALUE && NO_LABEL.test(plainly(text));
}

const ONLY_OF_WHAT = new RegExp(`^(?:[\\s:=.-]+(?:${OF_WHAT}))*[\\s:=.]*$`, 'iu');

/** Whether what stands behind the word of a total says only of what, or of when, it is one: ` de mars 2012`. */
export function saysOnlyOfWhat(rest: string): boolean {
  return rest.length <= LONGEST_VALUE && ONLY_OF_WHAT.test(rest);
}

/** Columns of names of firms and places, by their headings' words: a firm is called TOTAL, a department Somme. */
const NAMES =
  /^(?:raison|denomination|enseigne|entreprises?|ets|etablissements?|adherents?|noms?|prenoms?|societes?|sigle|clients?|beneficiaires?|employeurs?|organismes?|fournisseurs?|prestataires?|tiers|structures?|departements?|dept|dpt|regions?|villes?|communes?|localites?|lieux?|agences?|sites?|bassins?|territoires?)(?: |$)|(?:^| )(?:raison sociale|entreprise|adherent|societe|nom commercial)(?: |$)/;

/** Whether a column holds names of firms or places, which name no total. */
export function isColumnOfNames(heading: string): boolean {
  return heading.length <= LONGEST_VALUE && NAMES.test(wordsOf(heading));
}

const PEOPLE = /^(?:formateur|intervenant|animateur)/;

/** Whether a column holds names of firms, places or people, who may be called anything. */
export function holdsNames(heading: string): boolean {
  return isColumnOfNames(heading) || PEOPLE.test(nameKey(heading.slice(0, LONGEST_VALUE)));
}

const NO_NAME =
  /^(?:sous[\s-]*tota(?:l|ux)|s\/\s*-?\s*t(?:otal)?|sub[\s-]?total|grand[\s-]total|tota(?:l|ux)\s+g[ée]n[ée]ra(?:l|ux)|[àa]\s+reporter|montant\s+(?:total|global))(?![\p{L}\p{N}])/iu;

/** Whether a cell of a column of names is one all the same: no firm is called `Sous-total`. */
export function mayBeName(text: string): boolean {
  return text.length > LONGEST_VALUE || !NO_NAME.test(plainly(text));
}

/** The word by which a total is known, without what it is the total of. */
export function wordOfTotal(text: string): string {
  const plain = plainly(text);
  return TOTAL.exec(plain)?.[0] ?? plain;
}

/** Whether a cell may be the name of a total. */
export function saysTotal(text: string): boolean {
  if (text === '' || text.length > LONGEST_VALUE) return false;
  if (!isDecorated(text) && !mayBegin(text) && !mayEnd(text)) return false;
  const plain = plainly(text);
  return TOTAL.test(plain) || BEHIND.test(plain) || ALONE.test(plain);
}

/** Whether it begins with a sign that is no letter and no figure, and has letters behind it. */
function isDecorated(text: string): boolean {
  const first = text.charCodeAt(0);
  const isPlain = (first >= 0x30 && first <= 0x39) || ((first | 0x20) >= 0x61 && (first | 0x20) <= 0x7a);
  return first < 0x7f && !isPlain && /\p{L}/u.test(text);
}

/** Two signs as a number, small letters and capitals alike. */
const pairOf = (first: number, second: number) => ((first | 0x20) << 8) | (second | 0x20);
const pairsOf = (pairs: readonly string[]) =>
  new Set(pairs.map((pair) => pairOf(pair.charCodeAt(0), pair.charCodeAt(1))));
/** The signs with which names of totals begin and end, so that other cells cost little; what is no ASCII is looked at whole. */
const BEGINNINGS = pairsOf([
  'so',
  's/',
  's-',
  's ',
  's.',
  'ss',
  'st',
  't ',
  't.',
  'ne',
  'de',
  'su',
  'gr',
  'to',
  'cu',
  're',
  'a ',
  'mo',
  'ec',
  'en',
]);
const ENDINGS = pairsOf(['al', 'ux', 'me', 'at', 'el', 'ot', 't.', 'tl', 'l.', 'le', 'lt']);

function mayBegin(text: string): boolean {
  return mayBe(BEGINNINGS, text.charCodeAt(0), text.charCodeAt(1));
}

function mayEnd(text: string): boolean {
  return mayBe(ENDINGS, text.charCodeAt(text.length - 2), text.charCodeAt(text.length - 1));
}

function mayBe(pairs: ReadonlySet<number>, first: number, second: number): boolean {
  const isAscii = first >= 0x20 && first <= 0x7e && second >= 0x20 && second <= 0x7e;
  return !isAscii || pairs.has(pairOf(first, second));
}
