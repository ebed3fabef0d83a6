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
}

const REFUND = 'rembours\\w*';
const BACK = `avoirs?|annul\\w*|trop percus?|reversements?|extourn\\w*|contre passations?|notes? de credits?|credits?|reprises?`;
const UNPAID =
  'previ\\w*|prevus?|prevues?|budgets?|impay\\w*|engage\\w*|(?:restes? )?a (?:recevoir|payer|regler|verser|venir|valider|traiter)|en (?:attente|cours|instance|litige|suspens)|(?:non|pas) (?:encore )?(?:pay|regl|vers|sold|effectu|liquid|mandat)\\w*|provisions?|provisionne\\w*|simul\\w*|estim\\w*|demandes?|demandees?|devis|commandes?|projets?|projections?|rejet\\w*|refus\\w*|litiges?|suspens|suspendus?|brouillons?|abandon\\w*|doublons?|supprim\\w*|pour memoire|accords?|accordes?|restes?';
const PAID =
  'paiements?|payes?|payees?|reglements?|regles?|reglees?|versements?|verses?|versees?|virements?|depenses?|mandatements?';
const word = (source: string, flags = '') => new RegExp(`(?<![a-z0-9])(?:${source})(?![a-z0-9])`, flags);
const SAYS_BACK = word(`${BACK}|${REFUND}`);
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
  'd|de|du|des|la|le|les|l|et|a|au|aux|en|pour|sur|par|dont|liste|etat|tableau|releve|detail|section|partie|onglet|feuille|annee|exercice|trimestre|semestre|mois|formations?|factures?|dossiers?|lignes?|montants?|actions?|prises? en charge|pec|dif|cif|plan|contrats?|opca|[st][1-4]|\\d+|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|ht',
  'g',
);

/**
 * What a title says of what stands below it; undefined where it says nothing that is known. `alone`: it stands above the only
 * headings of a file, or names its only sheet, and must say nothing else; a refund is what some funders call their payments.
 */
export function kindOfTitle(title: string, alone = false): SectionKind | undefined {
  if (title.length > LONGEST) return undefined;
  const words = wordsOf(title);
  if (NOT_SO.test(words) || SENTENCE.test(words)) return undefined;
  if (alone) return kindAlone(words);
  if (SAYS_UNPAID.test(words)) return 'unpaid';
  if (SAYS_BACK.test(words)) return 'taken-back';
  return SAYS_PAID.test(words) ? 'paid' : undefined;
}

function kindAlone(words: string): SectionKind | undefined {
  const rest = (of: string) =>
    words.replace(word(of, 'g'), ' ').replace(BESIDE, ' ').replace(word(PAID, 'g'), ' ').trim();
  if (SAYS_UNPAID.test(words) && rest(`${UNPAID}|${BACK}`) === '') return 'unpaid';
  return word(BACK).test(words) && rest(BACK) === '' ? 'taken-back' : undefined;
}

/** The one text of a line that holds nothing else: a title, or a note. */
export function onlyText(cells: readonly Cell[]): string | undefined {
  const [only, ...others] = cells.map(textOf).filter((text) => text !== '');
  if (only === undefined || others.length > 0 || only.length > LONGEST_VALUE) return undefined;
  return /\p{L}{2}/u.test(only) && !saysTotal(only) ? only : undefined;
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
