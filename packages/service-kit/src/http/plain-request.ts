import { textFault } from '@gpect/domain-values/text';
import type { RequestHandler } from 'express';
import { Problem, type SaidFault } from './problem.js';
import { correlationFault } from './trace-headers.js';

/** Headers that we keep or pass on. Node reads their bytes as ISO-8859-1, other readers otherwise: ASCII alone is plain. */
const KEPT =
  /^(idempotency-key|x-correlation-id|traceparent|tracestate|upload-metadata|upload-length|upload-offset|ce-.*)$/;

/** Headers of which one alone can count (RFC 9110, and our own): of two, who reads first would decide for whom a request is. */
const ONCE = new Set([
  ...['authorization', 'proxy-authorization', 'host', 'content-type', 'content-length', 'content-location'],
  ...['content-disposition', 'content-range', 'range', 'if-range', 'if-modified-since', 'if-unmodified-since', 'date'],
  ...['from', 'referer', 'user-agent', 'origin', 'max-forwards', 'idempotency-key', 'x-correlation-id'],
  ...['tus-resumable', 'upload-length', 'upload-offset', 'upload-metadata', 'upload-defer-length'],
]);

/**
 * Refuses a request whose path, query or headers hold what no text of ours holds: escapes that are no UTF-8 (`%ff`, which
 * would become U+FFFD), control characters, halves of surrogate pairs; one with two of a header that can stand
 * once alone, though both say the same; and one with brackets in the name of a parameter.
 */
export function requirePlainText(): RequestHandler {
  return (request, _response, next) => {
    const [path = '', query = ''] = request.url.split(/\?(.*)/s, 2);
    const repeated = repeatedIn(request.rawHeaders);
    const faults = [
      ...path.split('/').flatMap((part) => faultOfPart(part, { in: 'path' })),
      ...query.split('&').flatMap((pair) => {
        const [name = ''] = pair.split('=', 1);
        const place = { in: 'query', parameter: name } as const;
        return [
          ...faultOfPart(pair.replaceAll('+', ' '), place),
          ...(/\[|%5b/i.test(name) ? [{ ...place, ...NO_BRACKETS }] : []),
        ];
      }),
      ...repeated.map((parameter): SaidFault => ({ in: 'header', parameter, ...SEND_ONCE })),
      ...Object.entries(request.headers).flatMap(([parameter, value]) =>
        KEPT.test(parameter) && !repeated.includes(parameter)
          ? faultOfHeader(String(value), { in: 'header', parameter })
          : [],
      ),
    ];
    next(faults.length > 0 ? new Problem(400, 'malformed', 'Malformed request', { errors: faults }) : undefined);
  };
}

/** No parameter of ours has one; the contract's validator would make an object of it, under the name of another. */
const NO_BRACKETS = {
  detail: 'a parameter has no brackets: write its name alone, several values separated by commas',
  french: 'un paramètre n’a pas de crochets : écrivez son nom seul, plusieurs valeurs séparées par des virgules',
};

const SEND_ONCE = {
  detail: 'it stands more than once: send it once',
  french: 'il est donné plusieurs fois\u00a0: ne l’envoyez qu’une fois',
};

/** @param raw names and values in turn, as they came */
function repeatedIn(raw: readonly string[]): string[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]?.toLowerCase() ?? '';
    if (seen.has(name) && ONCE.has(name)) repeated.add(name);
    seen.add(name);
  }
  return [...repeated];
}

type Place = Pick<SaidFault, 'in' | 'parameter'>;

function faultOfPart(part: string, place: Place): SaidFault[] {
  if (!part.includes('%')) return [];
  let said: string;
  try {
    said = decodeURIComponent(part);
  } catch {
    return [
      {
        ...place,
        detail: `${part.slice(0, 100)} has an escape that is no UTF-8: write %XX for each byte of UTF-8`,
        french: `${part.slice(0, 100)} a un échappement qui n’est pas de l’UTF-8\u00a0: écrivez %XX pour chaque octet d’UTF-8`,
      },
    ];
  }
  const fault = textFault(said, 'one');
  return fault ? [{ ...place, detail: fault, french: textFault(said, 'one', 'fr') ?? fault }] : [];
}

function faultOfHeader(value: string, place: Place): SaidFault[] {
  if (!/^[\u0020-\u007e]*$/.test(value))
    return [
      {
        ...place,
        detail: `${place.parameter} has a character beyond ASCII: write %XX for each byte of UTF-8`,
        french: `${place.parameter} a un caractère hors ASCII\u00a0: écrivez %XX pour chaque octet d’UTF-8`,
      },
    ];
  const fault = place.parameter === 'x-correlation-id' ? correlationFault(value) : undefined;
  return fault
    ? [{ ...place, detail: `${place.parameter} ${fault.detail}`, french: `${place.parameter} ${fault.french}` }]
    : [];
}
