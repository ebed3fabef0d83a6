import type { Message } from '@gpect/tabular-files/messages';

/** What a proposed dialect leaves open, for a person to say. */
export const PROPOSAL_FAULTS = {
  column_open: {
    fr: [
      'aucune colonne ne dit par son nom qu’elle donne {role} ; [count?il peut s’agir de|il peut s’agir de l’une de celles-ci :] {names}',
      'nommez la bonne dans le dialecte ("columns", "{field}")',
    ],
    en: [
      'no column says by its name that it holds {role}; it could be {names}',
      'name the right one in the dialect ("columns", "{field}")',
    ],
  },
  'column_open.none': {
    fr: ['aucune colonne ne dit par son nom qu’elle donne {role}', 'nommez-la dans le dialecte ("columns", "{field}")'],
    en: ['no column says by its name that it holds {role}', 'name it in the dialect ("columns", "{field}")'],
  },
  column_several: {
    fr: [
      'plusieurs colonnes disent qu’elles donnent {role} ({names})',
      'nommez la bonne dans le dialecte ("columns", "{field}")',
    ],
    en: [
      'several columns say that they hold {role} ({names})',
      'name the right one in the dialect ("columns", "{field}")',
    ],
  },
  scheme_open: {
    fr: [
      'on ne sait pas quel dispositif est «\u00a0{label}\u00a0»',
      'nommez-le dans le dialecte ("schemes"), d’après la liste de GET /schemes',
    ],
    en: ['nobody knows which scheme "{label}" is', 'name it in the dialect ("schemes"), from the list of GET /schemes'],
  },
  'scheme_open.none': {
    fr: ['aucun dispositif n’a été trouvé', 'nommez dans le dialecte ("schemes") ceux que le financeur écrit'],
    en: ['no scheme was found', 'name those that the funder writes in the dialect ("schemes")'],
  },
  operation_open: {
    fr: [
      'on ne sait pas ce que veut dire «\u00a0{word}\u00a0» dans la colonne «\u00a0{heading}\u00a0»',
      'dites dans le dialecte ("operations") si la ligne enregistre, corrige ou annule ; sinon elle est refusée',
    ],
    en: [
      'nobody knows what "{word}" means in the column "{heading}"',
      'say in the dialect ("operations") whether such a line records, corrects or cancels; it is refused else',
    ],
  },
} as const satisfies Record<string, Message>;
