import { BOUND_ROLES } from '@gpect/contracts/bound-roles';
import { own } from '@gpect/domain-values/records';
import { isBlank } from '@gpect/domain-values/text';
import type { JWTHeaderParameters, JWTPayload } from 'jose';
import type { Caller } from './caller.js';

/** Claims that say for whom a bound role acts; each is a code or several. */
const CODE_CLAIMS = Object.keys(BOUND_ROLES);
/** The key that the development issuer signs with, whatever address it has; its tokens say so too. */
const DEVELOPMENT_KEY = 'development';
/** Types of token that are meant for an API (RFC 7519, RFC 9068); an issuer may give none. */
const TYPES = ['jwt', 'at+jwt'];

const LONGEST = 255;
const MOST = 1000;
/** What may stand in a name or code: no blank at its ends, no control character, no half of one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is refused
const PLAIN = /^(?!\s)[^\u0000-\u001f\u007f\p{Surrogate}]+(?<!\s)$/u;

/** Claims that are instants (RFC 7519), in seconds since 1970. */
const INSTANT_CLAIMS = ['exp', 'iat', 'nbf'] as const;
/** The last second of the year 9999. */
const LAST = 253_402_300_799;

/** A claim that cannot be taken for what it should be. */
export class ClaimUnreadable extends Error {
  constructor(
    message: string,
    readonly french: string,
  ) {
    super(message);
  }
}

/** Who a verified token speaks for. @throws ClaimUnreadable */
export function callerIn(payload: JWTPayload, header: JWTHeaderParameters, development: boolean): Caller {
  const { typ } = header;
  if (typ !== undefined && !TYPES.includes(typ.toLowerCase().replace(/^application\//, '')))
    throw new ClaimUnreadable(
      `a token of the type "${typ}" is no access token`,
      `un jeton de type «\u00a0${typ}\u00a0» n’est pas un jeton d’accès`,
    );
  if (!development && (header.kid === DEVELOPMENT_KEY || payload['development'] !== undefined))
    throw new ClaimUnreadable(
      'this is a token of the development issuer, which is not taken here',
      'c’est un jeton de développement, qui n’est pas admis ici',
    );
  for (const claim of INSTANT_CLAIMS)
    if (payload[claim] !== undefined && instantOf(payload[claim]) === undefined)
      throw new ClaimUnreadable(
        `the claim ${claim} must be a whole number of seconds since 1970, up to the year 9999`,
        `«\u00a0${claim}\u00a0» doit être un nombre entier de secondes depuis 1970, jusqu’à l’an 9999`,
      );
  const { sub } = payload;
  if (!isPlain(sub))
    throw new ClaimUnreadable(
      'the claim sub must name who asks, in at most 255 characters',
      '«\u00a0sub\u00a0» doit nommer qui demande, en 255 caractères au plus',
    );
  return {
    subject: sub,
    roles: textsOf('roles', payload['roles']),
    codes: Object.fromEntries(CODE_CLAIMS.map((claim) => [claim, textsOf(claim, own(payload, claim))])),
    programmes: textsOf('programmes', payload['programmes']),
  };
}

/** An instant as a claim gives it, as RFC 3339 writes it; undefined where it is none. */
export function instantOf(claim: unknown): string | undefined {
  const isOne = typeof claim === 'number' && Number.isInteger(claim) && claim >= 0 && claim <= LAST;
  return isOne ? new Date(claim * 1000).toISOString() : undefined;
}

/** A text or several. Whatever else a claim holds is refused whole: half of a claim is not what was meant. */
function textsOf(name: string, claim: unknown): string[] {
  if (claim === undefined || claim === null) return [];
  const all: unknown[] = Array.isArray(claim) ? claim : [claim];
  if (all.length <= MOST && all.every(isPlain)) return [...new Set(all)];
  throw new ClaimUnreadable(
    `the claim ${name} must be a text or a list of at most ${MOST} texts, of at most ${LONGEST} characters each`,
    `«\u00a0${name}\u00a0» doit être un texte ou une liste d’au plus ${MOST} textes, d’au plus ${LONGEST} caractères chacun`,
  );
}

function isPlain(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST && PLAIN.test(value) && !isBlank(value);
}
