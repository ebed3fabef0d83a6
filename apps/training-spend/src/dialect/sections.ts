import { nameKey, wordsOf } from '@gpect/tabular-files/name-key';
import {
  BESIDE,
  isNote as isNoteOfAny,
  LONGEST_TITLE,
  looksLikeHeadings as looksLikeHeadingsBy,
  titlesOfPart,
  word,
} from '@gpect/tabular-files/sections';
import type { Row } from '@gpect/tabular-files/table';
import { unitAlone, withoutNote } from './unit-of.js';
import { FIELDS, isUsualName } from './usual-names.js';

/** What headings of other tables, and titles of sections, are called among payments. */

/** Whether most cells of a line of texts are names of columns: those of this file, usual ones, or others. */
export function looksLikeHeadings(row: Pick<Row, 'cells'>, names: ReadonlySet<string>): boolean {
  return looksLikeHeadingsBy(row, (text) => isNameOfColumn(text, names));
}

function isNameOfColumn(text: string, names: ReadonlySet<string>): boolean {
  if (names.has(nameKey(text)) || unitAlone(text) !== undefined) return true;
  return FIELDS.some((field) => isUsualName(field, withoutNote(text, field === 'amount')));
}

/** What a title says of the lines below it: taken back by amounts of their own, never paid, or paid as usual. */
export type SectionKind = 'taken-back' | 'unpaid' | 'paid';
export interface Section {
  readonly kind: SectionKind;
  readonly line: number;
  readonly title: string;
  /** The sheet is called so. */
  readonly isSheet?: boolean;
  /** What stands below its title and may be that of another section: a text that says nothing known, with an amount beside it. */
  readonly doubt?: { readonly line: number; readonly title: string };
}

const REFUND = 'rembours\\w*';
const BACK = `annulee?s? et remplacee?s?|trop (?:verse|paye)e?s?|indus?|avoirs?|annulations?|annule(?:e|s|es)?|trop percus?|reversements?|extourn\\w*|contre passations?|notes? de credits?|credits|reprises|a (?:deduire|recuperer)`;
const UNPAID =
  'previsions?|previsionnel(?:s|le|les)?|prevus?|prevues?|budgets?|impayes?|impayees?|engagements?|engage(?:e|s|es)?|(?:restes? )?a (?:recevoir|payer|regler|verser|venir|valider|traiter)|en (?:attente|cours|instance|litige|suspens)|(?:non|pas) (?:encore )?(?:pay|regl|vers|sold|effectu|liquid|mandat)\\w*|provisions?|provisionne(?:e|s|es)?|simulations?|simule(?:e|s|es)?|estimations?|estime(?:es|e)|estimatifs?|demandes?|demandees?|devis|commandes?|projections?|rejets?|rejetes?|rejetees?|refus|refuse(?:e|s|es)?|litiges?|suspens|suspendus?|brouillons?|abandons?|abandonne(?:e|s|es)?|doublons?|supprime(?:e|s|es)?|suppressions?|pour memoire|provisoires?|projets? de budgets?|accorde(?:e|s|es)?|desistements?|desistes?|caducs?|caduques?|forclos(?:es?)?|forclusions?|(?:non|in|pas) ?eligibles?|irrecevables?|(?:a )?ne pas (?:prendre en compte|compter|comptabiliser|utiliser|payer|regler|importer|reprendre)|a (?:supprimer|ignorer|exclure|effacer|oter)|deja (?:transmis|transmises|envoye|envoyes|envoyees|declares?|payes?|payees?|regles?|comptes?|saisis|saisies)|(?:payes?|payees?|regles?|financee?s?|pris en charge) par (?:l |les )?(?:entreprises?|employeurs?|adherents?|stagiaires?|salaries?)|restes?|restants?(?: dus?| a payer| a regler)?';
/** Words of what was paid. */
export const PAID =
  'paiements?|payes?|payees?|reglements?|regles?|reglees?|versements?|verses?|versees?|virements?|depenses?|mandatements?';
