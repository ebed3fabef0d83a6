import { nameKey } from '@gpect/tabular-files/name-key';
import { holdsNames } from '@gpect/tabular-files/total-line';

/** What sort of column a word stands in; by that the same word says something of its line, or of the world. */

/**
 * - state: how the line stands, or what it does to an account
 * - stage: which stage of its money the line is of: foreseen, ordered, paid
 * - kind: what the line or its paper is
 * - group: which of many sorts it is put with, of money or of themes
 * - comment: what somebody notes of the line
 * - label: what the line is about
 * - name: of firms, places and people, who may be called anything
 */
export type WordColumn = 'state' | 'stage' | 'kind' | 'group' | 'comment' | 'label' | 'name' | 'any';

const OF = '(?:d(?:e|u|el|ela|es)?)?';
const LINE = '(?:pieces?|lignes?|operations?|ecritures?|mouvements?|documents?|doc|factures?|comptables?)';
const STATE = new RegExp(
  `^(?:statut|etat(?!s)|mouvement|debitcredit|dc$|cd$|(?:code)?journal|(?:type|code|sens)${OF}(?:mouvements?|ecritures?)$|sens)`,
);
const STAGE = /^(?:phase|version|scenario|etape|stade|avancement|statut|etat)$/;
const KIND = new RegExp(
  `^(?:(?:type|nature|code|categorie)${OF}${LINE}|type|nature|codetype|codenature|doc|operation|codeoperation|situation|suite|decision|avis)$`,
);
const COMMENT = /^(?:comment|observation|remarque|note|memo|motif)/;
const LABEL = /^(?:libelle|intitule|objet|designation|description|detail)/;
const LONGEST = 200;

/** The sort of a column by its heading. */
export function wordColumnOf(heading: string): WordColumn {
  const key = nameKey(heading.slice(0, LONGEST));
  if (STAGE.test(key)) return 'stage';
  if (STATE.test(key)) return 'state';
  if (KIND.test(key)) return 'kind';
  if (/^(?:categorie|rubrique)$/.test(key)) return 'group';
  if (COMMENT.test(key)) return 'comment';
  if (LABEL.test(key)) return 'label';
  return holdsNames(heading) ? 'name' : 'any';
}
