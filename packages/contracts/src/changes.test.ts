import { expect, test } from '@jest/globals';
import { changelog, sinceOf } from '../scripts/changelog.mjs';
import { impactOf, impactOfApis, partnersIn, servicesIn } from '../scripts/impact.mjs';

const schema = (properties: object, more: object = {}) => ({
  type: 'object',
  description: 'What it means.',
  required: ['a'],
  properties: { a: { type: 'string' }, ...properties },
  ...more,
});
const bundle = (...events: { type: string; schema: object }[]) => ({
  common: {},
  audience: {},
  events: events.map((e) => ({ topic: 't', service: 's', ...e })),
});
const first = bundle({ type: 'e.v1', schema: schema({}) });
const second = bundle(
  { type: 'e.v1', schema: schema({ b: { type: 'integer' } }, { deprecated: true }) },
  { type: 'f.v1', schema: schema({}) },
);
const third = bundle({ type: 'f.v1', schema: schema({}) });

test('the changelog says of each release what is new, deprecated, and what breaks', () => {
  const text = changelog([
    ['2026-01', first],
    ['2026-06', second],
    ['next', third],
  ]);
  expect(text.indexOf('## next')).toBeLessThan(text.indexOf('## 2026-06'));
  for (const said of [
    '- f.v1: What it means.',
    '- e.v1: /b',
    '### Deprecated\n\n- e.v1',
    '### Breaking\n\n- e.v1 is gone',
  ])
    expect(text).toContain(said);
});

test('an event is there since the first release that has it', () => {
  expect(
    sinceOf([
      ['2026-01', first],
      ['2026-06', second],
    ]),
  ).toEqual({ 'e.v1': '2026-01', 'f.v1': '2026-06' });
});

test('who would break: those that send or get the event that breaks, and nobody else', () => {
  const users = [
    { name: 'partner opca-a', types: ['e.v1'], anyVersion: [] },
    { name: 'partner mde', types: ['f.v1'], anyVersion: [] },
  ];
  expect(impactOf(second, third, users)).toEqual([{ change: 'e.v1 is gone', breaks: ['partner opca-a'] }]);
  expect(impactOf(first, second, users)).toEqual([]);
});

test('an old version that breaks concerns whoever names no version, and not who asked for the new one', () => {
  const released = bundle({ type: 'e.v1', schema: schema({}) }, { type: 'e.v2', schema: schema({}) });
  const next = bundle({ type: 'e.v2', schema: schema({}) });
  const users = [
    { name: 'partner that names none', types: [], anyVersion: ['e.v2'] },
    { name: 'partner that asked for v1', types: ['e.v1'], anyVersion: [] },
    { name: 'partner that asked for v2', types: ['e.v2'], anyVersion: [] },
  ];
  expect(impactOf(released, next, users)).toEqual([
    { change: 'e.v1 is gone', breaks: ['partner that names none', 'partner that asked for v1'] },
  ]);
});

test('partners are read from their declarations: what they send, and what concerns their roles', () => {
  const events = [{ type: 'fr.gpect.partner.event-taken.v1', schema: { 'x-direction': 'out' } }];
  const audience = { 'x.v1': ['funder'], 'y.v1': ['carrier'], 'z.v1': ['everyone'] };
  const users = partnersIn('../../infra/kafka/partners', { events, audience });
  expect(users.find((u) => u.name === 'partner opca-b')).toMatchObject({
    types: [
      'fr.gpect.partner.spend-line-sent.v1',
      'fr.gpect.partner.spend-file-sent.v1',
      'fr.gpect.partner.event-taken.v1',
    ],
    anyVersion: ['x.v1', 'z.v1'],
  });
});

test('services are read from what they read, and own of what partners send', () => {
  const events = [
    { type: 'e.v1', schema: {} },
    { type: 'sent.v1', schema: { 'x-owner': 'enrolment' } },
  ];
  expect(servicesIn({ events, readers: { 'e.v1': ['reporting', 'enrolment'] } })).toEqual([
    { name: 'service reporting', types: [], anyVersion: ['e.v1'] },
    { name: 'service enrolment', types: [], anyVersion: ['e.v1', 'sent.v1'] },
  ]);
});

test("who would break where an HTTP endpoint changes: at the gateway the partners over HTTP, else the API's clients", () => {
  const document = { paths: { '/x': { get: { responses: {} } } } };
  const released = { 'partner-gateway': document, workshops: document };
  const next = { 'partner-gateway': { paths: {} }, workshops: { paths: {} } };
  expect(impactOfApis(released, next, ['partner mde-lens'])).toEqual([
    { change: 'partner-gateway: GET /x is gone', breaks: ['partner mde-lens'] },
    { change: 'workshops: GET /x is gone', breaks: ["clients of workshops's API"] },
  ]);
});
