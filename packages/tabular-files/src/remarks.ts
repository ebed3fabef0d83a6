import { type Message, type Params, type Said, said } from './messages.js';

/** What is to be known of how a file was read, though nothing is refused for it; stable codes. */
export const TABLE_REMARKS = {
  sheet_hidden: {
    fr: ['la feuille masquée {name} n’a pas été lue', 'affichez-la si elle doit l’être'],
    en: ['the hidden sheet {name} was not read', 'show it if it should be'],
  },
  sheet_not_named: {
    fr: ['la feuille {name} n’a pas été lue, le dialecte en nomme une autre', 'rien à faire si c’est voulu'],
    en: ['the sheet {name} was not read, the dialect names another', 'nothing to do if that is meant'],
  },
  rows_hidden: {
    fr: [
      '{count} lignes masquées ou filtrées ont été lues comme les autres (la première est la ligne {line})',
      'supprimez-les si elles ne doivent pas compter',
    ],
    en: [
      '{count} lines that are hidden or filtered out were read like the others (the first is line {line})',
      'delete them if they must not count',
    ],
  },
  bytes_in_other_encoding: {
    fr: [
      '{count} lignes ne sont pas en UTF-8 comme les autres (la première est la ligne {line}) ; elles ont été lues en Windows-1252',
      'vérifiez leurs lettres accentuées',
    ],
    en: [
      '{count} lines are not UTF-8 as the others are (the first is line {line}); they were read as Windows-1252',
      'check their accented letters',
    ],
  },
} as const satisfies Record<string, Message>;

export interface Remark {
  readonly code: string;
  readonly said: Said;
}

export function remark(code: keyof typeof TABLE_REMARKS, params: Params = {}): Remark {
  return { code, said: said(TABLE_REMARKS[code], params) };
}
