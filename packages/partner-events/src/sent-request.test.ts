import type { Problem } from '@gpect/service-kit/http/problem';
import { expect, test } from '@jest/globals';
import type { Partner } from './partner.js';
import { problemOfSent, readRequest } from './sent-request.js';

const NOW = Date.parse('2026-11-25T10:00:00Z');
const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
const partner: Partner = {
  partner: 'mde',
  name: 'Maison de l’emploi',
  kind: 'EMPLOYMENT_HOUSE',
  acts: { partner: ['mde'] },
  doors: ['HTTP'],
  sends: ['fr.gpect.partner.firm-detection-sent.v1'],
  programmes: ['npdc-2007-2013'],
};
const data = {
  programme: 'npdc-2007-2013',
  action: 'arras',
  siret: '35600000000048',
  name: 'Mécanique de l’Artois',
  basin: 'artois-ternois',
  naf: '25.62B',
  headcount: 41,
  detectedOn: '2010-05-03',
  source: 'PORTEUR',
};
const attributes = {
  specversion: '1.0',
  id: 'e1',
  source: '/partners/mde',
  type: 'fr.gpect.partner.firm-detection-sent.v1',
  subject: 'npdc-2007-2013/35600000000048',
  time: '2026-11-25T09:00:00Z',
};
const event = { ...attributes, data };
const headersOf = (texts: Record<string, string>) =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [`ce-${name}`, [text]]));

/** What comes of a request: its data as it would be kept, or the first fault's kind and every pointer. */
function sent(type: string, body: unknown, headers: Record<string, string[]> = {}) {
  try {
    const events = readRequest(type, headers, body);
    const problem = problemOfSent(events, 'mde', partner, NOW);
    return problem ? [problem.code, ...(problem.more.errors ?? []).map((e) => e.pointer)] : events.map((e) => e.data);
  } catch (error) {
    const { code, more } = error as Problem;
    return [code, ...(more.errors ?? []).map((e) => e.pointer)];
  }
}
const kept = JSON.stringify(data);

test.each<[string, unknown[]]>([
  ['structured', sent(STRUCTURED, event)],
  ['structured, however its type is written', sent('Application/CloudEvents+JSON ; charset="UTF-8"', event)],
  ['a batch', sent('application/CLOUDEVENTS-batch+json', [event])],
  ['data in base64', sent(STRUCTURED, { ...attributes, data_base64: Buffer.from(kept).toString('base64') })],
  ['its content type said', sent(STRUCTURED, { ...event, datacontenttype: 'application/json; charset=utf-8' })],
  ['extensions by their names and types', sent(STRUCTURED, { ...event, lot: 3, urgent: true, traceparent: '00-a' })],
  ['an absent attribute said as null', sent(STRUCTURED, { ...event, dataschema: null, data_base64: null })],
  ['binary', sent('application/json', data, headersOf(attributes))],
  ['binary, its headers in quotes', sent('application/json', data, headersOf({ ...attributes, id: '"e \\"1\\""' }))],
  ['binary, beyond ASCII', sent('application/json', data, headersOf({ ...attributes, id: 'caf%C3%A9' }))],
])('%s is taken', (_what, came) => {
  expect(came).toEqual([kept]);
});

test('a quoted header is read without its quotes, an escaped one as it was', () => {
  const id = (text: string) => readRequest('application/json', headersOf({ id: text }), data)[0]?.id;
  expect(id('"e 1"')).toBe('e 1');
  expect(id('Euro%20%E2%82%AC%20%F0%9F%98%80')).toBe('Euro € 😀');
});

