import type { Chances } from './chances.js';

/** An event that keeps its contract, to begin from. */
export interface RightEvent {
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly data: object;
}

/** A request to the partners' endpoint, as bytes and headers. */
export interface ForeignRequest {
  readonly contentType: string | undefined;
  /** Attributes of binary mode; a name may be there more than once. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

type Json = Record<string, unknown>;

const WILD_TEXTS = [
  '',
  ' ',
  '\u00a0\u200b',
  '\u0000',
  'a\u0000b',
  'a\nb',
  'a\tb',
  '\u0085',
  '\u007f',
  '\ud800',
  '\udc00a',
  'a\ud83d',
  '\ud83d\ude00',
  '\ufffd',
  '\ufffe',
  '\ufdd0',
  '\udbff\udfff',
  '\ufeff',
  '\u202e',
  'é',
  'e\u0301',
  '日本',
  '100%',
  '%ff',
  '%00',
  '"',
  '\\',
  '/',
  '~',
  '~1',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '$where',
  'a.b',
  'null',
  'NaN',
  '1e400',
  '2026-02-30T08:00:00Z',
  '2026-11-24T08:00:00Z',
  '2026-11-24t08:00:00.123456789+01:00',
  '2026-11-24T24:00:00Z',
  '9999-12-31T23:59:59Z',
  '0000-01-01T00:00:00Z',
  '35600000000048',
  '00000000000000',
  'fr.gpect.partner.firm-detection-sent.v1',
  'fr.gpect.enrolment.firm-detected.v1',
  'fr.gpect.partner.event-taken.v1',
  'npdc-2007-2013',
  'x'.repeat(200),
  'x'.repeat(201),
  'x'.repeat(401),
  'é'.repeat(400),
  'x'.repeat(4001),
  '😀'.repeat(200),
  '😀'.repeat(201),
  '/partners/mde',
  '<script>',
  "'; --",
  '=1+1',
  '\u001b[31m',
  'İ',
  'ß',
  '１２',
] as const;
const WILD_VALUES = [
  null,
  true,
  false,
  0,
  -0,
  1,
  -1,
  1.5,
  2 ** 31,
  2 ** 53 - 1,
  2 ** 53,
  1e21,
  1e-7,
  0.1,
  [],
  {},
  [[]],
  [null],
  { a: 1 },
  [1, [2, [3]]],
] as const;
/** Numbers as text, which a JavaScript program cannot write. */
const WILD_NUMBERS = [
  '1e400',
  '-1e-400',
  '9007199254740993',
  '123456789012345678901234567890',
  '0.1000000000000000055511151231257827',
  '01',
  '+1',
  '.5',
  '1.',
  '1E5',
  '1e+2',
  '-0',
  '-0.0',
  '0e0',
  '1.0',
  'NaN',
  'Infinity',
  '-Infinity',
  '0x10',
  '1_000',
  '10000000000000000',
  '1e22',
  '4.9e-324',
  '5e-325',
];
const NAMES = [
  'lot',
  'Lot',
  'lot-no',
  'lot_no',
  'x'.repeat(20),
  'x'.repeat(21),
  'traceparent',
  'correlationid',
  'causationid',
  'sequence',
  'dataschema',
  'datacontenttype',
  'data_base64',
  'data',
  'dataref',
  '',
  ' ',
  'é',
  'a/b',
  'a~b',
  'a~1b',
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  '\ud800',
  'partner',
  'a.b',
  '$where',
  '0',
  'x'.repeat(3000),
];
const CONTENT_TYPES = [
  'application/json',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'Application/CloudEvents+JSON',
  'application/cloudevents+json; charset=UTF-8',
  'application/cloudevents+json;charset="utf-8"',
  'application/cloudevents+json; charset=iso-8859-1',
  'application/cloudevents+json ; version=1',
  'application/vnd.x+json',
  'application/xml',
  'text/plain',
  'application/cloudevents+xml',
  'application/cloudevents',
  'application/json; charset=utf-16',
  'application',
  '',
  ';',
  'a/b; c="',
  'multipart/form-data',
  'application/json, text/plain',
];

export const STRUCTURED = 'application/cloudevents+json';
export const BATCH = 'application/cloudevents-batch+json';

/** Makes requests and records out of right events, each broken in some way, or in none. */
export class ForeignEvents {
  #made = 0;

