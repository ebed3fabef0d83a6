import { faultInFrench, ruleOfSentence } from '@gpect/contracts/faults-in-french';
import { pointerTo, stepsOf } from '@gpect/domain-values/json-pointer';
import { patternInWords } from '@gpect/domain-values/pattern-words';
import { own } from '@gpect/domain-values/records';
import type { Request } from 'express';
import { isOfBrokers } from '../kafka/kafka-fault.js';
import { isDiskFull, isTransient } from '../mongo/transaction.js';
import { dayDetail } from './day-format.js';
import { MOST_BYTES } from './json-problem.js';
import { Problem, type ProblemFault, type SaidFault } from './problem.js';
import type { Title } from './titles.js';

const TITLES: Readonly<Record<number, Title>> = {
  400: 'Malformed request',
  401: 'No valid token',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  413: 'Too large',
  415: 'Media type not supported',
};

/** An error of the contract's validator, of Express or of its parser of bodies. */
interface HttpError {
  readonly status?: number;
  readonly type?: string;
  /** Of zlib: `Z_DATA_ERROR`. */
  readonly code?: unknown;
  readonly path?: string;
  readonly message?: string;
  readonly errors?: readonly ValidatorFault[];
  readonly limit?: number;
  readonly length?: number;
}

interface ValidatorFault {
  readonly path?: string;
  readonly message: string;
  /** The keyword that is broken and `.openapi.validation`; missing where it is no schema that is broken. */
  readonly errorCode?: string;
}

/** What went wrong with a request, as problem details. */
export function problemOfError(error: unknown, request: Request): Problem {
  if (error instanceof Problem) return error;
  if (isDiskFull(error))
    return new Problem(507, 'disk-full', 'There is no room to keep it', {
      detail: 'nothing was done; operations are told: send it again later, with the same Idempotency-Key',
      french:
        'rien n’a été fait\u00a0; l’exploitation est prévenue\u00a0: renvoyez plus tard, avec la même Idempotency-Key',
    });
  if (isTransient(error))
    return new Problem(503, 'try-again', 'The database cannot be reached now', {
      detail: 'nothing was done; send it again with the same Idempotency-Key',
      french: 'rien n’a été fait\u00a0: renvoyez la demande avec la même Idempotency-Key',
    });
  if (isOfBrokers(error))
    return new Problem(503, 'try-again', 'The brokers do not answer now', {
      detail: 'nothing was done; send it again in a moment',
      french: 'rien n’a été fait\u00a0: renvoyez la demande dans un instant',
    });
  const { status, message, type, code, errors = [], limit = MOST_BYTES, length } = error as HttpError;
  if (typeof status !== 'number' || status >= 500)
    return new Problem(500, 'internal', 'Something went wrong on our side');
  const faults = errors.map((fault) => faultOf(fault, request));
  const ofStatus = status === 413 ? tooLarge(limit, length) : ofMediaType(status, request);
  const said = ofBody(type ?? code, request) ?? ofStatus ?? ofWhole(message, faults);
  return new Problem(status, status === 400 ? 'malformed' : `http-${status}`, TITLES[status] ?? 'Refused', {
    ...said,
    ...(faults.length > 0 ? { errors: faults } : {}),
  });
}

interface Said {
  readonly detail: string;
  readonly french: string;
}

function tooLarge(limit: number, length: number | undefined): Said {
  const [has, a] = length === undefined ? ['more', 'plus'] : [`${length} bytes, more`, `${length} octets, plus`];
  return {
    detail: `the body has ${has} than the ${limit} bytes that are taken: send less at once`,
    french: `le corps de la demande a ${a} que les ${limit} octets admis\u00a0: envoyez-en moins à la fois`,
  };
}

/** What is said of the whole: the validator's own sentence, in French the first of its faults. */
function ofWhole(message: string | undefined, faults: readonly SaidFault[]): Said | undefined {
  if (!message) return undefined;
  const told = faults.slice(0, 3).flatMap(({ french }) => french ?? []);
  const more = faults.length - told.length;
  if (faults.length === 0) return { detail: message, french: ofNoFault(message) };
  return { detail: message, french: [...told, ...(more > 0 ? [`et ${more} de plus`] : [])].join(' ; ') };
}

/** What Express says of a request that no contract was asked about. */
function ofNoFault(message: string): string {
  return message.startsWith('Failed to decode param')
    ? 'l’adresse contient un échappement qui n’est pas de l’UTF-8\u00a0: écrivez %XX pour chacun de ses octets'
    : 'la demande ne peut pas être lue\u00a0: comparez-la avec le contrat de l’API';
}

/** Why the bytes of a body cannot be had, by the reader's own kinds. */
function ofBody(kind: unknown, { headers }: Request): Said | undefined {
  const encoding = (headers['content-encoding'] ?? '').slice(0, 100);
  if (kind === 'encoding.unsupported')
    return {
      detail: `Content-Encoding is ${encoding}; this takes gzip, deflate, br, or a body that is not packed`,
      french: `le Content-Encoding est ${encoding}\u00a0: envoyez en gzip, deflate ou br, ou sans compression`,
    };
  if (/^(?:Z_|ERR_(?:_ERROR|PADDING|BROTLI|ZLIB))/.test(String(kind)))
    return {
      detail: `the body is not ${encoding}, as its Content-Encoding says, or is broken: pack it again, or send it as it is`,
      french: `le corps n’est pas en ${encoding} comme le dit son Content-Encoding, ou il est abîmé\u00a0: compressez-le de nouveau, ou envoyez-le tel quel`,
    };
  if (kind === 'request.aborted')
    return {
      detail: 'the request ended before its body was whole: send it again',
      french: 'la demande s’est arrêtée avant la fin de son corps\u00a0: renvoyez-la',
    };
  if (kind === 'request.size.invalid')
    return {
      detail: 'the body has another size than its Content-Length says: correct it, or leave it out',
      french: 'le corps n’a pas la taille que dit son Content-Length\u00a0: corrigez-la, ou ôtez-la',
    };
  return undefined;
}