test.each<[string, unknown[], unknown[]]>([
  ['no object', sent(STRUCTURED, [event]), ['envelope-unfit', '']],
  ['data beside data_base64', sent(STRUCTURED, { ...event, data_base64: 'e30=' }), ['envelope-unfit', '/data_base64']],
  ['no base64', sent(STRUCTURED, { ...attributes, data_base64: 'é' }), ['envelope-unfit', '/data_base64']],
  [
    'Latin-1 in base64',
    sent(STRUCTURED, { ...attributes, data_base64: Buffer.from('{"name":"é"}', 'latin1').toString('base64') }),
    ['envelope-unfit', '/data_base64'],
  ],
  ['XML', sent(STRUCTURED, { ...event, datacontenttype: 'application/xml' }), ['envelope-unfit', '/datacontenttype']],
  [
    'Latin-1 said of it',
    sent(STRUCTURED, { ...event, datacontenttype: 'application/json; charset=iso-8859-1' }),
    ['envelope-unfit', '/datacontenttype'],
  ],
  ['a number for an id', sent(STRUCTURED, { ...event, id: 3 }), ['envelope-unfit', '/id']],
  ['an extension in capitals', sent(STRUCTURED, { ...event, Lot: 'x' }), ['envelope-unfit', '/Lot']],
  ['an extension with a slash', sent(STRUCTURED, { ...event, 'a/b~c': 'x' }), ['envelope-unfit', '/a~1b~0c']],
  [
    'a long name of an extension',
    sent(STRUCTURED, { ...event, [`x${'y'.repeat(20)}`]: 1 }),
    ['envelope-unfit', `/x${'y'.repeat(20)}`],
  ],
  ['an extension that is an object', sent(STRUCTURED, { ...event, lot: {} }), ['envelope-unfit', '/lot']],
  ['a fraction for an extension', sent(STRUCTURED, { ...event, lot: 1.5 }), ['envelope-unfit', '/lot']],
  ['a line break in an attribute', sent(STRUCTURED, { ...event, id: 'a\nb' }), ['envelope-unfit', '/id']],
  ['a blank id', sent(STRUCTURED, { ...event, id: ' \u00a0\u200b' }), ['envelope-incomplete', '/id']],
  ['nothing', sent(STRUCTURED, {}), ['envelope-incomplete', '/id', '/source', '/type', '/subject', '/time']],
  [
    'a long time',
    sent(STRUCTURED, { ...event, time: `2026-01-01T00:00:00.${'0'.repeat(500)}Z` }),
    ['attribute-too-long', '/time'],
  ],
  ['the 30th of February', sent(STRUCTURED, { ...event, time: '2026-02-30T08:00:00Z' }), ['time-unreadable', '/time']],
  ['another source', sent(STRUCTURED, { ...event, source: '/x' }), ['source-not-yours', '/source']],
  [
    'a field that no contract has',
    sent(STRUCTURED, { ...event, data: { ...data, 'é/x': 1 } }),
    ['data-against-contract', '/data/é~1x'],
  ],
  [
    'a field missing',
    sent(STRUCTURED, { ...event, data: { ...data, name: undefined } }),
    ['data-against-contract', '/data/name'],
  ],
  [
    'a blank name',
    sent(STRUCTURED, { ...event, data: { ...data, name: ' \u2003' } }),
    ['data-against-contract', '/data/name'],
  ],
  [
    'a name of 10 000 characters',
    sent(STRUCTURED, { ...event, data: { ...data, name: 'x'.repeat(10_000) } }),
    ['data-against-contract', '/data/name'],
  ],
  ['no data', sent(STRUCTURED, attributes), ['data-against-contract', '/data']],
  [
    'the second and third of a batch',
    sent(BATCH, [event, { ...event, id: undefined }, { ...event, data: { ...data, siret: 'x' } }]),
    ['envelope-incomplete', '/1/id', '/2/data/siret'],
  ],
  ['an empty batch', sent(BATCH, []), ['malformed', '']],
  ['501 events', sent(BATCH, Array(501).fill(event)), ['malformed', '']],
  ['one event as a batch', sent(BATCH, event), ['malformed', '']],
  [
    'an escape that is no UTF-8',
    sent('application/json', data, headersOf({ ...attributes, id: 'a%ff' })),
    ['envelope-unfit', '/id'],
  ],
  [
    'half a surrogate pair escaped',
    sent('application/json', data, headersOf({ ...attributes, id: '%ED%A0%80' })),
    ['envelope-unfit', '/id'],
  ],
  [
    'U+0000 escaped',
    sent('application/json', data, headersOf({ ...attributes, id: 'a%00' })),
    ['envelope-unfit', '/id'],
  ],
  [
    'a lone percent sign',
    sent('application/json', data, headersOf({ ...attributes, id: '100%' })),
    ['envelope-unfit', '/id'],
  ],
  [
    'quotes that do not close',
    sent('application/json', data, headersOf({ ...attributes, id: '"e1' })),
    ['envelope-unfit', '/id'],
  ],
  [
    'a header twice',
    sent('application/json', data, { ...headersOf(attributes), 'ce-id': ['a', 'b'] }),
    ['envelope-unfit', '/id'],
  ],
  [
    'a content type beside Content-Type',
    sent('application/json', data, headersOf({ ...attributes, datacontenttype: 'application/json' })),
    ['envelope-unfit', '/datacontenttype'],
  ],
  [
    'an extension by a wrong name',
    sent('application/json', data, headersOf({ ...attributes, 'lot-no': '1' })),
    ['envelope-unfit', '/lot-no'],
  ],
])('%s is refused where it stands', (_what, came, expected) => {
  expect(came).toEqual(expected);
});
