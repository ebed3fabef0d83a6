import type { IncomingMessage } from '@gpect/service-kit/events/cloudevents';
import { describe, expect, test } from '@jest/globals';
import { fingerprintOf } from './identity.js';

const message = (value: string, headers: Record<string, string> = {}): IncomingMessage => ({
  topic: 'gpect.partner.mde.in',
  partition: 0,
  offset: 1,
  key: 'k',
  value,
  headers: { ce_type: 't', ce_source: 's', ce_subject: 'x', ...headers },
});
const WRITTEN = '{"siret":"552","headcount":41,"naf":{"code":"2229A","label":"é"}}';

describe('an event that is sent again is the same one', () => {
  test.each([
    ['with spaces', '{ "siret": "552", "headcount": 41,\n "naf": {"code": "2229A", "label": "é"} }'],
    ['with its names in another order', '{"naf":{"label":"é","code":"2229A"},"headcount":41,"siret":"552"}'],
    ['with a number written otherwise', WRITTEN.replace('41', '41.0')],
    ['with its characters escaped', WRITTEN.replace('é', '\\u00e9')],
  ])('%s', (_how, value) => {
    expect(fingerprintOf(message(value))).toBe(fingerprintOf(message(WRITTEN)));
  });
});

test.each([
  ['another value', WRITTEN.replace('41', '42'), {}],
  ['a text in place of a number', WRITTEN.replace('41', '"41"'), {}],
  ['one name more', WRITTEN.replace('{"siret"', '{"x":1,"siret"'), {}],
  ['another subject', WRITTEN, { ce_subject: 'y' }],
  ['no JSON at all', 'siret;552', {}],
])('%s makes another event', (_what, value, headers) => {
  expect(fingerprintOf(message(value, headers))).not.toBe(fingerprintOf(message(WRITTEN)));
});
