import type { Message } from '@gpect/tabular-files/messages';

/** Why a line of a file is not its sender's to send, by the code of the problem that its route would answer. */
export const RIGHTS_MESSAGES = {
  not_yours: {
    fr: [
      'cette ligne porte sur ce qui n’est pas à vous ({who})',
      'demandez à l’État ou à la Région, ou faites-la envoyer par qui en a la charge',
    ],
    en: [
      'this line is about what is not yours ({who})',
      'ask the State or the Region, or have it sent by who is in charge of it',
    ],
  },
  role_not_allowed: {
    fr: ['vous ({who}) n’avez pas le rôle que demande cette opération', 'faites envoyer la ligne par qui l’a'],
    en: ['you ({who}) have not the role that this operation asks for', 'have the line sent by who has it'],
  },
  programme_not_yours: {
    fr: ['cette ligne est d’un programme qui n’est pas le vôtre', 'envoyez-la avec le jeton de ce programme'],
    en: ['this line is of a programme that is not yours', 'send it with the token of that programme'],
  },
  programmes_missing: {
    fr: ['votre jeton ne nomme aucun programme', 'demandez un jeton pour ce programme à qui les donne'],
    en: ['your token names no programme', 'ask who gives the tokens for one of this programme'],
  },
  not_allowed: {
    fr: ['{who} : ce droit manque ({reason})', 'faites envoyer la ligne par qui l’a'],
    en: ['{who}: this right is missing ({reason})', 'have the line sent by who has it'],
  },
} as const satisfies Record<string, Message>;
