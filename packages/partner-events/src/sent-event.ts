import type { ContractFault } from '@gpect/contracts/event-contracts';
import { pointerTo } from '@gpect/domain-values/json-pointer';
import { readJson, readUtf8 } from '@gpect/domain-values/json-text';
import { dictionary } from '@gpect/domain-values/records';
import { ok } from '@gpect/domain-values/result';
import { textFault } from '@gpect/domain-values/text';
import type { IncomingMessage } from '@gpect/service-kit/events/cloudevents';
import { foreignCharsetOf, mediaTypeOf } from '@gpect/service-kit/http/content-type';

/** What a partner sent, by whichever endpoint: CloudEvents attributes and the data as text, as they were written, right or wrong. */
export interface SentEvent {
  readonly id?: string | undefined;
  readonly source?: string | undefined;
  readonly type?: string | undefined;
  readonly subject?: string | undefined;
  readonly time?: string | undefined;
  readonly specversion?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly data: string;
  /** What the data is, where an endpoint has read it already by the rule of all. */
  readonly read?: { readonly data: unknown } | undefined;
  /** What is no CloudEvent in it, by pointers into the event in JSON. */
  readonly faults?: readonly ContractFault[] | undefined;
}

const ATTRIBUTES = ['id', 'source', 'type', 'subject', 'time', 'specversion', 'traceparent'] as const;
const KNOWN: ReadonlySet<string> = new Set(ATTRIBUTES);

/** Media type of an event in structured form. */
export const STRUCTURED = 'application/cloudevents+json';

/** CloudEvents 1.0, naming of attributes. */
const NAME = /^[a-z0-9]{1,20}$/;
const LARGEST_INTEGER = 2_147_483_647;

/** The attributes of an event, each judged by the type system of CloudEvents. @param written as they came, `null` for absent */
function attributesOf(written: Iterable<readonly [string, unknown]>): {
  said: Readonly<Record<string, string>>;
  faults: ContractFault[];
} {
  const said = dictionary<string>();
  const faults: ContractFault[] = [];
  for (const [name, value] of written) {
    if (value === undefined || value === null) continue;
    const fault = faultOfAttribute(name, value);
    if (fault) faults.push({ pointer: pointerTo(name), detail: fault });
    else if (KNOWN.has(name)) said[name] = value as string;
  }
  return { said, faults };
}

function faultOfAttribute(name: string, value: unknown): string | undefined {
  if (!NAME.test(name)) return 'an attribute is named by at most 20 lower-case letters and digits; rename it';
  if (typeof value === 'string')
    return name === 'datacontenttype' ? faultOfContentType(value) : textFault(value, 'one');
  if (KNOWN.has(name) || name === 'datacontenttype') return 'must be a text';
  const fits = typeof value === 'boolean' || (Number.isInteger(value) && Math.abs(value as number) <= LARGEST_INTEGER);
  return fits ? undefined : 'an attribute is a text, true, false, or a whole number of 32 bits';
}

function faultOfContentType(type: string): string | undefined {
  const media = mediaTypeOf(type);
  if (media?.startsWith('application/cloudevents'))
    return `is "${media.slice(0, 100)}", which holds whole events: send one over Kafka as ${STRUCTURED}, batches over HTTP`;
  if (!media || !/^[^/]+\/([^;]+\+)?json$/.test(media))
    return `is "${type.slice(0, 100)}"; data is taken as application/json alone`;
  return foreignCharsetOf(type) === undefined ? undefined : 'names a character set; data is taken in UTF-8 alone';
}

