import { wordsOf } from '@gpect/tabular-files/name-key';
import { BESIDE, LONGEST_TITLE, titlesOfPart, word } from '@gpect/tabular-files/sections';
import type { Row } from '@gpect/tabular-files/table';

/** What titles in a file say of the lines below them: that these did not happen, or that they did. */

export interface Section {
  readonly line: number;
  readonly title: string;
  /** The sheet is called so. */
  readonly isSheet?: true;
}

/** It will never be what the lines say. */
const VOID =
  'annulations?|annule(?:e|s|es)?|reports?|reporte(?:e|s|es)?|decale(?:e|s|es)?|deplace(?:e|s|es)?|ajourne(?:e|s|es)?|repousse(?:e|s|es)?|deprogramme(?:e|s|es)?|supprime(?:e|s|es)?|suppressions?|abandons?|abandonne(?:e|s|es)?|rejets?|rejete(?:e|s|es)?|refus|refuse(?:e|s|es)?|desistements?|doublons?|erreurs?|errone(?:e|s|es)?|nulle?s?|brouillons?|corbeille|a (?:annuler|supprimer|reporter|ne pas (?:compter|importer|prendre|saisir))|(?:n a |n ont |n ayant )?(?:non|pas|jamais) (?:encore )?(?:ete )?(?:eu lieu|(?:tenu|realis|effectu|fait|abouti|valid|confirm|execut|retenu|maintenu|honor)[a-z]*)';
/** It may come to be. */
const PENDING =
  'prevus?|prevues?|previsions?|previsionnel(?:s|le|les)?|planifie(?:e|s|es)?|planifications?|programmees?|en attente|en projet|projete(?:e|s|es)?|envisage(?:e|s|es)?|futures?|prochaine?s?|a (?:venir|confirmer|valider|planifier|programmer|faire|prevoir|realiser|organiser|fixer|caler)';
const HELD =
  '(?:ont |a )?(?:eu lieu|tenue?s?|realise(?:e|s|es)?|effectue(?:e|s|es)?|faite?s?|passe(?:e|s|es)?|valide(?:e|s|es)?|confirme(?:e|s|es)?|maintenue?s?)';
/** What the lines are of. */
const THINGS =
  'seances?|sessions?|ateliers?|rendez vous|rdv|reunions?|rencontres?|visites?|interventions?|entreprises?|detections?|reponses?|questionnaires?|presences?|participations?|demi journees?|journees?|jours?|suivis?|accompagnements?|conventions?|invitations?|programmes';
const AROUND =
  'ou|ci dessous|suivante?s?|qui|ont|ete|sont|comptes? rendus?|bilans?|points?|recap[a-z]*|clients?|consultants?|cabinets?|porteurs?';

const VOID_WORD = word(VOID);
const PENDING_WORD = word(PENDING);
const HELD_WORD = word(HELD);
const THINGS_WORD = word(THINGS);
const ALL_OF: Readonly<Record<'undone' | 'held', RegExp>> = {
  undone: word(`${VOID}|${PENDING}`, 'g'),
  held: word(HELD, 'g'),
};
const ANY_THING = word(`${THINGS}|${AROUND}|${BESIDE}`, 'g');
/** `Hors annulations`, `séances non annulées` say no such thing. */
const NOT_SO = word(`(?:hors|sans|sauf|non|pas|ni|excepte) (?:les |des |de |d )?(?:${VOID}|${PENDING})`);

/**
 * What a title says of what stands below it, by its whole text; undefined where it says nothing that is known.
 * @param mayBePending the file is of what is planned, or begins: nothing of it needs to have happened
 */
export function kindOfTitle(title: string, mayBePending: boolean): 'undone' | 'held' | undefined {
  const words = title.length > LONGEST_TITLE ? '' : wordsOf(title);
  if (words === '' || NOT_SO.test(words)) return undefined;
  const isWhole = (...of: RegExp[]) =>
    [...of, ANY_THING].reduce((text, one) => text.replace(one, ' '), words).trim() === '';
  const isPending = PENDING_WORD.test(words);
  if (VOID_WORD.test(words) || (isPending && !mayBePending)) return isWhole(ALL_OF.undone) ? 'undone' : undefined;
  const saysWhat = isPending || HELD_WORD.test(words) || THINGS_WORD.test(words);
  return saysWhat && isWhole(ALL_OF.held, ALL_OF.undone) ? 'held' : undefined;
}

/** What titles above the headings, or the name of the sheet, say of all the lines of a part. */
export function sectionOfPart(above: readonly Row[], sheet: string, mayBePending: boolean): Section | undefined {
  const found = titlesOfPart(above, sheet).find(({ title }) => kindOfTitle(title, mayBePending) === 'undone');
  return found && { line: found.line, title: found.title.slice(0, 100), ...(found.isSheet ? { isSheet: true } : {}) };
}