const ANY_BACK = `${BACK}|${REFUND}`;
const SAYS_BACK = word(ANY_BACK);
const SAYS_BACK_ALONE = word(BACK);
const SAYS_UNPAID = word(UNPAID);
const SAYS_PAID = word(PAID);

/** The word by which a name says of what it stands over that it was not paid, or is taken back. */
export function unpaidWord(name: string): string | undefined {
  const words = wordsOf(name.slice(0, LONGEST_TITLE));
  return NOT_SO.test(words) ? undefined : (SAYS_UNPAID.exec(words) ?? SAYS_BACK_ALONE.exec(words))?.[0];
}

/** `Hors avoirs`, `non annulés`, `paiements et avoirs` say no such thing, or both. */
const NOT_SO = word(
  `(?:hors|sans|sauf|non|pas|ni|excepte|apres|net d|nets d) (?:d |des |les |de )?(?:${BACK}|${REFUND}|rejet\\w*|refus\\w*)|(?:${PAID}) (?:et|ou) (?:d |des |les )?(?:${BACK}|${REFUND}|${UNPAID})|(?:${BACK}|${REFUND}|${UNPAID}) (?:et|ou) (?:${PAID})`,
);
/** Nothing below was ever paid: it shows how such a file looks. Only above the headings; a course may be called `Tests`. */
const SAMPLE =
  /^(?:specimens?|tests?|maquettes?|(?:fichier|tableau|donnees|version|jeu) (?:de |d )?(?:tests?|essai|demonstration))(?: ne pas \w+(?: \w+)*)?$/;
/** What a sheet beside others is called that nobody means to send; the only one of a workbook may be called after its model. */
const SHEET_APART =
  /(?:^| )(?:poubelle|corbeille|modeles?|exemples?|tests?|essais?|archives?|archivees?|anciens?|anciennes?|old|backup|sauvegarde|template|draft)(?: |$)/;
/** A sentence is a note and no title. */
const SENTENCE = word('est|sont|ont|seront|sera|voir|cf|merci|nous|vous|les montants|colonne');
/** What may stand beside the word in a title that says nothing else. */
const BESIDE_WORD = word(
  `${BESIDE}|montants?|stages?|prises? en charge|pec|dif|cif|plan|contrats?|opca|emis|emises|recus|recues|bancaires?|banques?|cheques?|soldes?|charges?|fournisseurs|organismes|ht`,
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
  if (title.length > LONGEST_TITLE || FIGURE_OF_BUDGET.test(title)) return undefined;
  const words = wordsOf(title);
  if (NOT_SO.test(words) || SENTENCE.test(words)) return undefined;
  const isWhole = (of: string) =>
    words.replace(word(of, 'g'), ' ').replace(BESIDE_WORD, ' ').replace(word(PAID, 'g'), ' ').trim() === '';
  if (SAYS_UNPAID.test(words) && isWhole(`${UNPAID}|${ANY_BACK}`)) return 'unpaid';
  if ((alone ? SAYS_BACK_ALONE : SAYS_BACK).test(words) && isWhole(ANY_BACK)) return 'taken-back';
  return !alone && SAYS_PAID.test(words) && isWhole(PAID) ? 'paid' : undefined;
}

/** A text that is no title of anything: a sentence, a note, what there is to spend. It ends no section. */
export function isNote(text: string): boolean {
  return isNoteOfAny(text) || FIGURE_OF_BUDGET.test(text) || SENTENCE.test(wordsOf(text));
}

/** What titles above the headings, or the name of the sheet, say of all the lines of a part. */
export function sectionOfPart(above: readonly Row[], sheet: string, isOnlySheet: boolean): Section | undefined {
  for (const { line, title, isSheet } of titlesOfPart(above, sheet)) {
    const isSample =
      title.length <= LONGEST_TITLE &&
      (isSheet ? !isOnlySheet && SHEET_APART.test(wordsOf(title)) : SAMPLE.test(wordsOf(title)));
    const kind = isSample ? 'unpaid' : kindOfTitle(title, !isSheet || isOnlySheet);
    if (kind && kind !== 'paid') return { kind, line, title, ...(isSheet ? { isSheet } : {}) };
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
