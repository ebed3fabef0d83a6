import { wordsOf } from './name-key.js';
import { type Cell, type Row, textOf } from './table.js';
import { LONGEST_VALUE, saysTotal } from './total-line.js';

/**
 * Lines that are none of a table and change what stands below them: headings of another one, and titles of sections. What a
 * title says is the business of each reader; how lines and titles look is the same for all.
 */

/** The longest text that is a title of anything. */
export const LONGEST_TITLE = 120;

/** How headings that no reader names usually begin, as their words. */
const HEADING =
  /^(?:n|no|num|numero|nos|refs?|references?|dates?|dt|montants?|mt|mnt|siret|siren|naf|dispositif|heures?|nb|nbre|nombre|echeance|commentaires?|observations?|statuts?|etat|ville|commune|code|cp|entreprise|etablissement|raison sociale|nom|prenom|type|nature|libelle|intitule|designation|cout|prix|tva|ttc|ht|reste|solde|budget|cumul|duree|stagiaires?|organisme|of|beneficiaire|adherent|facture|periode|annee|mois|taux|unite|devise|salaries?|effectifs?)(?= |$)/;
const FIGURES = /^[^\p{L}]*\d[^\p{L}]*$/u;

/**
 * Whether every cell of a line is text and most of them are names of columns.
 * @param isName whether a text is one that the reader knows
 */
export function looksLikeHeadings({ cells }: Pick<Row, 'cells'>, isName: (text: string) => boolean): boolean {
  const filled = cells.filter((cell) => textOf(cell) !== '');
  if (filled.length < 2 || filled.some((cell) => typeof cell !== 'string')) return false;
  const texts = filled.map(textOf);
  if (texts.some((text) => FIGURES.test(text) || text.length > LONGEST_VALUE)) return false;
  const named = texts.filter((text) => isName(text) || HEADING.test(wordsOf(text))).length;
  return named >= 2 && named * 2 > texts.length;
}

/** Finds whole words in the words of a text. */
export const word = (source: string, flags = '') => new RegExp(`(?<![a-z0-9])(?:${source})(?![a-z0-9])`, flags);

/** What may stand beside the words of a title and says nothing: of what, of when, and how it is counted. */
export const BESIDE =
  'd|de|du|des|la|le|les|l|et|a|au|aux|en|pour|sur|par|dont|liste|etat|tableau|releve|detail|section|partie|onglet|feuille|annee|exercice|trimestre|semestre|mois|formations?|factures?|dossiers?|lignes?|actions?|sessions?|autres?|n|no|[a-i]|[ivx]{1,4}|1er|[st][1-4]|\\d+|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre';

const NOTE_BEGINS =
  /^(?:pages?|suite|feuillet|edite|editee|edition|imprime|imprimee|extrait|source|nb|nota|fait a|arrete|signature)(?= |$)/;

/** A text that is no title of anything: the foot of a page, a reference alone, a figure, or too much for one. */
export function isNote(text: string): boolean {
  const isReference = /^\S*\d\S*$/.test(text.trim());
  return isReference || text.length > LONGEST_TITLE || NOTE_BEGINS.test(wordsOf(text));
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

/** What may say what all lines of a part are: the name of its sheet, and the titles above its headings. */
export interface PartTitle {
  readonly line: number;
  readonly title: string;
  readonly isSheet: boolean;
}

export function titlesOfPart(above: readonly Row[], sheet: string): PartTitle[] {
  return [
    { line: above[0]?.line ?? 1, title: sheet, isSheet: true },
    ...above.flatMap(({ line, cells }) => {
      const title = onlyText(cells);
      return title === undefined ? [] : [{ line, title, isSheet: false }];
    }),
  ];
}
