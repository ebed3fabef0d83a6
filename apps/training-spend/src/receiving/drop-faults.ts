import type { Message } from '@gpect/tabular-files/messages';

/** Why something in the drop folder is not taken; said once, in the log and beside it. */
export const DROP_FAULTS = {
  not_a_file: {
    fr: ['ce n’est pas un fichier, mais un dossier, un lien ou autre chose', 'déposez le fichier lui-même'],
    en: ['it is no file, but a folder, a link or something else', 'put the file itself there'],
  },
  file_name: {
    fr: [
      'le nom du fichier n’en est pas un : il est vide, trop long (plus de 255 caractères), n’est pas en UTF-8, ou contient un caractère de contrôle',
      'renommez-le',
    ],
    en: [
      'the name of the file is none: it is blank, too long (more than 255 characters), not UTF-8, or holds a control character',
      'rename it',
    ],
  },
  file_unreadable: {
    fr: ['le fichier ne peut pas être lu ({why})', 'donnez le droit de le lire, ou déposez-le de nouveau'],
    en: ['the file cannot be read ({why})', 'give the right to read it, or put it there again'],
  },
  folder_unreadable: {
    fr: ['le dossier ne peut pas être lu ({why})', 'donnez le droit de le lire'],
    en: ['the folder cannot be read ({why})', 'give the right to read it'],
  },
  file_not_moved: {
    fr: [
      'le fichier est pris, mais ne peut pas être rangé dans « pris » ({why})',
      'donnez le droit d’écrire dans le dossier ; inutile de le renvoyer',
    ],
    en: [
      'the file is taken, but cannot be put into "pris" ({why})',
      'give the right to write in the folder; there is no need to send it again',
    ],
  },
  upload_quota: {
    fr: ['le quota d’envois du jour est atteint', 'laissez le fichier là : il sera pris à partir de minuit'],
    en: ['the quota of the day is used up', 'leave the file there: it is taken from midnight on'],
  },
  file_too_large: {
    fr: ['le fichier est plus grand que ce qui est pris en une fois', 'partagez-le en plusieurs fichiers'],
    en: ['the file is larger than what is taken at once', 'send it in several files'],
  },
  not_taken: {
    fr: [
      'le fichier n’a pas pu être pris, par une faute qui n’est pas la vôtre',
      'laissez-le là : il est essayé de nouveau',
    ],
    en: ['the file could not be taken, by a fault that is not yours', 'leave it there: it is tried again'],
  },
} as const satisfies Record<string, Message>;

export type DropFaultCode = keyof typeof DROP_FAULTS;

/** Something in the drop folder is not taken now; everything else is. */
export class NotTaken extends Error {
  constructor(
    readonly code: DropFaultCode,
    /** What the system says of it. */
    readonly why = '',
    cause?: unknown,
  ) {
    super(`${code}${why ? ` (${why})` : ''}`, { cause });
  }
}

/** What a call to the file system says is wrong: its code, which operators know. */
export function codeOf(error: unknown): string | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === undefined ? undefined : code;
}
