import { textFault } from '@gpect/domain-values/text';
import type { RequestHandler } from 'express';
import { Problem, type ProblemFault } from './problem.js';
import { correlationFault } from './trace-headers.js';

/** Headers that we keep or pass on. Node reads their bytes as ISO-8859-1, other readers otherwise: ASCII alone is plain. */
const KEPT =
  /^(idempotency-key|x-correlation-id|traceparent|tracestate|upload-metadata|upload-length|upload-offset|ce-.*)$/;

/**
 * Refuses a request whose path, query or headers hold what no text of ours holds: escapes that are no UTF-8 (`%ff`, which
 * would become U+FFFD), control characters, halves of surrogate pairs.
 */
export function requirePlainText(): RequestHandler {
  return (request, _response, next) => {
    const [path = '', query = ''] = request.url.split(/\?(.*)/s, 2);
    const faults = [
      ...path.split('/').flatMap((part) => faultOfPart(part, { in: 'path' })),
      ...query.split('&').flatMap((pair) => {
        const [name = ''] = pair.split('=', 1);
        return faultOfPart(pair.replaceAll('+', ' '), { in: 'query', parameter: name });
      }),
      ...Object.entries(request.headers).flatMap(([parameter, value]) =>
        KEPT.test(parameter) ? faultOfHeader(String(value), { in: 'header', parameter }) : [],
      ),
    ];
    next(faults.length > 0 ? new Problem(400, 'malformed', 'Malformed request', { errors: faults }) : undefined);
  };
}

type Place = Pick<ProblemFault, 'in' | 'parameter'>;

function faultOfPart(part: string, place: Place): ProblemFault[] {
  if (!part.includes('%')) return [];
  let said: string;
  try {
    said = decodeURIComponent(part);
  } catch {
    return [
      { ...place, detail: `${part.slice(0, 100)} has an escape that is no UTF-8: write %XX for each byte of UTF-8` },
    ];
  }
  const fault = textFault(said, 'one');
  return fault ? [{ ...place, detail: fault }] : [];
}

function faultOfHeader(value: string, place: Place): ProblemFault[] {
  if (!/^[\u0020-\u007e]*$/.test(value))
    return [{ ...place, detail: `${place.parameter} has a character beyond ASCII: write %XX for each byte of UTF-8` }];
  const fault = place.parameter === 'x-correlation-id' ? correlationFault(value) : undefined;
  return fault ? [{ ...place, detail: `${place.parameter} ${fault}` }] : [];
}
