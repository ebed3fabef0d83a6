import { HEADER, NAME, VISIBLE } from './text.js';

const URL =
  "^https?://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?(/([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?([?]([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?(#([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$";

/** What each pattern of the contracts asks for, as the end of a sentence that begins with what was sent. */
const WORDS: ReadonlyMap<string, string> = new Map([
  [NAME, 'must be one line, and something of it seen: it is blank, or has a tab or a line break'],
  [HEADER, 'must be of ASCII characters that are seen, with spaces between'],
  [VISIBLE, 'must hold something that is seen: it is blank'],
  [
    URL,
    'must be an address that begins with http:// or https:// and a host by its name or its IPv4 address (an IPv6 address is not taken, nor a user); beyond ASCII and for blanks write %XX',
  ],
  ['^[0-9]{14}$', 'must be a SIRET: 14 digits, without spaces'],
  ['^[0-9]{9}$', 'must be a SIREN: 9 digits, without spaces'],
  ['^[0-9]{2}\\.[0-9]{2}[A-Z]$', 'must be a subclass of the NAF, such as 25.62B'],
  ['^[A-U]$', 'must be a section of the NAF: one letter from A to U'],
  ['^[0-9AB]{5}$', 'must be the INSEE code of a commune: 5 digits, such as 62041 (2A004 in Corsica)'],
  ['^[0-9]{4}-(0[1-9]|1[0-2])$', 'must be a month, such as 2010-05'],
  ['^([01][0-9]|2[0-3]):[0-5][0-9]$', 'must be a time of day, such as 09:30'],
  [
    '^[a-z0-9][a-z0-9-]{0,79}$',
    'must be a code: at most 80 lower-case letters, digits and hyphens, the first no hyphen',
  ],
  [
    '^[a-z0-9][a-z0-9-]{0,79}\\*?$',
    'must be a code (at most 80 lower-case letters, digits and hyphens, the first no hyphen), or its beginning with * behind it',
  ],
  ['^[^\\s/][^/]*$', 'must begin with no blank, and hold no slash'],
  ['^[A-Z][A-Z0-9_]{0,29}$', 'must be at most 30 capitals, digits and _, a letter first'],
  ['^[A-Z][A-Z_]{1,59}$', 'must be 2 to 60 capitals and _, a letter first'],
  ['^[a-z][a-z_]{0,39}$', 'must be at most 40 lower-case letters and _, a letter first'],
  ['^[a-z][a-z0-9_]{0,59}$', 'must be at most 60 lower-case letters, digits and _, a letter first'],
  ['^[a-z_]+(,[a-z_]+)*$', 'must be names of lower-case letters and _, with commas between and no blanks'],
  ['^[0-9a-f]{32}$', 'must be an identifier as it was given: 32 hexadecimal digits in lower case'],
  ['^[0-9a-f]{64}$', 'must be a SHA-256: 64 hexadecimal digits in lower case'],
  ['^[A-Za-z0-9_-]{43}\\.ics$', 'must be the calendar as its address gives it: 43 characters and .ics'],
  ['^[A-Za-z0-9._-]+/[0-9]{1,9}$', 'must be a topic, a slash and the number of a partition: gpect.enrolment.events/0'],
  ['^[^/\\\\]+$', 'must be the name of a file without folders: no slash of either kind'],
  ['^[A-Za-z0-9+/]+={0,2}$', 'must be base64 (RFC 4648), without blanks and line breaks'],
]);

/** Of a pattern that has no words; a test of the contracts finds each. */
export const OTHER_FORM = 'has another form than its contract asks for';

/** What a validator's sentence asks for, where it only repeats a pattern: nobody is told one as it is. Pure. */
export function patternInWords(sentence: string): string | undefined {
  const [, pattern] = /^must match pattern "(.*)"$/su.exec(sentence) ?? [];
  return pattern === undefined ? undefined : (WORDS.get(pattern) ?? OTHER_FORM);
}