  constructor(
    private readonly chances: Chances,
    private readonly right: readonly RightEvent[],
  ) {}

  request(): ForeignRequest {
    const { oneOf, maybe } = this.chances;
    const mode = this.chances.next();
    if (mode < 0.5) return { ...this.#typed(STRUCTURED), headers: [], body: this.bytes(this.event()) };
    if (mode < 0.7) return { ...this.#typed(BATCH), headers: [], body: this.bytes(this.#batch()) };
    const { data, ...attributes } = this.event();
    const headers = Object.entries(attributes).flatMap(([name, value]) => this.#header(name, value));
    if (maybe(0.05)) headers.push(...headers.slice(0, 1 + this.chances.below(2)));
    if (maybe(0.05)) headers.push(['ce-datacontenttype', oneOf(CONTENT_TYPES)]);
    return { ...this.#typed('application/json'), headers: headers.filter(isSendable), body: this.bytes(data ?? null) };
  }

  /** An event in JSON form: nothing, or up to three things, wrong with it. */
  event(): Json {
    const { oneOf, maybe, below } = this.chances;
    const { data, ...attributes } = oneOf(this.right);
    this.#made += 1;
    const event: Json = {
      specversion: '1.0',
      id: `f${this.#made}`,
      ...attributes,
      time: '2026-11-24T08:00:00Z',
      data: structuredClone(data),
    };
    if (maybe(0.2)) return event;
    for (let i = 0; i <= below(3); i++) {
      const part =
        maybe(0.6) && typeof event['data'] === 'object' && event['data'] !== null ? (event['data'] as Json) : event;
      this.#breakOne(part);
    }
    if (maybe(0.05)) {
      event['data_base64'] = maybe(0.8) ? this.bytes(event['data'] ?? null).toString('base64') : this.#wild();
      if (maybe(0.8)) delete event['data'];
    }
    return event;
  }

  /** A value as JSON text in bytes: most often as it should be. */
  bytes(value: unknown): Buffer {
    const { maybe, oneOf, below, noise } = this.chances;
    let text = JSON.stringify(value);
    while (maybe(0.15)) text = this.#breakText(text);
    if (maybe(0.94)) return Buffer.from(text, 'utf8');
    const bytes = Buffer.from(text, oneOf(['utf8', 'utf8', 'latin1', 'utf16le']));
    const at = below(bytes.length + 1);
    return oneOf<() => Buffer>([
      () => bytes,
      () => Buffer.concat([Buffer.from('\ufeff'), bytes]),
      () => bytes.subarray(0, at),
      () => Buffer.concat([bytes.subarray(0, at), noise(4), bytes.subarray(at)]),
      () => Buffer.concat([bytes.subarray(0, at), Buffer.from([below(256)]), bytes.subarray(at + 1)]),
      () => noise(60),
      () => Buffer.alloc(0),
    ])();
  }

  #typed(right: string): { contentType: string | undefined } {
    const { maybe, oneOf } = this.chances;
    return { contentType: maybe(0.9) ? right : maybe(0.1) ? undefined : oneOf(CONTENT_TYPES) };
  }

  #batch(): unknown {
    const { below, maybe, oneOf } = this.chances;
    if (maybe(0.03)) return oneOf<unknown>([[], {}, null, 'x', [[]], [null], Array(501).fill(0), [this.event(), 3]]);
    return Array.from({ length: 1 + below(4) }, () => this.event());
  }

  #wild(): unknown {
    const { maybe, oneOf, below } = this.chances;
    if (maybe(0.05)) return nested(1 + below(100), maybe(0.5), oneOf(NAMES));
    return maybe(0.65) ? oneOf(WILD_TEXTS) : structuredClone(oneOf<unknown>(WILD_VALUES));
  }

  #breakOne(part: Json): void {
    const { oneOf, maybe } = this.chances;
    const names = Object.keys(part);
    const name = maybe(0.75) && names.length > 0 ? oneOf(names) : oneOf(NAMES);
    if (maybe(0.15)) delete part[name];
    // As JSON.parse would: `__proto__` is a name like any other.
    else
      Object.defineProperty(part, name, { value: this.#wild(), enumerable: true, configurable: true, writable: true });
  }

  #breakText(text: string): string {
    const { oneOf, below, maybe } = this.chances;
    const places = [...text.matchAll(/"(?:[^"\\]|\\.)*"(?=:)/g)];
    const name = places.length > 0 ? oneOf(places) : undefined;
    const at = name?.index ?? 0;
    switch (below(6)) {
      case 0: // A name twice.
        return name
          ? `${text.slice(0, at)}${name[0]}:${oneOf(['null', '1', '"x"', '{"a":1,"a":2}'])},${text.slice(at)}`
          : text;
      case 1: // A name written with an escape.
        return name && name[0].length > 2
          ? `${text.slice(0, at + 1)}\\u00${text
              .charCodeAt(at + 1)
              .toString(16)
              .padStart(2, '0')
              .slice(-2)}${text.slice(at + 2)}`
          : text;
      case 2: // A number that a program would not write.
        return text.replace(/(?<=[:[,])-?\d+(\.\d+)?(?=[,\]}])/g, (number) =>
          maybe(0.5) ? oneOf(WILD_NUMBERS) : number,
        );
      case 3: // Blanks and what is none.
        return text.replace(
          oneOf([',', ':', '{']),
          (sign) => `${sign}${oneOf([' ', '\n', '\t', '\r\n', '\u00a0', '/*x*/', '\u0000', ',', '\u000c'])}`,
        );
      case 4: // A raw character inside a string.
        return name
          ? `${text.slice(0, at + 1)}${oneOf(['\n', '\u0001', '\\x', '\\u12', '\\ud800', '\\', '\u2028'])}${text.slice(at + 1)}`
          : text;
      default:
        return oneOf([`${text}x`, `${text}\n`, `[${text}]`, `${text},${text}`, `\n ${text}`, text.slice(1)]);
    }
  }