/** An event in structured form, its data as JSON or in base64, as `readJson` has read it. */
export function structuredEvent(written: unknown): SentEvent {
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    return { data: 'null', faults: [{ pointer: '', detail: 'an event is a JSON object; send one' }] };
  const { data, data_base64: base64, ...attributes } = written as Readonly<Record<string, unknown>>;
  const { said, faults } = attributesOf(Object.entries(attributes));
  const isBinary = base64 !== undefined && base64 !== null;
  if (isBinary && data !== undefined)
    faults.push({ pointer: '/data_base64', detail: 'stands beside data: send one of them' });
  const read = isBinary ? dataInBase64(base64) : ok(data ?? null);
  if (!read.ok) faults.push({ pointer: '/data_base64', detail: read.fault });
  const value = read.ok ? read.value : null;
  return {
    ...said,
    data: JSON.stringify(value),
    read: { data: value },
    ...(faults.length > 0 ? { faults } : {}),
  };
}

function dataInBase64(base64: unknown) {
  const fail = (fault: string) => ({ ok: false as const, fault });
  if (typeof base64 !== 'string' || !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64))
    return fail('is no base64 (RFC 4648)');
  const text = readUtf8(Buffer.from(base64, 'base64'));
  const read = text.ok ? readJson(text.value) : text;
  return read.ok ? read : fail(`${read.fault.pointer} ${read.fault.detail}`.trim());
}

/** An event in binary form: attributes as texts, data beside them. @param faults what reading them has found */
export function binaryEventOf(
  attributes: Iterable<readonly [string, string]>,
  data: Pick<SentEvent, 'data' | 'read'>,
  found: readonly ContractFault[] = [],
): SentEvent {
  const { said, faults } = attributesOf(attributes);
  const all = [...found, ...faults];
  return { ...said, ...data, ...(all.length > 0 ? { faults: all } : {}) };
}

/** An event in binary form, as every reader of a topic takes it. */
export function binaryEvent({ headers, value, faults = [] }: IncomingMessage): SentEvent {
  const attributes = Object.entries(headers).flatMap(([name, text]) =>
    name.startsWith('ce_') ? [[name.slice(3), text] as const] : [],
  );
  const contentType = headers['content-type'];
  if (contentType) attributes.push(['datacontenttype', contentType]);
  return binaryEventOf(attributes, { data: value }, [...faults, ...misnamed(headers)]);
}

/** Names of Kafka's headers are told apart by case: who writes `CE_Id`, as over HTTP, is told so, and not that it is missing. */
function misnamed(headers: IncomingMessage['headers']): ContractFault[] {
  const names = Object.keys(headers);
  return names.flatMap((name) => {
    const lower = name.toLowerCase();
    if (lower === name || names.includes(lower)) return [];
    const isMode = lower === 'content-type' && !names.some((other) => other.startsWith('ce_'));
    if (!isMode && !lower.startsWith('ce_')) return [];
    const pointer = isMode ? '' : pointerTo(lower.slice(3));
    return [{ pointer, detail: `the header ${name}: names of headers are in lower case in Kafka; write ${lower}` }];
  });
}

/**
 * A message in structured form (CloudEvents over Kafka, section 3.3), in binary form; every other as it is. What is no event
 * in it is told beside it, so that its sender learns it.
 */
export function inBinaryMode(message: IncomingMessage): IncomingMessage {
  if (message.tooLarge || mediaTypeOf(message.headers['content-type']) !== STRUCTURED) return message;
  const json = readJson(message.value);
  const charset = foreignCharsetOf(message.headers['content-type']);
  const {
    data,
    faults = [],
    read: _,
    ...attributes
  } = json.ok
    ? structuredEvent(json.value)
    : { data: message.value, faults: [{ pointer: json.fault.pointer, detail: json.fault.detail }], read: undefined };
  const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value]));
  const all = [...(message.faults ?? []), ...(charset === undefined ? [] : [foreignText(charset)]), ...faults];
  return {
    ...message,
    headers: { ...headers, 'content-type': 'application/json' },
    value: data,
    ...(all.length > 0 ? { faults: all } : {}),
  };
}

/** The rule of the HTTP endpoint. */
const foreignText = (charset: string): ContractFault => ({
  pointer: '',
  detail: `content-type says charset=${charset.slice(0, 40)}; encode the event in UTF-8 and leave the charset out`,
});
