import { nameKey, wordsOf } from '@gpect/tabular-files/name-key';
import { type Cell, type Row, textOf } from '@gpect/tabular-files/table';
import { LONGEST_VALUE, saysTotal } from '@gpect/tabular-files/total-line';
import { unitAlone, withoutNote } from '../dialect/unit-of.js';
import { FIELDS, isUsualName } from '../dialect/usual-names.js';

/** Lines that are none of a table and change what stands below them: headings of another one, and titles of sections. */

/** How headings that no dialect of ours names usually begin, as their words. */
const HEADING =
  /^(?:n|no|num|numero|nos|refs?|references?|dates?|dt|montants?|mt|mnt|siret|siren|naf|dispositif|heures?|nb|nbre|nombre|echeance|commentaires?|observations?|statuts?|etat|ville|commune|code|cp|entreprise|etablissement|raison sociale|nom|prenom|type|nature|libelle|intitule|designation|cout|prix|tva|ttc|ht|reste|solde|budget|cumul|duree|stagiaires?|organisme|of|beneficiaire|adherent|facture|periode|annee|mois|taux|unite|devise|salaries?|effectifs?)(?= |$)/;
const FIGURES = /^[^\p{L}]*\d[^\p{L}]*$/u;
const LONGEST = 120;

/** Whether every cell of a line is text and most of them are names of columns: those of this file, usual ones, or others. */
export function looksLikeHeadings({ cells }: Pick<Row, 'cells'>, names: ReadonlySet<string>): boolean {
  const filled = cells.filter((cell) => textOf(cell) !== '');
  if (filled.length < 2 || filled.some((cell) => typeof cell !== 'string')) return false;
  const texts = filled.map(textOf);
  if (texts.some((text) => FIGURES.test(text) || text.length > LONGEST_VALUE)) return false;
  const named = texts.filter((text) => isNameOfColumn(text, names)).length;
  return named >= 2 && named * 2 > texts.length;
}

function isNameOfColumn(text: string, names: ReadonlySet<string>): boolean {
  if (names.has(nameKey(text)) || unitAlone(text) !== undefined) return true;
  const name = withoutNote(text);
  return FIELDS.some((field) => isUsualName(field, name)) || HEADING.test(wordsOf(text));
}

/** What a title says of the lines below it: taken back by amounts of their own, never paid, or paid as usual. */
export type SectionKind = 'taken-back' | 'unpaid' | 'paid';
export interface Section {
  readonly kind: SectionKind;
  readonly line: number;
  readonly title: string;
  /** What stands below its title and may be that of another section: a text that says nothing known, with an amount beside it. */
  readonly doubt?: { readonly line: number; readonly title: string };
}

const REFUND = 'rembours\\w*';
const BACK = `avoirs?|annulations?|annule(?:e|s|es)?|trop percus?|reversements?|extourn\\w*|contre passations?|notes? de credits?|credits|reprises|a (?:deduire|recuperer)`;
const UNPAID =
  'previsions?|previsionnel(?:s|le|les)?|prevus?|prevues?|budgets?|impayes?|impayees?|engagements?|engage(?:e|s|es)?|(?:restes? )?a (?:recevoir|payer|regler|verser|venir|valider|traiter)|en (?:attente|cours|instance|litige|suspens)|(?:non|pas) (?:encore )?(?:pay|regl|vers|sold|effectu|liquid|mandat)\\w*|provisions?|provisionne(?:e|s|es)?|simulations?|simule(?:e|s|es)?|estimations?|estime(?:es|e)|estimatifs?|demandes?|demandees?|devis|commandes?|projections?|rejets?|rejetes?|rejetees?|refus|refuse(?:e|s|es)?|litiges?|suspens|suspendus?|brouillons?|abandons?|abandonne(?:e|s|es)?|doublons?|supprime(?:e|s|es)?|suppressions?|pour memoire|accorde(?:e|s|es)?|restes?|restants?(?: dus?| a payer| a regler)?';
const PAID =
  'paiements?|payes?|payees?|reglements?|regles?|reglees?|versements?|verses?|versees?|virements?|depenses?|mandatements?';
const word = (source: string, flags = '') => new RegExp(`(?<![a-z0-9])(?:${source})(?![a-z0-9])`, flags);
const ANY_BACK = `${BACK}|${REFUND}`;
const SAYS_BACK = word(ANY_BACK);
const SAYS_BACK_ALONE = word(BACK);
const SAYS_UNPAID = word(UNPAID);
const SAYS_PAID = word(PAID);
/** `Hors avoirs`, `non annulés`, `paiements et avoirs` say no such thing, or both. */
const NOT_SO = word(
  `(?:hors|sans|sauf|non|pas|ni|excepte|apres|net d|nets d) (?:d |des |les |de )?(?:${BACK}|${REFUND}|rejet\\w*|refus\\w*)|(?:${PAID}) (?:et|ou) (?:d |des |les )?(?:${BACK}|${REFUND}|${UNPAID})|(?:${BACK}|${REFUND}|${UNPAID}) (?:et|ou) (?:${PAID})`,
);
/** A sentence is a note and no title. */
const SENTENCE = word('est|sont|ont|seront|sera|voir|cf|merci|nous|vous|les montants|colonne');
/** What may stand beside the word in a title that says nothing else. */
const BESIDE = word(
  'd|de|du|des|la|le|les|l|et|a|au|aux|en|pour|sur|par|dont|liste|etat|tableau|releve|detail|section|partie|onglet|feuille|annee|exercice|trimestre|semestre|mois|formations?|factures?|dossiers?|lignes?|montants?|actions?|stages?|sessions?|prises? en charge|pec|dif|cif|plan|contrats?|opca|emis|emises|recus|recues|soldes?|autres?|charges?|fournisseurs|organismes|n|no|[a-i]|[ivx]{1,4}|1er|[st][1-4]|\\d+|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|ht',
  'g',
);
/** A budget with its figure is a note on what there is to spend. */
const FIGURE_OF_BUDGET = /budget[^:=]*[:=]\s*\d/i;