function faultOf({ path, message, errorCode }: ValidatorFault, request: Request): SaidFault {
  const place = placeOf(path, request.body);
  const keyword = errorCode?.split('.', 1)[0];
  return {
    ...place,
    detail: patternInWords(message) ?? dayDetail(message),
    french: keyword
      ? faultInFrench(subjectOf(place), ruleOfSentence(keyword, message), valueAt(path, request))
      : ofNoSchema(message),
  };
}

/** What the validator finds otherwise than by a schema, by the beginning of its sentence. */
const OF_NO_SCHEMA: readonly [sentence: RegExp, french: string][] = [
  [
    /^Unknown query parameter '(.*)'$/s,
    'le paramètre «\u00a0{}\u00a0» n’est pas prévu\u00a0: retirez-le, ou corrigez son nom',
  ],
  [
    /^Empty value found for query parameter '(.*)'$/s,
    'le paramètre «\u00a0{}\u00a0» est vide\u00a0: donnez sa valeur, ou retirez-le',
  ],
  [
    /^Parameter '(.*)' must be url encoded/s,
    'le paramètre «\u00a0{}\u00a0» contient des signes réservés\u00a0: écrivez %XX à leur place',
  ],
  [
    /^unsupported media type (.*)$/s,
    'le type de contenu «\u00a0{}\u00a0» n’est pas admis\u00a0: envoyez-en un du contrat',
  ],
  [/^not found$/, 'cette adresse n’existe pas\u00a0: comparez-la avec le contrat de l’API'],
  [/^(\w+) method not allowed$/, 'cette adresse ne prend pas {}\u00a0: comparez avec le contrat de l’API'],
];

function ofNoSchema(message: string): string {
  for (const [sentence, french] of OF_NO_SCHEMA) {
    const found = sentence.exec(message);
    if (found) return french.replace('{}', () => found[1] ?? '');
  }
  return `la demande ne suit pas le contrat de l’API (${message})\u00a0: comparez-la avec lui`;
}

const SUBJECTS = { query: 'le paramètre', path: 'l’élément d’adresse', header: 'l’en-tête' } as const;

/** What is at fault, with its article. */
function subjectOf({ in: place, parameter, pointer = '' }: Omit<ProblemFault, 'detail'>): string {
  if (place) return `${SUBJECTS[place]} «\u00a0${parameter}\u00a0»`;
  const name = stepsOf(pointer).join(' / ');
  return name ? `le champ «\u00a0${name}\u00a0»` : 'le contenu';
}

/** What was sent there; undefined where nothing was, or where it is no body and no parameter of the address. */
function valueAt(path: string | undefined, { body, query, params }: Request): unknown {
  let at: unknown = { body: body as unknown, query, params };
  for (const step of stepsOf(path ?? ''))
    at = typeof at === 'object' && at !== null ? own(at as Record<string, unknown>, step) : undefined;
  return at;
}

interface Matched {
  readonly openapi?: { readonly schema?: { readonly requestBody?: { readonly content?: object } } };
}

/** Of a media type that is not taken: those that are. */
function ofMediaType(status: number, request: Request): Said | undefined {
  const taken = Object.keys((request as Matched).openapi?.schema?.requestBody?.content ?? {});
  if (status !== 415 || taken.length === 0) return undefined;
  const said = request.headers['content-type'];
  return {
    detail: `${said ? `Content-Type is ${said.slice(0, 100)}` : 'there is no Content-Type'}; this takes ${taken.join(', ')}`,
    french: `${said ? `le Content-Type est ${said.slice(0, 100)}` : 'il n’y a pas de Content-Type'}\u00a0: envoyez ${taken.join(' ou ')}`,
  };
}

const PLACES: ReadonlyMap<string, 'query' | 'header' | 'path'> = new Map([
  ['query', 'query'],
  ['headers', 'header'],
  ['params', 'path'],
] as const);

/** Where the validator found a fault: a pointer into the body, or a parameter. */
function placeOf(path: string | undefined, body: unknown): Omit<ProblemFault, 'detail'> {
  const [root = '', ...steps] = (path ?? '').split('/').slice(1);
  if (root === 'body') return { pointer: pointerOf(steps, body) };
  const place = PLACES.get(root);
  return place && steps.length > 0 ? { in: place, parameter: stepsOf(`/${steps.join('/')}`).join('/') } : {};
}

/** The validator puts the name of a field that should not be there behind its path as it is, slashes and all. */
function pointerOf(steps: readonly string[], body: unknown): string {
  let at = body;
  for (const [i, step] of steps.entries()) {
    const [name = ''] = stepsOf(`/${step}`);
    const isInside = typeof at === 'object' && at !== null;
    const rest = steps.slice(i).join('/');
    if (isInside && !Object.hasOwn(at as object, name) && Object.hasOwn(at as object, rest))
      return pointerTo(...stepsOf(`/${steps.slice(0, i).join('/')}`).filter(() => i > 0), rest);
    at = isInside ? own(at as Record<string, unknown>, name) : undefined;
  }
  return steps.map((step) => `/${step}`).join('');
}