  #header(name: string, value: unknown): [string, string][] {
    const { maybe, oneOf } = this.chances;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (maybe(0.02)) return [];
    const written = oneOf<() => string>([
      () => text.replace(/[^\x21-\x7e]|[%"]/gu, (one) => escaped(one)),
      () => text.replace(/[^\x21-\x7e]|[%"]/gu, (one) => escaped(one)),
      () => text.replace(/[^\x21-\x7e]|[%"]/gu, (one) => escaped(one)),
      () => `"${text.replace(/["\\]/g, '\\$&')}"`,
      () => text,
    ])();
    return [
      [
        `ce-${name}`.toLowerCase(),
        maybe(0.97) ? written : `${written}${oneOf(['%', '%f', '%ff', '"', '%ED%A0%80', '%00'])}`,
      ],
    ];
  }
}

/** Percent-encoded UTF-8, halves of surrogate pairs as careless programs write them. */
function escaped(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const bytes =
    point >= 0xd800 && point <= 0xdfff
      ? [0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f)]
      : [...Buffer.from(character)];
  return bytes.map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

/** Whether HTTP carries it at all: a name is a token, a value has no control characters. */
const isSendable = ([name, value]: readonly [string, string]): boolean =>
  /^[!#$%&'*+.^_`|~0-9a-z-]{1,200}$/.test(name) && /^[\t\x20-\x7e\x80-\xff]{0,5000}$/.test(value);

function nested(levels: number, arrays: boolean, name: string): unknown {
  let value: unknown = 'x';
  for (let i = 0; i < levels; i++) value = arrays ? [value] : { [name]: value };
  return value;
}
