import { examplesOf, faultsWhereMade, PARTNER_EVENT_TYPES, partnerContractOf } from '@gpect/contracts/event-contracts';
import type { IncomingMessage, OutgoingMessage } from '@gpect/service-kit/events/cloudevents';
import { readContentType } from '@gpect/service-kit/http/content-type';
import { readJsonBody } from '@gpect/service-kit/http/json-body';
import { requirePlainText } from '@gpect/service-kit/http/plain-request';
import { Problem, type ProblemBody } from '@gpect/service-kit/http/problem';
import type { FetchedMessage } from '@gpect/service-kit/kafka/records/fetch-response';
import { toIncoming } from '@gpect/service-kit/kafka/records/incoming';
import { Chances } from '@gpect/test-kit/chances';
import { ForeignEvents, type ForeignRequest, type RightEvent } from '@gpect/test-kit/foreign-events';
import { type EveryValue, everyValue, resolves, stumbles, type ToRead } from '@gpect/test-kit/strict-reader';
import { expect, test } from '@jest/globals';
import type { Request, RequestHandler, Response } from 'express';
import { refusal } from './answers.js';
import { fingerprintOf, keyOf, namedIn } from './identity.js';
import type { Partner } from './partner.js';
import { readPartnerEvent } from './partner-event.js';
import { binaryEvent, inBinaryMode } from './sent-event.js';
import { toSentMessage } from './sent-message.js';
import { problemOfSent, type Received, readRequest } from './sent-request.js';
import { MOST_PARTNER_BYTES } from './unreadable.js';

/** Envelopes tried at each endpoint; the long campaign: GPECT_FUZZ_ENVELOPES=500000, and GPECT_FUZZ_SEED to see one again. */
const ENVELOPES = Number(process.env['GPECT_FUZZ_ENVELOPES'] ?? 3000);
const SEED = Number(process.env['GPECT_FUZZ_SEED'] ?? 13);
const NOW = Date.parse('2026-11-25T10:00:00Z');
/** What the strict reader is given at once. */
const AT_ONCE = 20_000;
const partner: Partner = {
  partner: 'mde',
  name: 'Maison de l’emploi',
  kind: 'EMPLOYMENT_HOUSE',
  acts: { partner: ['mde'] },
  doors: ['KAFKA', 'HTTP'],
  // One that it may not send is left over.
  sends: PARTNER_EVENT_TYPES.slice(1),
  programmes: ['*'],
};
const RIGHT: readonly RightEvent[] = PARTNER_EVENT_TYPES.flatMap((type) =>
  examplesOf(type).map((data) => ({
    source: '/partners/mde',
    type,
    subject: partnerContractOf(type)?.subjectOf(data as object) ?? 'essai',
    data: data as object,
  })),
);
const HANDLERS: readonly RequestHandler[] = [requirePlainText(), readContentType(), ...readJsonBody().slice(1)];
const TAKEN = /^application\/(json|cloudevents(-batch)?\+json)$/;

type Came =
  | { readonly events: readonly Received[]; readonly messages: readonly OutgoingMessage[] }
  | { readonly problem: ProblemBody };

