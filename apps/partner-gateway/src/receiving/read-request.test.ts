import { expect, test } from '@jest/globals';
import { readRequest } from './read-request.js';

const attributes = {
  specversion: '1.0',
  id: 'e1',
  source: '/partners/mde',
  type: 't',
  subject: 'p/é',
  time: 'hier',
};
const event = { ...attributes, data: { a: 1 } };
const read = { ...attributes, data: '{"a":1}' };

test.each([
  ['structured', { 'content-type': 'application/cloudevents+json; charset=utf-8' }, event, [{ ...read, at: '' }]],
  [
    'a batch',
    { 'content-type': 'application/cloudevents-batch+json' },
    [event, 3],
    [
      { ...read, at: '/0' },
      { at: '/1', data: 'null' },
    ],
  ],
  [
    'binary',
    {
      'content-type': 'application/json',
      ...Object.fromEntries(Object.entries(attributes).map(([name, text]) => [`ce-${name}`, encodeURIComponent(text)])),
    },
    { a: 1 },
    [{ ...read, at: '' }],
  ],
  [
    'data in base64',
    { 'content-type': 'application/cloudevents+json' },
    { ...attributes, data_base64: Buffer.from('{"a":1}').toString('base64') },
    [{ ...read, at: '' }],
  ],
])('%s: every attribute as it was written, right or wrong', (_what, headers, body, expected) => {
  expect(readRequest(headers, body)).toEqual(expected);
});
