import { MIMEType } from 'node:util';
import type { RequestHandler } from 'express';
import { Problem } from './problem.js';

/** Character sets whose bytes are UTF-8. */
const UTF8 = new Set(['', 'utf-8', 'utf8', 'us-ascii', 'ascii']);

/** A media type as everybody compares it: lower case, without parameters; undefined where it is none. */
export function mediaTypeOf(contentType: string | undefined): string | undefined {
  return parsed(contentType)?.essence.toLowerCase();
}

/** The character set that a content type names and that is not UTF-8; undefined where there is none. */
export function foreignCharsetOf(contentType: string | undefined): string | undefined {
  const charset = parsed(contentType)?.params.get('charset') ?? '';
  return UTF8.has(charset.toLowerCase()) ? undefined : charset;
}

function parsed(contentType: string | undefined): MIMEType | undefined {
  if (!contentType) return undefined;
  try {
    return new MIMEType(contentType);
  } catch {
    return undefined;
  }
}

/** Reads `Content-Type` once, for all who look at it later: `Application/JSON;charset="UTF-8"` becomes `application/json`. */
export function readContentType(): RequestHandler {
  return (request, _response, next) => {
    const said = request.headers['content-type'];
    if (said === undefined) return next();
    const type = mediaTypeOf(said);
    if (!type)
      return next(
        new Problem(415, 'http-415', 'Media type not supported', {
          detail: `Content-Type is "${said.slice(0, 100)}", which is no media type; send one such as application/json`,
          french: `le Content-Type est «\u00a0${said.slice(0, 100)}\u00a0», ce qui n’en est pas un\u00a0: envoyez-en un, par exemple application/json`,
        }),
      );
    // What is no JSON keeps its parameters: a form's boundary, a file's character set.
    if (!type.endsWith('json')) return next();
    const charset = foreignCharsetOf(said);
    if (charset !== undefined)
      return next(
        new Problem(415, 'charset-unsupported', 'JSON is read in UTF-8', {
          detail: `Content-Type says charset=${charset.slice(0, 40)}; encode the body in UTF-8 and leave the charset out`,
          french: `le Content-Type dit charset=${charset.slice(0, 40)}\u00a0: encodez en UTF-8 et ôtez ce charset`,
        }),
      );
    request.headers['content-type'] = type;
    next();
  };
}