/**
 * What a title says of what stands below it; undefined where it says nothing that is known. It says so by its whole text: a
 * word of it begins the names of firms and courses too (`Crédit Mutuel`, `Gestion de projet`). `alone`: it stands above the
 * only headings of a file, or names a sheet; a refund is what some funders call their payments.
 */
export function kindOfTitle(title: string, alone = false): SectionKind | undefined {
  if (title.length > LONGEST || FIGURE_OF_BUDGET.test(title)) return undefined;
  const words = wordsOf(title);
  if (NOT_SO.test(words) || SENTENCE.test(words)) return undefined;
  const isWhole = (of: string) =>
    words.replace(word(of, 'g'), ' ').replace(BESIDE, ' ').replace(word(PAID, 'g'), ' ').trim() === '';
  if (SAYS_UNPAID.test(words) && isWhole(`${UNPAID}|${ANY_BACK}`)) return 'unpaid';
  if ((alone ? SAYS_BACK_ALONE : SAYS_BACK).test(words) && isWhole(ANY_BACK)) return 'taken-back';
  return !alone && SAYS_PAID.test(words) && isWhole(PAID) ? 'paid' : undefined;
}

const NOTE_BEGINS =
  /^(?:pages?|suite|feuillet|edite|editee|edition|imprime|imprimee|extrait|source|nb|nota|fait a|arrete|signature)(?= |$)/;

/** A text that is no title of anything: a sentence, the foot of a page, a reference alone, a figure. It ends no section. */
export function isNote(text: string): boolean {
  const words = wordsOf(text);
  const isReference = /^\S*\d\S*$/.test(text.trim());
  return (
    isReference ||
    text.length > LONGEST ||
    FIGURE_OF_BUDGET.test(text) ||
    SENTENCE.test(words) ||
    NOTE_BEGINS.test(words)
  );
}

/** A line that has one text, or a count or an amount beside it (`2 dossiers`), which a title has as its subtotal. */
export interface Title {
  readonly text: string;
  readonly beside?: true;
}

const BESIDE_TITLE =
  /^[+-]?\d[\d\s.,]{0,20}(?:€|eur|euros?|h|heures?|dossiers?|lignes?|factures?|paiements?|avoirs?|stagiaires?|actions?)?$/i;

export function titleOf(cells: readonly Cell[]): Title | undefined {
  const [first, ...others] = cells.filter((cell) => textOf(cell) !== '');
  if (typeof first !== 'string' || others.length > 3) return undefined;
  const text = textOf(first);
  if (text.length > LONGEST_VALUE || !/\p{L}\.?\p{L}/u.test(text) || saysTotal(text)) return undefined;
  if (others.length === 0) return { text };
  const texts = others.map(textOf);
  // A title of nothing says nothing of what is below, nor does what there is to spend.
  const isSubtotal = texts.every((t) => BESIDE_TITLE.test(t)) && texts.some((t) => /[1-9]/.test(t));
  return isSubtotal && !/^budget/i.test(text) ? { text, beside: true } : undefined;
}

/** The one text of a line that holds nothing else: a title, or a note. */
export function onlyText(cells: readonly Cell[]): string | undefined {
  const title = titleOf(cells);
  return title?.beside ? undefined : title?.text;
}

/** What titles above the headings, or the name of the sheet, say of all the lines of a part. */
export function sectionOfPart(above: readonly Row[], sheet: string, isOnlySheet: boolean): Section | undefined {
  const titles = [
    { line: above[0]?.line ?? 1, title: sheet, alone: isOnlySheet },
    ...above.flatMap(({ line, cells }) => {
      const title = onlyText(cells);
      return title === undefined ? [] : [{ line, title, alone: true }];
    }),
  ];
  for (const { line, title, alone } of titles) {
    const kind = kindOfTitle(title, alone);
    if (kind && kind !== 'paid') return { kind, line, title };
  }
  return undefined;
}

/** Whether a line of a section does not count: what is taken back does with a minus of its own. */
export function isOutOfSection({ kind }: Section, cents: number | undefined): boolean {
  return kind === 'unpaid' || (kind === 'taken-back' && (cents === undefined || cents >= 0));
}

/** Titles that say nothing which is known and have lines below them that were read. */
export interface UnknownTitles {
  readonly count: number;
  readonly line: number;
  readonly title: string;
}
