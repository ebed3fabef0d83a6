import type { ContractFault } from '@gpect/contracts/event-contracts';
import { pointerTo } from '@gpect/domain-values/json-pointer';
import { mediaTypeOf } from '@gpect/service-kit/http/content-type';
import { Problem, type ProblemFault } from '@gpect/service-kit/http/problem';
import type { Partner } from './partner.js';
import { readPartnerEvent } from './partner-event.js';
import { binaryEventOf, type SentEvent, STRUCTURED, structuredEvent } from './sent-event.js';

/** An event as it came, with its place in a batch. */
export interface Received extends SentEvent {
  /** JSON pointer of the event in the request: '' of a single one, `/2` of the third of a batch. */
  readonly at: string;
}

const BATCH = 'application/cloudevents-batch+json';
/** Events of a batch at the most. */
export const MOST_EVENTS = 500;

/**
 * Reads the events of a request in any of the three modes of CloudEvents over HTTP, as they were written: the SDK for
 * JavaScript puts the present instant where a time cannot be read. Faults are left to `problemOfSent`.
 * @param headers each header's values apart @param body as `readJson` has read it; undefined where there is none
 */
export function readRequest(
  contentType: string | undefined,
  headers: Readonly<Record<string, readonly string[] | undefined>>,
  body: unknown,
): Received[] {
  const type = mediaTypeOf(contentType);
  if (type === BATCH) {
    const count = Array.isArray(body) ? body.length : 0;
    if (!Array.isArray(body) || count < 1 || count > MOST_EVENTS) {
      const detail = `a batch is an array of 1 to ${MOST_EVENTS} events${Array.isArray(body) ? `; this has ${count}` : ''}`;
      throw new Problem(400, 'malformed', 'Malformed request', { detail, errors: [{ pointer: '', detail }] });
    }
    return body.map((one, i) => ({ ...structuredEvent(one), at: pointerTo(i) }));
  }
  if (type === STRUCTURED) return [{ ...structuredEvent(body), at: '' }];
  const attributes: [string, string][] = [];
  const faults: ContractFault[] = [];
  for (const [name, values = []] of Object.entries(headers)) {
    if (!name.startsWith('ce-')) continue;
    const attribute = name.slice(3);
    const said = values.length === 1 ? decoded(values[0] ?? '') : undefined;
    if (said !== undefined && attribute !== 'datacontenttype') attributes.push([attribute, said]);
    else faults.push({ pointer: pointerTo(attribute), detail: faultOfHeader(name, values) });
  }
  const data = { data: JSON.stringify(body ?? null), read: { data: body ?? null } };
  return [{ ...binaryEventOf(attributes, data, faults), at: '' }];
}

function faultOfHeader(name: string, values: readonly string[]): string {
  if (name === 'ce-datacontenttype')
    return 'in binary mode the content type is Content-Type itself; leave ce-datacontenttype out';
  if (values.length > 1) return `the header ${name} stands ${values.length} times: send it once`;
  return `the header ${name} cannot be decoded: percent-encode UTF-8, and close quotes`;
}

/** CloudEvents over HTTP, 3.1.3.2: quoted strings first, then one round of percent-decoding; undefined where it is neither. */
function decoded(header: string): string | undefined {
  const quoted = header.startsWith('"');
  const inner = /^"((?:[^"\\]|\\.)*)"$/.exec(header)?.[1]?.replace(/\\(.)/g, '$1');
  const text = quoted ? inner : header;
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** What is wrong with what a partner sent, all of it, the first fault's kind giving the status; undefined where nothing is. */
export function problemOfSent(
  events: readonly Received[],
  code: string,
  partner: Partner | undefined,
  now: number,
): Problem | undefined {
  const faults = events.flatMap((event) => {
    const read = readPartnerEvent(event, code, partner, now);
    return read.ok ? [] : [{ event, problem: read.fault }];
  });
  const [first] = faults;
  if (!first) return undefined;
  const { code: kind, status, title } = first.problem;
  const { detail } = first.problem.more;
  const errors = faults.flatMap(({ event: { at, id }, problem }) =>
    (problem.more.errors ?? [{ pointer: '', detail: problem.more.detail ?? problem.title }]).map(
      (fault): ProblemFault => ({
        pointer: `${at}${fault.pointer ?? ''}`,
        detail: at ? `${id ?? 'an event without id'}: ${fault.detail}` : fault.detail,
      }),
    ),
  );
  return new Problem(status, kind, title, { ...(detail ? { detail } : {}), errors });
}