/** What a request comes to, by the functions of the HTTP endpoint in their order; whatever is thrown but a problem is a fault of ours. */
function overHttp({ contentType, headers, body }: ForeignRequest): Came {
  const distinct = new Map<string, string[]>();
  for (const [name, value] of headers) distinct.set(name, [...(distinct.get(name) ?? []), value.trim()]);
  const said = [...distinct].map(([name, values]) => [name, values.join(', ')] as const);
  const request = {
    url: '/partners/mde/events',
    rawHeaders: [...headers, ...(contentType === undefined ? [] : [['content-type', contentType]])].flat(),
    headers: Object.fromEntries([
      ...said,
      ...(contentType === undefined ? [] : [['content-type', contentType.trim()]]),
    ]),
    // Express reads the bytes of JSON alone.
    body: Buffer.alloc(0) as unknown,
  };
  try {
    for (const [i, handler] of HANDLERS.entries()) {
      if (i === 2) request.body = TAKEN.test(request.headers['content-type'] ?? '') ? body : undefined;
      handler(request as unknown as Request, {} as Response, (error?: unknown) => {
        if (error) throw error;
      });
    }
    const type = request.headers['content-type'];
    // As the contract's validator does.
    if (!TAKEN.test(type ?? ''))
      throw new Problem(415, 'http-415', 'Media type not supported', { detail: 'not taken' });
    const events = readRequest(type, Object.fromEntries(distinct), request.body);
    const problem = problemOfSent(events, 'mde', partner, NOW);
    if (problem) throw problem;
    return { events, messages: events.map((event) => toSentMessage(event, 'mde')) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { problem: error.body() };
  }
}

/** What the owning service makes of a record. */
function overKafka(headers: readonly (readonly [string, string])[], key: string | null, value: Buffer) {
  const record = {
    offset: 0,
    timestamp: 0,
    key: key === null ? null : Buffer.from(key),
    value,
    headers: headers.map(([name, text]) => [Buffer.from(name), Buffer.from(text)] as const),
    headersLeftOut: 0,
  };
  const found = { found: { record } } as unknown as FetchedMessage;
  const message = inBinaryMode(toIncoming('gpect.partner.mde.in', 0, found, MOST_PARTNER_BYTES));
  return { message, came: judged(message) };
}

function judged(message: IncomingMessage): { data: unknown } | { problem: ProblemBody } {
  if (!keyOf('mde', message) || !fingerprintOf(message)) throw new Error('an answer has no key');
  if (message.fault !== undefined)
    return { problem: { type: 'urn:gpect:problem:record-unreadable', title: 'x', status: 422, detail: message.fault } };
  const read = readPartnerEvent(binaryEvent(message), 'mde', partner, NOW);
  return read.ok ? { data: read.value.data } : { problem: read.fault.body() };
}

/** The body as its sender sees it: in binary mode its attributes stand beside it. */
function asSent({ contentType, headers, body }: ForeignRequest): EveryValue {
  const text = parsable(body);
  // Of nothing everything is missing.
  const whole = text === undefined ? (body.length === 0 ? { entries: [] } : undefined) : everyValue(text);
  if (headers.length === 0 || !/^application\/json\b/i.test(contentType?.trim() ?? ''))
    return whole && withData(whole, text ?? 'null');
  const attributes = headers.map(([name]) => [name.slice(3), { entries: [] }] as const);
  return { entries: [...attributes, ...(whole ? [['data', whole] as const] : [])] };
}

/** Data in base64 is spoken of as data. */
function withData(whole: EveryValue, text: string): EveryValue {
  const event = JSON.parse(text) as Record<string, unknown> | null;
  const one = (value: unknown, entries: EveryValue): EveryValue => {
    const base64 = (value as Record<string, unknown> | null)?.['data_base64'];
    const inner = typeof base64 === 'string' ? parsable(Buffer.from(base64, 'base64')) : undefined;
    return inner === undefined ? entries : { entries: [...(entries?.entries ?? []), ['data', everyValue(inner)]] };
  };
  if (!Array.isArray(event)) return one(event, whole);
  return { entries: (whole?.entries ?? []).map(([name, value], i) => [name, one(event[i], value)] as const) };
}

function parsable(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  try {
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}

/** What is wrong with a refusal, as its reader would see it. */
function faultsOfRefusal(problem: ProblemBody, document: EveryValue): string[] {
  const faults: string[] = [];
  const say = (text: string) => faults.push(`${text}: ${JSON.stringify(problem)}`);
  if (problem.status < 400 || problem.status >= 500) say('no refusal');
  if (!problem.detail && (problem.errors ?? []).length === 0) say('no reason');
  for (const { pointer, parameter } of problem.errors ?? [])
    if (
      pointer !== undefined &&
      !resolves(pointer, document) &&
      !resolves(pointer.replace(/^\/data_base64$/, ''), document)
    )
      say(`${pointer} leads nowhere`);
    else if (pointer === undefined && parameter === undefined && problem.errors?.length === 1) say('no place');
  const { errors = [], ...rest } = problem;
  const answer = {
    event: { id: 'x' },
    problem: { ...rest, errors: errors.map(({ pointer = '', detail }) => ({ pointer, detail })) },
  };
  for (const fault of faultsWhereMade('fr.gpect.partner.event-refused.v1', answer))
    say(`${fault.pointer} ${fault.detail}`);
  return faults;
}

/** The data of each event of a request that was taken, as the sender wrote it. */
function dataAsSent(request: ForeignRequest, events: readonly Received[]): unknown[] {
  const body = JSON.parse(parsable(request.body) ?? 'null') as Record<string, unknown> | Record<string, unknown>[];
  if (request.contentType?.toLowerCase().startsWith('application/json')) return [body];
  return (Array.isArray(body) ? body : [body])
    .slice(0, events.length)
    .map((event) =>
      typeof event['data_base64'] === 'string'
        ? JSON.parse(parsable(Buffer.from(event['data_base64'], 'base64')) ?? 'null')
        : (event['data'] ?? null),
    );
}

test(`whatever ${ENVELOPES} requests hold (seed ${SEED}), each is taken and read by others as it was sent, or refused with its place`, () => {
  const chances = new Chances(SEED);
  const foreign = new ForeignEvents(chances, RIGHT);
  const ends = new Map<string, number>();
  const wrong: string[] = [];
  let toRead: ToRead[] = [];
  const count = (end: string) => ends.set(end, (ends.get(end) ?? 0) + 1);
  for (let i = 0; i < ENVELOPES && wrong.length < 20; i++) {
    const request = foreign.request();
    const shown = () =>
      `#${i} ${request.contentType} ${JSON.stringify(request.headers)} ${request.body.toString('latin1').slice(0, 3000)}`;
    const came = overHttp(request);
    if ('problem' in came) {
      count(came.problem.type);
      wrong.push(...faultsOfRefusal(came.problem, asSent(request)).map((fault) => `${fault} of ${shown()}`));
      toRead.push({ read: JSON.stringify(came.problem) });
    } else {
      count('taken');
      const sent = dataAsSent(request, came.events);
      for (const [n, { headers, key, value }] of came.messages.entries()) {
        toRead.push({ read: JSON.stringify({ ...headers, key }) });
        toRead.push({ read: value, sent: Buffer.from(JSON.stringify(sent[n])) });
        // What one endpoint took the other takes too, and the service behind it.
        const behind = overKafka(Object.entries(headers), key, Buffer.from(value));
        if ('problem' in behind.came)
          wrong.push(`taken, and refused behind the endpoint: ${JSON.stringify(behind.came.problem)} of ${shown()}`);
      }
    }
    // The same bytes by the other endpoint.
    if (request.contentType?.toLowerCase() === 'application/cloudevents+json') {
      const { message, came: other } = overKafka([['content-type', request.contentType]], null, request.body);
      count(`kafka ${'problem' in other ? other.problem.type : 'taken'}`);
      if ('problem' in other !== 'problem' in came)
        wrong.push(`${JSON.stringify(came)} by HTTP, ${JSON.stringify(other)} by Kafka: ${shown()}`);
      if ('problem' in other) {
        wrong.push(
          ...faultsOfRefusal(other.problem, asSent(request)).map((fault) => `by Kafka ${fault} of ${shown()}`),
        );
        const answer = refusal(namedIn(message), other.problem);
        for (const fault of faultsWhereMade(answer.type, answer.data))
          wrong.push(`the answer: ${fault.pointer} ${fault.detail} of ${shown()}`);
        toRead.push({ read: JSON.stringify(answer.data) });
      }
    }
    if (toRead.length >= AT_ONCE || i === ENVELOPES - 1) {
      wrong.push(...stumbles(toRead).map((text) => `a strict reader: ${text}`));
      toRead = [];
    }
  }
  if (ENVELOPES > 10_000)
    console.log(JSON.stringify(Object.fromEntries([...ends].sort(([, a], [, b]) => b - a)), null, 1));
  expect(wrong.map((text) => text.slice(0, 1500))).toEqual([]);
  // It went through all of them.
  for (const end of [
    'taken',
    'kafka taken',
    'data-against-contract',
    'envelope-unfit',
    'malformed',
    'json-unfit',
    'not-utf-8',
  ])
    expect([...ends.keys()].filter((key) => key.endsWith(end))).not.toEqual([]);
}, 7_200_000);
