import { HEADER, NAME, VISIBLE } from './text.js';

const URL =
  "^https?://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?(/([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?([?]([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?(#([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$";

/** What each pattern asks for: in English as the end of a sentence that begins with what was sent, in French what to do. */
const WORDS: ReadonlyMap<string, readonly [english: string, french: string]> = new Map([
  [
    NAME,
    [
      'must be one line, and something of it seen: it is blank, or has a tab or a line break',
      'écrivez-le sur une ligne, sans tabulation ni saut de ligne, avec quelque chose de visible',
    ],
  ],
  [
    HEADER,
    [
      'must be of ASCII characters that are seen, with spaces between',
      'écrivez des caractères ASCII visibles, séparés par des espaces',
    ],
  ],
  [VISIBLE, ['must hold something that is seen: it is blank', 'écrivez quelque chose de visible\u00a0: il est blanc']],
  [
    URL,
    [
      'must be an address that begins with http:// or https:// and a host by its name or its IPv4 address (an IPv6 address is not taken, nor a user); beyond ASCII and for blanks write %XX',
      'donnez une adresse qui commence par http:// ou https:// et un hôte par son nom ou son adresse IPv4 (ni IPv6 ni utilisateur)\u00a0; hors ASCII et pour les blancs, écrivez %XX',
    ],
  ],
  ['^[0-9]{14}$', ['must be a SIRET: 14 digits, without spaces', 'donnez un SIRET\u00a0: 14 chiffres, sans espaces']],
  ['^[0-9]{9}$', ['must be a SIREN: 9 digits, without spaces', 'donnez un SIREN\u00a0: 9 chiffres, sans espaces']],
  [
    '^[0-9]{2}\\.[0-9]{2}[A-Z]$',
    [
      'must be a subclass of the NAF, such as 25.62B or 62.10Y',
      'donnez une sous-classe de la NAF, par exemple 25.62B ou 62.10Y',
    ],
  ],
  [
    '^(2025-)?[A-V]$',
    [
      'must be a section of NAF rev. 2, one letter from A to U, or of NAF 2025, such as 2025-T',
      'donnez une section de la NAF rév. 2, une lettre de A à U, ou de la NAF 2025, par exemple 2025-T',
    ],
  ],
  [
    '^[0-9AB]{5}$',
    [
      'must be the INSEE code of a commune: 5 digits, such as 62041 (2A004 in Corsica)',
      'donnez le code INSEE d’une commune\u00a0: 5 chiffres, par exemple 62041 (2A004 en Corse)',
    ],
  ],
  [
    '^[A-Z][A-Z0-9_]{0,39}$',
    [
      'must be a kind of organisation: capitals, digits and underscores, such as FRANCE_TRAVAIL',
      'donnez une nature d’organisme\u00a0: des capitales, des chiffres et des tirets bas, par exemple FRANCE_TRAVAIL',
    ],
  ],
  [
    '^[0-9]{2,5}$',
    [
      'must be the number of an employment zone: 2 to 5 digits, such as 3121',
      'donnez le numéro d’une zone d’emploi\u00a0: 2 à 5 chiffres, par exemple 3121',
    ],
  ],
  ['^[0-9]{4}-(0[1-9]|1[0-2])$', ['must be a month, such as 2010-05', 'donnez un mois, par exemple 2010-05']],
  ['^([01][0-9]|2[0-3]):[0-5][0-9]$', ['must be a time of day, such as 09:30', 'donnez une heure, par exemple 09:30']],
  [
    '^[a-z0-9][a-z0-9-]{0,79}$',
    [
      'must be a code: at most 80 lower-case letters, digits and hyphens, the first no hyphen',
      'donnez un code\u00a0: au plus 80 minuscules, chiffres et tirets, le premier n’étant pas un tiret',
    ],
  ],
  [
    '^[a-z0-9][a-z0-9-]{0,79}\\*?$',
    [
      'must be a code (at most 80 lower-case letters, digits and hyphens, the first no hyphen), or its beginning with * behind it',
      'donnez un code (au plus 80 minuscules, chiffres et tirets, le premier n’étant pas un tiret), ou son début suivi de *',
    ],
  ],
  [
    '^[^\\s/][^/]*$',
    ['must begin with no blank, and hold no slash', 'ne commencez pas par un blanc, et n’écrivez pas de barre oblique'],
  ],
  [
    '^[A-Z][A-Z0-9_]{0,29}$',
    [
      'must be at most 30 capitals, digits and _, a letter first',
      'écrivez au plus 30 majuscules, chiffres et _, une lettre d’abord',
    ],
  ],
  [
    '^[A-Z][A-Z_]{1,59}$',
    ['must be 2 to 60 capitals and _, a letter first', 'écrivez 2 à 60 majuscules et _, une lettre d’abord'],
  ],
  [
    '^[a-z][a-z_]{0,39}$',
    [
      'must be at most 40 lower-case letters and _, a letter first',
      'écrivez au plus 40 minuscules et _, une lettre d’abord',
    ],
  ],
  [
    '^[a-z][a-z0-9_]{0,59}$',
    [
      'must be at most 60 lower-case letters, digits and _, a letter first',
      'écrivez au plus 60 minuscules, chiffres et _, une lettre d’abord',
    ],
  ],
  [
    '^[a-z_]+(,[a-z_]+)*$',
    [
      'must be names of lower-case letters and _, with commas between and no blanks',
      'écrivez des noms en minuscules et _, séparés par des virgules, sans blancs',
    ],
  ],
  [
    '^[0-9a-f]{32}$',
    [
      'must be an identifier as it was given: 32 hexadecimal digits in lower case',
      'donnez l’identifiant tel qu’il a été donné\u00a0: 32 chiffres hexadécimaux en minuscules',
    ],
  ],
  [
    '^[0-9a-f]{64}$',
    [
      'must be a SHA-256: 64 hexadecimal digits in lower case',
      'donnez un SHA-256\u00a0: 64 chiffres hexadécimaux en minuscules',
    ],
  ],
  [
    '^[A-Za-z0-9_-]{43}\\.ics$',
    [
      'must be the calendar as its address gives it: 43 characters and .ics',
      'donnez l’agenda comme le nomme son adresse\u00a0: 43 caractères et .ics',
    ],
  ],
  [
    '^[A-Za-z0-9._-]+/[0-9]{1,9}$',
    [
      'must be a topic, a slash and the number of a partition: gpect.enrolment.events/0',
      'donnez un topic, une barre oblique et le numéro d’une partition\u00a0: gpect.enrolment.events/0',
    ],
  ],
  [
    '^[^/\\\\]+$',
    [
      'must be the name of a file without folders: no slash of either kind',
      'donnez le nom d’un fichier sans dossier\u00a0: aucune barre oblique, dans un sens ou dans l’autre',
    ],
  ],
  [
    '^[A-Za-z0-9+/]+={0,2}$',
    [
      'must be base64 (RFC 4648), without blanks and line breaks',
      'donnez du base64 (RFC 4648), sans blancs ni sauts de ligne',
    ],
  ],
] as const);

/** Of a pattern that has no words; a test of the contracts finds each. */
export const OTHER_FORM = 'has another form than its contract asks for';

/** What a validator's sentence asks for, where it only repeats a pattern: nobody is told one as it is. Pure. */
export function patternInWords(sentence: string): string | undefined {
  const [, pattern] = /^must match pattern "(.*)"$/su.exec(sentence) ?? [];
  return pattern === undefined ? undefined : (WORDS.get(pattern)?.[0] ?? OTHER_FORM);
}

/** What to do where a pattern is not kept, in French; undefined of one that has no words. Pure. */
export function patternInFrench(pattern: string): string | undefined {
  return WORDS.get(pattern)?.[1];
}
